import {
	purchaseEntryLinesFields,
	purchaseInvoiceLinesFields,
	purchaseOrderLinesFields,
} from './documentFields';
import { fieldsByDefault } from './fieldTable';
import {
	accountsFields,
	addressesFields,
	bankAccountsFields,
	itemsFields,
	paymentConditionsFields,
	supplierItemsFields,
	unitsFields,
	vatCodesFields,
} from './masterFields';
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

const ITEM_FIELDS = `
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

const plain = (path: string, fields: Endpoint['fields'], key = 'ID'): Endpoint => ({
	path,
	key,
	pageSize: 60,
	fields,
	defaultFields: fieldsByDefault(fields),
});

/** Read only to be joined. */
export const REFERENCES: Readonly<Record<ReferenceName, Endpoint>> = {
	account: ACCOUNTS,
	address: {
		...plain('crm/Addresses', addressesFields),
		large: { path: 'bulk/CRM/Addresses', filterable: ['Account', 'ID', 'Main', 'Type'] },
	},
	bankAccount: plain('crm/BankAccounts', bankAccountsFields),
	item: {
		path: 'logistics/Items',
		key: 'ID',
		pageSize: 60,
		fields: itemsFields,
		defaultFields: ITEM_FIELDS,
		large: {
			path: 'bulk/Logistics/Items',
			filterable: ['ID', 'Code', 'Modified', 'IsPurchaseItem'],
			everything: 'IsPurchaseItem eq true',
		},
		everything: 'IsPurchaseItem eq true',
	},
	paymentCondition: plain('cashflow/PaymentConditions', paymentConditionsFields),
	purchaseEntryLine: plain('purchaseentry/PurchaseEntryLines', purchaseEntryLinesFields),
	purchaseInvoiceLine: {
		...plain('purchase/PurchaseInvoiceLines', purchaseInvoiceLinesFields),
		withoutDivision: true,
	},
	purchaseOrderLine: plain('purchaseorder/PurchaseOrderLines', purchaseOrderLinesFields),
	supplierItem: plain('logistics/SupplierItem', supplierItemsFields),
	unit: plain('logistics/Units', unitsFields),
	vatCode: plain('vat/VATCodes', vatCodesFields),
};
