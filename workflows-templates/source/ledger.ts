/** The ledger in n8n's Data Tables: creation, look-up and compare-and-set writes. */
import type * as Audit from '../../lib/audit/index.ts';
import type { NodeSource, Parameters } from './builder.ts';

/** The core as it was built: its sources import each other in a way that only the compiler follows. */
const audit = (await import(
	new URL('../../dist/lib/audit/index.js', import.meta.url).href
)) as typeof Audit;

/** States in which the partner cannot have the file yet. */
export const UNDELIVERED = [...audit.UNDELIVERED_STATES];

/** States in which the partner has the file, and a person may ask for the same bytes again. */
export const DELIVERED = (Object.keys(audit.FILE_TRANSITIONS) as Audit.FileState[]).filter(
	(state) =>
		!audit.UNDELIVERED_STATES.has(state) && audit.FILE_TRANSITIONS[state].includes('depositing'),
);

/** States of documents that no file was made of, or that the partner rejected. */
export const REFUSED = audit.REFUSED_STATES;

type At = readonly [number, number];

/** The node that creates (or finds) a table and whose output holds its id. */
export const TABLE_NODES = {
	documents: 'Documents table',
	files: 'Files table',
	contents: 'Contents table',
	controlNumbers: 'Counters table',
} as const;

export type LedgerTableName = keyof typeof TABLE_NODES;

const TABLES: Record<LedgerTableName, Audit.LedgerTable> = {
	documents: audit.DOCUMENTS_TABLE,
	files: audit.FILES_TABLE,
	contents: audit.CONTENTS_TABLE,
	controlNumbers: audit.CONTROL_NUMBERS_TABLE,
};

export function createTable(table: LedgerTableName, at: At): NodeSource {
	return {
		name: TABLE_NODES[table],
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		at,
		executeOnce: true,
		// n8n looks first and creates then: of two first runs at once, one finds it on the second try.
		retryOnFail: true,
		parameters: {
			resource: 'table',
			operation: 'create',
			tableName: TABLES[table].name,
			columns: {
				column: Object.entries(TABLES[table].columns).map(([name, type]) => ({ name, type })),
			},
			options: { createIfNotExists: true },
		},
	};
}

/** By the id that Create returned: n8n finds names as substrings, so a name may mean another table. */
function tableId(table: LedgerTableName): Parameters {
	return { __rl: true, mode: 'id', value: `={{ $('${TABLE_NODES[table]}').first().json.id }}` };
}

export interface RowCondition {
	readonly column: string;
	readonly condition?:
		| 'eq'
		| 'neq'
		| 'lt'
		| 'lte'
		| 'gt'
		| 'gte'
		| 'isEmpty'
		| 'isNotEmpty'
		| 'like';
	readonly value?: string;
}

function matching(conditions: readonly RowCondition[], any = false): Parameters {
	return {
		matchType: any ? 'anyCondition' : 'allConditions',
		filters: {
			conditions: conditions.map(({ column, condition = 'eq', value }) => ({
				keyName: column,
				condition,
				...(value === undefined ? {} : { keyValue: value }),
			})),
		},
	};
}

function columnSchema(table: LedgerTableName): Parameters[] {
	return Object.entries(TABLES[table].columns).map(([id, type]) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type,
		readOnly: false,
		removed: false,
	}));
}

/** Maps the given values; without values each field of the item is a column. */
function columns(table: LedgerTableName, values?: Readonly<Record<string, string>>): Parameters {
	return values === undefined
		? { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] }
		: {
				mappingMode: 'defineBelow',
				value: values,
				matchingColumns: [],
				schema: columnSchema(table),
			};
}

interface RowNode {
	readonly table: LedgerTableName;
	readonly at: At;
	readonly where?: readonly RowCondition[];
	/** One of the conditions is enough. */
	readonly any?: boolean;
	readonly values?: Readonly<Record<string, string>>;
}

function rowNode(
	name: string,
	operation: string,
	node: RowNode,
	more: Parameters = {},
): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		at: node.at,
		parameters: {
			resource: 'row',
			operation,
			dataTableId: tableId(node.table),
			...(node.where === undefined ? {} : matching(node.where, node.any)),
			...more,
		},
	};
}

export function insertRows(name: string, node: RowNode): NodeSource {
	return rowNode(name, 'insert', node, { columns: columns(node.table, node.values), options: {} });
}

export function upsertRows(name: string, node: RowNode): NodeSource {
	return rowNode(name, 'upsert', node, { columns: columns(node.table, node.values), options: {} });
}

export function updateRows(name: string, node: RowNode): NodeSource {
	return rowNode(name, 'update', node, { columns: columns(node.table, node.values), options: {} });
}

export function deleteRows(name: string, node: RowNode): NodeSource {
	return rowNode(name, 'deleteRows', node, { options: {} });
}

/** Rows for each item; a look-up that finds nothing still lets the flow go on. */
export function getRows(
	name: string,
	node: RowNode & { limit?: number; oldestFirst?: boolean },
): NodeSource {
	return {
		...rowNode(name, 'get', node, {
			returnAll: node.limit === undefined,
			...(node.limit === undefined ? {} : { limit: node.limit }),
			orderBy: true,
			orderByColumn: 'id',
			orderByDirection: node.oldestFirst === true ? 'ASC' : 'DESC',
		}),
	};
}

export function rowMissing(name: string, node: RowNode): NodeSource {
	return rowNode(name, 'rowNotExists', node);
}
