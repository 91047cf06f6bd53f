import { assertDivision, RESOURCES } from '../../../lib/exact';
import { parseCursor } from '../../../lib/exact/cursor';

test.each(['', 'abc', '0', '-5', '12.5', '1234567890'])('%j is no division', (division) => {
	expect(() => assertDivision(division)).toThrow(
		expect.objectContaining({ code: 'EXACT_DIVISION_INVALID', path: 'division' }),
	);
});

test('a division is a number, however it is written', () => {
	expect(assertDivision(' 123456 ')).toBe(123456);
	expect(assertDivision(123456)).toBe(123456);
});

test.each([
	['another division', 'glAccount/999/timestamp/5'],
	['another resource', 'vendor/123456/timestamp/5'],
	['another method', 'glAccount/123456/modified/5'],
	['more than a cursor', 'glAccount/123456/timestamp/5/6'],
	['no number', 'glAccount/123456/timestamp/x'],
])('a cursor of %s is refused, and named', (_words, cursor) => {
	expect(() => parseCursor(cursor, RESOURCES.glAccount, 123456, 'timestamp')).toThrow(
		expect.objectContaining({
			code: 'EXACT_CURSOR_INVALID',
			message: expect.stringContaining(cursor),
		}),
	);
	expect(
		parseCursor('glAccount/123456/timestamp/5', RESOURCES.glAccount, 123456, 'timestamp'),
	).toEqual({ from: '5' });
});
