import type { IDataObject } from 'n8n-workflow';
import { getDocuments, getFile, getFiles } from '../../../lib/ledger';
import type { FileDetails, Ledger } from '../../../lib/ledger';
import { foundFilesHtml } from '../../../lib/page';
import { text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

const MOST = 20;

/** Files by their name, their control number, or the number of a document in them. */
async function filesFor(ledger: Ledger, search: string, partner: string): Promise<FileDetails[]> {
	if (search === '') return [];
	const scope = partner === '' ? {} : { partner };
	const page = { limit: MOST };
	const digits = /^\d{1,9}$/.test(search) ? search.padStart(9, '0') : search;
	const lists = [
		await getFiles(ledger, { ...scope, name: search }, page),
		await getFiles(ledger, { ...scope, controlNumber: search }, page),
		await getFiles(ledger, { ...scope, controlNumber: digits }, page),
	];
	const ids = new Set(lists.flatMap(({ rows }) => rows.map(({ id }) => id)));
	const documents = await getDocuments(ledger, { ...scope, number: search }, page);
	for (const { fileId } of documents.rows) if (fileId > 0) ids.add(fileId);
	const found: FileDetails[] = [];
	for (const id of [...ids].slice(0, MOST)) found.push(await getFile(ledger, id));
	return found;
}

export const findForReplayOperation: LedgerOperation = {
	name: 'Find for Replay',
	action: 'Find files to send again',
	description:
		'Look a file up by name, control number or document number, and say in one item what would be sent again, with everything that goes along',
	properties: [
		text('Search', 'search', 'Beginning of a file name, a control number or a document number', {
			required: true,
			placeholder: 'e.g. 810_ACME_000000042.edi',
		}),
		text('Partner', 'partnerName', 'Only files for this partner', {
			placeholder: 'empty for all',
		}),
	],
	execute: async ({ context, ledger }) => {
		const read = (name: string) => String(context.getNodeParameter(name, 0, '')).trim();
		const found = await filesFor(ledger, read('search'), read('partnerName'));
		const json = {
			outcome: found.length === 0 ? 'not found' : 'found',
			count: found.length,
			files: found.map(({ file }) => file.id).join(','),
			html: foundFilesHtml(found, read('search')).text,
		} as IDataObject;
		return [asOutput(context, [{ json }])];
	},
};
