import { hasGlnCheckDigit } from '../../documents';
import {
	SEGMENT_SUFFIXES,
	readCodeMaps,
	readDefaults,
	readSettings,
	withBase,
	withDefaultsOf,
} from '../partner';
import type { RawSettings, ReadSettings, Setting } from '../partner';
import { charsetOf } from './characterSets';
import { messageSchema } from './directory';
import { readGuideline, readGuidelineBase, readShortForms } from '../mapping';
import { EANCOM } from './guidelines';
import { segmentNames } from './mapping';
import type { EdifactProfile } from './profile';
import { separatorsOf } from './release';
import type { ServiceString } from './serviceString';
import { EDIFACT_SETS } from './setSyntax';
import { EDIFACT_SETTINGS, problems } from './settings';

type Values = ReadSettings<typeof EDIFACT_SETTINGS>;

function readServiceString(values: Values): ServiceString {
	const service: ServiceString = {
		component: values.componentSeparator,
		element: values.elementSeparator,
		decimalMark: values.decimalMark,
		release: values.releaseCharacter,
		repetition: values.syntaxVersion === 4 ? values.repetitionSeparator : undefined,
		segment: values.segmentTerminator,
	};
	const separators = separatorsOf(service);
	const twice = separators.find((character, index) => separators.indexOf(character) !== index);
	if (twice !== undefined) {
		throw problems.invalid(
			'elementSeparator',
			`cannot be used: ${JSON.stringify(twice)} is used twice; separators, terminator and release character must be different characters`,
		);
	}
	if (separators.some((character) => '.,-'.includes(character))) {
		throw problems.invalid(
			'decimalMark',
			'cannot be used: a separator must not be a point, a comma or a minus, which numbers hold',
		);
	}
	return service;
}

const IS_DEFAULT = /^:\+\.\?[ *]'$/;

/** `14` says GLN (0007); any other ID needs a qualifier of its own, or none. */
function qualifierFor(given: string, id: string): string {
	return given || (hasGlnCheckDigit(id) ? '14' : '');
}

/** An ID that is said to be a GLN must check. */
function checkGln(name: 'senderId' | 'receiverId', id: string, qualifier: string): void {
	if (qualifier !== '14' || hasGlnCheckDigit(id)) return;
	throw problems.invalid(
		name,
		`is "${id}", which is no GLN (13 digits with a correct check digit), though its qualifier is 14`,
	);
}

/** UNB 0008 and 0014 have fourteen characters up to syntax 3. */
const SYNTAX_3_INTERNAL_ID = 14;

function checkInternalIds(values: Values): void {
	if (values.syntaxVersion !== 3) return;
	for (const name of ['senderInternalId', 'receiverInternalId'] as const) {
		const { length } = values[name];
		if (length <= SYNTAX_3_INTERNAL_ID) continue;
		throw problems.invalid(
			name,
			`must have 0 to ${SYNTAX_3_INTERNAL_ID} characters; "${values[name]}" has ${length}`,
		);
	}
}

/** Codes that settings bring into every document, by the directory, before there is a document. */
function checkCodes(profile: EdifactProfile): void {
	const segments = messageSchema('INVOIC', profile.release)?.segments ?? {};
	for (const [name, row] of Object.entries<Setting>(EDIFACT_SETTINGS)) {
		if (row.type !== 'code' || row.listOf === undefined) continue;
		const [tag, element, component = 1] = row.listOf;
		const place = segments[tag]?.elements[element - 1];
		const spec = place?.components?.[component - 1] ?? place;
		const code = String(profile[name as keyof EdifactProfile]);
		if (code === '' || spec?.codes === undefined || spec.codes.has(code)) continue;
		if (profile.additionalCodes.has(`${spec.id}:${code}`)) continue;
		throw problems.invalid(
			name,
			`is "${code}", which is none of the codes of ${spec.id} in ${profile.release}; use one of them, or name it under 'Additional Codes' as ${spec.id}:${code}`,
		);
	}
}

/** Reads and checks every setting; raises EDIFACT_INVALID_OPTION naming the first that is wrong. */
export function normalizeEdifactProfile(raw: RawSettings): EdifactProfile {
	const base = readGuidelineBase(raw['guideline'], EANCOM, EDIFACT_SETTINGS);
	const values = readSettings(withBase(base.envelope, raw), EDIFACT_SETTINGS, problems);
	const { release, characterSet, replacementCharacter, senderId, receiverId } = values;
	const charset = charsetOf(characterSet);
	const serviceString = readServiceString(values);
	for (const character of replacementCharacter) {
		if (charset.repertoire.allows(character.codePointAt(0) ?? 0)) continue;
		throw problems.invalid(
			'replacementCharacter',
			`"${character}" is not in the ${characterSet} character set`,
		);
	}
	checkInternalIds(values);
	const { component, element, decimalMark, repetition, segment } = serviceString;
	const isDefault = IS_DEFAULT.test(
		`${component}${element}${decimalMark}${serviceString.release}${repetition ?? ' '}${segment}`,
	);
	const codeMaps = readCodeMaps(values.codeMaps);
	// What a person mapped on purpose is agreed with the partner, though the directory lacks it.
	const agreed = new Set([
		...values.additionalCodes,
		...[...codeMaps.vatCodes.values(), values.reverseChargeCategory].map((code) => `5305:${code}`),
		...[...codeMaps.paymentTerms.values()].map((type) => `4279:${type}`),
		...[...codeMaps.parties.values()].map(({ qualifier }) => `3055:${qualifier}`),
	]);
	const short = readShortForms(values, agreed, segmentNames, problems, {
		set: 'message',
		example: 'RFF+CT:{ownNumber}',
	});
	const withoutGuideline: Omit<EdifactProfile, 'guideline'> = {
		...values,
		partner: values.partner || receiverId,
		charset,
		senderQualifier: qualifierFor(values.senderQualifier, senderId),
		receiverQualifier: qualifierFor(values.receiverQualifier, receiverId),
		senderApplicationId: values.senderApplicationId || senderId,
		receiverApplicationId: values.receiverApplicationId || receiverId,
		usage: values.usage === 'test' ? 'T' : 'P',
		serviceString,
		sendServiceString: values.serviceStringAdvice === 'always' || !isDefault,
		suffix: SEGMENT_SUFFIXES[values.segmentSuffix],
		gtinType: values.gtinType || (release === 'D.96A' ? 'EN' : 'SRV'),
		codeMaps,
		additionalCodes: agreed,
		defaults: readDefaults(withDefaultsOf(base.defaults, values.defaults), problems),
	};
	const guideline = readGuideline({
		raw: values.guideline,
		short,
		syntax: EDIFACT_SETS,
		standard: 'EDIFACT',
		release,
		// Rules look at settings only.
		profile: withoutGuideline as EdifactProfile,
		shipped: EANCOM,
	});
	const profile: EdifactProfile = {
		...withoutGuideline,
		additionalCodes: guideline.codes,
		guideline,
	};
	checkGln('senderId', senderId, profile.senderQualifier);
	checkGln('receiverId', receiverId, profile.receiverQualifier);
	checkCodes(profile);
	return profile;
}
