import { CoreError } from '../../errors';
import { isAbsent, isRecord, ownValue } from '../../text';
import { hasGlnCheckDigit } from '../../documents';
import { defaultPathProblem, IDENTIFIER_POLICIES, readCodeMaps } from '../partner';
import { characterSetNames, charsetOf } from './characterSets';
import { directories } from './directory';
import type { ExtraSegmentSettings } from './extraSegment';
import { readExtraSegment } from './extraSegments';
import { mappingRows, messageOf } from './mapping';
import type { EdifactProfile, EdifactProfileSettings } from './profile';
import { separatorsOf } from './release';
import type { ServiceString } from './serviceString';

type Raw = Readonly<Record<string, unknown>>;

function invalid(name: string, problem: string): CoreError {
	return new CoreError(
		'EDIFACT_INVALID_OPTION',
		`The EDIFACT setting ${name} cannot be used: ${problem}`,
		{
			path: name,
		},
	);
}

function readText(raw: Raw, name: string, fallback: string, max: number): string {
	const value = raw[name];
	if (isAbsent(value)) return fallback;
	if (typeof value !== 'string' && typeof value !== 'number')
		throw invalid(name, 'it must be text');
	const text = String(value).trim();
	if (text.length > max) {
		throw invalid(name, `"${text}" has ${text.length} characters, at most ${max} are possible`);
	}
	return text;
}

function readRequired(raw: Raw, name: string, max: number): string {
	const text = readText(raw, name, '', max);
	if (text === '') throw invalid(name, 'it is missing');
	return text;
}

function readChoice<Choice extends string | number>(
	raw: Raw,
	name: string,
	choices: readonly Choice[],
	fallback: Choice,
): Choice {
	const value = raw[name];
	if (isAbsent(value)) return fallback;
	const found = choices.find((choice) => choice === value || String(choice) === value);
	if (found === undefined) {
		throw invalid(name, `"${String(value)}" is not one of ${choices.join(', ')}`);
	}
	return found;
}

function readFlag(raw: Raw, name: string): boolean {
	const value = raw[name];
	if (isAbsent(value)) return false;
	if (typeof value !== 'boolean') throw invalid(name, 'it must be true or false');
	return value;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };

function readCharacter(raw: Raw, name: string, fallback: string): string {
	const value = raw[name];
	if (isAbsent(value)) return fallback;
	if (typeof value !== 'string') throw invalid(name, 'it must be one character');
	const hex = /^\\x([0-9a-f]{2})$/i.exec(value)?.[1];
	const character =
		hex === undefined
			? (ownValue(ESCAPES, value) ?? value)
			: String.fromCharCode(parseInt(hex, 16));
	if (character.length !== 1) throw invalid(name, `"${value}" is not one character`);
	if (/[A-Za-z0-9 ]/.test(character)) {
		throw invalid(name, `"${character}" is a letter, a digit or a space, which data is full of`);
	}
	if (character.charCodeAt(0) > 0x7e)
		throw invalid(name, `"${value}" is not a plain ASCII character`);
	return character;
}

function readServiceString(raw: Raw, syntaxVersion: 3 | 4): ServiceString {
	const service: ServiceString = {
		component: readCharacter(raw, 'componentSeparator', ':'),
		element: readCharacter(raw, 'elementSeparator', '+'),
		decimalMark: readChoice(raw, 'decimalMark', ['.', ','], '.'),
		release: readCharacter(raw, 'releaseCharacter', '?'),
		repetition: syntaxVersion === 4 ? readCharacter(raw, 'repetitionSeparator', '*') : undefined,
		segment: readCharacter(raw, 'segmentTerminator', "'"),
	};
	const separators = separatorsOf(service);
	const twice = separators.find((character, index) => separators.indexOf(character) !== index);
	if (twice !== undefined) {
		const names =
			'componentSeparator, elementSeparator, releaseCharacter, segmentTerminator and repetitionSeparator';
		throw invalid(
			'elementSeparator',
			`${JSON.stringify(twice)} is used twice; ${names} must be different characters`,
		);
	}
	if (separators.some((character) => '.,-'.includes(character))) {
		throw invalid(
			'decimalMark',
			'a separator must not be a point, a comma or a minus, which numbers hold',
		);
	}
	return service;
}

function readNames(raw: Raw, name: string): ReadonlySet<string> {
	const value = raw[name];
	if (isAbsent(value)) return new Set();
	const list = typeof value === 'string' ? value.split(',') : value;
	if (!Array.isArray(list)) throw invalid(name, 'it must be a list of texts');
	return new Set(list.map((entry) => String(entry).trim()).filter((entry) => entry !== ''));
}

/** Names of the mapping reference: a misspelt one would leave out, or send, nothing. */
function readSegmentNames(raw: Raw, name: string, sentByDefault: boolean): ReadonlySet<string> {
	const known = new Set(
		Object.values(messageOf)
			.flatMap(mappingRows)
			.filter((row) => row.sentByDefault === sentByDefault)
			.map((row) => row.name),
	);
	const names = readNames(raw, name);
	for (const one of names) {
		if (!known.has(one)) {
			throw invalid(
				name,
				`there is no segment "${one}" to name; known are ${[...known].join(', ')}`,
			);
		}
	}
	return names;
}

