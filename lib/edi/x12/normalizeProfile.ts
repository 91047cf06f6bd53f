import { CoreError } from '../../errors';
import { ownValue } from '../../text';
import { defaultPathProblem, IDENTIFIER_POLICIES, readCodeMaps } from '../partner';
import { COMPONENT_MARK } from './extraSegment';
import { checkExtras, parseExtraSegment } from './extraSegments';
import { MAPPINGS, ruleNames } from './mapping';
import type { Delimiters, X12Profile, X12ProfileSettings } from './profile';
import { checkProfileCodes } from './profileCodes';
import { BASIC, EXTENDED, UTF8 } from './repertoires';
import { CODE_LISTS } from './schema/codes';
import { X12_RELEASES } from './schema';
import type { X12Release } from './schema';

function invalid(name: string, problem: string): CoreError {
	return new CoreError('X12_INVALID_OPTION', `The setting "${name}" ${problem}`, { path: name });
}

type Raw = Readonly<Record<string, unknown>>;

/** Everything `X12ProfileSettings` may hold; the compiler keeps the list complete. */
const KNOWN: Readonly<Record<keyof X12ProfileSettings, true>> = {
	partner: true,
	release: true,
	interchangeVersion: true,
	groupVersion: true,
	senderQualifier: true,
	receiverQualifier: true,
	senderId: true,
	receiverId: true,
	senderApplicationId: true,
	receiverApplicationId: true,
	authorizationQualifier: true,
	authorizationInformation: true,
	securityQualifier: true,
	securityInformation: true,
	usage: true,
	acknowledgmentRequested: true,
	groupDateFormat: true,
	groupTimeFormat: true,
	elementSeparator: true,
	componentSeparator: true,
	repetitionSeparator: true,
	segmentTerminator: true,
	segmentSuffix: true,
	delimiterInData: true,
	characterSet: true,
	charactersOutside: true,
	replacementCharacter: true,
	identifierPolicy: true,
	longText: true,
	creditNoteAmounts: true,
	invoiceTypeCode: true,
	creditNoteTypeCode: true,
	orderTypeCode: true,
	ownNumberQualifier: true,
	glAccountQualifier: true,
	costCenterQualifier: true,
	costUnitQualifier: true,
	projectQualifier: true,
	partyQualifier: true,
	remittanceInvoiceQualifier: true,
	remittanceCreditQualifier: true,
	omitSegments: true,
	sendSegments: true,
	codeMaps: true,
	defaults: true,
	extraSegments: true,
};

class Reader {
	constructor(private readonly raw: Raw) {}

	value(name: keyof X12ProfileSettings): unknown {
		const value = this.raw[name];
		return value === null || value === '' ? undefined : value;
	}

	text(name: keyof X12ProfileSettings, fallback: string): string {
		const value = this.value(name);
		if (value === undefined) return fallback;
		if (typeof value === 'number') return String(value);
		if (typeof value !== 'string') throw invalid(name, 'is not text');
		return value.trim();
	}

	/** Text of a length that the element can hold, in characters every partner can read. */
	sized(name: keyof X12ProfileSettings, fallback: string, min: number, max: number): string {
		const text = this.text(name, fallback);
		if (text.length < min || text.length > max) {
			const range = min === max ? `exactly ${max}` : `${min} to ${max}`;
			throw invalid(name, `must have ${range} characters; "${text}" has ${text.length}`);
		}
		if (!/^[\x20-\x7e]*$/.test(text)) {
			throw invalid(name, `"${text}" has characters other than plain ASCII`);
		}
		return text;
	}

	choice<const T extends string>(
		name: keyof X12ProfileSettings,
		choices: readonly T[],
		fallback: T,
	): T {
		const text = this.text(name, fallback);
		const found = choices.find((choice) => choice === text);
		if (found === undefined)
			throw invalid(name, `is "${text}"; it must be ${choices.join(' or ')}`);
		return found;
	}

