import { storedWidth } from '../numbers';
import type { LayoutJson } from '../presets/fields';
import { findDateFormat, formatOfWidth, readDateFormat } from './dateFormat';
import { readPicture } from './picture';
import { plainWord, TYPE_WORDS  } from './words';
import type {TypeMeaning} from './words';

/** What a row of the list says of the type of its field, as text. */
export interface TypeWords {
	readonly name: string;
	readonly type: string;
	readonly format: string;
	readonly value: string;
	readonly description: string;
	/** From the columns of positions. */
	readonly width: number | undefined;
	readonly decimals: number | undefined;
}

/** What lists seldom say; asked once for all fields. */
export type OpenQuestion = 'sign' | 'point';

export interface ReadType {
	readonly settings: LayoutJson;
	/** Where the type itself has it: `X(10)`, `CHAR(10)`. */
	readonly width: number | undefined;
	/** What a person should look at. */
	readonly doubts: readonly string[];
	readonly open: readonly OpenQuestion[];
}

/** Length and decimals in a type or length: `CHAR(10)`, `NUMBER(15,2)`, `an..35`, `N15.2`. */
const WORD_AND_SIZE =
	/^(\p{L}[\p{L}\d/ -]*?)\s*(?:\(\s*)?(?:\.\.|max\.?\s*)?\s*(\d+)(?:\s*[.,V]\s*(\d+))?\s*\)?$/iu;

/** X12 writes the implied decimals behind the N: N0, N2. */
const X12_NUMBER = /^N([0-9])$/i;

export function readType(words: TypeWords): ReadType {
	const picture = readPicture(words.type) ?? readPicture(words.format);
	if (picture !== undefined) {
		const { settings, width, doubts } = picture;
		return {
			settings: signOf(settings),
			width: width ?? storedWidthOf(settings),
			doubts,
			open: [],
		};
	}
	const x12 = X12_NUMBER.exec(words.type.trim());
	if (x12 !== null && words.width !== undefined) {
		const decimals = Number(x12[1]);
		return decimals === 0
			? plain({ type: 'integer' }, ['sign'])
			: plain({ type: 'decimal', decimals, point: 'implied' }, ['sign']);
	}
	const sized = WORD_AND_SIZE.exec(words.type.trim());
	const known = meaningOf(words.type);
	if (known === undefined && sized !== null) {
		const [, word = '', size, fraction] = sized;
		const meaning = meaningOf(word);
		if (meaning !== undefined) {
			const width = Number(size);
			const decimals = words.decimals ?? (fraction === undefined ? undefined : Number(fraction));
			const read = byMeaning(meaning, { ...words, width: words.width ?? width, decimals });
			return { ...read, width };
		}
	}
	if (known !== undefined) return byMeaning(known, words);
	return words.type.trim() === '' ? withoutType(words) : unknownType(words);
}

function plain(settings: LayoutJson, open: ReadType['open'] = []): ReadType {
	return { settings, width: undefined, doubts: [], open };
}

function doubtful(read: ReadType, doubt: string): ReadType {
	return { ...read, doubts: [...read.doubts, doubt] };
}

function storedWidthOf({ storage, digits }: LayoutJson): number | undefined {
	return storage === 'packed' || storage === 'binary'
		? storedWidth(storage, digits as number)
		: undefined;
}

/** Leading is what holds without a sign anyway. */
function signOf(settings: LayoutJson): LayoutJson {
	if (settings['sign'] !== 'leading') return settings;
	return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'sign'));
}

function meaningOf(text: string): TypeMeaning | undefined {
	return TYPE_WORDS.get(plainWord(text));
}

function withoutType(words: TypeWords): ReadType {
	if (words.value !== '') return byMeaning('constant', words);
	if (meaningOf(words.name.replace(/[\s_-]*\d+$/, '')) === 'filler')
		return byMeaning('filler', words);
	if (dateFormatOf(words) !== undefined) return byMeaning('date', words);
	if ((words.decimals ?? 0) > 0) {
		return doubtful(
			byMeaning('decimal', words),
			'has no type: read as decimal because of its decimals',
		);
	}
	return doubtful(plain({ type: 'text' }), 'has no type: read as text');
}

function unknownType(words: TypeWords): ReadType {
	const read = dateFormatOf({ ...words, description: '' });
	const asDate = read ?? readDateFormat(words.type);
	if (asDate !== undefined) return plain({ type: 'date', format: asDate });
	const guessed = (words.decimals ?? 0) > 0 ? byMeaning('decimal', words) : plain({ type: 'text' });
	const { type } = guessed.settings;
	return doubtful(
		guessed,
		`has the type '${words.type}', which is not known: read as ${String(type)}`,
	);
}

function dateFormatOf({ format, type, description }: TypeWords): string | undefined {
	return readDateFormat(format) ?? readDateFormat(type) ?? findDateFormat(description);
}

