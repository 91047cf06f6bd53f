import { edifactEncoder, characterSetNames, charsetOf } from '../../../../lib/edi/edifact';
import { settings } from './documents';
import { profileOf } from './encode';

function failure(raw: Readonly<Record<string, unknown>>): unknown {
	try {
		edifactEncoder.normalizeProfile(raw);
	} catch (error) {
		const { code, path, message } = error as { code: string; path: string; message: string };
		return { code, path, message };
	}
	return 'accepted';
}

test('two IDs are enough', () => {
	expect(profileOf()).toMatchObject({
		partner: '4012345000009',
		release: 'D.96A',
		syntaxVersion: 3,
		characterSet: 'UNOC',
		senderQualifier: '14',
		receiverQualifier: '14',
		usage: 'T',
		acknowledgmentRequested: false,
		groups: false,
		serviceString: { component: ':', element: '+', decimalMark: '.', release: '?', segment: "'" },
		suffix: '',
		glAccountQualifier: 'ADE',
		costCenterQualifier: 'CR',
		gtinType: 'EN',
	});
});

test('a qualifier says GLN only of a GLN', () => {
	expect(profileOf({ receiverId: '4012345000008' }).receiverQualifier).toBe('');
	expect(profileOf({ receiverId: 'ACME', receiverQualifier: 'ZZZ' }).receiverQualifier).toBe('ZZZ');
});

test('an empty qualifier switches a reference off', () => {
	expect(profileOf({ glAccountQualifier: '' }).glAccountQualifier).toBe('');
});

test.each([
	['senderId', { senderId: '' }],
	['receiverId', { receiverId: undefined }],
	['senderId', { senderId: 'x'.repeat(36) }],
	['reciever', { reciever: 'x' }],
	['release', { release: 'D.03B' }],
	['syntaxVersion', { syntaxVersion: 5 }],
	['characterSet', { characterSet: 'UNOX' }],
	['usage', { usage: 'maybe' }],
	['acknowledgmentRequested', { acknowledgmentRequested: 'yes' }],
	['priority', { priority: '1' }],
	['associationCode', { associationCode: 'EAN0008' }],
	['componentSeparator', { componentSeparator: '::' }],
	['elementSeparator', { elementSeparator: 'X' }],
	['elementSeparator', { elementSeparator: ' ' }],
	['elementSeparator', { elementSeparator: ':' }],
	['elementSeparator', { releaseCharacter: "'" }],
	['elementSeparator', { syntaxVersion: 4, repetitionSeparator: '+' }],
	['segmentTerminator', { segmentTerminator: 'é' }],
	['decimalMark', { elementSeparator: ',' }],
	['decimalMark', { decimalMark: ';' }],
	['replacementCharacter', { characterSet: 'UNOA', replacementCharacter: '#' }],
	['defaults', { defaults: 'x' }],
	['defaults.lines.unit', { defaults: { 'lines.unit': {} } }],
	['omitSegments', { omitSegments: 5 }],
	['extraSegments', { extraSegments: {} }],
	['extraSegments[0]', { extraSegments: [{ level: 'header' }] }],
])('%s is refused by name', (path, more) => {
	expect(failure({ ...settings, ...more })).toMatchObject({
		code: 'EDIFACT_INVALID_OPTION',
		path,
		message: expect.stringContaining(path) as unknown,
	});
});

test('control characters may be written as escapes', () => {
	const profile = profileOf({
		segmentTerminator: '\\n',
		elementSeparator: '\\x1d',
		componentSeparator: '\\t',
	});
	expect(profile.serviceString).toMatchObject({
		segment: '\n',
		element: '\u001d',
		component: '\t',
	});
});

describe('character sets', () => {
	test.each(characterSetNames)('%s encodes what it allows, and decodes to the same', (name) => {
		const { repertoire, encode, encoding } = charsetOf(name);
		let text = '';
		for (let codePoint = 0x20; codePoint < 0x2100; codePoint += 1) {
			if (repertoire.allows(codePoint)) text += String.fromCodePoint(codePoint);
		}
		expect(new TextDecoder(encoding).decode(encode(text))).toBe(text);
		if (!['UNOY'].includes(name)) expect(encode(text)).toHaveLength(text.length);
	});

	test('levels A and B hold plain letters only', () => {
		const allows = (name: 'UNOA' | 'UNOB', text: string): boolean[] =>
			[...text].map((character) =>
				charsetOf(name).repertoire.allows(character.codePointAt(0) ?? 0),
			);
		expect(allows('UNOA', 'Aa1@é')).toEqual([true, false, true, false, false]);
		expect(allows('UNOB', 'Aa1@é')).toEqual([true, true, true, false, false]);
	});

	test.each([
		['UNOC', 'é', 0xe9],
		['UNOD', 'ł', 0xb3],
		['UNOE', 'Ж', 0xb6],
		['UNOF', 'Ω', 0xd9],
		['UNOK', 'ş', 0xfe],
	] as const)('%s writes %s as its ISO 8859 part does', (name, character, byte) => {
		expect([...charsetOf(name).encode(character)]).toEqual([byte]);
	});

	test('the euro sign is in none of the ISO 8859 sets of the standard, and in UTF-8', () => {
		const holders = characterSetNames.filter((name) => charsetOf(name).repertoire.allows(0x20ac));
		expect(holders).toEqual(['UNOY']);
	});
});
