import type { IDataObject } from 'n8n-workflow';
import type { StoredFile } from '../../lib/ledger';
import { text } from './fields';

export const binaryField = text(
	'Put Output File in Field',
	'binaryPropertyName',
	'The name of the output binary field to put the file in',
	{ required: true, default: 'data' },
);

export const inputBinaryField = text(
	'Input Binary Field',
	'binaryPropertyName',
	'The name of the input binary field that holds the file',
	{ required: true, default: 'data' },
);

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** A file of the ledger under the names that a file's item has everywhere. */
export function fileJson(file: StoredFile): IDataObject {
	return {
		fileName: file.name,
		kind: file.kind,
		format: file.format,
		transactionSet: file.transaction_set,
		release: file.release,
		usage: file.usage,
		sender: file.sender,
		receiver: file.receiver,
		controlNumber: file.control_number,
		groupControlNumbers: parsed(file.group_control_numbers) ?? [],
		mimeType: file.mime_type,
		bytes: file.bytes,
		sha256: file.sha256,
		documentCount: file.document_count,
		file: file.id,
		state: file.state,
		folder: file.folder,
		path: file.path,
		server: file.server,
		attempts: file.attempts,
		error: file.error,
		recordedAt: file.recorded_at,
		depositedAt: file.deposited_at,
	} as IDataObject;
}
