import { CoreError } from '../../errors';
import { isAbsent, isRecord, ownValue, sha256 } from '../../text';
import { documentPathProblem, parseCondition, parseTemplate } from '../partner';
import type { Condition, SettingsTable, Template } from '../partner';
import { checkAdded, parseAdded } from './addedSegments';
import type { AddedPlace } from './addedSegments';
import { NO_SET } from './guideline';
import type {
	AddedSettings,
	ChargeGuideline,
	ElementGuideline,
	Guideline,
	SegmentGuideline,
	SetGuideline,
} from './guideline';
import { readableRules, segmentNames } from './overlay';
import type { SetSyntax } from './setMapping';
import type { TemplateContext } from './templates';

/** Limits that no honest guideline comes near. */
const MOST = { characters: 65_536, depth: 12, rows: 1000, text: 512 } as const;

function invalid(path: string, problem: string): CoreError {
	const at = path === '' ? '' : `${path}: `;
	return new CoreError('GUIDELINE_INVALID', `The guideline cannot be used: ${at}${problem}`, {
		path: path === '' ? 'guideline' : `guideline.${path}`,
	});
}

/** An object with own keys only, all of them known. */
function fields(
	value: unknown,
	path: string,
	known: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
	if (isAbsent(value)) return {};
	if (!isRecord(value)) throw invalid(path, 'is not an object');
	for (const name of Object.keys(value)) {
		if (known === undefined ? name !== '__proto__' : known.includes(name)) continue;
		const list = known === undefined ? '' : `; known are ${known.join(', ')}`;
		throw invalid(path, `there is no "${name}"${list}`);
	}
	return value;
}

function list(value: unknown, path: string): readonly unknown[] {
	if (isAbsent(value)) return [];
	if (!Array.isArray(value)) throw invalid(path, 'is not a list');
	return value as readonly unknown[];
}

function textOf(value: unknown, path: string): string {
	if (isAbsent(value)) return '';
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string') throw invalid(path, 'is not text');
	if (value.length > MOST.text) throw invalid(path, `has more than ${MOST.text} characters`);
	return value;
}

function count(value: unknown, path: string): number | undefined {
	if (isAbsent(value)) return undefined;
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 9_999_999) {
		throw invalid(path, 'is not a whole number');
	}
	return value;
}

function oneOf<Choice extends string>(
	value: unknown,
	path: string,
	choices: readonly Choice[],
): Choice | undefined {
	const given = textOf(value, path);
	if (given === '') return undefined;
	const found = choices.find((choice) => choice === given);
	if (found === undefined) throw invalid(path, `is "${given}"; it must be ${choices.join(', ')}`);
	return found;
}

function codes(value: unknown, path: string): ReadonlySet<string> {
	return new Set(list(value, path).map((one, at) => textOf(one, `${path}[${at}]`)));
}

/** Counts rows and depth before anything is read. */
function checkSize(value: unknown): void {
	let rows = 0;
	const walk = (one: unknown, depth: number): void => {
		if (depth > MOST.depth) throw invalid('', `it is nested deeper than ${MOST.depth} levels`);
		if (typeof one !== 'object' || one === null) return;
		for (const inner of Object.values(one)) {
			rows += 1;
			if (rows > MOST.rows) throw invalid('', `it has more than ${MOST.rows} entries`);
			walk(inner, depth + 1);
		}
	};
	walk(value, 0);
	if (JSON.stringify(value).length > MOST.characters) {
		throw invalid('', `it has more than ${MOST.characters} characters`);
	}
}

/** The table as an object, also where a field of a form gives it as text. */
function parsed(raw: unknown): Readonly<Record<string, unknown>> | undefined {
	if (isAbsent(raw) || raw === '') return undefined;
	if (isRecord(raw)) return raw;
	if (typeof raw !== 'string') throw invalid('', 'it is not a JSON object');
	if (raw.length > MOST.characters)
		throw invalid('', `it has more than ${MOST.characters} characters`);
	try {
		const value: unknown = JSON.parse(raw);
		if (isRecord(value)) return value;
	} catch {
		// Said below.
	}
	throw invalid('', 'it is not a JSON object');
}

