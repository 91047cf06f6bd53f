import { isValidated, validateDocument } from '../../documents';
import type { BusinessDocument } from '../../documents';
import type { Issue } from '../../errors';
import { isAbsent, isRecord } from '../../text';

/** The value with the text at the path where it has nothing there; lists get it in every entry. */
function fill(value: unknown, steps: readonly string[], text: string): unknown {
	const [step, ...rest] = steps;
	if (step === undefined) return isAbsent(value) || value === '' ? text : value;
	if (Array.isArray(value)) return value.map((entry: unknown) => fill(entry, steps, text));
	if (!isRecord(value)) return value;
	const inner = value[step];
	// A default fills in a field of a party that is there; it does not invent the party.
	if (rest.length > 0 && isAbsent(inner)) return value;
	const filled = fill(inner, rest, text);
	return filled === inner ? value : { ...value, [step]: filled };
}

export type Completed =
	| {
			readonly ok: true;
			readonly document: BusinessDocument;
			readonly warnings: readonly Issue[];
	  }
	| { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * The document as a partner's settings complete it, checked as a whole. A copy: the document itself
 * and its hash stay what they are.
 */
export function completeDocument(
	given: BusinessDocument,
	defaults: ReadonlyMap<string, string>,
): Completed {
	let filled: unknown = given;
	for (const [path, text] of defaults) filled = fill(filled, path.split('.'), text);
	// Defaults only add texts; what the whole is then is looked at below.
	const document = filled as BusinessDocument;
	if (isValidated(document)) return { ok: true, document, warnings: [] };
	return validateDocument(document);
}

/** The document that was sent; a given one that cannot be completed is as it was. */
export function sentDocument(
	given: BusinessDocument,
	defaults: ReadonlyMap<string, string>,
): BusinessDocument {
	if (defaults.size === 0) return given;
	const completed = completeDocument(given, defaults);
	return completed.ok ? completed.document : given;
}
