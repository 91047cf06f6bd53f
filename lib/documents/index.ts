export type * from './common';
export type * from './document';
export type * from './invoice';
export type * from './party';
export type * from './purchaseOrder';
export type * from './remittance';

export { currencyDecimals } from './currency';
export { hasGlnCheckDigit, hasGtinCheckDigit } from './checkDigits';
export { readPrice } from './linePrices';
export type { PricedLine, PriceReading, PriceType } from './linePrices';
export { DOCUMENT_SHAPES } from './shapes';
export type { FieldShape, FieldShapes, ListShape, ObjectShape, ScalarShape } from './shapes';
export {
	documentSubject,
	isDocumentType,
	isIsoDate,
	isValidated,
	validateDocument,
} from './validate';
export type { DocumentValidation } from './validate';
