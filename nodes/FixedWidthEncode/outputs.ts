import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { formatFileName } from '../../lib/delivery';
import type { Issue } from '../../lib/errors';
import { controlFile, documentFacts } from '../../lib/flatfile';
import type { FlatFile } from '../../lib/flatfile';
import { contentHash } from '../../lib/mapping';
import type { Row } from '../../lib/mapping';
import { fileItemJson, itemLedger, withOutcome } from '../shared';
import type { DocumentInFile, FileDescription } from '../shared';
import { sha256 } from '../../lib/text';
import type { RunSettings } from './settings';

/** A file before n8n stores its bytes. */
export interface OutputFile {
	readonly json: IDataObject;
	readonly bytes: Uint8Array;
	readonly fileName: string;
	readonly mimeType: string;
	readonly itemIndexes: readonly number[];
}

export interface EncodedBatch {
	readonly file: FlatFile;
	readonly warnings: readonly Issue[];
	readonly partner: string;
	/** Positions of the items in the file. */
	readonly accepted: readonly number[];
}

interface FiledSource {
	readonly key: string;
	readonly number: string;
	readonly contentHash: string;
	readonly purpose: string;
	readonly json: IDataObject;
}

/** What the ledger knows an item by; undefined for a row that is no document. */
function sourceOf(json: IDataObject): FiledSource | undefined {
	const facts = documentFacts(json);
	if (facts === undefined) return undefined;
	const head = (json['document'] ?? {}) as IDataObject;
	const changed = head['change'] === 'changed' ? 'replacement' : 'original';
	return {
		key: facts.key,
		number: facts.number,
		contentHash: facts.contentHash ?? contentHash(json as unknown as Row),
		purpose: itemLedger(json)?.purpose ?? changed,
		json,
	};
}

function documentOf({
	key,
	number,
	contentHash: hash,
	purpose,
	json,
}: FiledSource): DocumentInFile {
	const taken = itemLedger(json);
	const source = {
		key,
		number,
		contentHash: hash,
		version: taken?.version,
		reservation: taken?.reservation,
	};
	return { key, number, contentHash: hash, purpose, sources: [source] };
}

type Part = Pick<FileDescription, 'format' | 'fileName' | 'mimeType' | 'bytes' | 'more'> & {
	readonly documentCount: number;
	readonly sources: readonly FiledSource[];
	readonly warnings: readonly Issue[];
};

/** The file, and its control file where one is wanted: behind it, so that it is deposited last. */
export function outputFiles(
	items: readonly INodeExecutionData[],
	batch: EncodedBatch,
	settings: RunSettings,
): readonly OutputFile[] {
	const { file, partner, accepted, warnings } = batch;
	const { layout } = settings;
	const sources = accepted.flatMap(
		(index) => sourceOf((items[index] as INodeExecutionData).json) ?? [],
	);
	const placeholders = {
		layout: layout.name,
		partner,
		date: settings.date,
		time: settings.time,
		sequence: settings.sequence,
		documents: accepted.length,
		records: file.recordCount,
		extension: settings.format === 'csv' ? 'csv' : 'txt',
	};
	const fileName = formatFileName(settings.fileNamePattern, placeholders);
	const describe = (part: Part) => describeFile(part, batch, settings);
	const { recordCount, records, sums, preview } = file;
	const main = describe({
		format: settings.format,
		fileName,
		bytes: file.bytes,
		mimeType: file.mimeType,
		sources,
		documentCount: accepted.length,
		warnings,
		more: { layout: layout.name, recordCount, records, sums, preview: [...preview] },
	});
	if (settings.controlFileName === undefined) return [main];
	const controlName = formatFileName(settings.controlFileName, { ...placeholders, file: fileName });
	const facts = {
		fileName,
		sha256: sha256(file.bytes),
		created: settings.now,
		documentCount: accepted.length,
	};
	const control = describe({
		format: 'control',
		fileName: controlName,
		bytes: controlFile(layout, file, facts),
		mimeType: 'text/plain',
		sources: [],
		documentCount: 0,
		warnings: [],
		more: { layout: layout.name, controls: fileName },
	});
	return [main, control];
}

function describeFile(part: Part, batch: EncodedBatch, settings: RunSettings): OutputFile {
	const { sources, ...facts } = part;
	const agreed = settings.agreedFile?.agreed;
	const file: FileDescription = {
		outcome: agreed?.file.usage === 'draft' ? 'draft' : 'encoded',
		// A flat file has neither sets nor releases nor parties: its layout says what it is.
		transactionSet: settings.layout.name,
		release: '',
		partner: batch.partner,
		usage: agreed?.profile.usage === undefined ? '' : String(agreed.profile.usage),
		sender: settings.agreedFile?.sender ?? '',
		receiver: settings.agreedFile?.receiver ?? '',
		// The control file goes with the file it is about and has no number.
		controlNumber: part.format === 'control' ? '' : (settings.agreedFile?.controlNumber ?? ''),
		groupControlNumbers: [],
		...facts,
		ledger: agreed?.file,
		documents: sources.map(documentOf),
	};
	const { bytes, fileName, mimeType } = part;
	return {
		json: fileItemJson(file),
		bytes,
		fileName,
		mimeType,
		itemIndexes: batch.accepted,
	};
}

export interface Refusal {
	readonly outcome: string;
	readonly issues: readonly object[];
}

/** The item as it came, with why it is not in the file. */
export function refusedItem(
	item: INodeExecutionData,
	itemIndex: number,
	{ outcome, issues }: Refusal,
): INodeExecutionData {
	const { json } = item;
	const source = sourceOf(json);
	const document = source && {
		...((json['document'] ?? {}) as IDataObject),
		key: source.key,
		number: source.number,
		contentHash: source.contentHash,
	};
	const more = document === undefined ? {} : { document };
	return {
		json: withOutcome(json, outcome, issues, more),
		...(item.binary === undefined ? {} : { binary: item.binary }),
		pairedItem: { item: itemIndex },
	};
}
