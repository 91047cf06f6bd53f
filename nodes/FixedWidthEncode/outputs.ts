import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	contentRows,
	documentRows,
	type FileFacts,
	type FiledDocument,
	fileKey,
	fileRow,
	refusedDocumentRow,
} from '../../lib/audit';
import { formatFileName } from '../../lib/delivery';
import type { Issue } from '../../lib/errors';
import { controlFile, documentFacts, type FlatFile } from '../../lib/flatfile';
import { contentHash, type Row } from '../../lib/mapping';
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

/** A list even where it is empty, so that a template's Split Out always finds it. */
const NO_ROWS = { files: [], documents: [], contents: [] };

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** What the ledger knows an item by; undefined for a row that is no document. */
function filedDocument(json: IDataObject): FiledDocument | undefined {
	const facts = documentFacts(json);
	if (facts === undefined) return undefined;
	const head = (json['document'] ?? {}) as IDataObject;
	return {
		key: facts.key,
		number: facts.number,
		contentHash: facts.contentHash ?? contentHash(json as unknown as Row),
		controlNumber: '',
		type: text(head['resource']) || text(json['type']),
		purpose: head['change'] === 'changed' ? 'replacement' : 'original',
		modified: text(head['modified']),
		previousExecutionId: text(head['previousExecutionId']),
	};
}

function sha256Of(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** The file, and its control file where one is wanted: behind it, so that it is deposited last. */
export function outputFiles(
	items: readonly INodeExecutionData[],
	batch: EncodedBatch,
	settings: RunSettings,
): readonly OutputFile[] {
	const { file, partner, accepted } = batch;
	const { layout } = settings;
	const documents = accepted.flatMap(
		(index) => filedDocument((items[index] as INodeExecutionData).json) ?? [],
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
	const describe = (part: FilePart) => describeFile(part, batch, settings);
	const main = describe({
		format: settings.format,
		fileName,
		bytes: file.bytes,
		mimeType: file.mimeType,
		documents,
		documentCount: accepted.length,
		more: {
			recordCount: file.recordCount,
			records: file.records,
			sums: file.sums,
			warnings: [...batch.warnings],
			preview: [...file.preview],
		},
	});
	if (settings.controlFileName === undefined) return [main];
	const controlName = formatFileName(settings.controlFileName, { ...placeholders, file: fileName });
	const facts = {
		fileName,
		sha256: sha256Of(file.bytes),
		created: settings.now,
		documentCount: accepted.length,
	};
	const control = describe({
		format: 'control',
		fileName: controlName,
		bytes: controlFile(layout, file, facts),
		mimeType: 'text/plain',
		documents: [],
		documentCount: 0,
		more: { controls: fileName, warnings: [] },
	});
	return [main, control];
}

interface FilePart {
	readonly format: string;
	readonly fileName: string;
	readonly bytes: Uint8Array;
	readonly mimeType: string;
	readonly documents: readonly FiledDocument[];
	readonly documentCount: number;
	readonly more: Readonly<Record<string, unknown>>;
}

function describeFile(part: FilePart, batch: EncodedBatch, settings: RunSettings): OutputFile {
	const { bytes, fileName, mimeType, documents } = part;
	const facts: FileFacts = {
		format: part.format,
		// A flat file has neither sets nor releases nor parties: its layout says what it is.
		transactionSet: settings.layout.name,
		release: '',
		partner: batch.partner,
		usage: '',
		sender: '',
		receiver: '',
		controlNumber: '',
		groupControlNumber: '',
		fileName,
		sha256: sha256Of(bytes),
		bytes: bytes.byteLength,
		documentCount: part.documentCount,
		documents,
		executionId: settings.executionId,
	};
	const key = fileKey(facts);
	const json = {
		outcome: 'encoded',
		...facts,
		layout: settings.layout.name,
		fileKey: key,
		mimeType,
		...part.more,
		documents: documents.map(({ key: documentKey, number, contentHash: hash, purpose }) => ({
			key: documentKey,
			number,
			contentHash: hash,
			purpose,
		})),
		documentKeys: documents.map((document) => document.key).join(','),
		ledger: settings.ledgerRows
			? {
					files: [fileRow(facts)],
					documents: [...documentRows(facts)],
					contents: [...contentRows(key, bytes)],
				}
			: NO_ROWS,
	} as unknown as IDataObject;
	return { json, bytes, fileName, mimeType, itemIndexes: batch.accepted };
}

export interface Refusal {
	readonly partner: string;
	readonly outcome: string;
	readonly issues: readonly object[];
}

/** The item as it came, with why it is not in the file. */
export function refusedItem(
	item: INodeExecutionData,
	itemIndex: number,
	{ partner, outcome, issues }: Refusal,
	settings: RunSettings,
): INodeExecutionData {
	const filed = filedDocument(item.json);
	const recorded = settings.ledgerRows && outcome === 'rejected' && filed !== undefined;
	const row = recorded
		? refusedDocumentRow(
				{
					...filed,
					partner,
					executionId: settings.executionId,
					issues: issues as readonly { message: string }[],
				},
				'rejected',
			)
		: undefined;
	const document = filed && {
		...((item.json['document'] ?? {}) as IDataObject),
		key: filed.key,
		number: filed.number,
		contentHash: filed.contentHash,
	};
	return {
		json: {
			...item.json,
			outcome,
			...(document === undefined ? {} : { document }),
			issues: [...issues] as IDataObject[],
			ledger: { ...NO_ROWS, documents: row === undefined ? [] : [row] },
		} as unknown as IDataObject,
		...(item.binary === undefined ? {} : { binary: item.binary }),
		pairedItem: { item: itemIndex },
	};
}
