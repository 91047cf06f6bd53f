import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isToDo, runHtml, runText } from '../../../lib/page';
import { readRunNotes } from '../../shared/ledger';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

/** A form waits for its last page: the person reads there what happened. */
const BY_FORM = 'webhook';

export const reportRunOperation: LedgerOperation = {
	name: 'Report Run',
	action: 'Report what the run did',
	description:
		'Say in one item what this run sent, refused and left out. Connect it to the second output of Take New or Changed, below the encode node: it then runs last, and once.',
	outputs: ['For the Form', 'Needs a Person'],
	failureOutput: 1,
	properties: [],
	execute: async ({ context }) => {
		const notes = readRunNotes(context);
		const toDo = isToDo(notes);
		const json = {
			outcome: toDo ? 'to do' : 'done',
			preview: notes.preview,
			documents: notes.taken.count,
			files: notes.files.count,
			refused: notes.refused.count,
			text: runText(notes),
			html: runHtml(notes).text,
		} as IDataObject;
		const report: INodeExecutionData[] = asOutput(context, [{ json }]);
		if (context.getMode() === BY_FORM || notes.preview) return [report, []];
		return [[], toDo ? report : []];
	},
};
