import { formatShortest } from '../decimal';
import type { Decimal } from '../decimal';
import { fitCharacters } from '../text';
import type { Charset } from './charset';
import { compileDateFormat, readDate } from './dateFormat';
import type { DateWriter } from './dateFormat';
import { isNumeric } from './layout';
import type { Field, FlatFileFormat, Layout } from './layout';
import { formatFixed, formatPlain, readUnits, toDecimal, UNREADABLE } from './numbers';
import { showValue, valueProblem } from './problem';
import type { Note } from './problem';

export interface WriterSettings {
	readonly layout: Layout;
	readonly charset: Charset;
	readonly format: FlatFileFormat;
	/** IANA zone for instants where neither field nor layout names one. */
	readonly timeZone: string;
}

/** A value as the file shows it, and as a number where the field can be summed. */
export interface WrittenValue {
	readonly text: string;
	readonly units: bigint | undefined;
}

/** Writes a value; undefined where it cannot be written, which has been noted. */
export type ValueWriter = (value: unknown, note: Note) => WrittenValue | undefined;

/** Total of a counter, count or sum, in units of the field's last decimal. */
export type TotalWriter = (units: bigint, note: Note) => string | undefined;

const BOOLEANS = new Map<unknown, boolean>([
	[true, true],
	[false, false],
	[1, true],
	[0, false],
	['true', true],
	['false', false],
	['1', true],
	['0', false],
]);

export function compileValueWriter(field: Field, settings: WriterSettings): ValueWriter {
	const write = isNumeric(field.type)
		? numberWriter(field, settings)
		: field.type === 'text'
			? textWriter(field, settings)
			: literalWriter(field, settings);
	return (value, note) => {
		const given = isEmpty(value, field) ? field.default : value;
		if (given !== undefined) return write(given, note);
		if (field.required) {
			note(
				valueProblem(
					'FLATFILE_VALUE_MISSING',
					value,
					`has no value, and the field is required; fill it at the source, or give the field a default`,
				),
			);
			return undefined;
		}
		return blank(field, settings, note);
	};
}

function isEmpty(value: unknown, field: Field): boolean {
	if (value === undefined || value === null || value === '') return true;
	return typeof value === 'string' && (field.type !== 'text' || field.trim) && value.trim() === '';
}

function blank(field: Field, settings: WriterSettings, note: Note): WrittenValue | undefined {
	if (settings.format === 'csv') return { text: '', units: undefined };
	if (field.storage !== 'display') {
		note(
			valueProblem(
				'FLATFILE_VALUE_MISSING',
				null,
				"has no value, and a packed or binary number cannot be blank; give the field a default, such as '0'",
			),
		);
		return undefined;
	}
	return { text: field.emptyFill.repeat(field.width as number), units: undefined };
}

function numberWriter(field: Field, settings: WriterSettings): ValueWriter {
	const total = compileTotalWriter(field, settings);
	return (value, note) => {
		const units = readUnits(field, value, note);
		if (units === UNREADABLE) return undefined;
		const text = total(units, note);
		return text === undefined ? undefined : { text, units };
	};
}

export function compileTotalWriter(field: Field, settings: WriterSettings): TotalWriter {
	const { decimalMark } = settings.layout;
	if (settings.format === 'csv') return (units) => formatPlain(field, units, decimalMark);
	const style = { decimalMark, zonedZeros: settings.charset.zonedZeros };
	return (units, note) => formatFixed(field, units, style, note);
}

/** Text that stands for a value as it is, such as a date, a boolean or a sign. */
function literalWriter(field: Field, settings: WriterSettings): ValueWriter {
	const write = literalOf(field, settings);
	const place = compilePlacement(field, settings);
	return (value, note) => {
		const literal = write(value, note);
		const text = literal === undefined ? undefined : place(literal, note);
		return text === undefined ? undefined : { text, units: undefined };
	};
}

function literalOf(
	field: Field,
	settings: WriterSettings,
): (value: unknown, note: Note) => string | undefined {
	switch (field.type) {
		case 'date': {
			const timeZone = field.timeZone ?? settings.layout.timeZone ?? settings.timeZone;
			const write = compileDateFormat(field.format) as DateWriter;
			return (value, note) => {
				const parts = readDate(value, timeZone);
				if (parts !== undefined) return write(parts);
				note(
					valueProblem(
						'FLATFILE_DATE_INVALID',
						value,
						`${showValue(value)} is not a date; dates are read as YYYY-MM-DD or as an ISO date and time`,
						'YYYY-MM-DD',
					),
				);
				return undefined;
			};
		}
		case 'boolean':
			return (value, note) => {
				const known = BOOLEANS.get(value);
				if (known !== undefined) return known ? field.trueText : field.falseText;
				note(
					valueProblem(
						'FLATFILE_VALUE_INVALID',
						value,
						`${showValue(value)} is neither true nor false`,
						'true or false',
					),
				);
				return undefined;
			};
		default:
			return (value, note) => {
				const decimal: Decimal | undefined = toDecimal(value);
				if (decimal !== undefined) {
					if (decimal.units === 0n) return field.zero;
					return decimal.units < 0n ? field.negative : field.positive;
				}
				note(
					valueProblem(
						'FLATFILE_VALUE_INVALID',
						value,
						`${showValue(value)} is not a number, so it has no sign`,
						'a number',
					),
				);
				return undefined;
			};
	}
}