const USAGES = ['omitted', 'sent', 'required'] as const;

/** Short forms of the settings, which are the oldest words for the same things. */
export interface ShortForms {
	readonly omitSegments: ReadonlySet<string>;
	readonly sendSegments: ReadonlySet<string>;
	readonly extraSegments: readonly AddedSettings[];
	readonly additionalCodes: ReadonlySet<string>;
}

class GuidelineReader<Context extends TemplateContext> {
	constructor(
		private readonly syntax: SetSyntax<Context>,
		private readonly set: SetSyntax<Context>['sets'][number],
	) {}

	private template(value: unknown, path: string, withLine: boolean): Template {
		const template = parseTemplate(textOf(value, path));
		for (const one of template.paths) this.checkPath(one, path, withLine);
		return template;
	}

	private condition(value: unknown, path: string, withLine: boolean): Condition | undefined {
		const text = textOf(value, path);
		if (text === '') return undefined;
		const condition = parseCondition(text);
		for (const one of condition.paths) this.checkPath(one, path, withLine);
		return condition;
	}

	private checkPath(field: string, path: string, withLine: boolean): void {
		const problem = documentPathProblem(field, this.set.type, withLine);
		if (problem !== undefined) throw invalid(path, problem);
	}

	private element(value: unknown, path: string, withLine: boolean): ElementGuideline {
		const row = fields(value, path, ['usage', 'value', 'min', 'max', 'codes', 'moreCodes', 'note']);
		return {
			usage: oneOf(row['usage'], `${path}.usage`, USAGES),
			value: isAbsent(row['value'])
				? undefined
				: this.template(row['value'], `${path}.value`, withLine),
			min: count(row['min'], `${path}.min`),
			max: count(row['max'], `${path}.max`),
			codes: isAbsent(row['codes']) ? undefined : codes(row['codes'], `${path}.codes`),
			moreCodes: codes(row['moreCodes'], `${path}.moreCodes`),
		};
	}

	segment(value: unknown, path: string, withLine: boolean): SegmentGuideline {
		const row = fields(value, path, ['usage', 'when', 'max', 'elements', 'pairs', 'note']);
		const elements = fields(row['elements'], `${path}.elements`, undefined);
		const pairs = row['pairs'];
		return {
			usage: oneOf(row['usage'], `${path}.usage`, USAGES),
			when: this.condition(row['when'], `${path}.when`, withLine),
			max: count(row['max'], `${path}.max`),
			elements: new Map(
				Object.entries(elements).map(([position, one]) => {
					if (!/^[1-9]\d?(?:\.[1-9]\d?)?$/.test(position)) {
						throw invalid(`${path}.elements`, `"${position}" is no element such as 3 or 3.1`);
					}
					return [position, this.element(one, `${path}.elements.${position}`, withLine)];
				}),
			),
			pairs: isAbsent(pairs)
				? undefined
				: list(pairs, `${path}.pairs`).map((one, at) => {
						const pair = fields(one, `${path}.pairs[${at}]`, ['qualifier', 'value']);
						const inside = `${path}.pairs[${at}]`;
						return {
							qualifier: textOf(pair['qualifier'], `${inside}.qualifier`),
							value: this.template(pair['value'], `${inside}.value`, withLine),
						};
					}),
		};
	}

	charge(value: unknown, path: string): ChargeGuideline {
		const row = fields(value, path, ['when', 'code', 'description']);
		const when = this.condition(row['when'], `${path}.when`, true);
		const code = textOf(row['code'], `${path}.code`);
		if (when === undefined) throw invalid(path, 'needs a "when", such as line.item.code = FREIGHT');
		if (code === '') throw invalid(path, 'needs a "code" of the charge');
		return { when, code, description: textOf(row['description'], `${path}.description`) };
	}

