import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { formatFileName } from '../../lib/delivery';
import { currencyOf, documentType } from '../../lib/documents';
import type { BusinessDocument } from '../../lib/documents';
import { fileItemJson, withOutcome } from '../shared';
import type { DocumentInFile, FileDescription } from '../shared';
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

/** What a person knows a document by. */
function factsOf(document: BusinessDocument): Record<string, string> {
	const { counterparty, amount } = documentType(document.type);
	return {
		counterparty: counterparty(document),
		currency: currencyOf(document),
		amount: amount(document),
	};
}

function documentsOf({ encoded, documents }: Interchange): DocumentInFile[] {
	const byKey = new Map(documents.map(({ candidate }) => [candidate.document.key, candidate]));
	return encoded.documents.flatMap((entry) => {
		const candidate = byKey.get(entry.key);
		if (candidate === undefined) return [];
		const { document, sources } = candidate;
		const [only] = sources;
		return [
			{
				key: entry.key,
				number: entry.number,
				contentHash: sources.length === 1 ? only?.contentHash : undefined,
				controlNumber: entry.controlNumber,
				groupControlNumber: entry.groupControlNumber,
				purpose: document.purpose ?? 'original',
				sources: sources.map(({ key, number, contentHash, version, reservation }) => ({
					key,
					number,
					contentHash,
					version,
					reservation,
				})),
				more: { type: document.type, transactionSet: entry.messageId, ...factsOf(document) },
			},
		];
	});
}

/** A draft is shown and never sent; it stands for no number. */
function outcomeOf(run: RunSettings, usage: string | undefined): string {
	if (run.dryRun) return 'dry run';
	return usage === 'draft' ? 'draft' : 'encoded';
}

/** Which version of the partner's guideline the file was written by. */
function guidelineOf({ guideline }: Interchange['profile']): IDataObject {
	const { name, version, hash } = guideline;
	return hash === '' ? {} : { guideline: { name, version, sha256: hash } };
}

export function describeFile(interchange: Interchange, run: RunSettings): EncodedFile {
	const { encoded, profile, standard, documents } = interchange;
	const { bytes, mimeType, groupControlNumbers } = encoded;
	const agreed = documents[0]?.candidate.settings.agreed;
	const facts = {
		format: standard.format,
		transactionSet: unique(encoded.documents.map((entry) => entry.messageId)).join('-'),
		release: encoded.release,
		partner: profile.partner,
		usage: USAGE_WORDS[profile.usage],
		sender: profile.senderId,
		receiver: profile.receiverId,
		controlNumber: encoded.interchangeControlNumber,
	};
	const pattern = agreed?.fileNamePattern ?? run.fileNamePattern;
	const fileName = formatFileName(pattern || DEFAULT_FILE_NAME, {
		...facts,
		groupControlNumber: groupControlNumbers[0] ?? '',
	});
	const file: FileDescription = {
		outcome: outcomeOf(run, agreed?.file.usage),
		...facts,
		fileName,
		mimeType,
		bytes,
		groupControlNumbers,
		documents: documentsOf(interchange),
		warnings: documents.flatMap(({ candidate, prepared }) => [
			...candidate.warnings,
			...prepared.warnings,
		]),
		ledger: agreed && (run.dryRun ? { ...agreed.file, usage: 'draft' } : agreed.file),
		more: { segmentCount: encoded.segmentCount, ...guidelineOf(profile) },
	};
	const itemIndexes = unique(
		documents.flatMap(({ candidate }) => candidate.sources.map((source) => source.itemIndex)),
	).sort((a, b) => a - b);
	return { json: fileItemJson(file), bytes, fileName, mimeType, itemIndexes };
}

/** The item as it came, with why it was not encoded. */
export function refusedItem(
	{ source, outcome, issues }: Refusal,
	input: INodeExecutionData,
): INodeExecutionData {
	const { itemIndex, key, number, contentHash } = source;
	const given = input.json.document;
	const document = {
		...(typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}),
		key,
		number,
		contentHash,
	};
	return {
		json: withOutcome(input.json, outcome, issues, { document } as IDataObject),
		...(input.binary === undefined ? {} : { binary: input.binary }),
		pairedItem: { item: itemIndex },
	};
}
