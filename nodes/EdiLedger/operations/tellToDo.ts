import type { IDataObject } from 'n8n-workflow';
import { getToDo } from '../../../lib/ledger';
import type { ToDo } from '../../../lib/ledger';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

/** What was told, in the workflow's own memory: kind and example to when it was seen last. */
type Told = Record<string, string>;

/** Each example of a kind is a thing of its own; a thing that went away may come back and be told again. */
function thingsOf(toDos: readonly ToDo[]): string[] {
	return toDos.flatMap(({ kind, examples, count }) =>
		examples.length === 0 ? [`${kind}: ${count}`] : examples.map((one) => `${kind}: ${one}`),
	);
}

export function toDoText(toDos: readonly ToDo[]): string {
	return toDos
		.map(({ kind, count, message, examples }) => {
			const which = examples.length === 0 ? '' : ` (${examples.join(', ')})`;
			return `${count} ${kind}${which}: ${message}`;
		})
		.join('\n');
}

export const tellToDoOperation: LedgerOperation = {
	name: 'Tell What Is New to Do',
	action: 'Tell what is new to do',
	description:
		'One item with subject and text for a mail, only when something is to do that was not told before. In a published workflow it remembers what it told.',
	properties: [],
	execute: async ({ context, ledger }) => {
		const toDos = await getToDo(ledger);
		const memory = context.getWorkflowStaticData('node') as { told?: Told };
		const before = memory.told ?? {};
		const things = thingsOf(toDos);
		memory.told = Object.fromEntries(things.map((thing) => [thing, before[thing] ?? 'told']));
		const fresh = things.filter((thing) => !Object.hasOwn(before, thing));
		if (fresh.length === 0) return [[]];
		const json = {
			outcome: 'to do',
			subject: `EDI: ${fresh.length} new to look at`,
			text: `New:\n${fresh.join('\n')}\n\nAll that waits:\n${toDoText(toDos)}`,
		} as IDataObject;
		return [asOutput(context, [{ json }])];
	},
};