	flag(name: keyof X12ProfileSettings, fallback: boolean): boolean {
		const value = this.value(name);
		if (value === undefined) return fallback;
		if (typeof value !== 'boolean') throw invalid(name, 'is neither true nor false');
		return value;
	}

	/** A code element that may be switched off by an empty text. */
	code(name: keyof X12ProfileSettings, fallback: string, min: number, max: number): string {
		const raw = this.raw[name];
		if (raw === undefined || raw === null) return fallback;
		if (raw === '') return '';
		const text = this.sized(name, fallback, min, max);
		if (!/^[0-9A-Z]+$/.test(text))
			throw invalid(name, `is "${text}", which is not a code of A-Z and 0-9`);
		return text;
	}

	fromList(name: keyof X12ProfileSettings, list: string, fallback: string): string {
		const text = this.text(name, fallback);
		const codes = (CODE_LISTS[list] ?? '').split(' ');
		if (!codes.includes(text))
			throw invalid(name, `is "${text}"; it must be one of ${codes.join(', ')}`);
		return text;
	}

	names(name: keyof X12ProfileSettings, known: ReadonlySet<string>): ReadonlySet<string> {
		const value = this.value(name) ?? [];
		const list = typeof value === 'string' ? value.split(',') : value;
		if (!Array.isArray(list)) throw invalid(name, 'is not a list');
		const names = list.map((entry: unknown) => String(entry).trim()).filter((text) => text !== '');
		for (const entry of names) {
			if (!known.has(entry)) {
				throw invalid(name, `names "${entry}"; known are ${[...known].join(', ')}`);
			}
		}
		return new Set(names);
	}
}

const ESCAPES: Readonly<Record<string, string>> = {
	'\\n': '\n',
	'\\r': '\r',
	'\\t': '\t',
};

function readDelimiter(
	reader: Reader,
	raw: Raw,
	name: keyof X12ProfileSettings,
	fallback: string,
): string {
	// A line break is a delimiter, not white space around one.
	const value = raw[name];
	const text =
		value === '\n' || value === '\r' || value === '\t' ? value : reader.text(name, fallback);
	const hex = /^\\x([0-9a-fA-F]{2})$/.exec(text)?.[1];
	const character =
		hex === undefined ? (ownValue(ESCAPES, text) ?? text) : String.fromCharCode(parseInt(hex, 16));
	if (character.length !== 1) throw invalid(name, `is "${text}"; it must be one character`);
	if (/[0-9A-Za-z ]/.test(character)) {
		throw invalid(name, `is "${character}"; letters, digits and the space cannot be delimiters`);
	}
	if (
		character.charCodeAt(0) > 126 ||
		(character === COMPONENT_MARK && name !== 'componentSeparator')
	) {
		throw invalid(name, 'must be a plain ASCII character');
	}
	// X12.6: these would be taken for the data they are part of.
	if (character === '.' || character === '-') {
		throw invalid(name, `is "${character}", which numbers need`);
	}
	return character;
}

const DELIMITERS = [
	'elementSeparator',
	'componentSeparator',
	'repetitionSeparator',
	'segmentTerminator',
] as const;

function readDelimiters(reader: Reader, raw: Raw, release: X12Release): Delimiters {
	const delimiters = {
		element: readDelimiter(reader, raw, 'elementSeparator', '*'),
		component: readDelimiter(reader, raw, 'componentSeparator', '>'),
		repetition: readDelimiter(reader, raw, 'repetitionSeparator', '^'),
		segment: readDelimiter(reader, raw, 'segmentTerminator', '~'),
	};
	const names = {
		element: 'elementSeparator',
		component: 'componentSeparator',
		repetition: 'repetitionSeparator',
		segment: 'segmentTerminator',
	} as const;
	const seen = new Map<string, string>();
	for (const key of ['element', 'component', 'repetition', 'segment'] as const) {
		if (key === 'repetition' && release === '004010') continue;
		const other = seen.get(delimiters[key]);
		if (other !== undefined) {
			throw invalid(
				names[key],
				`is the same character as "${other}": ${JSON.stringify(delimiters[key])}`,
			);
		}
		seen.set(delimiters[key], names[key]);
	}
	return delimiters;
}

