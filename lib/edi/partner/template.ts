import { parseDecimal, formatShortest, round, formatDecimal } from '../../decimal';
import type { Decimal } from '../../decimal';
import { CoreError } from '../../errors';

/**
 * Templates over a business document, for what a partner wants beyond the default mapping:
 * `{supplier.vatNumber}`, `{date|date:YYMMDD}`, `{line.glAccount.code|default:9999}`. Braces are
 * doubled to stand for themselves. Templates are parsed and checked once, when settings are read.
 */

export interface Template {
	readonly source: string;
	/** Document paths the template reads, for checking. */
	readonly paths: readonly string[];
	/** Whether the template has no field at all: always the same text. */
	readonly constant: boolean;
	render(scope: TemplateScope): string;
}

/** What paths start from: the document's fields, and `line` or `item` where there is one. */
export type TemplateScope = Readonly<Record<string, unknown>>;

export interface Condition {
	readonly source: string;
	readonly paths: readonly string[];
	holds(scope: TemplateScope): boolean;
}

type Format = (value: string, argument: string) => string;

interface FormatEntry {
	readonly format: Format;
	/** Checks the argument when settings are read; `undefined` when it is fine. */
	readonly check: (argument: string) => string | undefined;
	/** For the reference page. */
	readonly meaning: string;
}

const noArgument = (argument: string): string | undefined =>
	argument === '' ? undefined : 'takes no argument';
const wholeNumber = (argument: string): string | undefined =>
	/^\d{1,3}$/.test(argument) ? undefined : 'needs a whole number, such as 2';
const anyArgument = (argument: string): string | undefined =>
	argument === '' ? 'needs an argument' : undefined;

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const DATE_TOKENS = /^(?:YYYY|YY|MM|DD|[-./])+$/;

function formatDate(value: string, pattern: string): string {
	const match = DATE.exec(value);
	if (match === null) return value;
	const [, year = '', month = '', day = ''] = match;
	return pattern
		.replace('YYYY', year)
		.replace('YY', year.slice(2))
		.replace('MM', month)
		.replace('DD', day);
}

function withDecimal(value: string, change: (decimal: Decimal) => string): string {
	const decimal = parseDecimal(value);
	return decimal === undefined ? value : change(decimal);
}

export const TEMPLATE_FORMATS: Readonly<Record<string, FormatEntry>> = {
	upper: { format: (v) => v.toUpperCase(), check: noArgument, meaning: 'capital letters' },
	lower: { format: (v) => v.toLowerCase(), check: noArgument, meaning: 'small letters' },
	digits: {
		format: (v) => v.replace(/\D/g, ''),
		check: noArgument,
		meaning: 'only the digits',
	},
	alphanumeric: {
		format: (v) => v.replace(/[^0-9A-Za-z]/g, ''),
		check: noArgument,
		meaning: 'only letters A-Z and digits',
	},
	left: {
		format: (v, n) => Array.from(v).slice(0, Number(n)).join(''),
		check: wholeNumber,
		meaning: 'the first n characters',
	},
	right: {
		format: (v, n) => (Number(n) === 0 ? '' : Array.from(v).slice(-Number(n)).join('')),
		check: wholeNumber,
		meaning: 'the last n characters',
	},
	pad: {
		format: (v, n) => v.padStart(Number(n), '0'),
		check: wholeNumber,
		meaning: 'zeros in front, up to n characters',
	},
	default: {
		format: (v, text) => (v === '' ? text : v),
		check: anyArgument,
		meaning: 'the given text where the field is empty',
	},
	date: {
		format: formatDate,
		check: (pattern) =>
			DATE_TOKENS.test(pattern)
				? undefined
				: 'needs a pattern of YYYY, YY, MM, DD, such as YYYYMMDD',
		meaning: 'a date by a pattern of YYYY, YY, MM and DD',
	},
	decimals: {
		format: (v, n) => withDecimal(v, (d) => formatDecimal(round(d, Number(n)))),
		check: wholeNumber,
		meaning: 'a number with n decimals',
	},
	implied: {
		format: (v, n) =>
			withDecimal(v, (d) => formatDecimal({ units: round(d, Number(n)).units, scale: 0 })),
		check: wholeNumber,
		meaning: 'a number with n decimals and no point, as X12 N2 writes it',
	},
	fraction: {
		format: (v) => withDecimal(v, (d) => formatShortest({ units: d.units, scale: d.scale + 2 })),
		check: noArgument,
		meaning: 'percentage points as a fraction: 21 becomes 0.21',
	},
	negate: {
		format: (v) => withDecimal(v, (d) => formatShortest({ units: -d.units, scale: d.scale })),
		check: noArgument,
		meaning: 'the number with its sign changed',
	},
};