function readDefaults(raw: Raw): ReadonlyMap<string, string> {
	const value = raw['defaults'];
	if (isAbsent(value)) return new Map();
	if (!isRecord(value))
		throw invalid('defaults', 'it must be an object of document paths and texts');
	const pairs = Object.entries(value).map(([path, text]) => {
		if (typeof text !== 'string' && typeof text !== 'number') {
			throw invalid(`defaults.${path}`, 'it must be text');
		}
		const problem = defaultPathProblem(path);
		if (problem !== undefined) throw invalid(`defaults.${path}`, problem);
		return [path.replaceAll('[]', ''), String(text)] as const;
	});
	return new Map(pairs);
}

function readExtraSettings(raw: Raw): readonly ExtraSegmentSettings[] {
	const value = raw['extraSegments'];
	if (isAbsent(value)) return [];
	if (!Array.isArray(value)) throw invalid('extraSegments', 'it must be a list');
	return value.map((entry: unknown, index) => {
		if (!isRecord(entry) || typeof entry['template'] !== 'string' || entry['template'] === '') {
			throw invalid(`extraSegments[${index}]`, 'it needs a template, such as RFF+CT:{ownNumber}');
		}
		const text = (name: string): string => (isAbsent(entry[name]) ? '' : String(entry[name]));
		return {
			message: text('message'),
			level: (text('level') || 'header') as ExtraSegmentSettings['level'],
			template: entry['template'],
			condition: text('condition'),
			...(text('within') === '' ? {} : { within: text('within') }),
		};
	});
}

/** Every setting there is: anything else is a misspelt one. */
const NAMES: Readonly<Record<keyof EdifactProfileSettings, true>> = {
	partner: true,
	release: true,
	syntaxVersion: true,
	characterSet: true,
	senderQualifier: true,
	receiverQualifier: true,
	senderId: true,
	receiverId: true,
	senderInternalId: true,
	receiverInternalId: true,
	recipientReference: true,
	applicationReference: true,
	priority: true,
	agreementId: true,
	associationCode: true,
	usage: true,
	acknowledgmentRequested: true,
	groups: true,
	senderApplicationId: true,
	receiverApplicationId: true,
	componentSeparator: true,
	elementSeparator: true,
	releaseCharacter: true,
	segmentTerminator: true,
	repetitionSeparator: true,
	decimalMark: true,
	serviceStringAdvice: true,
	segmentSuffix: true,
	charactersOutside: true,
	replacementCharacter: true,
	identifierPolicy: true,
	longText: true,
	invoiceTypeCode: true,
	creditNoteTypeCode: true,
	orderTypeCode: true,
	remittanceTypeCode: true,
	creditNoteAmounts: true,
	remittanceCreditAmounts: true,
	ownNumberQualifier: true,
	glAccountQualifier: true,
	costCenterQualifier: true,
	costUnitQualifier: true,
	projectQualifier: true,
	supplierAgency: true,
	buyerAgency: true,
	gtinType: true,
	reverseChargeCategory: true,
	reverseChargeText: true,
	omitSegments: true,
	sendSegments: true,
	codeMaps: true,
	additionalCodes: true,
	defaults: true,
	extraSegments: true,
};

const SUFFIXES = { none: '', lf: '\n', crlf: '\r\n' } as const;
const IS_DEFAULT = /^:\+\.\?[ *]'$/;

/** `14` says GLN (0007); any other ID needs a qualifier of its own, or none. */
function qualifierFor(raw: Raw, name: string, id: string): string {
	return readText(raw, name, hasGlnCheckDigit(id) ? '14' : '', 4);
}

