import type { BusinessDocument } from '../../documents';
import { isRecord } from '../../text';

/** The value with the text at the path where it has nothing there; lists get it in every entry. */
function fill(value: unknown, steps: readonly string[], text: string): unknown {
	const [step, ...rest] = steps;
	if (step === undefined) return value === undefined || value === '' ? text : value;
	if (Array.isArray(value)) return value.map((entry: unknown) => fill(entry, steps, text));
	if (value !== undefined && !isRecord(value)) return value;
	const inner = value?.[step];
	const filled = fill(inner, rest, text);
	return filled === inner ? value : { ...value, [step]: filled };
}

/**
 * What the partner settings give where a document lacks something. A copy: the document itself and
 * its hash stay what they are.
 */
export function withDefaults(
	document: BusinessDocument,
	defaults: ReadonlyMap<string, string>,
): BusinessDocument {
	let filled: unknown = document;
	for (const [path, text] of defaults) filled = fill(filled, path.split('.'), text);
	// Defaults only add texts; `validateDocument` looks at the whole afterwards.
	return filled as BusinessDocument;
}
