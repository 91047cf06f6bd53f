import { setTimeout as sleep } from 'node:timers/promises';
import { failureOf, parseFlatted } from './execution.ts';
import type { Execution, ExecutionData } from './execution.ts';
import { fillForm, visibleText } from './form.ts';
import { startProcess } from './process.ts';
import type { N8nProcess, ProcessOptions } from './process.ts';
import { fillTemplate } from './workflow.ts';
import type { Filling, Workflow } from './workflow.ts';

export { failureOf, outputOf, parseFlatted, type Execution, type Item } from './execution.ts';
export { visibleText } from './form.ts';
export { installCommunityPackage, packPackage, repositoryRoot, run } from './package.ts';
export { freePort } from './ports.ts';
export { startProcess, type N8nProcess, type ProcessOptions } from './process.ts';
export { fillTemplate, type Filling, type Workflow, type WorkflowNode } from './workflow.ts';

export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Sandbox-Owner-1',
} as const;

/** A failed answer of n8n's REST interface. */
export class N8nRestError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export interface CredentialInput {
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

/** By the label of the field. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A running n8n, driven as the editor drives it. */
export interface N8n {
	readonly url: string;
	readonly process: N8nProcess;
	rest<T>(method: string, path: string, body?: unknown): Promise<T>;
	createCredential(input: CredentialInput): Promise<{ id: string; name: string }>;
	/** n8n's own test of a credential that is not OAuth2. */
	testCredential(id: string, input: CredentialInput): Promise<{ status: string; message: string }>;
	/** The editor's *Connect my account*: consent page, click, callback. */
	connectOAuth2(credentialId: string): Promise<void>;
	importWorkflow(template: Workflow, filling?: Filling): Promise<{ id: string }>;
	activate(workflowId: string): Promise<void>;
	deactivate(workflowId: string): Promise<void>;
	/** A manual run from a trigger; `items` stand for what the trigger would emit. */
	runManually(
		workflowId: string,
		trigger: string,
		items?: readonly Record<string, unknown>[],
	): Promise<string>;
	/** Fills in the pages of a form of an active workflow; answers what its last page says. */
	submitForm(path: string, ...pages: readonly FormFields[]): Promise<string>;
	/** Newest first. */
	executionsOf(workflowId: string): Promise<{ id: string; status: Execution['status'] }[]>;
	readExecution(id: string): Promise<Execution>;
	/** Waits for its end, whatever that is. */
	waitForExecution(id: string, timeoutMs?: number): Promise<Execution>;
	/** Waits for an execution of a workflow that is newer than the ones named. */
	waitForNewExecution(
		workflowId: string,
		known: ReadonlySet<string>,
		timeoutMs?: number,
	): Promise<Execution>;
	nodeTypes(): Promise<ReadonlyMap<string, { credentials: readonly string[] }>>;
	stop(): Promise<void>;
}

/** n8n ended a connection that stood idle, at the moment it was used again: nothing was asked yet. */
const wasIdle = (error: unknown): boolean =>
	((error as Error).cause as Error | undefined)?.message === 'other side closed';

class CookieJar {
	private readonly cookies = new Map<string, string>();

	keep(response: Response): void {
		for (const header of response.headers.getSetCookie()) {
			const match = /^([^=]+)=([^;]*)/.exec(header);
			if (match?.[1] !== undefined && match[2] !== undefined) this.cookies.set(match[1], match[2]);
		}
	}

