/** An object with named values, as JSON has it: neither a list nor null. */
export function isRecord<Value = unknown>(value: unknown): value is Record<string, Value> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing there: what an empty field of a form or of Exact Online gives. */
export function isAbsent(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || value === '';
}
