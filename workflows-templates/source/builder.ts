/** Builds n8n workflow JSON: names instead of ids, columns and rows instead of pixels. */
import { createHash } from 'node:crypto';

export type Parameters = Record<string, unknown>;

export interface NodeSource {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	/** Column and row on the canvas. */
	readonly at: readonly [number, number];
	readonly parameters: Parameters;
	readonly credentials?: readonly string[];
	readonly onError?: 'continueRegularOutput' | 'stopWorkflow';
	readonly executeOnce?: boolean;
	readonly alwaysOutputData?: boolean;
	/** Tried again after a second, up to three times. */
	readonly retryOnFail?: boolean;
	readonly notes?: string;
}

export interface StickySource {
	readonly content: string;
	readonly at: readonly [number, number];
	/** Columns and rows it covers. */
	readonly size: readonly [number, number];
	/** n8n's color numbers: 1 yellow, 7 white. */
	readonly color: 1 | 7;
}

/** `from` output → `to` input; outputs and inputs count from 0. */
export interface ConnectionSource {
	readonly from: string;
	readonly to: string;
	readonly output?: number;
	readonly input?: number;
}

export interface WorkflowSource {
	/** File name without `.json`. */
	readonly file: string;
	/** Verb + thing + to/on/in + where, at most 80 characters. */
	readonly title: string;
	readonly nodes: readonly NodeSource[];
	readonly stickies: readonly StickySource[];
	readonly connections: readonly ConnectionSource[];
	/** n8n keeps no execution of it, neither of a run that went well nor of one that failed. */
	readonly savesNoExecutions?: boolean;
}

/** The pitch of n8n's *Tidy Up*: a node is 96 wide, with 128 between columns and 96 between rows. */
export const COLUMN = 224;
export const ROW = 192;

/** Stable, so that a template that has not changed does not change its file. */
function stableId(...parts: string[]): string {
	const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20, 32),
	].join('-');
}

const CREDENTIAL_NAMES: Record<string, string> = {
	exactOnlineOAuth2Api: 'Exact Online account',
	sftpVerifiedApi: 'Partner SFTP',
	smtp: 'SMTP account',
	httpBasicAuth: 'Ledger page',
};

/** Nodes that n8n serves under an address of their own. */
const WITH_ADDRESS = new Set(
	['formTrigger', 'form', 'webhook'].map((type) => `n8n-nodes-base.${type}`),
);

function renderNode(file: string, node: NodeSource): Parameters {
	const webhook = WITH_ADDRESS.has(node.type);
	return {
		id: stableId(file, node.name),
		name: node.name,
		type: node.type,
		typeVersion: node.typeVersion,
		position: [Math.round(node.at[0] * COLUMN), Math.round(node.at[1] * ROW)],
		parameters: node.parameters,
		...(webhook ? { webhookId: stableId(file, node.name, 'webhook') } : {}),
		...(node.credentials
			? {
					credentials: Object.fromEntries(
						node.credentials.map((type) => [type, { name: CREDENTIAL_NAMES[type] }]),
					),
				}
			: {}),
		...(node.onError ? { onError: node.onError } : {}),
		...(node.executeOnce ? { executeOnce: true } : {}),
		...(node.alwaysOutputData ? { alwaysOutputData: true } : {}),
		...(node.retryOnFail ? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 } : {}),
		...(node.notes ? { notes: node.notes, notesInFlow: true } : {}),
	};
}

function renderSticky(file: string, sticky: StickySource, index: number): Parameters {
	return {
		id: stableId(file, 'sticky', String(index)),
		name: index === 0 ? 'Read me first' : `Note ${index}`,
		type: 'n8n-nodes-base.stickyNote',
		typeVersion: 1,
		position: [Math.round(sticky.at[0] * COLUMN) - 40, Math.round(sticky.at[1] * ROW) - 40],
		parameters: {
			content: sticky.content,
			width: Math.round(sticky.size[0] * COLUMN),
			height: Math.round(sticky.size[1] * ROW),
			...(sticky.color === 1 ? {} : { color: sticky.color }),
		},
	};
}

function renderConnections(connections: readonly ConnectionSource[]): Parameters {
	const rendered: Record<string, { main: { node: string; type: string; index: number }[][] }> = {};
	for (const { from, to, output = 0, input = 0 } of connections) {
		const outputs = (rendered[from] ??= { main: [] }).main;
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: 'main', index: input });
	}
	return rendered;
}

export function renderWorkflow(source: WorkflowSource): Parameters {
	return {
		name: source.title,
		nodes: [
			...source.stickies.map((sticky, index) => renderSticky(source.file, sticky, index)),
			...source.nodes.map((node) => renderNode(source.file, node)),
		],
		connections: renderConnections(source.connections),
		active: false,
		settings: {
			executionOrder: 'v1',
			...(source.savesNoExecutions
				? {
						saveDataErrorExecution: 'none',
						saveDataSuccessExecution: 'none',
						saveManualExecutions: false,
						saveExecutionProgress: false,
					}
				: {}),
		},
		meta: { templateCredsSetupCompleted: false },
		pinData: {},
	};
}

/** Connects nodes one after the other, output 0 to input 0. */
export function chain(...names: string[]): ConnectionSource[] {
	return names.slice(1).map((to, index) => ({ from: names[index] as string, to }));
}
