import fc from 'fast-check';
import {
	formatInterchangeControlNumber,
	MAX_CONTROL_NUMBER,
	NUMBERS_PER_EXECUTION,
	readControlNumbers,
	takeExecutionNumbers,
} from '../../../../lib/edi/partner/controlNumbers';

const take = (executionId: string, used: number, count: number, offset = 0) =>
	takeExecutionNumbers({ executionId, used, offset }, count);

describe('numbers of an execution', () => {
	test('are its id and an ordinal', () => {
		expect(take('123', 0, 2)).toEqual({ numbers: [123001, 123002], used: 2 });
		expect(take('123', 2, 1)).toEqual({ numbers: [123003], used: 3 });
		expect(take('1000123', 0, 1).numbers).toEqual([123001]);
		expect(take('123', 0, 1, 500_000).numbers).toEqual([500123001]);
		expect(take('999999', 998, 1).numbers).toEqual([MAX_CONTROL_NUMBER]);
		expect(take('1000000', 0, 1).numbers).toEqual([1]);
	});

	test('are counted to the end, and not beyond', () => {
		expect(take('7', 0, NUMBERS_PER_EXECUTION).numbers.at(-1)).toBe(7999);
		expect(() => take('7', NUMBERS_PER_EXECUTION, 1)).toThrow(
			expect.objectContaining({
				code: 'SYNTAX_CONTROL_NUMBER_EXHAUSTED',
				message: 'This execution needs 1000 control numbers; there are 999 for one execution',
			}),
		);
	});

	test.each(['', 'abc', '-1', '1.5', 'unsaved', '0x10'])('cannot be made from the id %j', (id) => {
		expect(() => take(id, 0, 1)).toThrow(
			expect.objectContaining({ code: 'SYNTAX_CONTROL_NUMBER_EXECUTION_ID' }),
		);
	});

	test.each([-1, 0.5, Number.NaN])('cannot be moved by %p', (offset) => {
		expect(() => take('1', 0, 1, offset)).toThrow(
			expect.objectContaining({ code: 'SYNTAX_CONTROL_NUMBER_INVALID' }),
		);
	});

	test('never meet within a million executions', () => {
		fc.assert(
			fc.property(
				fc.nat({ max: 2_000_000_000 }),
				fc.integer({ min: 1, max: 999_999 }),
				fc.integer({ min: 1, max: 999 }),
				fc.nat({ max: 999_999 }),
				(id, distance, count, offset) => {
					const one = take(String(id), 0, count, offset).numbers;
					const other = new Set(take(String(id + distance), 0, 999, offset).numbers);
					expect(one.filter((number) => other.has(number))).toEqual([]);
					expect(new Set(one).size).toBe(count);
					expect(one.every((number) => number >= 1 && number <= MAX_CONTROL_NUMBER)).toBe(true);
				},
			),
			{ numRuns: 200 },
		);
	});
});

test('ISA13 keeps its zeros', () => {
	expect(formatInterchangeControlNumber(123001)).toBe('000123001');
	expect(formatInterchangeControlNumber(MAX_CONTROL_NUMBER)).toBe('999999999');
});

describe('numbers from outside', () => {
	test('as number, text or list', () => {
		expect(readControlNumbers(42, 'ACME')).toEqual([42]);
		expect(readControlNumbers(' 000000042 ', 'ACME')).toEqual([42]);
		expect(readControlNumbers('42, 43', 'ACME')).toEqual([42, 43]);
		expect(readControlNumbers([42, '43'], 'ACME')).toEqual([42, 43]);
	});

	test.each([undefined, null, '', 'x', 0, -1, 1.5, '1234567890', [1, ''], {}])(
		'%j is refused',
		(input) => {
			expect(() => readControlNumbers(input, 'ACME')).toThrow(
				expect.objectContaining({
					code: 'SYNTAX_CONTROL_NUMBER_INVALID',
					message: expect.stringContaining('The control number for ACME is'),
				}),
			);
		},
	);

	test('twice the same is refused', () => {
		expect(() => readControlNumbers('42,42', 'ACME')).toThrow(
			expect.objectContaining({ code: 'SYNTAX_CONTROL_NUMBER_REPEATED' }),
		);
	});
});