function textWriter(field: Field, settings: WriterSettings): ValueWriter {
	const place = compilePlacement(field, settings);
	const { layout } = settings;
	const isAllowed = allowedIn(settings);
	return (value, note) => {
		const read = readText(field, value, note);
		if (read === undefined) return undefined;
		const fitted = fitCharacters(read, isAllowed, layout.characters, layout.replacement);
		if (fitted.rejected.length > 0) {
			const named = fitted.rejected.slice(0, 5).map(nameCharacter).join(', ');
			note(
				valueProblem(
					'FLATFILE_CHARACTER',
					value,
					`${showValue(value)} holds ${named}, which ${layout.encoding} cannot write here; remove it, choose another encoding, or set the character policy to replace`,
					`characters of ${layout.encoding}`,
				),
			);
			return undefined;
		}
		const text = place(fitted.text, note);
		return text === undefined ? undefined : { text, units: undefined };
	};
}

function readText(field: Field, value: unknown, note: Note): string | undefined {
	const text = plainText(value);
	if (text === undefined) {
		note(
			valueProblem(
				'FLATFILE_VALUE_INVALID',
				value,
				`${showValue(value)} is not a text, a number or a boolean. Let the source path lead to a single value`,
				'a text',
			),
		);
		return undefined;
	}
	const trimmed = field.trim ? text.trim() : text;
	const { codes } = field;
	if (codes !== undefined) {
		const mapped = codes.get(trimmed);
		if (mapped !== undefined) return mapped;
		if (field.otherCodes === 'error') {
			const known = [...codes.keys()].join(', ');
			note(
				valueProblem(
					'FLATFILE_CODE_UNMAPPED',
					value,
					`${showValue(value)} is not in the field's codes (${known}); add it, or set 'otherCodes' to 'keep'`,
					known,
				),
			);
			return undefined;
		}
	}
	if (field.letterCase === 'asIs') return trimmed;
	return field.letterCase === 'upper' ? trimmed.toUpperCase() : trimmed.toLowerCase();
}

function plainText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number': {
			const decimal = toDecimal(value);
			return decimal === undefined ? undefined : formatShortest(decimal);
		}
		case 'bigint':
		case 'boolean':
			return String(value);
		default:
			return undefined;
	}
}

function nameCharacter(character: string): string {
	const codePoint = (character.codePointAt(0) as number).toString(16).toUpperCase();
	const code = `U+${codePoint.padStart(4, '0')}`;
	return /[\p{C}\p{Z}]/u.test(character) ? code : `'${character}' (${code})`;
}

/** Characters of the encoding; in a fixed-width record none that would end it. */
function allowedIn(settings: WriterSettings): (codePoint: number) => boolean {
	const { charset, format } = settings;
	const control = (codePoint: number) =>
		codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f);
	if (format === 'csv') {
		return (codePoint) =>
			charset.has(codePoint) &&
			(!control(codePoint) || codePoint === 0x0a || codePoint === 0x0d || codePoint === 0x09);
	}
	return (codePoint) =>
		charset.has(codePoint) && !control(codePoint) && codePoint !== 0x2028 && codePoint !== 0x2029;
}

/** Aligns a text in its field: padded, cut where the field says so, noted where it does not fit. */
export function compilePlacement(
	field: Field,
	settings: WriterSettings,
): (text: string, note: Note) => string | undefined {
	if (settings.format === 'csv') return (text) => text;
	const width = field.width as number;
	const measure = measureIn(settings);
	return (text, note) => {
		const length = measure(text);
		const missing = width - length;
		if (missing >= 0) {
			const fill = field.pad.repeat(missing);
			return field.align === 'left' ? text + fill : fill + text;
		}
		if (field.overflow === 'error') {
			note(
				valueProblem(
					'FLATFILE_VALUE_TOO_LONG',
					text,
					`${showValue(text)} is ${length} ${settings.layout.widthIn} wide, the field has ${width}; widen the field, shorten the value, or set 'overflow' to 'truncate'`,
					`at most ${width} ${settings.layout.widthIn}`,
				),
			);
			return undefined;
		}
		const cut = truncate(text, width, measure, field.overflow === 'truncateStart');
		note({
			code: 'FLATFILE_TRUNCATED',
			severity: 'warning',
			message: `${showValue(text)} was cut to ${showValue(cut)}`,
			received: showValue(text),
			expected: `at most ${width} ${settings.layout.widthIn}`,
		});
		const fill = field.pad.repeat(width - measure(cut));
		return field.align === 'left' ? cut + fill : fill + cut;
	};
}

function measureIn(settings: WriterSettings): (text: string) => number {
	const { charset, layout } = settings;
	if (charset.singleByte) return (text) => text.length;
	if (layout.widthIn === 'bytes') return (text) => charset.byteLength(text);
	return (text) => {
		let length = text.length;
		for (let index = 0; index < text.length; index += 1) {
			const unit = text.charCodeAt(index);
			// The second half of a pair is not a character of its own.
			if (unit >= 0xdc00 && unit <= 0xdfff) length -= 1;
		}
		return length;
	};
}

/** As many whole characters, with their marks, as fit. */
function truncate(
	text: string,
	width: number,
	measure: (text: string) => number,
	fromStart: boolean,
): string {
	const characters = text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
	if (fromStart) characters.reverse();
	const kept: string[] = [];
	let length = 0;
	for (const character of characters) {
		length += measure(character);
		if (length > width) break;
		kept.push(character);
	}
	return (fromStart ? kept.reverse() : kept).join('');
}
