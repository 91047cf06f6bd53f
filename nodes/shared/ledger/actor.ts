import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Actor } from '../../../lib/ledger';

const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';
const MODES: readonly string[] = ['manual', 'trigger', 'retry', 'webhook'];

/** The n8n user who filled in the form that began the run, where one did. */
function formUser(context: IExecuteFunctions): string | undefined {
	const forms = context
		.getParentNodes(context.getNode().name)
		.filter(({ type }) => type === FORM_TRIGGER);
	for (const { name } of forms) {
		try {
			const form = `$(${JSON.stringify(name)})`;
			const email = context.evaluateExpression(
				`{{ ${form}.isExecuted ? ${form}.first().json.user?.email : "" }}`,
				0,
			);
			if (typeof email === 'string' && email !== '') return email;
		} catch {
			// Another entrance of the flow began this run.
			continue;
		}
	}
	return undefined;
}

/** Who acts: stands in every event. */
export function actorOf(context: IExecuteFunctions): Actor {
	const { id, name } = context.getWorkflow();
	const mode = context.getMode();
	const user = formUser(context);
	return {
		workflowId: id ?? '',
		workflowName: name ?? '',
		executionId: context.getExecutionId(),
		node: context.getNode().name,
		mode: (MODES.includes(mode) ? mode : 'other') as Actor['mode'],
		...(user === undefined ? {} : { user }),
	};
}

/**
 * The same for every try of this node in this execution (*Retry On Fail*, an answer that was lost),
 * and for nothing else: what was done with it is not done again. `parts` tells apart what one run of
 * the node does several times.
 */
export function runToken(context: IExecuteFunctions, ...parts: readonly string[]): string {
	const runIndex = context.evaluateExpression('{{ $runIndex }}', 0);
	const identity = [
		context.getInstanceId(),
		context.getWorkflow().id ?? '',
		context.getExecutionId(),
		context.getNode().name,
		String(runIndex),
		...parts,
	];
	return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}
