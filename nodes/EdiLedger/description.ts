import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { LedgerOperation } from './operation';
import { FIRST_RESOURCE, RESOURCES } from './resources';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions): number =>
	a.name.localeCompare(b.name, 'en');

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(RESOURCES)
		.map(([value, { name }]) => ({ name, value }))
		.sort(byName),
	default: FIRST_RESOURCE,
};

const operationFields = Object.entries(RESOURCES).map(
	([resource, { first, operations }]): INodeProperties => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: Object.entries(operations)
			.map(([value, { name, action, description }]) => ({ name, value, action, description }))
			.sort(byName),
		default: first,
	}),
);

/** A field of an operation is shown for it alone, beside what the field itself depends on. */
function fieldsOf(
	resource: string,
	operation: string,
	{ properties }: LedgerOperation,
): INodeProperties[] {
	return properties.map((property) => {
		const own: IDisplayOptions = property.displayOptions ?? {};
		const show = { resource: [resource], operation: [operation], ...own.show };
		return { ...property, displayOptions: { ...own, show } };
	});
}

export const properties: INodeProperties[] = [
	resourceField,
	...operationFields,
	...Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([name, operation]) => fieldsOf(resource, name, operation)),
	),
];

const severalOutputs = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.entries(operations).flatMap(([name, { outputs }]) =>
		outputs === undefined ? [] : [[`${resource}.${name}`, outputs] as const],
	),
);

/** Outputs follow the operation; n8n evaluates the expression for the editor and for each run. */
export const outputs =
	`={{ (${JSON.stringify(Object.fromEntries(severalOutputs))}[$parameter["resource"] + "." + $parameter["operation"]] || [""]).map((name) => ({ type: "main", displayName: name })) }}` as const;

/** The canvas cuts off what is longer. */
const MOST_CHARACTERS = 25;

function nameOnCanvas(resource: string, operation: string): string {
	const both = `${operation}: ${resource}`.toLowerCase();
	return both.length > MOST_CHARACTERS ? operation.toLowerCase() : both;
}

const names = Object.fromEntries(
	Object.entries(RESOURCES).flatMap(([resource, { name: resourceName, operations }]) =>
		Object.entries(operations).map(([name, operation]) => [
			`${resource}.${name}`,
			nameOnCanvas(resourceName, operation.name),
		]),
	),
);

export const subtitle = `={{ (${JSON.stringify(names)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
