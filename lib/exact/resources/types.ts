import type { FieldTable } from './fieldTable';

export const RESOURCE_NAMES = [
	'purchaseEntry',
	'purchaseInvoice',
	'purchaseOrder',
	'payment',
	'vendor',
	'glAccount',
	'glAccountMapping',
	'glTransactionLine',
	'costCenter',
	'costUnit',
	'division',
	'goodsReceipt',
	'item',
	'supplierItem',
	'stockPosition',
	'vatCode',
	'paymentCondition',
	'journal',
	'address',
	'glClassification',
	'document',
] as const;

/** What a user can read. */
export type ResourceName = (typeof RESOURCE_NAMES)[number];

/** What is only read to be joined. */
export type ReferenceName =
	| 'account'
	| 'bankAccount'
	| 'documentAttachment'
	| 'goodsReceiptLine'
	| 'purchaseEntryLine'
	| 'purchaseInvoiceLine'
	| 'purchaseOrderLine'
	| 'unit';

/** An endpoint with 1,000 rows a page, where Exact has one. */
export interface LargePages {
	readonly path: string;
	/** The only fields that may be filtered here. */
	readonly filterable: readonly string[];
	/** A filter that reads everything, where one is mandatory. */
	readonly everything?: string;
}

/** One endpoint of Exact as data. */
export interface Endpoint {
	/** Behind `/api/v1/{division}/`, in Exact's own casing. */
	readonly path: string;
	readonly key: string;
	/** Rows per page. */
	readonly pageSize: 60;
	readonly fields: FieldTable;
	readonly defaultFields: readonly string[];
	readonly large?: LargePages;
	/** A filter that reads everything, where one is mandatory. */
	readonly everything?: string;
	/** Rows that carry no Division of their own. */
	readonly withoutDivision?: boolean;
}

/** Include choices, in the order they are joined. */
export const INCLUDE_NAMES = [
	'lines',
	'supplier',
	'bankAccounts',
	'paymentCondition',
	'deliveryAddress',
	'invoice',
	'glAccount',
	'costCenter',
	'costUnit',
	'vatCode',
	'item',
	'supplierItem',
	'purchaseOrder',
	'unit',
	'attachments',
] as const;

export type IncludeName = (typeof INCLUDE_NAMES)[number];

/**
 * One join: rows of `at` (the document itself, or what an earlier join attached to it) get `as` from
 * `endpoint`. `one` looks a key up, `many` collects the rows that point here.
 */
export interface Join {
	readonly include: IncludeName;
	readonly at: 'document' | 'lines' | 'supplier' | 'purchaseOrderLine';
	readonly as: string;
	readonly endpoint: ResourceName | ReferenceName;
	readonly kind: 'one' | 'many';
	/** Field of the row that gets the join. */
	readonly from: string;
	/** Field of the joined endpoint it is compared with. */
	readonly to: string;
	/** Sorts a `many` join. */
	readonly orderBy?: string;
	/** A second condition: this field of the document equals that field of the joined row. */
	readonly alsoDocument?: { readonly from: string; readonly to: string };
	/** Codes are compared trimmed and the whole (small) set is read, keys are asked for in groups. */
	readonly byCode?: boolean;
}

/** How changes of a resource are found. */
export type Delta =
	| { readonly method: 'modified' }
	| { readonly method: 'hash' }
	| {
			readonly method: 'timestamp';
			readonly path: string;
			/** Fields of the resource that the sync endpoint does not have. */
			readonly without?: readonly string[];
			/** Fields that only the sync endpoint has and the row check needs. */
			readonly with?: readonly string[];
			/** Which rows of the stream belong to the resource. */
			readonly only?: { readonly field: string; readonly values: ReadonlyArray<number | boolean> };
			/**
			 * The stream holds lines: this field names the document, which is then read anew. Absent: the
			 * stream's rows are the resource's rows.
			 */
			readonly documentKey?: string;
	  };

export interface Resource extends Endpoint {
	readonly name: ResourceName;
	readonly displayName: string;
	/** As people say it in the middle of a sentence, of several. */
	readonly plural: string;
	/** Data scope of the app registration in Exact. */
	readonly scope: string;
	/** Business documents get the division as `company`. */
	readonly isDocument: boolean;
	/** Always filtered by this. */
	readonly baseFilter?: string;
	/** Fields that hold the number people know a row by, the best first. */
	readonly numbers: readonly string[];
	readonly filters: {
		readonly modified?: string;
		readonly date?: string;
		readonly status?: string;
		readonly supplier?: string;
		readonly journal?: string;
	};
	readonly joins: readonly Join[];
	readonly defaultIncludes: readonly IncludeName[];
	/** The first is the default. */
	readonly deltas: readonly Delta[];
	/** In `sync/Deleted`, where its rows are logged. */
	readonly deletedEntityType?: number;
}