	added(value: unknown, path: string, level: AddedSettings['level'] | undefined): AddedSettings {
		const row = fields(value, path, ['segment', 'in', 'within', 'when', 'inside']);
		const template = textOf(row['segment'], `${path}.segment`);
		if (template === '') throw invalid(path, `needs a "segment", such as REF${this.syntax.mark}…`);
		const own =
			level ?? oneOf(row['in'], `${path}.in`, ['header', 'line', 'summary'] as const) ?? 'header';
		const within = textOf(row['within'], `${path}.within`);
		return {
			set: this.set.id,
			level: own,
			template,
			condition: textOf(row['when'], `${path}.when`),
			...(within === '' ? {} : { within }),
			inside: list(row['inside'], `${path}.inside`).map((one, at) =>
				this.added(one, `${path}.inside[${at}]`, own),
			),
		};
	}
}

function readSet<Context extends TemplateContext>(
	value: unknown,
	path: string,
	syntax: SetSyntax<Context>,
	set: SetSyntax<Context>['sets'][number],
): SetGuideline {
	const row = fields(value, path, ['segments', 'add', 'charges', 'note']);
	const reader = new GuidelineReader(syntax, set);
	const names = segmentNames(set.rules, syntax.mark);
	const segments = new Map<string, SegmentGuideline>();
	for (const [name, one] of Object.entries(
		fields(row['segments'], `${path}.segments`, undefined),
	)) {
		const known = names.get(name);
		if (known === undefined) {
			const list = [...names.keys()].filter((other) => !other.includes('/')).join(', ');
			throw invalid(`${path}.segments`, `${set.id} has no segment "${name}"; known are ${list}`);
		}
		const at = `${path}.segments.${name}`;
		const segment = reader.segment(one, at, known.isLine);
		if (segment.usage === 'omitted' && known.rule.usage === 'required') {
			throw invalid(at, `${name} cannot be left out`);
		}
		segments.set(name, segment);
	}
	const charges = list(row['charges'], `${path}.charges`);
	if (charges.length > 0 && set.type !== 'invoice') {
		throw invalid(`${path}.charges`, 'only invoices have charges');
	}
	return {
		segments,
		added: list(row['add'], `${path}.add`).map((one, at) => {
			const inside = `${path}.add[${at}]`;
			return parseAdded(reader.added(one, inside, undefined), `guideline.${inside}`, syntax);
		}),
		charges: charges.map((one, at) => reader.charge(one, `${path}.charges[${at}]`)),
	};
}

/** What a guideline says of settings: they hold where the settings themselves say nothing. */
export interface GuidelineBase {
	readonly envelope: Readonly<Record<string, unknown>>;
	readonly defaults: Readonly<Record<string, unknown>>;
}

/** Shipped guidelines by their names. */
export type ShippedGuidelines = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function tableOf(
	raw: unknown,
	shipped: ShippedGuidelines,
): Readonly<Record<string, unknown>> | undefined {
	if (typeof raw !== 'string' || raw.trim().startsWith('{')) return parsed(raw);
	const name = raw.trim();
	if (name === '') return undefined;
	const found = ownValue(shipped, name);
	if (found !== undefined) return found;
	throw invalid(
		'',
		`"${name}" is neither a JSON object nor a shipped guideline; shipped are ${Object.keys(shipped).join(', ')}`,
	);
}

/** Settings by their name or by their place in the file (`GS08`). */
export function readGuidelineBase(
	raw: unknown,
	shipped: ShippedGuidelines,
	table: SettingsTable,
): GuidelineBase {
	const row = tableOf(raw, shipped) ?? {};
	const names = new Map<string, string>();
	for (const [name, { group, at }] of Object.entries(table)) {
		if (group !== 'envelope') continue;
		names.set(name, name);
		if (at !== undefined && !names.has(at)) names.set(at, name);
	}
	const given = fields(row['envelope'], 'envelope', [...names.keys()]);
	return {
		envelope: Object.fromEntries(
			Object.entries(given).map(([name, value]) => [names.get(name) ?? name, value]),
		),
		defaults: fields(row['defaults'], 'defaults', undefined),
	};
}

