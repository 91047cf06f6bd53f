import { DOCUMENT_TYPES, documentType } from '../../documents';
import type { DocumentType, FieldShape } from '../../documents';

/** Templates call the line or remittance item at hand `line`, whatever the document calls its list. */
export const LINE_NAME = 'line';

/** The same, as a remittance advice calls it. */
export const ITEM_NAME = 'item';

type Walk =
	| 'known'
	| { readonly parts: string }
	| { readonly unknown: string; readonly known: readonly string[] };

function walk(shape: FieldShape, steps: readonly string[]): Walk {
	const [step, ...rest] = steps;
	if (shape.kind === 'custom') return 'known';
	if (step === undefined) {
		// A list or an object is never one text: nothing would be sent.
		if (shape.kind === 'list') return { parts: '[0]' };
		if (shape.kind === 'object') return { parts: `.${Object.keys(shape.fields)[0] ?? ''}` };
		return 'known';
	}
	if (shape.kind === 'list') {
		return /^\d+$/.test(step) ? walk(shape.of, rest) : { unknown: step, known: ['[0]'] };
	}
	if (shape.kind !== 'object') return { unknown: step, known: [] };
	const field = Object.hasOwn(shape.fields, step) ? shape.fields[step] : undefined;
	if (field === undefined) return { unknown: step, known: Object.keys(shape.fields) };
	return walk(field, rest);
}

/**
 * What is wrong with a path over a document, in words, or `undefined`. `line.…` is there only at
 * line level; fields under `custom` are the sender's own affair.
 */
export function documentPathProblem(
	path: string,
	type: DocumentType,
	withLine: boolean,
): string | undefined {
	const steps = path.replace(/\[(\d+)\]/g, '.$1').split('.');
	const { fields, list: listName } = documentType(type);
	let result: Walk;
	if (steps[0] === LINE_NAME || steps[0] === ITEM_NAME) {
		if (!withLine) return `"${path}" is a field of a line, and this is not sent once for each line`;
		const list = fields[listName];
		result = list?.kind === 'list' ? walk(list.of, steps.slice(1)) : 'known';
	} else result = walk({ kind: 'object', label: type, fields }, steps);
	if (result === 'known') return undefined;
	if ('parts' in result) {
		return `"${path}" is not one value; name a part of it, such as "${path}${result.parts}"`;
	}
	const known = result.known.length === 0 ? '' : `; known are ${result.known.join(', ')}`;
	return `there is no field "${path}" in a document of type ${type} ("${result.unknown}")${known}`;
}

/** Whether the steps lead to a value; lists are stepped through, as a default fills every entry. */
function leadsToValue(shape: FieldShape, steps: readonly string[]): boolean {
	if (shape.kind === 'custom') return true;
	if (shape.kind === 'list') return leadsToValue(shape.of, steps);
	const [step, ...rest] = steps;
	if (shape.kind !== 'object') return step === undefined;
	const field =
		step !== undefined && Object.hasOwn(shape.fields, step) ? shape.fields[step] : undefined;
	return field !== undefined && leadsToValue(field, rest);
}

/** What is wrong with the path of a default, such as `lines.unit`, in words, or `undefined`. */
export function defaultPathProblem(path: string): string | undefined {
	const steps = path.replaceAll('[]', '').split('.');
	const isKnown = DOCUMENT_TYPES.some((type) =>
		leadsToValue({ kind: 'object', label: type, fields: documentType(type).fields }, steps),
	);
	return isKnown ? undefined : `no document has the field "${path}"`;
}
