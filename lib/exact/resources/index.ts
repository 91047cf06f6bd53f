import { PAYMENT, PURCHASE_ENTRY, PURCHASE_INVOICE, PURCHASE_ORDER } from './documents';
import {
	COST_CENTER,
	COST_UNIT,
	DIVISION,
	GL_ACCOUNT,
	GL_ACCOUNT_MAPPING,
	GL_TRANSACTION_LINE,
	VENDOR,
} from './masterData';
import {
	ADDRESS,
	DOCUMENT,
	GL_CLASSIFICATION,
	GOODS_RECEIPT,
	ITEM,
	JOURNAL,
	PAYMENT_CONDITION,
	STOCK_POSITION,
	SUPPLIER_ITEM,
	VAT_CODE,
} from './goods';
import { REFERENCES } from './references';
import type { Endpoint, ReferenceName, Resource, ResourceName } from './types';

export { fieldTable } from './fieldTable';
export type { EdmType, FieldTable } from './fieldTable';
export { hrmDivisionsFields, meFields } from './masterFields';
export * from './types';

/** Adding a resource is adding a row here and a page in `docs/nodes/exact-online.md`. */
export const RESOURCES: Readonly<Record<ResourceName, Resource>> = {
	purchaseEntry: PURCHASE_ENTRY,
	purchaseInvoice: PURCHASE_INVOICE,
	purchaseOrder: PURCHASE_ORDER,
	payment: PAYMENT,
	vendor: VENDOR,
	glAccount: GL_ACCOUNT,
	glAccountMapping: GL_ACCOUNT_MAPPING,
	glTransactionLine: GL_TRANSACTION_LINE,
	costCenter: COST_CENTER,
	costUnit: COST_UNIT,
	division: DIVISION,
	goodsReceipt: GOODS_RECEIPT,
	item: ITEM,
	supplierItem: SUPPLIER_ITEM,
	stockPosition: STOCK_POSITION,
	vatCode: VAT_CODE,
	paymentCondition: PAYMENT_CONDITION,
	journal: JOURNAL,
	address: ADDRESS,
	glClassification: GL_CLASSIFICATION,
	document: DOCUMENT,
};

export function resourceNamed(name: string): Resource | undefined {
	return Object.hasOwn(RESOURCES, name) ? RESOURCES[name as ResourceName] : undefined;
}

export function endpointOf(name: ResourceName | ReferenceName): Endpoint {
	return name in REFERENCES ? REFERENCES[name as ReferenceName] : RESOURCES[name as ResourceName];
}
