import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ExactSimulator } from '../exact-simulator/index.ts';
import { failureOf, repositoryRoot } from '../n8n/index.ts';
import type { Execution, N8n, Workflow } from '../n8n/index.ts';
import { PLANS } from './plans.ts';
import type { Plan } from './plans.ts';
import { say, step } from './progress.ts';
import { depositedFiles, documentsRead, rejectedDocuments, slowestNodes } from './report.ts';
import type { DepositedFile, RejectedDocument, TemplateResult } from './report.ts';

export interface Template {
	readonly file: string;
	readonly plan: Plan | undefined;
	readonly workflow: Workflow;
}

export function readTemplates(only: string | undefined): Template[] {
	const folder = path.join(repositoryRoot, 'workflows-templates');
	const wanted = only?.split(',').map((number) => number.trim());
	const order = (template: Template) => {
		const index = PLANS.findIndex((plan) => plan === template.plan);
		return index === -1 ? PLANS.length : index;
	};
	const templates = readdirSync(folder)
		.filter((file) => /^\d+-.*\.json$/.test(file))
		.map((file): Template => {
			return {
				file,
				plan: PLANS.find(({ number }) => file.startsWith(`${number}-`)),
				workflow: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Workflow,
			};
		})
		.sort((a, b) => order(a) - order(b));
	const unknown = wanted?.filter(
		(number) => !templates.some(({ file }) => file.startsWith(`${number}-`)),
	);
	if (unknown !== undefined && unknown.length > 0)
		throw new Error(`no template ${unknown.join(', ')}`);
	return templates.filter(
		({ file, plan }) =>
			wanted === undefined ||
			wanted.some((number) => file.startsWith(`${number}-`)) ||
			// The agreements, without which nothing is sent.
			plan?.number.startsWith('00') === true,
	);
}

/** The path n8n serves the form on, as the stored workflow has it. */
async function formPath(n8n: N8n, workflowId: string): Promise<string> {
	const { nodes } = await n8n.rest<Workflow>('GET', `/workflows/${workflowId}`);
	const trigger = nodes.find((node) => node.type === 'n8n-nodes-base.formTrigger');
	const own = (trigger?.parameters['options'] as { path?: string } | undefined)?.path;
	const found = own ?? trigger?.['webhookId'];
	if (typeof found !== 'string') throw new Error('the form has no path');
	return found;
}

const FINAL = new Set<string>(['success', 'error', 'canceled', 'crashed']);

/** All executions of a workflow, once none of them is running any more. */
async function settled(n8n: N8n, workflowId: string, limitMs: number): Promise<Execution[]> {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const list = await n8n.executionsOf(workflowId);
		if (list.length > 0 && list.every(({ status }) => FINAL.has(status))) {
			return await Promise.all(list.map(({ id }) => n8n.readExecution(id)));
		}
		if (Date.now() > deadline)
			throw new Error(`its execution did not end within ${limitMs / 60_000} minutes`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

/** The partner's folders, seen from the partner's side. */
export interface PartnerServer {
	read(file: string): string;
	place(files: Readonly<Record<string, string | null>>): void;
}

export interface Outcome {
	readonly result: TemplateResult;
	readonly files: readonly DepositedFile[];
	readonly rejected: readonly RejectedDocument[];
	readonly executions: readonly Execution[];
	/** What the last pages of its form said. */
	readonly said: readonly string[];
}

export async function runTemplate(
	template: Template,
	n8n: N8n,
	exact: ExactSimulator,
	filling: Parameters<N8n['importWorkflow']>[1],
	deposited: readonly DepositedFile[],
	server: PartnerServer,
): Promise<Outcome> {
	const { plan, workflow } = template;
	const name = path.basename(template.file, '.json');
	const from = Date.now();
	const callsBefore = exact.calls.length;
	let executions: Execution[] = [];
	const said: string[] = [];
	let error: string | undefined;
	let ran = false;
	try {
		const agreement = plan?.agreement;
		const { id } = await n8n.importWorkflow(workflow, {
			...filling,
			...(agreement === undefined ? {} : { agreement }),
		});
		server.place(plan?.place?.(deposited, (file) => server.read(file)) ?? {});
		const forms = typeof plan?.forms === 'function' ? plan.forms(deposited) : (plan?.forms ?? []);
		const trigger = plan?.trigger;
		if (forms.length > 0 || trigger !== undefined) {
			await step(
				`Running ${name}`,
				async () => {
					if (trigger !== undefined) await n8n.waitForExecution(await n8n.runManually(id, trigger));
					if (forms.length > 0) await n8n.activate(id);
					for (const pages of forms) {
						said.push(await n8n.submitForm(await formPath(n8n, id), ...pages));
					}
					executions = await settled(n8n, id, 45 * 60_000);
					if (forms.length > 0) await n8n.deactivate(id);
				},
				() => `${exact.calls.length - callsBefore} calls to Exact`,
			);
			ran = true;
		} else say(`Imported ${name}`);
		const allowed = new Set(['success', ...(plan?.mayEndWith ?? [])]);
		error = executions
			.filter(({ status }) => !allowed.has(status))
			.map(failureOf)
			.find(Boolean);
	} catch (caught) {
		error = (caught as Error).message;
	}
	if (error !== undefined) say(`  failed: ${error}`);
	const read = executions.reduce((sum, execution) => sum + documentsRead(execution), 0);
	return {
		executions,
		said,
		files: executions.flatMap((execution) => depositedFiles(name, execution)),
		rejected: executions.flatMap((execution) => rejectedDocuments(name, execution)),
		result: {
			template: name,
			workflow: workflow.name,
			ran,
			ok: error === undefined,
			error,
			executions: executions.map(({ id, status, mode }) => ({ id, status, mode })),
			documentsRead: read,
			exactCalls: exact.calls.length - callsBefore,
			seconds: Math.round((Date.now() - from) / 1000),
			slowestNodes: slowestNodes(executions),
		},
	};
}
