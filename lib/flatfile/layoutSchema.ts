import { FIELD_TYPES } from './layout';
import type { FieldType } from './layout';
import { CSV_SETTINGS, FIELD_SETTINGS, LAYOUT_SETTINGS, RECORD_SETTINGS } from './layoutSettings';
import type { Setting, Settings } from './layoutSettings';

/** What a value should have been, in words; undefined where it is right. */
export function expectation(schema: Setting, value: unknown): string | undefined {
	switch (schema.type) {
		case 'boolean':
			return typeof value === 'boolean' ? undefined : 'true or false';
		case 'integer': {
			const minimum = schema.minimum ?? 0;
			const maximum = schema.maximum ?? Number.MAX_SAFE_INTEGER;
			const right =
				typeof value === 'number' &&
				Number.isInteger(value) &&
				value >= minimum &&
				value <= maximum;
			return right ? undefined : `a whole number from ${minimum} to ${maximum}`;
		}
		case 'object': {
			const right =
				typeof value === 'object' &&
				value !== null &&
				!Array.isArray(value) &&
				Object.values(value).every((entry) => typeof entry === 'string');
			return right ? undefined : 'an object of texts, such as {"20": "OPEN"}';
		}
		case 'stringOrList': {
			const list = Array.isArray(value) ? value : [value];
			const right =
				list.length > 0 && list.every((entry) => typeof entry === 'string' && entry !== '');
			return right ? undefined : 'a record name, a list of record names, or "*"';
		}
		case 'string':
			return textExpectation(schema, value);
	}
}

function textExpectation(schema: Setting, value: unknown): string | undefined {
	if (schema.choices !== undefined) {
		const right = typeof value === 'string' && Object.hasOwn(schema.choices, value);
		return right ? undefined : `one of ${Object.keys(schema.choices).join(', ')}`;
	}
	const length = typeof value === 'string' ? [...value].length : -1;
	if (schema.maxLength === 1) return length === 1 ? undefined : 'exactly one character';
	const right = length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? Infinity);
	if (right) return undefined;
	return schema.maxLength === undefined ? 'a text' : `a text of at most ${schema.maxLength}`;
}

function toJsonSchema(schema: Setting): Record<string, unknown> {
	const { type, choices, offered, title, placeholder, ...limits } = schema;
	const examples =
		placeholder === undefined ? Object.keys(offered ?? {}) : [placeholder.replace('e.g. ', '')];
	const rest = {
		title,
		...limits,
		...(choices === undefined ? {} : { enum: Object.keys(choices) }),
		...(examples.length === 0 ? {} : { examples }),
	};
	if (type === 'object') return { ...rest, type, additionalProperties: { type: 'string' } };
	if (type !== 'stringOrList') return { ...rest, type };
	return {
		...rest,
		oneOf: [
			{ type: 'string', minLength: 1 },
			{ type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
		],
	};
}

function propertiesSchema(properties: Settings): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema)]),
	);
}

function fieldSchema(type: FieldType): Record<string, unknown> {
	const required = ['name', 'type'];
	if (type === 'constant') required.push('value');
	if (type === 'sum') required.push('of');
	return {
		title: type,
		type: 'object',
		properties: { ...propertiesSchema(FIELD_SETTINGS[type]), type: { const: type } },
		required,
		additionalProperties: false,
	};
}

/** The published JSON Schema, `docs/layout.schema.json`: made of the tables that validate. */
export function layoutJsonSchema(): Record<string, unknown> {
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: 'Layout of a fixed-width or CSV file',
		type: 'object',
		properties: {
			...propertiesSchema(LAYOUT_SETTINGS),
			csv: {
				type: 'object',
				description: 'How the same layout is written as CSV.',
				properties: propertiesSchema(CSV_SETTINGS),
				additionalProperties: false,
			},
			records: {
				type: 'array',
				minItems: 1,
				description: 'In the order of the file.',
				items: {
					type: 'object',
					properties: {
						...propertiesSchema(RECORD_SETTINGS),
						fields: {
							type: 'array',
							minItems: 1,
							items: { oneOf: FIELD_TYPES.map(fieldSchema) },
						},
					},
					required: ['name', 'kind', 'fields'],
					additionalProperties: false,
				},
			},
		},
		required: ['name', 'records'],
		additionalProperties: false,
	};
}
