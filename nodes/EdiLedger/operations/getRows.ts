import type { INodeExecutionData } from 'n8n-workflow';
import { FILE_TRANSITIONS, getDocuments, getFiles, VERSION_TRANSITIONS } from '../../../lib/ledger';
import { paging } from '../fields';
import { filterFields, readFilters } from '../filters';
import type { LedgerOperation, LedgerRun } from '../operation';
import { asOutput, rowItems } from '../outputs';

/** A page of the ledger's lists; a work of at most 50 ms each. */
const PAGE = 200;

interface Page {
	readonly rows: readonly object[];
	readonly next?: string | undefined;
}

/** Page by page, until there is nothing more or enough. */
async function allPages(
	{ context }: LedgerRun,
	read: (page: { limit: number; after?: string }) => Promise<Page>,
): Promise<INodeExecutionData[]> {
	const all = context.getNodeParameter('returnAll', 0, false) === true;
	const limit = all ? Infinity : Number(context.getNodeParameter('limit', 0, 50));
	const rows: object[] = [];
	let after: string | undefined;
	do {
		const size = Math.min(PAGE, limit - rows.length);
		const page = await read({ limit: size, ...(after === undefined ? {} : { after }) });
		rows.push(...page.rows);
		after = page.next;
	} while (after !== undefined && rows.length < limit);
	return asOutput(context, rowItems(rows));
}

export const getDocumentsOperation: LedgerOperation = {
	name: 'Get Many',
	action: 'Get many documents',
	description: 'List documents with what became of them',
	properties: [...paging, filterFields(Object.keys(VERSION_TRANSITIONS))],
	execute: async (run) => {
		const filter = readFilters(run.context);
		return [await allPages(run, async (page) => await getDocuments(run.ledger, filter, page))];
	},
};

export const getFilesOperation: LedgerOperation = {
	name: 'Get Many',
	action: 'Get many files',
	description: 'List files that were sent or received, with what became of them',
	properties: [...paging, filterFields(Object.keys(FILE_TRANSITIONS))],
	execute: async (run) => {
		const filter = readFilters(run.context);
		return [await allPages(run, async (page) => await getFiles(run.ledger, filter, page))];
	},
};
