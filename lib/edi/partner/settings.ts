import { CoreError } from '../../errors';
import type { CoreErrorCode } from '../../errors';
import { isAbsent, isRecord, ownValue } from '../../text';
import { defaultPathProblem } from './documentPaths';

/**
 * The settings of a partner as data: one row says everything about a setting. The TypeScript type,
 * the reader, the refusal of unknown names, the check against the standard's tables, the fields of
 * the node and of a partner directory, and the table in the docs come from the rows.
 */

/** Where fields stand together in a form. */
export type SettingGroup = 'partner' | 'envelope' | 'characters' | 'document' | 'mapping';

interface Row {
	/** As people call it: in the node, in a directory, in messages. */
	readonly label: string;
	readonly group: SettingGroup;
	readonly help: string;
	/** Where it stands in the file: `ISA06`, `UNB 0004`. */
	readonly at?: string;
	readonly placeholder?: string;
	/** Shown below the field. */
	readonly hint?: string;
	/** The default in words, where it follows from other settings. */
	readonly otherwise?: string;
}

export interface TextSetting extends Row {
	readonly type: 'text';
	readonly required?: true;
	readonly default?: string;
	readonly min?: number;
	readonly max?: number;
	/** Only plain ASCII: it stands in an envelope that must be readable in any character set. */
	readonly ascii?: true;
	readonly pattern?: { readonly form: RegExp; readonly words: string };
}

/** A code of the standard; where `off` is true, an empty text sends nothing. */
export interface CodeSetting extends Row {
	readonly type: 'code';
	readonly default: string;
	readonly max: number;
	readonly min?: number;
	readonly off?: true;
	/** The only codes there are. */
	readonly codes?: readonly string[];
	/** Segment, element and component whose code list the code must be in. */
	readonly listOf?: readonly [segment: string, element: number, component?: number];
}

export interface Choice {
	readonly value: string | number;
	readonly label: string;
	readonly help?: string;
}

export interface ChoiceSetting extends Row {
	readonly type: 'choice';
	readonly choices: readonly Choice[];
	readonly default: string | number;
}

export interface FlagSetting extends Row {
	readonly type: 'flag';
	readonly default: boolean;
}

/** One character, also as `\n`, `\r`, `\t` or `\x1d`. */
export interface DelimiterSetting extends Row {
	readonly type: 'delimiter';
	readonly default: string;
}

/** One character or none. */
export interface ReplacementSetting extends Row {
	readonly type: 'replacement';
	readonly default: string;
}

/** A list of names, or one text with commas. */
export interface NamesSetting extends Row {
	readonly type: 'names';
}

/** Rows or pairs that have a reader of their own. */
export interface StructureSetting extends Row {
	readonly type: 'structure';
}

export type Setting =
	| TextSetting
	| CodeSetting
	| ChoiceSetting
	| FlagSetting
	| DelimiterSetting
	| ReplacementSetting
	| NamesSetting
	| StructureSetting;

export type SettingsTable = Readonly<Record<string, Setting>>;

/** What a person may give for a setting. */
type Given<S extends Setting> = S extends ChoiceSetting
	? S['choices'][number]['value']
	: S extends FlagSetting
		? boolean
		: S extends NamesSetting
			? readonly string[]
			: S extends StructureSetting
				? unknown
				: string;

/** What the reader makes of it. */
type Read<S extends Setting> = S extends NamesSetting ? ReadonlySet<string> : Given<S>;

/** The plain object of settings that a table describes. */
export type SettingsOf<Table extends SettingsTable> = {
	-readonly [Name in keyof Table]?: Given<Table[Name]>;
};

export type ReadSettings<Table extends SettingsTable> = {
	readonly [Name in keyof Table]: Read<Table[Name]>;
};

export type RawSettings = Readonly<Record<string, unknown>>;

/** Problems of settings, in one form for both standards: the label, the name, what is wrong. */
export class SettingProblems {
	constructor(
		private readonly standard: string,
		private readonly code: CoreErrorCode,
		private readonly table: SettingsTable,
	) {}

