import fc from 'fast-check';

import { readCodePages } from './codePageSamples';
import { detailLayout, encode } from './samples';

/** How hosts read: independent of the code that writes. */

const pages = readCodePages();
const SEEN = { numRuns: 400 };

const bytesOf = (field: object, value: unknown, more: object = {}) => {
	const layout = detailLayout([{ name: 'v', ...field }], { recordSeparator: 'none', ...more });
	const { file, rejected } = encode(layout, [{ v: value }]);
	return file === undefined ? rejected[0]?.issues[0]?.code : Buffer.from(file.bytes);
};

function decimalText(units: bigint, decimals: number): string {
	const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
	const sign = units < 0n ? '-' : '';
	return decimals === 0
		? sign + digits
		: `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function readBinary(bytes: Buffer, signed: boolean): bigint {
	switch (bytes.length) {
		case 2:
			return BigInt(signed ? bytes.readInt16BE() : bytes.readUInt16BE());
		case 4:
			return BigInt(signed ? bytes.readInt32BE() : bytes.readUInt32BE());
		default:
			return signed ? bytes.readBigInt64BE() : bytes.readBigUInt64BE();
	}
}

function readPacked(bytes: Buffer): bigint {
	const halves = bytes.toString('hex');
	const units = BigInt(halves.slice(0, -1));
	return halves.endsWith('d') ? -units : units;
}

/** Any number of the field's digits, or up to a hundred times too large. */
const numbers = fc.integer({ min: 1, max: 18 }).chain((digits) =>
	fc.record({
		digits: fc.constant(digits),
		decimals: fc.integer({ min: 0, max: Math.min(digits, 4) }),
		signed: fc.boolean(),
		units: fc.bigInt({ min: -(10n ** BigInt(digits)) - 5n, max: 10n ** BigInt(digits) + 5n }),
	}),
);

describe.each(['binary', 'packed'] as const)('any %s number', (storage) => {
	test('reads back as it was, or is refused because it does not fit its picture', () => {
		let written = 0;
		fc.assert(
			fc.property(numbers, ({ digits, decimals, signed, units }) => {
				const field = {
					type: decimals === 0 ? 'integer' : 'decimal',
					...(decimals === 0 ? {} : { decimals }),
					storage,
					digits,
					...(signed ? {} : { sign: 'none' }),
				};
				const result = bytesOf(field, decimalText(units, decimals));
				const limit = 10n ** BigInt(digits) - 1n;
				if (units < 0n && !signed) expect(result).toBe('FLATFILE_VALUE_NEGATIVE');
				else if (units < -limit || units > limit) expect(result).toBe('FLATFILE_VALUE_TOO_LONG');
				else {
					const bytes = result as Buffer;
					const width = storage === 'packed' ? digits / 2 : digits < 5 ? 2 : digits < 10 ? 4 : 8;
					expect(bytes).toHaveLength(storage === 'packed' ? Math.floor(width) + 1 : width);
					const read = storage === 'packed' ? readPacked(bytes) : readBinary(bytes, signed);
					expect(read).toBe(units);
					written += 1;
				}
			}),
			SEEN,
		);
		expect(written).toBeGreaterThan(100);
	});
});

test('any binary number of a width takes all that its bytes hold, and no more', () => {
	const widths = fc.constantFrom(2, 4, 8).chain((width) => {
		const half = 2n ** BigInt(width * 8 - 1);
		return fc.record({
			width: fc.constant(width),
			signed: fc.boolean(),
			units: fc.oneof(
				fc.bigInt({ min: -half - 3n, max: 2n * half + 3n }),
				fc.constantFrom(-half, -half - 1n, half - 1n, half, 2n * half - 1n, 2n * half),
			),
		});
	});
	fc.assert(
		fc.property(widths, ({ width, signed, units }) => {
			const sign = signed ? {} : { sign: 'none' };
			const result = bytesOf({ type: 'integer', storage: 'binary', width, ...sign }, String(units));
			const bits = BigInt(width * 8);
			const lowest = signed ? -(2n ** (bits - 1n)) : 0n;
			const highest = signed ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
			if (units < lowest || units > highest) expect(typeof result).toBe('string');
			else expect(readBinary(result as Buffer, signed)).toBe(units);
		}),
		SEEN,
	);
});

describe.each([...pages])('any text in %s', (encoding, page) => {
	const printable = page
		.filter((unit) => unit >= 0x20 && (unit < 0x7f || unit > 0x9f))
		.map((unit) => String.fromCharCode(unit));

	test('is one byte a character, which a host reads as it was', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...printable), { maxLength: 30 }), (characters) => {
				const text = characters.join('');
				const field = { type: 'text', width: 30, trim: false, emptyFill: ' ' };
				const bytes = bytesOf(field, text, { encoding, characters: 'reject' }) as Buffer;
				const read = String.fromCharCode(...[...bytes].map((byte) => page[byte] as number));
				expect(read).toBe(text.padEnd(30));
			}),
			{ numRuns: 100 },
		);
	});

	test('and any zoned number has its digits and its sign in the half bytes', () => {
		const isEbcdic = page[0xc1] === 0x41;
		fc.assert(
			fc.property(fc.integer({ min: -99_999, max: 99_999 }), (units) => {
				const field = { type: 'integer', width: 5, sign: 'overpunch' };
				const bytes = bytesOf(field, units, { encoding }) as Buffer;
				if (!isEbcdic) {
					const digit = '{ABCDEFGHI}JKLMNOPQR'.indexOf(String.fromCharCode(bytes[4] as number));
					const magnitude = Number(bytes.toString('latin1', 0, 4) + String(digit % 10));
					expect(digit < 10 ? magnitude : -magnitude).toBe(units === 0 ? 0 : units);
					return;
				}
				const halves = bytes.toString('hex');
				const magnitude = Number([1, 3, 5, 7, 9].map((index) => halves[index]).join(''));
				const negative = halves[8] === 'd';
				expect(halves).toMatch(/^f\df\df\df\d[cd]\d$/);
				expect(negative ? -magnitude : magnitude).toBe(units);
			}),
			{ numRuns: 100 },
		);
	});
});