const USAGE = { test: 'T', production: 'P', information: 'I' } as const;
const SUFFIX = { none: '', lf: '\n', crlf: '\r\n' } as const;
const REPERTOIRES = { basic: BASIC, extended: EXTENDED, utf8: UTF8 } as const;

function readDefaults(raw: unknown): ReadonlyMap<string, string> {
	if (raw === undefined || raw === null || raw === '') return new Map();
	if (typeof raw !== 'object' || Array.isArray(raw))
		throw invalid('defaults', 'is not an object of paths and texts');
	return new Map(
		Object.entries(raw).map(([path, value]) => {
			if (typeof value !== 'string' && typeof value !== 'number') {
				throw invalid('defaults', `has no text for "${path}"`);
			}
			const problem = defaultPathProblem(path);
			if (problem !== undefined) throw invalid('defaults', `cannot be used: ${problem}`);
			return [path, String(value)];
		}),
	);
}

function checkIds(profile: X12Profile): void {
	if (profile.pickDelimiters) return;
	const { element, component, segment } = profile.delimiters;
	for (const name of [
		'senderId',
		'receiverId',
		'senderApplicationId',
		'receiverApplicationId',
	] as const) {
		const found = [element, component, segment].find((delimiter) =>
			profile[name].includes(delimiter),
		);
		if (found !== undefined) throw invalid(name, `has the delimiter "${found}" in it`);
	}
}