function byMeaning(meaning: TypeMeaning, words: TypeWords): ReadType {
	const decimals = words.decimals ?? 0;
	switch (meaning) {
		case 'text':
			return text(words);
		case 'number':
			return decimals > 0 ? decimal(decimals, words) : integer(words);
		case 'integer':
			return decimals > 0
				? doubtful(decimal(decimals, words), 'is an integer with decimals: read as decimal')
				: integer(words);
		case 'decimal':
			return decimal(words.decimals ?? 2, words, words.decimals === undefined);
		case 'amount':
			return decimal(words.decimals ?? 2, words, words.decimals === undefined);
		case 'float':
			return doubtful(
				decimal(words.decimals ?? 2, words),
				'is a floating-point number: read as decimal',
			);
		case 'date':
		case 'time':
		case 'dateTime':
			return decimals > 0 ? decimal(decimals, words) : date(meaning, words);
		case 'boolean':
			return flag(words);
		case 'sign':
			return debitOrCredit(words);
		case 'constant':
			return words.value === ''
				? doubtful(plain({ type: 'constant', value: '' }), 'is a constant without a value')
				: plain({ type: 'constant', value: words.value });
		case 'filler':
			return plain({ type: 'filler' });
		case 'counter':
			return doubtful(plain({ type: 'counter' }), 'is a counter: check which records it counts');
		case 'packed':
			return doubtful(
				plain({ ...numberType(decimals), storage: 'packed' }),
				'is packed: its length was read as bytes',
			);
		case 'binary':
			return binary(decimals, words.width);
		case 'zoned': {
			const point = decimals > 0 ? { point: 'implied' } : {};
			return doubtful(
				plain({ ...numberType(decimals), ...point, sign: 'overpunch' }),
				'is zoned: its sign is punched into the last digit',
			);
		}
	}
}

function binary(decimals: number, width: number | undefined): ReadType {
	const settings = { ...numberType(decimals), storage: 'binary' };
	if (width === undefined || [2, 4, 8].includes(width)) {
		return doubtful(plain(settings), 'is binary: its length was read as bytes');
	}
	const read = { ...plain({ ...settings, digits: width }), width: storedWidth('binary', width) };
	return doubtful(read, 'is binary: its length was read as digits');
}

function numberType(decimals: number): LayoutJson {
	return decimals > 0 ? { type: 'decimal', decimals } : { type: 'integer' };
}

function text(words: TypeWords): ReadType {
	const format = readDateFormat(words.format) ?? findDateFormat(words.description);
	if (words.value !== '') return fixedText(words);
	if (format !== undefined && format.replaceAll("'", '').length === words.width) {
		return plain({ type: 'date', format });
	}
	return plain({ type: 'text' });
}

/** A column "value" may hold remarks as well as what is to be written. */
function fixedText({ value, width }: TypeWords): ReadType {
	if (value.length > (width ?? value.length)) {
		return doubtful(
			plain({ type: 'text' }),
			`has the value '${value}', which is too wide for it: read as text`,
		);
	}
	const read = plain({ type: 'constant', value });
	return /\s/.test(value) ? doubtful(read, `has '${value}' in every record`) : read;
}

/** A number of eight digits with a date format is a date. */
function integer(words: TypeWords): ReadType {
	const format = dateFormatOf({ ...words, type: '' });
	if (format !== undefined && format.replaceAll("'", '').length === words.width) {
		return plain({ type: 'date', format });
	}
	if (/^\d+$/.test(words.value)) return plain({ type: 'constant', value: words.value });
	return plain({ type: 'integer' }, ['sign']);
}

function decimal(decimals: number, words: TypeWords, assumed = false): ReadType {
	const implied = /implied|implici|implizit|V9|sans|ohne|zonder/i.test(
		`${words.format} ${words.description}`,
	);
	const explicit = /[0#9][.,][0#9]/.test(words.format);
	const point = implied ? 'implied' : 'explicit';
	const read = plain(
		{ type: 'decimal', decimals, point },
		implied || explicit ? ['sign'] : ['sign', 'point'],
	);
	return assumed ? doubtful(read, `has no number of decimals: read with ${decimals}`) : read;
}

function date(meaning: 'date' | 'time' | 'dateTime', words: TypeWords): ReadType {
	const format = dateFormatOf(words);
	if (format !== undefined) {
		const length = format.replaceAll("'", '').length;
		const read = plain({ type: 'date', format });
		return words.width === undefined || words.width === length
			? read
			: doubtful(read, `is ${words.width} wide, and its format ${format} ${length}`);
	}
	const assumed = formatOfWidth(meaning, words.width);
	if (assumed === undefined) {
		return doubtful(plain({ type: 'text' }), 'is a date without a format: read as text');
	}
	return doubtful(
		plain({ type: 'date', format: assumed }),
		`is a date without a format: read as ${assumed} by its width`,
	);
}

/** `Y/N`, `J/N`, `O/N`, `1/0` in type, format or description. */
function flag(words: TypeWords): ReadType {
	const given = `${words.type} ${words.format} ${words.description}`;
	const pair = /\b([YJO1T])\s*[/|,-]\s*([N0F])\b/i.exec(given);
	if (pair !== null) return plain({ type: 'boolean', true: pair[1], false: pair[2] });
	if ((words.width ?? 1) > 5) {
		return doubtful(plain({ type: 'text' }), 'is a flag of more than five positions: read as text');
	}
	return doubtful(
		plain({ type: 'boolean', true: '1', false: '0' }),
		"is a flag: '1' and '0' are written",
	);
}

function debitOrCredit(words: TypeWords): ReadType {
	const given = `${words.format} ${words.description} ${words.type}`;
	const pair = /(?:^|[\s(])([DS+])\s*[/|,]\s*([CH-])(?:$|[\s),.])/i.exec(given);
	const [, positive = '+', negative = '-'] = pair ?? [];
	const read = plain({ type: 'sign', positive, negative });
	return doubtful(
		read,
		`is the sign of an amount: '${positive}' for zero and more, '${negative}' for less; give the amount "sign": "absolute"`,
	);
}
