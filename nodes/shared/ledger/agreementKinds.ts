import type { DocumentType } from '../../../lib/documents';

/** What an agreement may be of: a row for each thing we send, and what it is made by. */
export interface AgreementKind {
	readonly name: string;
	readonly documentType: DocumentType | 'resource';
	readonly sentAs: string;
	/** Undefined: a flat file. */
	readonly standard?: 'x12' | 'edifact';
}

export const AGREEMENT_KINDS = {
	'x12-810': {
		name: 'Purchase Invoices as X12 810',
		documentType: 'invoice',
		sentAs: 'X12 810',
		standard: 'x12',
	},
	'x12-820': {
		name: 'Payments as X12 820',
		documentType: 'remittance',
		sentAs: 'X12 820',
		standard: 'x12',
	},
	'x12-850': {
		name: 'Purchase Orders as X12 850',
		documentType: 'purchaseOrder',
		sentAs: 'X12 850',
		standard: 'x12',
	},
	'x12-861': {
		name: 'Goods Receipts as X12 861',
		documentType: 'receipt',
		sentAs: 'X12 861',
		standard: 'x12',
	},
	'edifact-invoic': {
		name: 'Purchase Invoices as EDIFACT INVOIC',
		documentType: 'invoice',
		sentAs: 'EDIFACT INVOIC',
		standard: 'edifact',
	},
	'edifact-orders': {
		name: 'Purchase Orders as EDIFACT ORDERS',
		documentType: 'purchaseOrder',
		sentAs: 'EDIFACT ORDERS',
		standard: 'edifact',
	},
	'edifact-recadv': {
		name: 'Goods Receipts as EDIFACT RECADV',
		documentType: 'receipt',
		sentAs: 'EDIFACT RECADV',
		standard: 'edifact',
	},
	'edifact-remadv': {
		name: 'Payments as EDIFACT REMADV',
		documentType: 'remittance',
		sentAs: 'EDIFACT REMADV',
		standard: 'edifact',
	},
	'fixed-width': { name: 'Fixed-Width File', documentType: 'resource', sentAs: 'fixed-width' },
	csv: { name: 'CSV File', documentType: 'resource', sentAs: 'csv' },
} as const satisfies Readonly<Record<string, AgreementKind>>;

export type AgreementKindName = keyof typeof AGREEMENT_KINDS;

export function isAgreementKind(name: string): name is AgreementKindName {
	return Object.hasOwn(AGREEMENT_KINDS, name);
}
