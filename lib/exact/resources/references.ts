import {
	purchaseEntryLinesFields,
	purchaseInvoiceLinesFields,
	purchaseOrderLinesFields,
} from './documentFields';
import { fieldsByDefault } from './fieldTable';
import { accountsFields, bankAccountsFields, itemsFields, unitsFields } from './masterFields';
import { documentAttachmentsFields, goodsReceiptLinesFields } from './goodsFields';
import type { Endpoint, ReferenceName } from './types';

/** Of 164 fields those that identify, address, classify or pay a supplier. */
export const ACCOUNT_FIELDS = `
	ID Code Name SearchCode IsSupplier IsSales Status Blocked Type Country City Postcode State
	AddressLine1 AddressLine2 AddressLine3 Email Phone Website VATNumber ChamberOfCommerce
	GlnNumber PeppolIdentifier PeppolIdentifierType OINNumber CodeAtSupplier PurchaseCurrency
	PurchaseVATCode PaymentConditionPurchase GLAccountPurchase GLAP LanguageDescription Language
	StartDate EndDate Created Modified Division
`
	.trim()
	.split(/\s+/)
	.filter((name) => accountsFields.types.has(name));

export const ITEM_FIELDS = `
	ID Code Description ExtraDescription Barcode SearchCode Unit UnitDescription UnitType ItemGroup
	ItemGroupCode ItemGroupDescription IsPurchaseItem IsStockItem GLCosts GLCostsCode StartDate
	EndDate Created Modified Division
`
	.trim()
	.split(/\s+/)
	.filter((name) => itemsFields.types.has(name));

const BULK_ACCOUNT_FILTERS = `
	ID Blocked ChamberOfCommerce City Code CodeAtSupplier Country Created Email EndDate IsSales
	IsSupplier Modified Name Phone Postcode SearchCode StartDate Status Type VATNumber
`
	.trim()
	.split(/\s+/);

export const ACCOUNTS: Endpoint = {
	path: 'crm/Accounts',
	key: 'ID',
	pageSize: 60,
	fields: accountsFields,
	defaultFields: ACCOUNT_FIELDS,
	large: {
		path: 'bulk/CRM/Accounts',
		filterable: BULK_ACCOUNT_FILTERS,
		everything: 'IsSupplier eq true',
	},
	everything: 'IsSupplier eq true',
};

export const plain = (path: string, fields: Endpoint['fields'], key = 'ID'): Endpoint => ({
	path,
	key,
	pageSize: 60,
	fields,
	defaultFields: fieldsByDefault(fields),
});

/** Read only to be joined. */
export const REFERENCES: Readonly<Record<ReferenceName, Endpoint>> = {
	account: ACCOUNTS,
	documentAttachment: {
		...plain('documents/DocumentAttachments', documentAttachmentsFields),
		withoutDivision: true,
	},
	goodsReceiptLine: plain('purchaseorder/GoodsReceiptLines', goodsReceiptLinesFields),
	bankAccount: plain('crm/BankAccounts', bankAccountsFields),
	purchaseEntryLine: plain('purchaseentry/PurchaseEntryLines', purchaseEntryLinesFields),
	purchaseInvoiceLine: {
		...plain('purchase/PurchaseInvoiceLines', purchaseInvoiceLinesFields),
		withoutDivision: true,
	},
	purchaseOrderLine: plain('purchaseorder/PurchaseOrderLines', purchaseOrderLinesFields),
	unit: plain('logistics/Units', unitsFields),
};
