import {
	SEGMENT_SUFFIXES,
	readCodeMaps,
	readDefaults,
	readSettings,
	withBase,
	withDefaultsOf,
} from '../partner';
import type { RawSettings, ReadSettings } from '../partner';
import { readGuideline, readGuidelineBase, readShortForms } from '../mapping';
import { COMPONENT_MARK } from './components';
import { VICS } from './guidelines';
import { segmentNames } from './mapping';
import type { Delimiters, X12Profile } from './profile';
import { checkProfileCodes } from './profileCodes';
import { BASIC, EXTENDED, UTF8 } from './repertoires';
import { X12_SETS } from './setSyntax';
import { problems, X12_SETTINGS } from './settings';

type Values = ReadSettings<typeof X12_SETTINGS>;

const DELIMITERS = {
	element: 'elementSeparator',
	component: 'componentSeparator',
	repetition: 'repetitionSeparator',
	segment: 'segmentTerminator',
} as const;

type Role = keyof typeof DELIMITERS;

/** X12.6: a point or a minus would be taken for the data it is part of. */
function readDelimiters(values: Values): Delimiters {
	const seen = new Map<string, string>();
	for (const [role, name] of Object.entries(DELIMITERS) as [Role, (typeof DELIMITERS)[Role]][]) {
		const character = values[name];
		if (character === '.' || character === '-') {
			throw problems.invalid(name, `is "${character}", which numbers need`);
		}
		if (character === COMPONENT_MARK && role !== 'component') {
			throw problems.invalid(name, 'must be a plain ASCII character');
		}
		if (role === 'repetition' && values.release === '004010') continue;
		const other = seen.get(character);
		if (other !== undefined) {
			const shown = JSON.stringify(character);
			throw problems.invalid(name, `is the same character as '${other}': ${shown}`);
		}
		seen.set(character, name);
	}
	return {
		element: values.elementSeparator,
		component: values.componentSeparator,
		repetition: values.repetitionSeparator,
		segment: values.segmentTerminator,
	};
}

const USAGE = { test: 'T', production: 'P', information: 'I' } as const;
const REPERTOIRES = { basic: BASIC, extended: EXTENDED, utf8: UTF8 } as const;

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
		if (found !== undefined) throw problems.invalid(name, `has the delimiter "${found}" in it`);
	}
}

/** Reads and checks every setting once; raises `X12_INVALID_OPTION` naming the setting. */
export function normalizeX12Profile(raw: RawSettings): X12Profile {
	const base = readGuidelineBase(raw['guideline'], VICS, X12_SETTINGS);
	const values = readSettings(withBase(base.envelope, raw), X12_SETTINGS, problems);
	const { release, senderId, receiverId, delimiterInData, characterSet } = values;
	const short = readShortForms(values, new Set(), segmentNames, problems, {
		set: 'transactionSet',
		example: 'REF*ZZ*{ownNumber}',
	});
	const separators = Object.values(DELIMITERS);
	const withoutGuideline: Omit<X12Profile, 'guideline'> = {
		...values,
		partner: values.partner || receiverId,
		interchangeVersion: values.interchangeVersion || release.slice(0, 5),
		groupVersion: values.groupVersion || release,
		senderApplicationId: values.senderApplicationId || senderId,
		receiverApplicationId: values.receiverApplicationId || receiverId,
		usage: USAGE[values.usage],
		delimiters: readDelimiters(values),
		pickDelimiters: delimiterInData === 'pick',
		mayPickForIdentifiers: delimiterInData === 'replace' && !separators.some((name) => raw[name]),
		suffix: SEGMENT_SUFFIXES[values.segmentSuffix],
		repertoire: REPERTOIRES[characterSet],
		encoding: characterSet === 'utf8' ? 'utf8' : 'ascii',
		codeMaps: readCodeMaps(values.codeMaps),
		defaults: readDefaults(withDefaultsOf(base.defaults, values.defaults), problems),
	};
	const profile: X12Profile = {
		...withoutGuideline,
		guideline: readGuideline({
			raw: values.guideline,
			short,
			syntax: X12_SETS,
			standard: 'X12',
			release,
			// Rules look at settings only.
			profile: withoutGuideline as X12Profile,
			shipped: VICS,
		}),
	};
	checkApplicationIds(profile);
	checkReplacement(profile);
	checkProfileCodes(profile);
	checkIds(profile);
	return profile;
}

/** GS02 and GS03 have at least two characters, so an ID of one cannot stand for them. */
function checkApplicationIds(profile: X12Profile): void {
	for (const name of ['senderApplicationId', 'receiverApplicationId'] as const) {
		if (profile[name].length > 1) continue;
		throw problems.invalid(
			name,
			`must have 2 to 15 characters; "${profile[name]}" has ${profile[name].length}`,
		);
	}
}

function checkReplacement(profile: X12Profile): void {
	const { replacementCharacter, delimiters, repertoire } = profile;
	if (replacementCharacter.length > 1)
		throw problems.invalid('replacementCharacter', 'is more than one character');
	if (replacementCharacter === '') return;
	if (!repertoire.allows(replacementCharacter.charCodeAt(0))) {
		throw problems.invalid(
			'replacementCharacter',
			`"${replacementCharacter}" is not in the ${repertoire.name} character set`,
		);
	}
	if (!profile.pickDelimiters && Object.values(delimiters).includes(replacementCharacter)) {
		throw problems.invalid('replacementCharacter', `"${replacementCharacter}" is a delimiter`);
	}
}
