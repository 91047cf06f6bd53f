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
	/** Values of the one Set node named `Configure me`. */
	readonly configure?: Readonly<Record<string, unknown>>;
	/** Ids of workflows that were imported before, by name: for Execute Workflow nodes. */
	readonly workflows?: Readonly<Record<string, string>>;
	/** Parameters of single nodes, by node name, laid over what the template has. */
	readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Assignment {
	readonly name: string;
	readonly value: unknown;
}

const CONFIGURE = 'Configure me';

function configured(node: WorkflowNode, values: Readonly<Record<string, unknown>>): WorkflowNode {
	const holder = node.parameters['assignments'] as { assignments?: Assignment[] } | undefined;
	const assignments = holder?.assignments ?? [];
	const names = new Set(assignments.map(({ name }) => name));
	const unknown = Object.keys(values).filter((name) => !names.has(name));
	if (unknown.length > 0) {
		throw new Error(
			`"${CONFIGURE}" has no field ${unknown.join(', ')}; it has ${[...names].join(', ')}`,
		);
	}
	return {
		...node,
		parameters: {
			...node.parameters,
			assignments: {
				...holder,
				assignments: assignments.map((assignment) =>
					assignment.name in values
						? { ...assignment, value: values[assignment.name] }
						: assignment,
				),
			},
		},
	};
}

function linked(node: WorkflowNode, workflows: Readonly<Record<string, string>>): WorkflowNode {
	const link = node.parameters['workflowId'] as
		| { value?: string; cachedResultName?: string }
		| undefined;
	const name = link?.cachedResultName ?? link?.value;
	const id = name === undefined ? undefined : workflows[name];
	if (id === undefined) return node;
	return {
		...node,
		parameters: { ...node.parameters, workflowId: { ...link, mode: 'list', value: id } },
	};
}

/** A template with the user's part done: credentials chosen, "Configure me" edited. */
export function fillTemplate(
	template: Workflow,
	credentialTypesOf: (nodeType: string) => readonly string[],
	filling: Filling,
): Workflow {
	if (filling.configure && !template.nodes.some((node) => node.name === CONFIGURE)) {
		throw new Error(`"${template.name}" has no node "${CONFIGURE}"`);
	}
	const nodes = template.nodes.map((original) => {
		let node = original;
		if (filling.configure && node.name === CONFIGURE) node = configured(node, filling.configure);
		if (filling.workflows) node = linked(node, filling.workflows);
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