	header(): string {
		return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}
}

interface NodeTypeDescription {
	readonly name: string;
	readonly credentials?: readonly { readonly name: string }[];
}

/** How long a busy n8n may stay silent. */
const PATIENCE_MS = 10 * 60_000;

const FINAL = new Set<Execution['status']>(['success', 'error', 'canceled', 'crashed']);

/** Starts n8n in a folder and signs in as its owner (created on a new database). */
export async function startN8n(options: ProcessOptions): Promise<N8n> {
	const n8n = await startProcess(options);
	try {
		return await connect(n8n);
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/** The editor's REST interface of a running n8n. */
export async function connect(n8n: N8nProcess): Promise<N8n> {
	const jar = new CookieJar();

	async function call(method: string, path: string, body: unknown): Promise<Response> {
		const response = await fetch(`${n8n.url}/rest${path}`, {
			method,
			headers: {
				Cookie: jar.header(),
				Accept: 'application/json',
				...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		jar.keep(response);
		return response;
	}

	/**
	 * A large execution keeps n8n's event loop and its database so busy that it does not answer for a
	 * while. Reading is repeated as long as the process lives; nothing else is.
	 */
	async function patient(method: string, path: string, body: unknown): Promise<Response> {
		const deadline = Date.now() + (method === 'GET' ? PATIENCE_MS : 0);
		for (;;) {
			try {
				const response = await call(method, path, body);
				if (response.status !== 503 || Date.now() > deadline) return response;
			} catch (error) {
				if (!n8n.isRunning()) throw new Error('n8n has ended', { cause: error });
				if (Date.now() > deadline && !wasIdle(error)) throw error;
			}
			await sleep(1000);
		}
	}

	async function rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await patient(method, path, body);
		const text = await response.text();
		if (!response.ok) {
			throw new N8nRestError(
				response.status,
				`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`,
			);
		}
		const parsed = text === '' ? {} : (JSON.parse(text) as { data?: unknown });
		return ('data' in parsed ? parsed.data : parsed) as T;
	}

	const settings = await rest<{ userManagement?: { showSetupOnFirstLoad?: boolean } }>(
		'GET',
		'/settings',
	);
	if (settings.userManagement?.showSetupOnFirstLoad === true) {
		await rest('POST', '/owner/setup', OWNER);
	} else {
		await rest('POST', '/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
	}
	const project = await rest<{ id: string }>('GET', '/projects/personal');

	let types: Map<string, { credentials: readonly string[] }> | undefined;
	async function nodeTypes() {
		if (types === undefined) {
			const response = await fetch(`${n8n.url}/types/nodes.json`, {
				headers: { Cookie: jar.header() },
			});
			const list = (await response.json()) as NodeTypeDescription[];
			types = new Map(
				list.map((type) => [
					type.name,
					{ credentials: (type.credentials ?? []).map(({ name }) => name) },
				]),
			);
		}
		return types;
	}

	async function readExecution(id: string): Promise<Execution> {
		const execution = await rest<Omit<Execution, 'data' | 'raw'> & { data: string }>(
			'GET',
			`/executions/${id}`,
		);
		return {
			...execution,
			data: parseFlatted(execution.data) as ExecutionData,
			raw: execution.data,
		};
	}

	async function executionsOf(workflowId: string) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await rest<{ results: { id: string; status: Execution['status'] }[] }>(
			'GET',
			`/executions?filter=${filter}&limit=50`,
		);
		return results;
	}

	async function waitForExecution(id: string, timeoutMs = 300_000): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await readExecution(id);
			if (FINAL.has(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`execution ${id} is still ${execution.status} after ${timeoutMs / 1000} s`);
			}
			await sleep(400);
		}
	}

	return {
		url: n8n.url,
		process: n8n,
		rest,
		nodeTypes,
		readExecution,
		executionsOf,
		waitForExecution,
		stop: () => n8n.stop(),

		async createCredential(input) {
			const { id, name } = await rest<{ id: string; name: string }>('POST', '/credentials', {
				...input,
				projectId: project.id,
			});
			return { id, name };
		},

		async testCredential(id, input) {
			return await rest('POST', '/credentials/test', { credentials: { id, ...input } });
		},

		async connectOAuth2(credentialId) {
			const address = await rest<string>('GET', `/oauth2-credential/auth?id=${credentialId}`);
			let response = await fetch(address, { redirect: 'manual' });
			if (response.status === 200) {
				const page = await response.text();
				const link = /id="allow" href="([^"]+)"/.exec(page)?.[1];
				if (link === undefined) throw new Error(`no consent link at ${new URL(address).pathname}`);
				const decoded = link.replace(/&#(\d+);/g, (_, code: string) =>
					String.fromCharCode(Number(code)),
				);
				response = await fetch(decoded, { redirect: 'manual' });
			}
			const callback = response.headers.get('location');
			if (response.status !== 302 || callback === null) {
				throw new Error(
					`the authorization page answered ${response.status}: ${await response.text()}`,
				);
			}
			const landed = await fetch(callback, { headers: { Cookie: jar.header() } });
			const text = await landed.text();
			if (!landed.ok || !/successful|connected/i.test(text)) {
				throw new Error(`n8n's OAuth2 callback failed: ${visibleText(text)}`);
			}
		},

		async importWorkflow(template, filling = {}) {
			const known = await nodeTypes();
			const unknown = template.nodes.filter((node) => !known.has(node.type));
			if (unknown.length > 0) {
				throw new Error(
					`"${template.name}" has node types that n8n does not know: ${unknown.map((node) => node.type).join(', ')}`,
				);
			}
			const filled = fillTemplate(template, (type) => known.get(type)?.credentials ?? [], filling);
			const { name, nodes, connections, settings: workflowSettings } = filled;
			const { id } = await rest<{ id: string }>('POST', '/workflows', {
				name,
				nodes,
				connections,
				settings: workflowSettings ?? {},
				active: false,
				projectId: project.id,
			});
			return { id };
		},

		async activate(workflowId) {
			const { versionId } = await rest<{ versionId: string }>('GET', `/workflows/${workflowId}`);
			await rest('POST', `/workflows/${workflowId}/activate`, { versionId });
		},

		async deactivate(workflowId) {
			await rest('POST', `/workflows/${workflowId}/deactivate`, {});
		},

		async runManually(workflowId, trigger, items) {
			const workflowData = await rest('GET', `/workflows/${workflowId}`);
			const data =
				items === undefined
					? undefined
					: {
							startTime: Date.now(),
							executionIndex: 0,
							executionTime: 0,
							source: [],
							executionStatus: 'success',
							data: { main: [items.map((json) => ({ json }))] },
						};
			const answer = await rest<{ executionId?: string; waitingForWebhook?: boolean }>(
				'POST',
				`/workflows/${workflowId}/run`,
				{
					workflowData,
					startNodes: [],
					triggerToStartFrom: { name: trigger, ...(data === undefined ? {} : { data }) },
				},
			);
			if (answer.executionId === undefined) {
				throw new Error(`"${trigger}" waits for a call: give its items, or activate the workflow`);
			}
			return answer.executionId;
		},

		async submitForm(path, ...pages) {
			return await fillForm(`${n8n.url}/form/${path}`, pages, jar.header());
		},

		async waitForNewExecution(workflowId, known, timeoutMs = 300_000) {
			const deadline = Date.now() + timeoutMs;
			for (;;) {
				const fresh = (await executionsOf(workflowId)).filter(({ id }) => !known.has(id)).at(-1);
				if (fresh) return await waitForExecution(fresh.id, Math.max(1, deadline - Date.now()));
				if (Date.now() > deadline) throw new Error(`no new execution of ${workflowId}`);
				await sleep(400);
			}
		},
	};
}

/** Throws with the node and the message when an execution did not succeed. */
export function mustSucceed(execution: Execution): Execution {
	const failure = failureOf(execution);
	if (failure !== undefined) throw new Error(`execution ${execution.id}: ${failure}`);
	return execution;
}
