import type { Issue } from '../../errors';
import type { FieldShapes } from '../shape';
import type { Invoice } from './invoice';
import { invoice } from './invoice';
import type { PurchaseOrder } from './purchaseOrder';
import { purchaseOrder } from './purchaseOrder';
import type { Receipt } from './receipt';
import { receipt } from './receipt';
import type { Remittance } from './remittance';
import { remittance } from './remittance';

export type { Invoice, InvoiceLine } from './invoice';
export type { PurchaseOrder, PurchaseOrderLine } from './purchaseOrder';
export type { Receipt, ReceiptLine } from './receipt';
export type { Remittance, RemittanceItem } from './remittance';

/** What the encoders write: plain JSON, so that it travels in n8n items. */
export type BusinessDocument = Invoice | PurchaseOrder | Receipt | Remittance;
export type DocumentType = BusinessDocument['type'];

/** One row for each type of document; whoever needs something of a type asks its row. */
export interface DocumentTypeRow<Document extends BusinessDocument = BusinessDocument> {
	/** In lists of choices. */
	readonly title: string;
	/** How messages call such a document. */
	readonly noun: (document: { readonly kind?: unknown }) => string;
	/** Name of the field that holds its lines. */
	readonly list: 'lines' | 'items';
	readonly fields: FieldShapes;
	/** What its amounts must agree on. Exact: a difference of a cent is a difference. */
	readonly check: (document: Document, subject: string) => Issue[];
	/** What a person knows it by. */
	readonly counterparty: (document: Document) => string;
	readonly amount: (document: Document) => string;
}

/** Empty for a document without amounts. */
export function currencyOf(document: BusinessDocument): string {
	return 'currency' in document ? document.currency : '';
}

const ROWS: {
	readonly [Type in DocumentType]: DocumentTypeRow<Extract<BusinessDocument, { type: Type }>>;
} = { invoice, purchaseOrder, receipt, remittance };

export const DOCUMENT_TYPES: readonly DocumentType[] = Object.keys(ROWS) as DocumentType[];

/** The row of a document's type. */
export function documentType(type: DocumentType): DocumentTypeRow {
	// Each row is of the type that it stands under.
	return ROWS[type] as DocumentTypeRow;
}
