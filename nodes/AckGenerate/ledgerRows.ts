import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { contentRows, fileKey, fileRow } from '../../lib/audit';
import type { FileFacts } from '../../lib/audit';
import type { FileDescription } from '../shared';
import { sha256 } from '../../lib/text';

/** A received file is known by its content: picked up twice, it is the same file. */
export const subjectKey = (sha256: string): string => `received:${sha256}`;

/** Rows for the Data Tables of flows without *Record Received*. */
export function acknowledgmentRows(
	file: FileDescription,
	verdict: string,
	onBehalf: boolean,
	subject: string,
	context: IExecuteFunctions,
): IDataObject {
	const state = onBehalf ? `${verdict} (on behalf)` : verdict;
	const groupControlNumber = file.groupControlNumbers[0] ?? '';
	const facts: FileFacts = {
		...file,
		groupControlNumber,
		sha256: sha256(file.bytes),
		bytes: file.bytes.byteLength,
		documentCount: 0,
		documents: [],
		executionId: context.getExecutionId(),
	};
	const key = fileKey(facts);
	const row = {
		...fileRow(facts, 'depositing'),
		acknowledgment_file: subjectKey(subject),
		acknowledgment_state: state,
	};
	return {
		groupControlNumber,
		acknowledgmentState: state,
		fileKey: key,
		subjectKey: subjectKey(subject),
		ledger: { files: [row], contents: contentRows(key, file.bytes) } as unknown as IDataObject,
	};
}
