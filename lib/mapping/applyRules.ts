import type { Issue } from '../errors';
import { isAbsent, isRecord } from '../text';
import { convert } from './convert';
import type { ConversionContext } from './convert';
import { getPath, readPath, setPath, splitPath, writePath } from './paths';
import type { Path, Row } from './paths';
import type { FieldRule } from './rules';

export interface RuleRun {
	/** `Purchase entry INV-1`: begins every message. */
	readonly subject: string;
	readonly context: ConversionContext;
	readonly issues: Issue[];
}

/** `line 3: ` where the record is a line. */
export interface RowPlace {
	readonly label: string;
	/** Prefix of issue paths: `lines[2].` */
	readonly prefix: string;
}

export const HEAD: RowPlace = { label: '', prefix: '' };

interface CompiledRule {
	readonly as: FieldRule['as'];
	readonly to: Path;
	readonly from: readonly { readonly field: string; readonly path: Path }[];
}

/** By the table itself: there is a fixed number of tables. */
const compiled = new WeakMap<readonly FieldRule[], readonly CompiledRule[]>();

function compile(rules: readonly FieldRule[]): readonly CompiledRule[] {
	const known = compiled.get(rules);
	if (known !== undefined) return known;
	const made = rules.map(({ as, to, from }) => ({
		as,
		to: splitPath(to),
		from: from.map((field) => ({ field, path: splitPath(field) })),
	}));
	compiled.set(rules, made);
	return made;
}

/** Reads every rule's value from the record into `target`; fields of a wrong form are issues. */
export function applyRules(
	row: Row,
	rules: readonly FieldRule[],
	target: Record<string, unknown>,
	run: RuleRun,
	place: RowPlace,
): void {
	for (const { as, to, from } of compile(rules)) {
		for (const { field, path } of from) {
			const value = readPath(row, path);
			const read = convert(value, as, run.context);
			if (read.state === 'empty') continue;
			if (read.state === 'value') {
				writePath(target, to, read.value);
			} else {
				run.issues.push({
					code: 'MAPPING_FIELD_INVALID',
					severity: 'error',
					path: place.prefix + field,
					message: `${run.subject}: ${place.label}'${field}' must be ${read.expected}`,
					expected: read.expected,
					received: JSON.stringify(value) ?? '',
				});
			}
			break;
		}
	}
}

/** After the defaults: what a document cannot do without and still is not there. */
export function reportMissing(
	rules: readonly FieldRule[],
	target: Row,
	run: RuleRun,
	place: RowPlace,
): void {
	for (const rule of rules) {
		if (rule.required === undefined || getPath(target, rule.to) !== undefined) continue;
		if (run.issues.some((issue) => rule.from.some((field) => issue.path === place.prefix + field)))
			continue;
		const field = rule.from.join("' or '");
		run.issues.push({
			code: 'MAPPING_FIELD_MISSING',
			severity: 'error',
			path: place.prefix + (rule.from[0] ?? rule.to),
			message: `${run.subject}: ${place.label}the ${rule.required} is missing ('${field}' is empty)`,
		});
	}
}

/** A name without the code it belongs to says nothing to a partner; a tax needs an amount. */
const DEPENDENT: readonly (readonly [object: string, needs: string])[] = [
	['glAccount', 'code'],
	['costCenter', 'code'],
	['costUnit', 'code'],
	['project', 'code'],
	['incoterm', 'code'],
	['bankAccount', 'number'],
	['tax', 'amount'],
	['shipTo', 'name'],
];

export function dropIncomplete(target: Record<string, unknown>): void {
	for (const [name, needs] of DEPENDENT) {
		const part = target[name];
		if (isRecord(part) && part[needs] === undefined) delete target[name];
	}
	for (const part of Object.values(target)) {
		if (isRecord(part)) dropIncomplete(part as Record<string, unknown>);
	}
	const address = target.address;
	// A city alone is an address, too.
	if (isRecord(address) && address.lines === undefined) {
		(address as Record<string, unknown>).lines = [];
	}
}

export function applyDefaults(
	target: Record<string, unknown>,
	defaults: Readonly<Record<string, string>>,
	known: ReadonlySet<string>,
	list: 'lines' | 'items',
): void {
	for (const [path, value] of Object.entries(defaults)) {
		if (!known.has(path)) continue;
		const inList = `${list}.`;
		const rows = target[list];
		if (!path.startsWith(inList)) {
			if (isAbsent(getPath(target, path))) setPath(target, path, value);
			continue;
		}
		if (!Array.isArray(rows)) continue;
		const name = path.slice(inList.length);
		for (const row of rows as Record<string, unknown>[]) {
			if (isRecord(row) && isAbsent(getPath(row, name))) setPath(row, name, value);
		}
	}
}
