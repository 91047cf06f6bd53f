import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IVersionedNodeType,
} from 'n8n-workflow';
import { runWorkflow } from './runWorkflow';
import type { WorkflowRunOptions } from './runWorkflow';
import { repositoryRoot } from './shared';

const PACKAGE = 'n8n-nodes-exact-online-edi';

/** n8n's own nodes that the templates use: type → file in n8n-nodes-base. */
const CORE_NODES: Record<string, string> = {
	merge: 'Merge/Merge',
	noOp: 'NoOp/NoOp',
	stickyNote: 'StickyNote/StickyNote',
	stopAndError: 'StopAndError/StopAndError',
};

/**
 * What only the real n8n can do: entrances, pages of forms, mails, answers to a browser. Here they
 * pass on what they get; test/e2e has them for real.
 */
const PASSED_THROUGH = [
	'emailSend',
	'errorTrigger',
	'form',
	'formTrigger',
	'respondToWebhook',
	'scheduleTrigger',
	'webhook',
];

const OWN_NODES: Record<string, string> = {
	exactOnline: 'ExactOnline/ExactOnline',
	exactOnlineTrigger: 'ExactOnlineTrigger/ExactOnlineTrigger',
	ediEncode: 'EdiEncode/EdiEncode',
	fixedWidthEncode: 'FixedWidthEncode/FixedWidthEncode',
	sftpDeposit: 'SftpDeposit/SftpDeposit',
	ackGenerate: 'AckGenerate/AckGenerate',
	ediLedger: 'EdiLedger/EdiLedger',
};

type NodeTypes = Record<string, INodeType | IVersionedNodeType>;

function loadNode(file: string): INodeType | IVersionedNodeType {
	const loaded = require(file) as Record<string, new () => INodeType | IVersionedNodeType>;
	const Type = loaded[path.basename(file).split('.')[0] as string];
	if (Type === undefined) throw new Error(`${file} exports no node`);
	return new Type();
}

export interface Template {
	name: string;
	nodes: INode[];
	connections: IConnections;
}

export function readTemplate(file: string): Template {
	return JSON.parse(
		readFileSync(path.join(repositoryRoot, 'workflows-templates', `${file}.json`), 'utf8'),
	) as Template;
}

/** The node type a template names: ours from their sources, n8n's from n8n-nodes-base. */
export function loadTemplateNode(type: string): INodeType | IVersionedNodeType {
	const [packageName, name = ''] = type.split('.');
	if (packageName === PACKAGE) {
		return loadNode(path.join(repositoryRoot, 'nodes', `${OWN_NODES[name]}.node`));
	}
	const file = CORE_NODES[PASSED_THROUGH.includes(name) ? 'noOp' : name];
	if (file === undefined) throw new Error(`The templates may not use ${type}`);
	return loadNode(
		path.join(repositoryRoot, 'node_modules/n8n-nodes-base/dist/nodes', `${file}.node.js`),
	);
}

function nodeTypesFor(nodes: readonly INode[], replaced: NodeTypes): NodeTypes {
	const types: NodeTypes = {};
	for (const { type } of nodes) types[type] = replaced[type] ?? loadTemplateNode(type);
	return types;
}

export interface TemplateRunOptions extends WorkflowRunOptions {
	/** Chosen in the node that asks for the division. */
	division?: string;
	/** Chosen in *Take new or changed*. */
	agreement?: string;
	/** What a person answers on further pages of a form: name of the node → answers. */
	answers?: Record<string, IDataObject>;
	/** Node types that stand in for others. */
	replaced?: NodeTypes;
	/** Parameters to change before the run: node name → parameters. */
	parameters?: Record<string, Record<string, unknown>>;
}

/** Pages of a form whose answers are known; a page without any passes on what it shows. */
function answeredPages(answers: Record<string, IDataObject>): INodeType {
	const { description } = loadTemplateNode('n8n-nodes-base.noOp') as INodeType;
	return {
		description,
		execute: async function () {
			const given = answers[this.getNode().name];
			return [given === undefined ? this.getInputData() : [{ json: given, pairedItem: 0 }]];
		},
	};
}

function isEmptyLocator(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'value' in value && value.value === '';
}

/**
 * Runs a shipped template on n8n's engine from the given entrance, whose output is `items`: a
 * trigger does not fire here, it is replaced by what it would have emitted.
 */
export async function runTemplate(
	template: Template,
	entrance: string,
	items: INodeExecutionData[],
	options: TemplateRunOptions = {},
): Promise<IRun> {
	const nodes = structuredClone(template.nodes).filter(
		(node) => node.type !== 'n8n-nodes-base.stickyNote',
	);
	for (const node of nodes) {
		for (const [parameter, chosen] of [
			['division', options.division],
			['agreement', options.agreement],
		] as const) {
			const locator = node.parameters[parameter];
			if (chosen === undefined || !isEmptyLocator(locator)) continue;
			node.parameters[parameter] = {
				__rl: true,
				mode: parameter === 'agreement' ? 'name' : 'id',
				value: chosen,
			};
			if (parameter === 'agreement') node.parameters.agreementBy = 'name';
		}
		Object.assign(node.parameters, options.parameters?.[node.name]);
		for (const [type, credential] of Object.entries(node.credentials ?? {})) {
			node.credentials![type] = { ...credential, id: '1' };
		}
		if (node.name === entrance) {
			node.type = 'n8n-nodes-base.noOp';
			node.typeVersion = 1;
			node.parameters = {};
			delete node.credentials;
		}
	}
	const pages = { 'n8n-nodes-base.form': answeredPages(options.answers ?? {}) };
	const types = nodeTypesFor(nodes, { ...pages, ...options.replaced });
	return await runWorkflow(nodes, template.connections, types, entrance, items, options);
}

/** The error that stopped a run, as text; empty for a run that went through. */
export function runError(run: IRun): string {
	const error = run.data.resultData.error;
	return error === undefined
		? ''
		: `${error.message} ${('description' in error && error.description) || ''}`.trim();
}

/** Items that left a node by an output, over all its runs. */
export function itemsFrom(run: IRun, node: string, output = 0): INodeExecutionData[] {
	return (run.data.resultData.runData[node] ?? []).flatMap((one) => one.data?.main?.[output] ?? []);
}
