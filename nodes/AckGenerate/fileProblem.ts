import type { IDataObject } from 'n8n-workflow';
import { isCoreError, toIssues } from '../shared';

export interface FileProblem {
	/** `postponed`: the numbers of this run are used up, the next run answers the file. */
	readonly outcome: 'unreadable' | 'postponed';
	readonly issues: IDataObject[];
	readonly report: string;
}

/**
 * A file that cannot be dealt with, whatever the reason, is an item of its own: the other files of
 * the run are answered. Only what the user must do stops the run: a stop, or a wrong setting.
 */
export function fileProblem(error: unknown, fileName: string): FileProblem {
	const name = fileName || 'The file';
	const issues = toIssues(error) as IDataObject[];
	const why = issues.map(({ message }) => String(message)).join(' ');
	if (isCoreError(error) && error.code === 'SYNTAX_CONTROL_NUMBER_EXHAUSTED') {
		return { outcome: 'postponed', issues, report: `${name} is left for the next run: ${why}` };
	}
	if (isCoreError(error) && error.code !== 'ACK_TOO_MANY_ANSWERS') throw error;
	return { outcome: 'unreadable', issues, report: `${name} could not be checked: ${why}` };
}
