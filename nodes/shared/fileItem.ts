import type { IDataObject } from 'n8n-workflow';
import type { Issue } from '../../lib/errors';
import { ERROR_CODES, withAdvice } from '../../lib/errors';
import { sha256 } from '../../lib/text';
import type { FileLedger } from './ledger/itemLedger';

/** A record a document was made of; a document of the ledger is known by its version. */
export interface DocumentSource {
	readonly key: string;
	readonly number: string;
	readonly contentHash: string;
	/** Version of the document in the ledger, and the reservation it was taken with. */
	readonly version?: number | undefined;
	readonly reservation?: string | undefined;
}

export interface DocumentInFile {
	readonly key: string;
	readonly number: string;
	readonly contentHash?: string | undefined;
	readonly controlNumber?: string | undefined;
	readonly groupControlNumber?: string | undefined;
	readonly purpose: string;
	/** An advice is made of several payments; other documents have one source. */
	readonly sources: readonly DocumentSource[];
	/** What only some formats have, such as the transaction set. */
	readonly more?: Readonly<Record<string, unknown>> | undefined;
}

/** A file of ours before n8n stores its bytes. */
export interface FileDescription {
	readonly outcome: string;
	readonly format: string;
	readonly transactionSet: string;
	readonly release: string;
	readonly partner: string;
	readonly usage: string;
	readonly sender: string;
	readonly receiver: string;
	readonly fileName: string;
	readonly mimeType: string;
	readonly bytes: Uint8Array;
	readonly controlNumber: string;
	readonly groupControlNumbers: readonly string[];
	readonly documents: readonly DocumentInFile[];
	/** Rows of a flat file are counted although they may be no documents. */
	readonly documentCount?: number | undefined;
	readonly warnings: readonly object[];
	readonly ledger?: FileLedger | undefined;
	readonly more?: Readonly<Record<string, unknown>> | undefined;
}

/** Leaves out what a format does not have. */
function known(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * What a person reads of a file and what the next node needs. The bytes are in the binary data
 * alone: 8 MB of file as base64 text was 11 MB of execution data.
 */
export function fileItemJson(file: FileDescription): IDataObject {
	const { bytes, documents, ledger, more, outcome, warnings, ...facts } = file;
	return known({
		outcome,
		issues: [],
		...facts,
		bytes: bytes.byteLength,
		sha256: sha256(bytes),
		groupControlNumbers: [...facts.groupControlNumbers],
		...more,
		documentCount: facts.documentCount ?? documents.length,
		documents: documents.map(({ sources, more: extra, ...document }) =>
			known({ ...document, ...extra, sources: sources.map((source) => known({ ...source })) }),
		),
		warnings: [...warnings],
		ledger,
	}) as IDataObject;
}

/** The first issue with its fix, as one sentence that needs no table. */
export function reasonOf(issues: readonly object[]): string {
	const [first] = issues as readonly Partial<Issue>[];
	if (first?.message === undefined) return '';
	const action = first.code === undefined ? undefined : ERROR_CODES[first.code]?.action;
	const known = action === undefined || first.message.includes(action);
	return known ? first.message : withAdvice(first.message, action);
}

/** An input's fields with what became of it in front: n8n hides what stands behind the 40th column. */
export function withOutcome(
	json: IDataObject,
	outcome: string,
	issues: readonly object[],
	more: IDataObject = {},
): IDataObject {
	const rest = Object.fromEntries(
		Object.entries(json).filter(([name]) => !['outcome', 'issues', 'reason'].includes(name)),
	);
	const reason = reasonOf(issues);
	return {
		outcome,
		issues: [...issues] as IDataObject[],
		...(reason === '' ? {} : { reason }),
		...rest,
		...more,
	};
}