/** Reads and checks every setting; raises EDIFACT_INVALID_OPTION naming the first that is wrong. */
export function normalizeEdifactProfile(raw: Raw): EdifactProfile {
	for (const name of Object.keys(raw)) {
		if (!Object.hasOwn(NAMES, name)) throw invalid(name, 'there is no such setting');
	}
	const release = readChoice(raw, 'release', directories, 'D.96A');
	const syntaxVersion = readChoice(raw, 'syntaxVersion', [3, 4] as const, 3);
	const characterSet = readChoice(raw, 'characterSet', characterSetNames, 'UNOC');
	const charset = charsetOf(characterSet);
	const serviceString = readServiceString(raw, syntaxVersion);
	const replacementCharacter =
		raw['replacementCharacter'] === undefined ? ' ' : String(raw['replacementCharacter']);
	for (const character of replacementCharacter) {
		if (charset.repertoire.allows(character.codePointAt(0) ?? 0)) continue;
		throw invalid('replacementCharacter', `"${character}" is not in ${characterSet} itself`);
	}
	const senderId = readRequired(raw, 'senderId', 35);
	const receiverId = readRequired(raw, 'receiverId', 35);
	const priority = readText(raw, 'priority', '', 1);
	if (!/^[A-Z]?$/.test(priority))
		throw invalid('priority', `"${priority}" is not a capital letter`);
	const {
		component,
		element,
		decimalMark,
		release: releaseCharacter,
		repetition,
		segment,
	} = serviceString;
	const isDefault = IS_DEFAULT.test(
		`${component}${element}${decimalMark}${releaseCharacter}${repetition ?? ' '}${segment}`,
	);
	const additionalCodes = readNames(raw, 'additionalCodes');
	const codeMaps = readCodeMaps(raw['codeMaps']);
	const reverseChargeCategory = readText(raw, 'reverseChargeCategory', 'B', 3);
	// What a person mapped on purpose is agreed with the partner, though the directory lacks it.
	const agreed = new Set([
		...additionalCodes,
		...[...codeMaps.vatCodes.values(), reverseChargeCategory].map((category) => `5305:${category}`),
		...[...codeMaps.paymentTerms.values()].map((type) => `4279:${type}`),
		...[...codeMaps.parties.values()].map(({ qualifier }) => `3055:${qualifier}`),
	]);
	return {
		partner: readText(raw, 'partner', receiverId, 60),
		release,
		syntaxVersion,
		characterSet,
		charset,
		senderQualifier: qualifierFor(raw, 'senderQualifier', senderId),
		senderId,
		senderInternalId: readText(raw, 'senderInternalId', '', syntaxVersion === 3 ? 14 : 35),
		receiverQualifier: qualifierFor(raw, 'receiverQualifier', receiverId),
		receiverId,
		receiverInternalId: readText(raw, 'receiverInternalId', '', syntaxVersion === 3 ? 14 : 35),
		recipientReference: readText(raw, 'recipientReference', '', 14),
		applicationReference: readText(raw, 'applicationReference', '', 14),
		priority,
		agreementId: readText(raw, 'agreementId', '', 35),
		associationCode: readText(raw, 'associationCode', '', 6),
		usage: readChoice(raw, 'usage', ['test', 'production'], 'test') === 'test' ? 'T' : 'P',
		acknowledgmentRequested: readFlag(raw, 'acknowledgmentRequested'),
		groups: readFlag(raw, 'groups'),
		senderApplicationId: readText(raw, 'senderApplicationId', senderId, 35),
		receiverApplicationId: readText(raw, 'receiverApplicationId', receiverId, 35),
		serviceString,
		sendServiceString:
			readChoice(raw, 'serviceStringAdvice', ['always', 'whenNeeded'], 'always') === 'always' ||
			!isDefault,
		suffix: SUFFIXES[readChoice(raw, 'segmentSuffix', ['none', 'lf', 'crlf'] as const, 'none')],
		charactersOutside: readChoice(
			raw,
			'charactersOutside',
			['transliterate', 'replace', 'reject'] as const,
			'transliterate',
		),
		replacementCharacter,
		identifierPolicy: readChoice(raw, 'identifierPolicy', IDENTIFIER_POLICIES, 'reject'),
		longText: readChoice(raw, 'longText', ['reject', 'cut'] as const, 'reject'),
		invoiceTypeCode: readText(raw, 'invoiceTypeCode', '380', 3),
		creditNoteTypeCode: readText(raw, 'creditNoteTypeCode', '381', 3),
		orderTypeCode: readText(raw, 'orderTypeCode', '220', 3),
		remittanceTypeCode: readText(raw, 'remittanceTypeCode', '481', 3),
		creditNoteAmounts: readChoice(
			raw,
			'creditNoteAmounts',
			['positive', 'negative'] as const,
			'positive',
		),
		remittanceCreditAmounts: readChoice(
			raw,
			'remittanceCreditAmounts',
			['positive', 'negative'] as const,
			'positive',
		),
		ownNumberQualifier: readQualifier(raw, 'ownNumberQualifier', 'ABO'),
		glAccountQualifier: readQualifier(raw, 'glAccountQualifier', 'ADE'),
		costCenterQualifier: readQualifier(raw, 'costCenterQualifier', 'CR'),
		costUnitQualifier: readQualifier(raw, 'costUnitQualifier', ''),
		projectQualifier: readQualifier(raw, 'projectQualifier', ''),
		supplierAgency: readText(raw, 'supplierAgency', '92', 3),
		buyerAgency: readText(raw, 'buyerAgency', '92', 3),
		gtinType: readText(raw, 'gtinType', release === 'D.96A' ? 'EN' : 'SRV', 3),
		reverseChargeCategory,
		reverseChargeText: readText(raw, 'reverseChargeText', 'Reverse charge', 70),
		omitSegments: readSegmentNames(raw, 'omitSegments', true),
		sendSegments: readSegmentNames(raw, 'sendSegments', false),
		codeMaps,
		additionalCodes: agreed,
		defaults: readDefaults(raw),
		extraSegments: readExtraSettings(raw).map((settings, index) =>
			readExtraSegment(settings, release, agreed, `extraSegments[${index}]`),
		),
	};
}

/** An empty text switches a reference off, which is not the same as not saying anything. */
function readQualifier(raw: Raw, name: string, fallback: string): string {
	return raw[name] === '' ? '' : readText(raw, name, fallback, 3);
}
