/** n8n's own nodes as the templates use them. */
import type { NodeSource, Parameters } from './builder.ts';

type At = readonly [number, number];

export interface Condition {
	readonly left: string;
	readonly operator: 'equals' | 'notEquals' | 'true' | 'false' | 'notEmpty' | 'empty' | 'gt';
	readonly right?: string | number;
	readonly type?: 'string' | 'boolean' | 'number' | 'array';
}

function conditions(list: readonly Condition[], combinator: 'and' | 'or'): Parameters {
	return {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
		combinator,
		conditions: list.map((condition, index) => {
			const type = condition.type ?? 'string';
			const single = condition.right === undefined;
			return {
				id: `condition-${index + 1}`,
				leftValue: condition.left,
				rightValue: condition.right ?? '',
				operator: { type, operation: condition.operator, ...(single ? { singleValue: true } : {}) },
			};
		}),
	};
}

export function filter(
	name: string,
	at: At,
	list: readonly Condition[],
	combinator: 'and' | 'or' = 'and',
): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		at,
		parameters: {
			conditions: conditions(list, combinator),
			looseTypeValidation: true,
			options: {},
		},
	};
}

/** The first item of each value; n8n's version 1.1, whose later ones also remember earlier runs. */
export function firstOfEach(name: string, at: At, field: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.removeDuplicates',
		typeVersion: 1.1,
		at,
		parameters: { compare: 'selectedFields', fieldsToCompare: field, options: {} },
	};
}

export function branch(
	name: string,
	at: At,
	list: readonly Condition[],
	combinator: 'and' | 'or' = 'and',
): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		at,
		parameters: {
			conditions: conditions(list, combinator),
			looseTypeValidation: true,
			options: {},
		},
	};
}

export interface Assignment {
	readonly name: string;
	readonly value: string | number | boolean;
	/** For an expression whose result is not text. */
	readonly type?: 'number' | 'boolean';
}

/** Adds fields to each item and keeps the others. */
export function setFields(
	name: string,
	at: At,
	assignments: readonly Assignment[],
	keepOthers = true,
): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		at,
		parameters: {
			assignments: {
				assignments: assignments.map((assignment) => ({
					id: assignment.name,
					name: assignment.name,
					type: assignment.type ?? typeof assignment.value,
					value: assignment.value,
				})),
			},
			includeOtherFields: keepOthers,
			options: {},
		},
	};
}

/** Makes one item of each element of a list in the items. */
export function splitOut(name: string, at: At, field: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		at,
		parameters: { fieldToSplitOut: field, include: 'noOtherFields', options: {} },
	};
}

/** Waits for all inputs, then passes on the items of the first. */
export function waitFor(name: string, at: At, inputs = 2): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		at,
		parameters: {
			mode: 'chooseBranch',
			numberInputs: inputs,
			output: 'specifiedInput',
			useDataOfInput: 1,
		},
	};
}

/** Passes on the items of all inputs, also where some of them have none. */
export function append(name: string, at: At, inputs: number): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		at,
		parameters: { mode: 'append', numberInputs: inputs },
	};
}

/** Joins the items of two inputs one by one, in their order. */
export function sideBySide(name: string, at: At): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		at,
		parameters: { mode: 'combine', combineBy: 'combineByPosition', options: {} },
	};
}

/** A text field becomes a file; the other fields are dropped. */
export function toTextFile(name: string, at: At, field: string, fileName: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		at,
		parameters: {
			operation: 'toText',
			sourceProperty: field,
			binaryPropertyName: 'data',
			options: { fileName },
		},
	};
}

/** A base64 field becomes a file; the other fields are dropped. */
export function toFile(name: string, at: At, field: string, fileName: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		at,
		parameters: {
			operation: 'toBinary',
			sourceProperty: field,
			binaryPropertyName: 'data',
			options: { fileName },
		},
	};
}

/** One output for each value of an expression (without `=`). */
export function switchBy(
	name: string,
	at: At,
	expression: string,
	values: readonly string[],
): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.switch',
		typeVersion: 3.2,
		at,
		parameters: {
			mode: 'expression',
			numberOutputs: values.length,
			output: `={{ ['${values.join("', '")}'].indexOf(${expression}) }}`,
		},
	};
}

/** Adds to each item of input 1 the fields of its match in input 2. */
export function enrich(name: string, at: At, field1: string, field2: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		at,
		parameters: {
			mode: 'combine',
			combineBy: 'combineByFields',
			advanced: true,
			mergeByFields: { values: [{ field1, field2 }] },
			joinMode: 'enrichInput1',
			options: {
				multipleMatches: 'first',
				clashHandling: { values: { resolveClash: 'preferInput1' } },
			},
		},
	};
}

/** Passes on the items of input 1 that have a match in input 2, unchanged. */
export function keepMatches(name: string, at: At, field1: string, field2: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		at,
		parameters: {
			mode: 'combine',
			combineBy: 'combineByFields',
			advanced: true,
			mergeByFields: { values: [{ field1, field2 }] },
			joinMode: 'keepMatches',
			outputDataFrom: 'input1',
			options: {},
		},
	};
}

export function stopWithError(name: string, at: At, message: string): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.stopAndError',
		typeVersion: 1,
		at,
		parameters: { errorMessage: message },
	};
}

/** Stands where a user puts the node of the own choice. */
export function noOperation(name: string, at: At): NodeSource {
	return { name, type: 'n8n-nodes-base.noOp', typeVersion: 1, at, parameters: {} };
}

export interface FormField {
	readonly label: string;
	readonly name: string;
	readonly type: 'text' | 'date' | 'dropdown' | 'textarea';
	readonly options?: readonly string[];
	readonly placeholder?: string;
	readonly required?: boolean;
}

/** A form for people logged in to n8n: what it starts reaches a partner. */
export function form(
	name: string,
	at: At,
	title: string,
	description: string,
	fields: readonly FormField[],
): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.formTrigger',
		typeVersion: 2.2,
		at,
		parameters: {
			formTitle: title,
			formDescription: description,
			formFields: {
				values: fields.map((field) => ({
					fieldLabel: field.label,
					fieldType: field.type,
					...(field.options
						? { fieldOptions: { values: field.options.map((option) => ({ option })) } }
						: {}),
					...(field.placeholder ? { placeholder: field.placeholder } : {}),
					requiredField: field.required ?? false,
				})),
			},
			options: {},
		},
	};
}

export function everyMinutes(name: string, at: At, minutes: number): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.scheduleTrigger',
		typeVersion: 1.2,
		at,
		parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: minutes }] } },
	};
}

export function everyDayAt(name: string, at: At, hour: number, minute = 0): NodeSource {
	return {
		name,
		type: 'n8n-nodes-base.scheduleTrigger',
		typeVersion: 1.2,
		at,
		parameters: {
			rule: {
				interval: [
					{ field: 'days', daysInterval: 1, triggerAtHour: hour, triggerAtMinute: minute },
				],
			},
		},
	};
}
