import type { IDataObject } from 'n8n-workflow';
import type { FileRow } from '../../lib/ledger';
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

/** A file of the ledger under the names that a file's item has everywhere. */
export function fileJson(file: FileRow): IDataObject {
	const { id, name, ...facts } = file as FileRow & IDataObject;
	return { file: id, fileName: name, ...facts } as IDataObject;
}
