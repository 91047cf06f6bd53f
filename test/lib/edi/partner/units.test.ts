import { commonUnit } from '../../../../lib/edi/partner';

test.each([
	['stuks', 'EA', 'PCE'],
	['Stück', 'EA', 'PCE'],
	['pièce', 'EA', 'PCE'],
	['uren', 'HR', 'HUR'],
	['Stunden', 'HR', 'HUR'],
	['dozijn', 'DZ', 'DZN'],
	['dozen', 'DZ', 'DZN'],
	['ton', 'MP', 'TNE'],
	[' KM ', 'DK', 'KMT'],
])('%s has a code in both standards', (name, x12, edifact) => {
	expect(commonUnit('x12', name)).toBe(x12);
	expect(commonUnit('edifact', name)).toBe(edifact);
});

test('a unit that nobody knows has none', () => {
	expect(commonUnit('x12', 'snorf')).toBeUndefined();
	expect(commonUnit('edifact', 'constructor')).toBeUndefined();
});
