import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { FILE_TRANSITIONS, getDocuments, getFiles, VERSION_TRANSITIONS } from '../../../lib/ledger';
import { paging } from '../fields';
import { documentJson, fileJson } from '../fileRows';
import { documentFilters, fileFilters, readFilters } from '../filters';
import type { LedgerOperation, LedgerRun } from '../operation';
import { asOutput, rowItems } from '../outputs';

/** A page of the ledger's lists; a work of at most 50 ms each. */
const PAGE = 200;

interface Page<Row> {
	readonly rows: readonly Row[];
	readonly next?: string | undefined;
}

/** Page by page, until there is nothing more or enough. */
async function allPages<Row>(
	{ context }: LedgerRun,
	read: (page: { limit: number; after?: string }) => Promise<Page<Row>>,
	toJson: (row: Row) => IDataObject,
): Promise<INodeExecutionData[]> {
	const all = context.getNodeParameter('returnAll', 0, false) === true;
	const limit = all ? Infinity : Number(context.getNodeParameter('limit', 0, 50));
	const rows: IDataObject[] = [];
	let after: string | undefined;
	do {
		const size = Math.min(PAGE, limit - rows.length);
		const page = await read({ limit: size, ...(after === undefined ? {} : { after }) });
		rows.push(...page.rows.map(toJson));
		after = page.next;
	} while (after !== undefined && rows.length < limit);
	return asOutput(context, rowItems(rows));
}

/** `filed` and `recording` are words of the store: a document shows its file's state. */
const shown = (transitions: object, hidden: string): string[] =>
	Object.keys(transitions).filter((state) => state !== hidden);
const FILE_STATES = shown(FILE_TRANSITIONS, 'recording');
const DOCUMENT_STATES = [...new Set([...shown(VERSION_TRANSITIONS, 'filed'), ...FILE_STATES])];

export const getDocumentsOperation: LedgerOperation = {
	name: 'Get Many',
	action: 'Get many documents',
	description: 'List documents with what became of them',
	properties: [...paging, documentFilters(DOCUMENT_STATES)],
	execute: async (run) => {
		const filter = readFilters(run.context);
		return [
			await allPages(
				run,
				async (page) => await getDocuments(run.ledger, filter, page),
				documentJson,
			),
		];
	},
};

export const getFilesOperation: LedgerOperation = {
	name: 'Get Many',
	action: 'Get many files',
	description: 'List files that were made, with what became of them',
	properties: [...paging, fileFilters(FILE_STATES)],
	execute: async (run) => {
		const filter = readFilters(run.context);
		return [
			await allPages(run, async (page) => await getFiles(run.ledger, filter, page), fileJson),
		];
	},
};
