import type { IDataObject } from 'n8n-workflow';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

const object = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** The item of an Error Trigger: of a run that failed, or of a trigger that could not even start one. */
function failureText(json: IDataObject): { readonly subject: string; readonly text: string } {
	const execution = object(json.execution);
	const trigger = object(json.trigger);
	const workflow = text(object(json.workflow).name) || 'A workflow';
	const error = { ...object(trigger.error), ...object(execution.error) };
	const cause = object(error.cause);
	const what = text(error.message) || text(cause.message) || 'n8n gives no reason';
	const toDo = text(error.description) || text(cause.description);
	const step = text(execution.lastNodeExecuted) || text(object(error.node).name) || 'its trigger';
	const lines = [
		`Workflow: ${workflow}`,
		`Step: ${step}`,
		`What happened: ${what}`,
		...(toDo === '' ? [] : [`What to do: ${toDo}`]),
		...(text(execution.url) === '' ? [] : [`Execution: ${text(execution.url)}`]),
	];
	return { subject: `EDI: ${workflow} needs you`, text: lines.join('\n') };
}

export const describeFailureOperation: LedgerOperation = {
	name: 'Describe Failure',
	action: 'Describe a failure for a mail',
	description:
		'Behind an Error Trigger: subject and text for a mail that says what happened and what to do',
	needsLedger: false,
	properties: [],
	execute: async ({ context, items }) => [
		asOutput(
			context,
			items.map(({ json }) => ({ json: { outcome: 'described', ...failureText(json) } })),
		),
	],
};
