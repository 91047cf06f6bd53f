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
		.filter((file) => /^[0-9A-Z]+-.*\.json$/.test(file))
		.map((file): Template => {
			const number = file.slice(0, file.indexOf('-'));
			return {
				file,
				plan: PLANS.find((plan) => plan.number === number),
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
			// Others may call them.
			plan?.number.startsWith('S') === true,
	);
}

/** The form's fields as n8n's page sends them: numbered, in the order of the form. */
export function formFields(workflow: Workflow, values: Readonly<Record<string, string>>) {
	const trigger = workflow.nodes.find((node) => node.type === 'n8n-nodes-base.formTrigger');
	if (trigger === undefined) throw new Error(`"${workflow.name}" has no form`);
	const form = trigger.parameters['formFields'] as { values?: FormField[] } | undefined;
	const labels = (form?.values ?? []).map((field) => field.fieldLabel ?? '');
	const missing = Object.keys(values).filter((label) => !labels.includes(label));
	if (missing.length > 0)
		throw new Error(`the form of "${workflow.name}" has no field ${missing.join(', ')}`);
	return Object.fromEntries(
		(form?.values ?? []).map((field, i) => [
			`field-${i}`,
			values[field.fieldLabel ?? ''] ?? field.fieldOptions?.values?.[0]?.option ?? '',
		]),
	);
}

interface FormField {
	readonly fieldLabel?: string;
	readonly fieldOptions?: { readonly values?: readonly { readonly option: string }[] };
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
}

export async function runTemplate(
	template: Template,
	n8n: N8n,
	exact: ExactSimulator,
	filling: Parameters<N8n['importWorkflow']>[1],
	ids: Record<string, string>,
	deposited: readonly DepositedFile[],
	server: PartnerServer,
): Promise<Outcome> {
	const { plan, workflow } = template;
	const name = path.basename(template.file, '.json');
	const from = Date.now();
	const callsBefore = exact.calls.length;
	let executions: Execution[] = [];
	let error: string | undefined;
	let ran = false;
	try {
		const { id } = await n8n.importWorkflow(workflow, { ...filling, workflows: ids });
		ids[workflow.name] = id;
		server.place(plan?.place?.(deposited, (file) => server.read(file)) ?? {});
		const values = typeof plan?.form === 'function' ? plan.form(deposited) : plan?.form;
		if (values) {
			const fields = formFields(workflow, values);
			await step(
				`Running ${name}`,
				async () => {
					await n8n.activate(id);
					await n8n.submitForm(await formPath(n8n, id), fields);
					executions = await settled(n8n, id, 45 * 60_000);
					await n8n.deactivate(id);
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