	invalid(name: string, problem: string): CoreError {
		const [setting = name] = name.split(/[.[]/);
		const row = ownValue(this.table, setting);
		const label = row === undefined ? 'The' : `${row.label}: the`;
		return new CoreError(this.code, `${label} setting '${name}' ${problem}`, { path: name });
	}

	unknown(name: string): CoreError {
		return this.invalid(
			name,
			`is not a setting of the ${this.standard} profile; the settings are listed in the documentation of EDI Encode`,
		);
	}
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };
const CODE = /^[0-9A-Z]+$/;
const ASCII = /^[\x20-\x7e]*$/;

class SettingReader {
	constructor(
		private readonly raw: RawSettings,
		private readonly problems: SettingProblems,
	) {}

	read(name: string, row: Setting): unknown {
		switch (row.type) {
			case 'text':
				return this.text(name, row);
			case 'code':
				return this.codeOf(name, row);
			case 'choice':
				return this.choice(name, row);
			case 'flag':
				return this.flag(name, row);
			case 'delimiter':
				return this.delimiter(name, row);
			case 'replacement':
				return this.replacement(name, row);
			case 'names':
				return this.names(name);
			case 'structure':
				return this.raw[name];
		}
	}

	private plain(name: string): string | undefined {
		const value = this.raw[name];
		if (isAbsent(value)) return undefined;
		if (typeof value === 'number') return String(value);
		if (typeof value !== 'string') throw this.problems.invalid(name, 'is not text');
		return value.trim();
	}

