import type { IDataObject } from 'n8n-workflow';
import { contentRows, documentRows, fileKey, fileRow, refusedDocumentRow } from '../../lib/audit';
import type { FileFacts, FiledDocument } from '../../lib/audit';
import type { FileDescription } from '../shared';
import { sha256 } from '../../lib/text';
import type { RunSettings } from './settings';

/** Rows of the audit tables, for items that did not come from *Take New or Changed*. */

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A list even where it is empty, so that a template's Split Out always finds it. */
const NO_ROWS = { files: [], documents: [], contents: [] };

export interface FiledSource {
	readonly key: string;
	readonly number: string;
	readonly contentHash: string;
	readonly purpose: string;
	readonly json: IDataObject;
}

function filedDocument(source: FiledSource): FiledDocument {
	const { key, number, contentHash, purpose, json } = source;
	const head = (json['document'] ?? {}) as IDataObject;
	return {
		key,
		number,
		contentHash,
		controlNumber: '',
		type: text(head['resource']) || text(json['type']),
		purpose,
		modified: text(head['modified']),
		previousExecutionId: text(head['previousExecutionId']),
	} as FiledDocument;
}

export function fileRows(
	file: FileDescription,
	sources: readonly FiledSource[],
	settings: RunSettings,
): IDataObject {
	const facts: FileFacts = {
		format: file.format,
		transactionSet: file.transactionSet,
		release: '',
		partner: file.partner,
		usage: '',
		sender: '',
		receiver: '',
		controlNumber: '',
		groupControlNumber: '',
		fileName: file.fileName,
		sha256: sha256(file.bytes),
		bytes: file.bytes.byteLength,
		documentCount: file.documentCount ?? 0,
		documents: sources.map(filedDocument),
		executionId: settings.executionId,
	};
	const key = fileKey(facts);
	const ledger = settings.ledgerRows
		? {
				files: [fileRow(facts)],
				documents: [...documentRows(facts)],
				contents: [...contentRows(key, file.bytes)],
			}
		: NO_ROWS;
	const documentKeys = sources.map((source) => source.key).join(',');
	return { fileKey: key, documentKeys, ledger } as unknown as IDataObject;
}

export function refusedRows(
	source: FiledSource | undefined,
	partner: string,
	outcome: string,
	issues: readonly object[],
	settings: RunSettings,
): IDataObject {
	const recorded = settings.ledgerRows && outcome === 'rejected' && source !== undefined;
	const facts = { partner, executionId: settings.executionId };
	const documents = recorded
		? [
				refusedDocumentRow(
					{
						...filedDocument(source),
						...facts,
						issues: issues as readonly { message: string }[],
					},
					'rejected',
				),
			]
		: [];
	return { ledger: { ...NO_ROWS, documents } } as unknown as IDataObject;
}
