import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { contentRows, documentRows, fileKey, fileRow, refusedDocumentRow } from '../../lib/audit';
import type { FileFacts } from '../../lib/audit';
import { formatFileName } from '../../lib/delivery';
import type { Issue } from '../../lib/errors';
import type { Refusal } from './candidates';
import type { Interchange } from './interchanges';
import type { RunSettings } from './settings';
import { USAGE_WORDS } from './standards';

/** What an encoded file is, before n8n stores its bytes. */
export interface EncodedFile {
	readonly json: IDataObject;
	readonly bytes: Uint8Array;
	readonly fileName: string;
	readonly mimeType: string;
	readonly itemIndexes: readonly number[];
}

export const DEFAULT_FILE_NAME = '{transactionSet}_{partner}_{controlNumber}.edi';

function unique<Value>(values: readonly Value[]): Value[] {
	return [...new Set(values)];
}

/** An empty ledger is a list too, so that a template's Split Out always finds it. */
const NO_ROWS = { files: [], documents: [], contents: [] };

export function describeFile(
	interchange: Interchange,
	run: RunSettings,
	executionId: string,
): EncodedFile {
	const { encoded, profile, standard, documents } = interchange;
	const { bytes, mimeType } = encoded;
	const byKey = new Map(documents.map((one) => [one.candidate.document.key, one]));
	const written = encoded.documents.flatMap((entry) => {
		const one = byKey.get(entry.key);
		return one === undefined ? [] : [{ ...one, entry }];
	});
	const [groupControlNumber = ''] = encoded.groupControlNumbers;
	const facts = {
		format: standard.format,
		transactionSet: unique(encoded.documents.map((entry) => entry.messageId)).join('-'),
		release: encoded.release,
		partner: profile.partner,
		usage: USAGE_WORDS[profile.usage],
		controlNumber: encoded.interchangeControlNumber,
		groupControlNumber,
	};
	const fileName = formatFileName(run.fileNamePattern || DEFAULT_FILE_NAME, {
		...facts,
		sender: profile.senderId,
		receiver: profile.receiverId,
	});
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const fileFacts: FileFacts = {
		...facts,
		sender: profile.senderId,
		receiver: profile.receiverId,
		fileName,
		sha256,
		bytes: bytes.byteLength,
		documentCount: written.length,
		documents: written.flatMap(({ candidate, entry }) =>
			candidate.sources.map((source) => ({
				key: source.key,
				number: source.number,
				contentHash: source.contentHash,
				controlNumber: entry.controlNumber,
				type: source.type,
				purpose: candidate.document.purpose ?? 'original',
				modified: source.modified,
				previousExecutionId: source.previousExecutionId,
			})),
		),
		executionId,
		supersedes: unique(
			documents.flatMap(({ candidate }) => candidate.sources.map((source) => source.supersedes)),
		)
			.filter(Boolean)
			.join(','),
	};
	const key = fileKey(fileFacts);
	const warnings: readonly Issue[] = documents.flatMap(({ candidate, prepared }) => [
		...candidate.warnings,
		...prepared.warnings,
	]);
	const withLedger = run.ledgerRows && !run.dryRun;
	const json = {
		outcome: run.dryRun ? 'dry run' : 'encoded',
		...facts,
		sender: profile.senderId,
		receiver: profile.receiverId,
		fileName,
		fileKey: key,
		mimeType,
		bytes: bytes.byteLength,
		sha256,
		groupControlNumbers: [...encoded.groupControlNumbers],
		segmentCount: encoded.segmentCount,
		documentCount: written.length,
		documents: written.map(({ candidate, entry }) => ({
			key: entry.key,
			number: entry.number,
			type: candidate.document.type,
			transactionSet: entry.messageId,
			controlNumber: entry.controlNumber,
			...(entry.groupControlNumber === undefined
				? {}
				: { groupControlNumber: entry.groupControlNumber }),
			purpose: candidate.document.purpose ?? 'original',
			...(candidate.sources.length === 1 && candidate.sources[0] !== undefined
				? { contentHash: candidate.sources[0].contentHash }
				: {}),
			// An advice is made of several payments; each has its own row in the ledger.
			sources: candidate.sources.map(({ key: sourceKey, number, contentHash }) => ({
				key: sourceKey,
				number,
				contentHash,
			})),
		})),
		documentKeys: fileFacts.documents.map((document) => document.key).join(','),
		warnings: [...warnings],
		ledger: withLedger
			? {
					files: [fileRow(fileFacts)],
					documents: [...documentRows(fileFacts)],
					contents: [...contentRows(key, bytes)],
				}
			: NO_ROWS,
	} as unknown as IDataObject;
	const itemIndexes = unique(
		documents.flatMap(({ candidate }) => candidate.sources.map((source) => source.itemIndex)),
	).sort((a, b) => a - b);
	return { json, bytes, fileName, mimeType, itemIndexes };
}

/** The item as it came, with why it was not encoded. */
export function refusedItem(
	refusal: Refusal,
	input: INodeExecutionData,
	run: RunSettings,
	executionId: string,
): INodeExecutionData {
	const { source, outcome, issues, settings } = refusal;
	const { itemIndex, key, number, contentHash, type, modified } = source;
	const given = input.json.document;
	const document = {
		...(typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}),
		key,
		number,
		contentHash,
	};
	const partner = String(settings?.profile.partner ?? settings?.profile.receiverId ?? '');
	const state = outcome === 'held' ? 'held' : 'rejected';
	// What is skipped or unchanged leaves the ledger as it is.
	const recorded =
		run.ledgerRows && !run.dryRun && (outcome === 'rejected' || outcome === 'held') && key !== '';
	const row = refusedDocumentRow(
		{
			key,
			number,
			contentHash,
			type,
			partner,
			modified,
			executionId,
			issues: issues as readonly { message: string }[],
		},
		state,
	);
	return {
		json: {
			...input.json,
			outcome,
			document,
			issues: [...issues] as IDataObject[],
			ledger: { files: [], documents: recorded ? [row] : [], contents: [] },
		} as unknown as IDataObject,
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem: { item: itemIndex },
	};
}
