import { lookUp, lookUpParty, readCodeMaps } from '../../../../lib/edi/partner/codeMaps';

test('objects and lists are read alike; case and blanks do not matter', () => {
	const fromObject = readCodeMaps({ units: { Stuk: 'EA' } });
	const fromList = readCodeMaps({ units: [{ from: ' stuk ', to: ' EA ' }] });
	for (const maps of [fromObject, fromList]) {
		expect(lookUp(maps.units, ' STUK')).toBe('EA');
		expect(lookUp(maps.units, 'doos')).toBeUndefined();
		expect(lookUp(maps.units, undefined)).toBeUndefined();
	}
	expect(lookUp(readCodeMaps({ vatCodes: [{ from: 2, to: 'VA' }] }).vatCodes, '2')).toBe('VA');
	expect(readCodeMaps(undefined).units.size).toBe(0);
});

test('a party is found by its code, its GLN, then its VAT number', () => {
	const { parties } = readCodeMaps({
		parties: {
			NL001: { qualifier: '1', id: 'by VAT' },
			'8712345000004': { qualifier: '9', id: 'by GLN' },
			'60032': { qualifier: '92', id: 'by code' },
		},
	});
	expect(lookUpParty(parties, { code: '60032', gln: '8712345000004' })?.id).toBe('by code');
	expect(lookUpParty(parties, { code: 'x', gln: '8712345000004', vatNumber: 'NL001' })?.id).toBe(
		'by GLN',
	);
	expect(lookUpParty(parties, { vatNumber: 'nl001' })?.qualifier).toBe('1');
	expect(lookUpParty(parties, { code: 'x' })).toBeUndefined();
});

test.each([
	['text', 'EA'],
	['a list', []],
	['an unknown map', { unit: {} }],
	['an empty target', { units: { stuk: ' ' } }],
	['a target that is an object', { units: { stuk: {} } }],
	['a row without from', { vatCodes: [{ to: 'VA' }] }],
	['a party without qualifier', { parties: { a: { id: '1' } } }],
	['a map that is text', { paymentTerms: '30' }],
])('%s is refused by name', (_name, raw) => {
	expect(() => readCodeMaps(raw)).toThrow(
		expect.objectContaining({
			code: 'SYNTAX_INVALID_CODE_MAP',
			path: expect.stringContaining('codeMaps') as string,
		}),
	);
});
