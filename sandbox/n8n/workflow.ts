/** What the sandbox has to know of a workflow: nodes with their credentials and parameters. */
export interface WorkflowNode {
	readonly id?: string;
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, { id: string | null; name: string }>>;
	readonly [more: string]: unknown;
}

export interface Workflow {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly [more: string]: unknown;
}

export interface Filling {
	/** By credential type. */
	readonly credentials?: Readonly<Record<string, { id: string; name: string }>>;
	/** Chosen in the node that asks for the division. */
	readonly division?: string;
	/** Chosen in *Take new or changed*. */
	readonly agreement?: string;
	/** Further pages of forms are left out: what they would ask is asked by nobody. */
	readonly withoutPages?: boolean;
	/** Parameters of single nodes, by node name, laid over what the template has. */
	readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a user chooses in the editor; a field that has a value already is left alone. */
function filledIn(
	parameters: WorkflowNode['parameters'],
	{ division, agreement }: Filling,
): WorkflowNode['parameters'] {
	const made = { ...parameters };
	for (const [name, value] of Object.entries({ division, agreement })) {
		const field = parameters[name] as { value?: unknown } | undefined;
		if (value === undefined || field?.value !== '') continue;
		made[name] = { ...field, mode: name === 'agreement' ? 'name' : 'id', value };
		if (name === 'agreement') made['agreementBy'] = 'name';
	}
	return made;
}

/** A template with the user's part done: credentials, division and agreement chosen. */
export function fillTemplate(
	template: Workflow,
	credentialTypesOf: (nodeType: string) => readonly string[],
	filling: Filling,
): Workflow {
	const nodes = template.nodes.map((original) => {
		if (filling.withoutPages === true && original.type === 'n8n-nodes-base.form') {
			return { ...original, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		}
		let node: WorkflowNode = { ...original, parameters: filledIn(original.parameters, filling) };
		const more = filling.parameters?.[node.name];
		if (more) node = { ...node, parameters: { ...node.parameters, ...more } };
		const types = new Set([
			...Object.keys(node.credentials ?? {}),
			...credentialTypesOf(node.type),
		]);
		const chosen = [...types].flatMap((type) => {
			const credential = filling.credentials?.[type];
			return credential ? [[type, credential] as const] : [];
		});
		return chosen.length === 0
			? node
			: { ...node, credentials: { ...node.credentials, ...Object.fromEntries(chosen) } };
	});
	return { ...template, nodes };
}
