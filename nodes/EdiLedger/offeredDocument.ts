import type { IDataObject } from 'n8n-workflow';
import type { OfferedDocument } from '../../lib/ledger';
import { contentHash, detectResource, documentHead } from '../../lib/mapping';
import type { Row } from '../../lib/mapping';

/** Where a record of Exact, or a neutral document, has what people look a document up by. */
interface Facts {
	readonly ownNumber: string;
	readonly counterparty: string;
	readonly date: string;
	readonly currency: string;
	readonly amount: string;
}

const FACTS: Readonly<Record<string, Facts>> = {
	purchaseEntry: {
		ownNumber: 'EntryNumber',
		counterparty: 'SupplierName',
		date: 'EntryDate',
		currency: 'Currency',
		amount: 'AmountFC',
	},
	purchaseInvoice: {
		ownNumber: 'InvoiceNumber',
		counterparty: 'SupplierName',
		date: 'InvoiceDate',
		currency: 'Currency',
		amount: 'Amount',
	},
	purchaseOrder: {
		ownNumber: 'OrderNumber',
		counterparty: 'SupplierName',
		date: 'OrderDate',
		currency: 'Currency',
		amount: 'AmountFC',
	},
	goodsReceipt: {
		ownNumber: 'ReceiptNumber',
		counterparty: 'SupplierName',
		date: 'ReceiptDate',
		currency: '',
		amount: '',
	},
	payment: {
		ownNumber: 'EntryNumber',
		counterparty: 'AccountName',
		// The day it was processed, else the day it was matched, as in the remittance advice.
		date: 'EntryDate|EndDate|DueDate',
		currency: 'Currency',
		amount: 'AmountFC',
	},
	glTransactionLine: {
		ownNumber: 'EntryNumber',
		counterparty: 'AccountName',
		date: 'Date',
		currency: 'Currency',
		amount: 'AmountFC',
	},
};

/** The same in neutral documents, by their type. */
const NEUTRAL_FACTS: Readonly<Record<string, Facts>> = {
	invoice: {
		ownNumber: 'ownNumber',
		counterparty: 'supplier.name',
		date: 'date',
		currency: 'currency',
		amount: 'grossTotal',
	},
	purchaseOrder: {
		ownNumber: 'ownNumber',
		counterparty: 'supplier.name',
		date: 'date',
		currency: 'currency',
		amount: 'grossTotal|netTotal',
	},
	receipt: {
		ownNumber: 'ownNumber',
		counterparty: 'supplier.name',
		date: 'date',
		currency: '',
		amount: '',
	},
	remittance: {
		ownNumber: 'ownNumber',
		counterparty: 'payee.name',
		date: 'date',
		currency: 'currency',
		amount: 'total',
	},
};

const isRow = (value: unknown): value is Row =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** The first of several paths, `a.b|c`, that is not empty. */
function at(row: Row, paths: string | undefined): string {
	for (const path of paths?.split('|') ?? []) {
		let value: unknown = row;
		for (const name of path.split('.')) value = isRow(value) ? value[name] : undefined;
		const found = text(value);
		if (found !== '') return found;
	}
	return '';
}

/** What stands on an item beside its document and is not kept with it. */
const NOT_KEPT: ReadonlySet<string> = new Set([
	'outcome',
	'issues',
	'reason',
	'quota',
	'ledger',
	'cursor',
]);

/** An item of the Exact Online nodes, or a neutral document, as the ledger knows it. */
export function offeredDocument(json: IDataObject, agreement: string): OfferedDocument {
	const row = json as unknown as Row;
	const given = isRow(json.document) ? json.document : {};
	const resource = text(given.resource) || (detectResource(row) ?? '');
	const complete = text(given.key) !== '' && text(given.contentHash) !== '';
	const head: Row = complete || resource === '' ? given : { ...documentHead(resource, row) };
	const facts = FACTS[resource] ?? NEUTRAL_FACTS[text(json.type)];
	const number = text(given.number) || text(head.number) || text(json.number);
	return {
		agreement,
		// Of what is gone at the source there is a key and nothing more.
		key: text(given.key) || text(head.key) || text(json.key),
		contentHash: text(head.contentHash) || contentHash(row),
		number,
		ownNumber: at(row, facts?.ownNumber),
		counterparty: at(row, facts?.counterparty),
		date: at(row, facts?.date).slice(0, 10),
		currency: at(row, facts?.currency),
		amount: at(row, facts?.amount),
		modified: text(head.modified),
		document: Object.fromEntries(Object.entries(row).filter(([name]) => !NOT_KEPT.has(name))),
	};
}