export interface GuidelineInput<Context extends TemplateContext> {
	/** The setting `guideline`: a table, or its JSON. */
	readonly raw: unknown;
	readonly short: ShortForms;
	readonly syntax: SetSyntax<Context>;
	readonly standard: 'X12' | 'EDIFACT';
	readonly release: string;
	readonly profile: Context['profile'];
	readonly shipped: ShippedGuidelines;
}

/** Reads and checks a guideline and the short forms; both are one guideline from here on. */
export function readGuideline<Context extends TemplateContext>(
	input: GuidelineInput<Context>,
): Guideline {
	const { syntax, short, release, standard, profile } = input;
	const raw = tableOf(input.raw, input.shipped);
	if (raw !== undefined) checkSize(raw);
	const row = fields(raw, '', [
		...['name', 'version', 'source', 'standard', 'releases', 'note'],
		...['envelope', 'defaults', 'codes', 'sets'],
	]);
	const forStandard = oneOf(row['standard'], 'standard', ['X12', 'EDIFACT'] as const);
	if (forStandard !== undefined && forStandard !== standard) {
		throw invalid('standard', `it is for ${forStandard}, and these settings are for ${standard}`);
	}
	const releases = [...codes(row['releases'], 'releases')];
	if (releases.length > 0 && !releases.includes(release)) {
		throw invalid('releases', `it is for ${releases.join(', ')}, and the release is ${release}`);
	}
	const name = textOf(row['name'], 'name');
	if (raw !== undefined && name === '') throw invalid('name', 'is missing');
	const given = fields(
		row['sets'],
		'sets',
		syntax.sets.map(({ id }) => id),
	);
	const sets = new Map<string, SetGuideline>();
	const extra = short.extraSegments.map((one, at) =>
		parseAdded(one, `extraSegments[${at}]`, syntax),
	);
	for (const set of syntax.sets) {
		const own = readSet(given[set.id], `sets.${set.id}`, syntax, set);
		const names = segmentNames(set.rules, syntax.mark);
		const usage = (list: ReadonlySet<string>, use: 'omitted' | 'sent') =>
			[...list]
				.filter((one) => names.has(one) && !own.segments.has(one))
				.map((one) => [one, { ...NOTHING, usage: use }] as const);
		sets.set(set.id, {
			segments: new Map([
				...usage(short.omitSegments, 'omitted'),
				...usage(short.sendSegments, 'sent'),
				...own.segments,
			]),
			added: [...own.added, ...extra],
			charges: own.charges,
		});
	}
	const moreCodes = Object.entries(fields(row['codes'], 'codes', undefined)).flatMap(([id, more]) =>
		[...codes(more, `codes.${id}`)].map((code) => `${id}:${code}`),
	);
	const agreed = new Set([...short.additionalCodes, ...moreCodes]);
	const places = syntax.sets.map((mapping): AddedPlace<Context> => {
		const rules = readableRules(mapping.rules, sets.get(mapping.id) ?? NO_SET, syntax.mark);
		return { mapping: { ...mapping, rules }, syntax, release, profile, codes: agreed };
	});
	const own = [...sets.values()].flatMap(({ added }) =>
		added.filter((one) => !extra.includes(one)),
	);
	checkAdded([...own, ...extra], places);
	return {
		name,
		version: textOf(row['version'], 'version'),
		source: textOf(row['source'], 'source'),
		hash: raw === undefined ? '' : sha256(JSON.stringify(raw)),
		codes: agreed,
		sets,
		needsCare: raw !== undefined || extra.length > 0,
	};
}

const NOTHING: SegmentGuideline = {
	usage: undefined,
	when: undefined,
	max: undefined,
	elements: new Map(),
	pairs: undefined,
};