const PATH = /^[A-Za-z_]\w*(?:\.\w+|\[\d+\])*$/;

function invalid(source: string, problem: string): CoreError {
	return new CoreError(
		'SYNTAX_INVALID_TEMPLATE',
		`The template "${source}" cannot be used: ${problem}`,
	);
}

/** `supplier.address.lines[0]` as steps. */
function stepsOf(path: string): readonly string[] {
	return path.replace(/\[(\d+)\]/g, '.$1').split('.');
}

function readPath(scope: TemplateScope, steps: readonly string[]): string {
	let value: unknown = scope;
	for (const step of steps) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return '';
		value = (value as Record<string, unknown>)[step];
	}
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return '';
}

interface Field {
	readonly path: string;
	read(scope: TemplateScope): string;
}

function parseField(expression: string, source: string): Field {
	const [path = '', ...calls] = expression.split('|').map((part) => part.trim());
	if (!PATH.test(path)) throw invalid(source, `"${path}" is not a field such as supplier.code`);
	const steps = stepsOf(path);
	const formats = calls.map((call) => {
		const colon = call.indexOf(':');
		const name = colon < 0 ? call : call.slice(0, colon);
		const argument = colon < 0 ? '' : call.slice(colon + 1);
		const entry = Object.hasOwn(TEMPLATE_FORMATS, name) ? TEMPLATE_FORMATS[name] : undefined;
		if (entry === undefined) {
			const known = Object.keys(TEMPLATE_FORMATS).join(', ');
			throw invalid(source, `there is no format "${name}"; known are ${known}`);
		}
		const problem = entry.check(argument);
		if (problem !== undefined) throw invalid(source, `the format "${name}" ${problem}`);
		return { format: entry.format, argument };
	});
	return {
		path,
		read: (scope) =>
			formats.reduce(
				(text, { format, argument }) => format(text, argument),
				readPath(scope, steps),
			),
	};
}

export function parseTemplate(source: string): Template {
	const parts: (string | Field)[] = [];
	let text = '';
	for (let index = 0; index < source.length; index += 1) {
		const character = source[index] ?? '';
		if (character !== '{' && character !== '}') {
			text += character;
			continue;
		}
		if (source[index + 1] === character) {
			text += character;
			index += 1;
			continue;
		}
		if (character === '}') throw invalid(source, 'a "}" has no "{" before it');
		const end = source.indexOf('}', index);
		if (end < 0) throw invalid(source, 'a "{" has no "}" after it');
		if (text !== '') parts.push(text);
		text = '';
		parts.push(parseField(source.slice(index + 1, end), source));
		index = end;
	}
	if (text !== '') parts.push(text);
	const paths = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.path]));
	return {
		source,
		paths,
		constant: paths.length === 0,
		render: (scope) =>
			parts.map((part) => (typeof part === 'string' ? part : part.read(scope))).join(''),
	};
}

const COMPARISON = /^(.+?)\s*(!=|=)\s*(.*)$/s;

/**
 * `supplier.vatNumber` (is there), `!shipTo.name` (is not), `kind = creditNote`,
 * `currency != EUR`, several joined by ` and `. Empty text always holds.
 */
export function parseCondition(source: string): Condition {
	const tests: ((scope: TemplateScope) => boolean)[] = [];
	const paths: string[] = [];
	for (const part of source.trim() === '' ? [] : source.split(/\s+and\s+/)) {
		const comparison = COMPARISON.exec(part.trim());
		if (comparison !== null) {
			const [, expression = '', operator, rawText = ''] = comparison;
			const field = parseField(expression, source);
			const text = rawText.trim().replace(/^(['"])(.*)\1$/s, '$2');
			paths.push(field.path);
			tests.push((scope) => (field.read(scope) === text) === (operator === '='));
			continue;
		}
		const negated = part.trim().startsWith('!');
		const field = parseField(part.trim().slice(negated ? 1 : 0), source);
		paths.push(field.path);
		tests.push((scope) => (field.read(scope) === '') === negated);
	}
	return { source, paths, holds: (scope) => tests.every((test) => test(scope)) };
}
