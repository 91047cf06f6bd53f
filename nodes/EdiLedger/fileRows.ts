import type { IDataObject } from 'n8n-workflow';
import type { DocumentRow, FileRow } from '../../lib/ledger';
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

export const fileNumber = text(
	'File',
	'file',
	"Number of the file in the ledger, as 'Get Many' gives it",
	{
		required: true,
		default: '={{ $json.file }}',
	},
);

/** A file of the ledger under the names that a file's item has everywhere; `file` is its number. */
export function fileJson({ id, name, ...facts }: FileRow): IDataObject {
	return { file: id, fileName: name, ...facts } as unknown as IDataObject;
}

/** A document of the ledger; `version` is what *Release* asks for. */
export function documentJson({ id, versionId, fileId, file, ...facts }: DocumentRow): IDataObject {
	const where = fileId > 0 ? { file: fileId, fileName: file } : {};
	return { ...facts, ...where, documentId: id, version: versionId } as unknown as IDataObject;
}