	private checkLength(name: string, text: string, min: number, max: number): void {
		if (text.length >= min && text.length <= max) return;
		const range =
			min === max ? `exactly ${max}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
		throw this.problems.invalid(
			name,
			`must have ${range} characters; "${text}" has ${text.length}`,
		);
	}

	private text(name: string, row: TextSetting): string {
		const { min = 0, max = Infinity, pattern } = row;
		const given = this.plain(name) ?? '';
		if (given === '') {
			if (row.required === true) {
				throw this.problems.invalid(name, `is missing; it must have ${min} to ${max} characters`);
			}
			return row.default ?? '';
		}
		this.checkLength(name, given, min, max);
		if (row.ascii === true && !ASCII.test(given)) {
			throw this.problems.invalid(name, `"${given}" has characters other than plain ASCII`);
		}
		if (pattern?.form.test(given) === false) {
			throw this.problems.invalid(name, `is "${given}"; it must be ${pattern.words}`);
		}
		return given;
	}

	private codeOf(name: string, row: CodeSetting): string {
		const value = this.raw[name];
		if (value === '' && row.off === true) return '';
		const code = this.plain(name);
		if (code === undefined || code === '') return row.default;
		if (row.codes !== undefined) {
			if (row.codes.includes(code)) return code;
			throw this.problems.invalid(name, `is "${code}"; it must be one of ${row.codes.join(', ')}`);
		}
		this.checkLength(name, code, row.min ?? 1, row.max);
		if (!CODE.test(code)) {
			throw this.problems.invalid(name, `is "${code}", which is not a code of A-Z and 0-9`);
		}
		return code;
	}

	private choice(name: string, row: ChoiceSetting): string | number {
		const given = this.plain(name);
		if (given === undefined || given === '') return row.default;
		const found = row.choices.find(({ value }) => String(value) === given);
		if (found !== undefined) return found.value;
		const known = row.choices.map(({ value }) => value).join(' or ');
		throw this.problems.invalid(name, `is "${given}"; it must be ${known}`);
	}

	private flag(name: string, row: FlagSetting): boolean {
		const value = this.raw[name];
		if (isAbsent(value)) return row.default;
		if (typeof value !== 'boolean') throw this.problems.invalid(name, 'is neither true nor false');
		return value;
	}

	private delimiter(name: string, row: DelimiterSetting): string {
		const value = this.raw[name];
		// A line break is a delimiter, not white space around one.
		const isBreak = value === '\n' || value === '\r' || value === '\t';
		const text = isBreak ? value : (this.plain(name) ?? row.default);
		const hex = /^\\x([0-9a-f]{2})$/i.exec(text)?.[1];
		const character =
			hex === undefined
				? (ownValue(ESCAPES, text) ?? text)
				: String.fromCharCode(parseInt(hex, 16));
		if (character === '' || value === ' ') {
			throw this.problems.invalid(
				name,
				'is a space; letters, digits and the space cannot be delimiters',
			);
		}
		if (character.length !== 1) {
			throw this.problems.invalid(name, `is "${text}"; it must be one character`);
		}
		if (/[0-9A-Za-z ]/.test(character)) {
			throw this.problems.invalid(
				name,
				`is "${character}"; letters, digits and the space cannot be delimiters`,
			);
		}
		if (character.charCodeAt(0) > 0x7e) {
			throw this.problems.invalid(name, `is "${text}"; it must be a plain ASCII character`);
		}
		return character;
	}

	private replacement(name: string, row: ReplacementSetting): string {
		const value = this.raw[name];
		if (value === undefined || value === null) return row.default;
		const text = String(value);
		if (text.length > 1) throw this.problems.invalid(name, 'is more than one character');
		return text;
	}

	private names(name: string): ReadonlySet<string> {
		const value = this.raw[name];
		if (isAbsent(value)) return new Set();
		const list = typeof value === 'string' ? value.split(/[,\n]/) : value;
		if (!Array.isArray(list)) throw this.problems.invalid(name, 'is not a list of names');
		return new Set(list.map((entry) => String(entry).trim()).filter((entry) => entry !== ''));
	}
}

/** Settings as given, and those of a guideline where nothing is given. */
export function withBase(base: RawSettings, raw: RawSettings): RawSettings {
	const given = Object.entries(raw).filter(([, value]) => !isAbsent(value) && value !== '');
	return { ...raw, ...base, ...Object.fromEntries(given) };
}

/** Defaults of a guideline below those of the settings. */
export function withDefaultsOf(base: RawSettings, value: unknown): unknown {
	if (Object.keys(base).length === 0) return value;
	return isAbsent(value) ? base : isRecord(value) ? { ...base, ...value } : value;
}

/** Reads and checks every setting by its row; the first that is wrong is named. */
export function readSettings<Table extends SettingsTable>(
	raw: RawSettings,
	table: Table,
	problems: SettingProblems,
): ReadSettings<Table> {
	for (const name of Object.keys(raw)) {
		if (!Object.hasOwn(table, name)) throw problems.unknown(name);
	}
	const reader = new SettingReader(raw, problems);
	const values = Object.entries(table).map(
		([name, row]) => [name, reader.read(name, row)] as const,
	);
	// Each value is what its row's reader makes.
	return Object.fromEntries(values) as ReadSettings<Table>;
}

/** Names of segments, of which a misspelt one would leave out, or send, nothing. */
export function checkNames(
	name: string,
	names: ReadonlySet<string>,
	known: ReadonlySet<string>,
	problems: SettingProblems,
): void {
	for (const one of names) {
		if (known.has(one)) continue;
		throw problems.invalid(name, `names "${one}"; known are ${[...known].join(', ')}`);
	}
}

/** Document path → text for what a document lacks; `lines[].unit` and `lines.unit` are one path. */
export function readDefaults(
	value: unknown,
	problems: SettingProblems,
): ReadonlyMap<string, string> {
	if (isAbsent(value)) return new Map();
	if (!isRecord(value)) {
		throw problems.invalid('defaults', 'is not an object of document paths and texts');
	}
	return new Map(
		Object.entries(value).map(([path, text]) => {
			if (typeof text !== 'string' && typeof text !== 'number') {
				throw problems.invalid(`defaults.${path}`, `has no text for "${path}"`);
			}
			const problem = defaultPathProblem(path);
			if (problem !== undefined) {
				throw problems.invalid(`defaults.${path}`, `cannot be used: ${problem}`);
			}
			return [path.replaceAll('[]', ''), String(text)] as const;
		}),
	);
}
