export { currencyDecimals } from './currency';
export { hasGlnCheckDigit, hasGtinCheckDigit } from './checkDigits';
export { readPrice } from './linePrices';
export type { PricedLine, PriceReading, PriceType } from './linePrices';
export type {
	FieldShape,
	FieldShapes,
	IsoDate,
	ListShape,
	ObjectShape,
	ScalarShape,
} from './shape';
export type {
	Address,
	BankAccount,
	CodedName,
	ItemIdentification,
	Party,
	PaymentTerms,
	Tax,
} from './common';
export * from './types';
export {
	documentSubject,
	isDocumentType,
	isIsoDate,
	isValidated,
	validateDocument,
} from './validate';
export type { DocumentValidation } from './validate';
