import type { INodeProperties } from 'n8n-workflow';
import { OPERATIONS } from './operations';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(OPERATIONS).map(([value, { name, action, description }]) => ({
		name,
		value,
		action,
		description,
	})),
	default: 'generate',
};

/** The properties of all operations; what several share stands once and is shown for all of them. */
function operationProperties(): INodeProperties[] {
	const shown = new Map<INodeProperties, string[]>();
	for (const [name, { properties }] of Object.entries(OPERATIONS)) {
		for (const property of properties) {
			shown.set(property, [...(shown.get(property) ?? []), name]);
		}
	}
	return [...shown].map(([property, operations]) =>
		operations.length === Object.keys(OPERATIONS).length
			? property
			: {
					...property,
					displayOptions: {
						...property.displayOptions,
						show: { ...property.displayOptions?.show, operation: operations },
					},
				},
	);
}

export const properties: INodeProperties[] = [operation, ...operationProperties()];
