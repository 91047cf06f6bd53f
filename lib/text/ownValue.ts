/**
 * The entry of a table under a name that came from outside. Names such as `__proto__` or
 * `constructor` are entries of no table, though every object answers to them.
 */
export function ownValue<Value>(
	table: Readonly<Record<string, Value>>,
	name: string,
): Value | undefined {
	return Object.hasOwn(table, name) ? table[name] : undefined;
}
