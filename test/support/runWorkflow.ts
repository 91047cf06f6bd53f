import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';

/** Hands the given items to the node under test, in the place of a trigger. */
const sourceNode: INodeType = {
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Source' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

export interface NodeRun {
	/** Items per output of the node under test. */
	outputs: INodeExecutionData[][];
	/** The error that stopped the run, if one did. */
	error: Error | undefined;
	run: IRun;
}

export interface WorkflowRunOptions {
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	executionId?: string;
	timezone?: string;
	/** More of n8n's additional data, such as a data table proxy. */
	additionalData?: Partial<IWorkflowExecuteAdditionalData>;
	mode?: 'manual' | 'trigger' | 'webhook' | 'retry';
	staticData?: IDataObject;
}

function credentialsHelperFor(credentials: Record<string, ICredentialDataDecryptedObject>) {
	const stored = structuredClone(credentials);
	return {
		stored,
		getParentTypes: (name: string) =>
			name.endsWith('OAuth2Api') && name !== 'oAuth2Api' ? ['oAuth2Api'] : [],
		authenticate: async (_data: unknown, _type: string, request: unknown) => request,
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getCredentials: async (_node: unknown, type: string) => ({
			id: '1',
			name: type,
			type,
			data: '',
		}),
		getDecrypted: async (_additional: unknown, _node: unknown, type: string) => {
			const found = stored[type];
			if (found === undefined) throw new Error(`The test gave no credential ${type}`);
			// n8n decrypts anew each time; a shared object would hide who refreshed a token.
			return structuredClone(found);
		},
		updateCredentials: async (
			_node: unknown,
			type: string,
			data: ICredentialDataDecryptedObject,
		) => {
			stored[type] = data;
		},
		updateCredentialsOauthTokenData: async (
			_node: unknown,
			type: string,
			data: ICredentialDataDecryptedObject,
		) => {
			stored[type] = { ...stored[type], oauthTokenData: data.oauthTokenData ?? {} };
		},
		getCredentialsProperties: () => [],
		isCredentialUsableByNode: () => true,
	};
}

/** n8n's own engine with a registry of the given node types. */
export async function runWorkflow(
	nodes: INode[],
	connections: IConnections,
	nodeTypes: Record<string, INodeType | IVersionedNodeType>,
	startNode: string,
	items: INodeExecutionData[],
	options: WorkflowRunOptions = {},
): Promise<IRun> {
	const registry: INodeTypes = {
		getByName: (name) => nodeTypes[name] as INodeType,
		getByNameAndVersion: (name, version) => {
			const type = nodeTypes[name];
			if (type === undefined) throw new Error(`The test registered no node type ${name}`);
			return 'nodeVersions' in type
				? (type.getNodeType(version) as INodeType)
				: (type as INodeType);
		},
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'test-workflow',
		name: 'Test workflow',
		active: false,
		nodes,
		connections,
		nodeTypes: registry,
		settings: { executionOrder: 'v1', ...(options.timezone ? { timezone: options.timezone } : {}) },
		...(options.staticData ? { staticData: options.staticData } : {}),
	});
	const mode = options.mode ?? 'manual';
	const executionId = options.executionId ?? '1';
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: workflow.id,
		name: workflow.name ?? '',
		active: false,
		nodes,
		connections,
	} as never);
	const additionalData = {
		hooks,
		credentialsHelper: credentialsHelperFor(options.credentials ?? {}),
		executionId,
		variables: {},
		restApiUrl: 'http://127.0.0.1',
		instanceBaseUrl: 'http://127.0.0.1',
		webhookWaitingBaseUrl: 'http://127.0.0.1',
		formWaitingBaseUrl: 'http://127.0.0.1',
		webhookBaseUrl: 'http://127.0.0.1',
		webhookTestBaseUrl: 'http://127.0.0.1',
		currentNodeParameters: undefined,
		setExecutionStatus() {},
		sendDataToUI() {},
		logAiEvent() {},
		...options.additionalData,
	} as unknown as IWorkflowExecuteAdditionalData;
	const start = workflow.getNode(startNode);
	if (start === null) throw new Error(`No node ${startNode}`);
	const runData = createRunExecutionData({
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: null,
			nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
		},
	} as never);
	return await new WorkflowExecute(additionalData, mode, runData).processRunExecutionData(workflow);
}

/** Runs one node on n8n's engine, fed with the given items. */
export async function runNode(
	nodeType: INodeType,
	parameters: IDataObject,
	items: INodeExecutionData[],
	options: WorkflowRunOptions & { onError?: INode['onError'] } = {},
): Promise<NodeRun> {
	const credentials = Object.keys(options.credentials ?? {}).map((type) => [
		type,
		{ id: '1', name: type },
	]);
	const nodes: INode[] = [
		{
			id: 'source',
			name: 'Source',
			type: 'test.source',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'subject',
			name: 'Subject',
			type: 'test.subject',
			typeVersion: 1,
			position: [200, 0],
			parameters: parameters as never,
			credentials: Object.fromEntries(credentials),
			...(options.onError === undefined ? {} : { onError: options.onError }),
		},
	];
	const run = await runWorkflow(
		nodes,
		{ Source: { main: [[{ node: 'Subject', type: 'main', index: 0 }]] } },
		{ 'test.source': sourceNode, 'test.subject': nodeType },
		'Source',
		items,
		options,
	);
	const result = run.data.resultData.runData.Subject?.[0];
	return {
		outputs: (result?.data?.main ?? []).map((output) => output ?? []),
		error: result?.error ?? run.data.resultData.error,
		run,
	};
}
