import type { IDataObject } from 'n8n-workflow';
import { contentRows, documentRows, fileKey, fileRow, refusedDocumentRow } from '../../lib/audit';
import type { FileFacts } from '../../lib/audit';
import type { FileDescription } from '../shared';
import type { Refusal } from './candidates';
import type { Interchange } from './interchanges';
import type { RunSettings } from './settings';

/** An empty ledger is a list too, so that a template's Split Out always finds it. */
const NO_ROWS = { files: [], documents: [], contents: [] };

/** Rows for the Data Tables of flows without *Take New or Changed*. */
export function fileRows(
	file: FileDescription & { readonly sha256: string },
	{ documents }: Interchange,
	run: RunSettings,
	executionId: string,
): IDataObject {
	const written = new Map(file.documents.map((document) => [document.key, document]));
	const groupControlNumber = file.groupControlNumbers[0] ?? '';
	const supersedes = documents
		.flatMap(({ candidate }) => candidate.sources.map((source) => source.supersedes))
		.filter(Boolean);
	const facts: FileFacts = {
		...file,
		groupControlNumber,
		bytes: file.bytes.byteLength,
		documentCount: file.documents.length,
		documents: documents.flatMap(({ candidate }) =>
			candidate.sources.map((source) => ({
				key: source.key,
				number: source.number,
				contentHash: source.contentHash,
				controlNumber: written.get(candidate.document.key)?.controlNumber ?? '',
				type: source.type,
				purpose: candidate.document.purpose ?? 'original',
				modified: source.modified,
				previousExecutionId: source.previousExecutionId,
			})),
		),
		executionId,
		supersedes: [...new Set(supersedes)].join(','),
	};
	const key = fileKey(facts);
	const rows = {
		files: [fileRow(facts)],
		documents: [...documentRows(facts)],
		contents: [...contentRows(key, file.bytes)],
	};
	return {
		fileKey: key,
		groupControlNumber,
		documentKeys: facts.documents.map((document) => document.key).join(','),
		ledger: run.ledgerRows && !run.dryRun ? rows : NO_ROWS,
	} as unknown as IDataObject;
}

export function refusedRows(
	{ source, outcome, issues, settings }: Refusal,
	run: RunSettings,
	executionId: string,
): IDataObject {
	const { key, number, contentHash, type, modified } = source;
	// What is skipped or unchanged leaves the ledger as it is.
	const recorded = outcome === 'rejected' || outcome === 'held';
	if (!run.ledgerRows || run.dryRun || !recorded || key === '') return { ...NO_ROWS };
	const row = refusedDocumentRow(
		{
			key,
			number,
			contentHash,
			type,
			partner: String(settings?.profile.partner ?? settings?.profile.receiverId ?? ''),
			modified,
			executionId,
			issues: issues as readonly { message: string }[],
		},
		outcome === 'held' ? 'held' : 'rejected',
	);
	return { ...NO_ROWS, documents: [row] } as unknown as IDataObject;
}
