import type { INodeProperties } from 'n8n-workflow';

/** What the editor shows of an operation; the work itself stands in the same file. */
export interface ShownOperation {
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
}

type Operations = Readonly<Record<string, ShownOperation>>;

export function operationField(operations: Operations, first: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(operations).map(([value, { name, action, description }]) => ({
			name,
			value,
			action,
			description,
		})),
		default: first,
	};
}

/** The properties of all operations; what several share stands once and is shown for all of them. */
export function operationProperties(operations: Operations): INodeProperties[] {
	const shown = new Map<INodeProperties, string[]>();
	for (const [name, { properties }] of Object.entries(operations)) {
		for (const property of properties) {
			shown.set(property, [...(shown.get(property) ?? []), name]);
		}
	}
	return [...shown].map(([property, names]) =>
		names.length === Object.keys(operations).length
			? property
			: {
					...property,
					displayOptions: {
						...property.displayOptions,
						show: { ...property.displayOptions?.show, operation: names },
					},
				},
	);
}