/** Reads and checks every setting once; raises `X12_INVALID_OPTION` naming the setting. */
export function normalizeX12Profile(raw: Raw): X12Profile {
	for (const name of Object.keys(raw)) {
		if (!Object.hasOwn(KNOWN, name)) throw invalid(name, 'is not a setting of the X12 profile');
	}
	const reader = new Reader(raw);
	const release = reader.choice('release', X12_RELEASES, '004010');
	const senderId = reader.sized('senderId', '', 1, 15);
	const receiverId = reader.sized('receiverId', '', 1, 15);
	const interchangeVersion = reader.sized('interchangeVersion', `${release.slice(0, 5)}`, 5, 5);
	if (!/^\d{5}$/.test(interchangeVersion))
		throw invalid('interchangeVersion', 'must be five digits');
	const delimiterInData = reader.choice(
		'delimiterInData',
		['replace', 'reject', 'pick'],
		'replace',
	);
	const characterSet = reader.choice('characterSet', ['basic', 'extended', 'utf8'], 'extended');
	const replacement =
		raw['replacementCharacter'] === undefined ? ' ' : String(raw['replacementCharacter']);
	const names = ruleNames();
	const profile: X12Profile = {
		partner: reader.text('partner', receiverId),
		release,
		interchangeVersion,
		groupVersion: reader.sized('groupVersion', release, 1, 12),
		senderQualifier: reader.fromList('senderQualifier', 'I05', 'ZZ'),
		senderId,
		receiverQualifier: reader.fromList('receiverQualifier', 'I05', 'ZZ'),
		receiverId,
		senderApplicationId: reader.sized('senderApplicationId', senderId, 2, 15),
		receiverApplicationId: reader.sized('receiverApplicationId', receiverId, 2, 15),
		authorizationQualifier: reader.fromList('authorizationQualifier', 'I01', '00'),
		authorizationInformation: reader.sized('authorizationInformation', '', 0, 10),
		securityQualifier: reader.fromList('securityQualifier', 'I03', '00'),
		securityInformation: reader.sized('securityInformation', '', 0, 10),
		usage: USAGE[reader.choice('usage', ['test', 'production', 'information'], 'test')],
		acknowledgmentRequested: reader.flag('acknowledgmentRequested', false),
		groupDateFormat: reader.choice('groupDateFormat', ['CCYYMMDD', 'YYMMDD'], 'CCYYMMDD'),
		groupTimeFormat: reader.choice('groupTimeFormat', ['HHMM', 'HHMMSS'], 'HHMM'),
		delimiters: readDelimiters(reader, raw, release),
		pickDelimiters: delimiterInData === 'pick',
		suffix: SUFFIX[reader.choice('segmentSuffix', ['none', 'lf', 'crlf'], 'none')],
		delimiterInData,
		mayPickForIdentifiers: delimiterInData === 'replace' && !DELIMITERS.some((name) => raw[name]),
		repertoire: REPERTOIRES[characterSet],
		encoding: characterSet === 'utf8' ? 'utf8' : 'ascii',
		charactersOutside: reader.choice(
			'charactersOutside',
			['transliterate', 'replace', 'reject'],
			'transliterate',
		),
		replacementCharacter: replacement,
		identifierPolicy: reader.choice('identifierPolicy', IDENTIFIER_POLICIES, 'reject'),
		longText: reader.choice('longText', ['reject', 'cut'], 'reject'),
		creditNoteAmounts: reader.choice('creditNoteAmounts', ['positive', 'negative'], 'positive'),
		invoiceTypeCode: reader.code('invoiceTypeCode', '', 2, 2),
		creditNoteTypeCode: reader.code('creditNoteTypeCode', 'CR', 2, 2),
		orderTypeCode: reader.code('orderTypeCode', 'SA', 2, 2),
		ownNumberQualifier: reader.code('ownNumberQualifier', 'VV', 2, 3),
		glAccountQualifier: reader.code('glAccountQualifier', 'GZ', 2, 3),
		costCenterQualifier: reader.code('costCenterQualifier', 'CA', 2, 3),
		costUnitQualifier: reader.code('costUnitQualifier', '', 2, 3),
		projectQualifier: reader.code('projectQualifier', '', 2, 3),
		partyQualifier: reader.code('partyQualifier', '92', 1, 2),
		remittanceInvoiceQualifier: reader.code('remittanceInvoiceQualifier', 'IV', 2, 3),
		remittanceCreditQualifier: reader.code('remittanceCreditQualifier', 'IV', 2, 3),
		omitSegments: reader.names('omitSegments', names.omittable),
		sendSegments: reader.names('sendSegments', names.optional),
		codeMaps: readCodeMaps(raw['codeMaps']),
		defaults: readDefaults(raw['defaults']),
		extraSegments: readExtraSegments(raw['extraSegments']),
	};
	checkReplacement(profile);
	checkProfileCodes(profile);
	checkIds(profile);
	checkExtras(profile.extraSegments, MAPPINGS, release);
	return profile;
}

function checkReplacement(profile: X12Profile): void {
	const { replacementCharacter, delimiters, repertoire } = profile;
	if (replacementCharacter.length > 1)
		throw invalid('replacementCharacter', 'is more than one character');
	if (replacementCharacter === '') return;
	if (!repertoire.allows(replacementCharacter.charCodeAt(0))) {
		throw invalid(
			'replacementCharacter',
			`"${replacementCharacter}" is not in the ${repertoire.name} character set`,
		);
	}
	if (!profile.pickDelimiters && Object.values(delimiters).includes(replacementCharacter)) {
		throw invalid('replacementCharacter', `"${replacementCharacter}" is a delimiter`);
	}
}

function readExtraSegments(raw: unknown): X12Profile['extraSegments'] {
	if (raw === undefined || raw === null || raw === '') return [];
	if (!Array.isArray(raw)) throw invalid('extraSegments', 'is not a list');
	return raw.map((entry: unknown, index) => {
		const settings = (typeof entry === 'object' && entry !== null ? entry : {}) as Raw;
		const text = (name: string): string =>
			typeof settings[name] === 'string' ? settings[name] : '';
		return parseExtraSegment(
			{
				transactionSet: text('transactionSet'),
				level: text('level') as 'header' | 'line' | 'summary',
				template: text('template'),
				condition: text('condition'),
				within: text('within'),
			},
			index,
		);
	});
}
