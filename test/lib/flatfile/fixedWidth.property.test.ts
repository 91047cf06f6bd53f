import fc from 'fast-check';

import { detailLayout, encode } from './samples';

/**
 * An independent reader: it knows positions and types from the layout as JSON alone, cuts bytes and
 * turns them back into values.
 */
interface JsonField {
	name: string;
	type: string;
	width: number;
	align?: string;
	pad?: string;
	decimals?: number;
	point?: string;
	sign?: string;
}

function readNumber(field: JsonField, raw: string): string | null {
	if (raw.trim() === '') return null;
	let text = raw.trim();
	let negative = false;
	const last = text.at(-1) as string;
	const zone = '{ABCDEFGHI}JKLMNOPQR'.indexOf(last);
	if (field.sign?.startsWith('overpunch') === true && zone >= 0) {
		negative = zone >= 10;
		text = text.slice(0, -1) + String(zone % 10);
	}
	if (text.endsWith('-') || text.endsWith('+')) {
		negative = text.endsWith('-');
		text = text.slice(0, -1);
	}
	if (text.startsWith('-') || text.startsWith('+')) {
		negative = text.startsWith('-');
		text = text.slice(1);
	}
	const decimals = field.decimals ?? 0;
	if (field.point === 'implied' && decimals > 0) {
		text = text.padStart(decimals + 1, '0');
		text = `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
	}
	const [whole = '', fraction = ''] = text.split('.');
	const cents = BigInt(whole + fraction) * (negative ? -1n : 1n);
	return `${cents}e-${decimals}`;
}

function readField(field: JsonField, raw: string): string | null {
	if (field.type !== 'text') return readNumber(field, raw);
	if (raw.trim() === '') return null;
	const pad = field.pad ?? ' ';
	let text = raw;
	if (field.align === 'right') while (text.startsWith(pad)) text = text.slice(1);
	else while (text.endsWith(pad)) text = text.slice(0, -1);
	return text === '' ? null : text;
}

const decoders: Record<string, (bytes: Buffer) => string> = {
	'iso-8859-1': (bytes) => bytes.toString('latin1'),
	'windows-1252': (bytes) => new TextDecoder('windows-1252').decode(bytes),
	'utf-8': (bytes) => bytes.toString('utf8'),
	ascii: (bytes) => bytes.toString('latin1'),
};

const signs = fc.constantFrom(
	'leading',
	'leadingPlus',
	'trailing',
	'trailingPlus',
	'overpunch',
	'overpunchNegative',
);
const fieldSpec = fc.oneof(
	fc.record({
		type: fc.constant('text'),
		width: fc.integer({ min: 1, max: 20 }),
		align: fc.constantFrom('left', 'right'),
		pad: fc.constantFrom(' ', '_', '0'),
	}),
	fc.record({
		type: fc.constant('integer'),
		width: fc.integer({ min: 1, max: 12 }),
		pad: fc.constantFrom('0', ' '),
		sign: signs,
	}),
	fc.record({
		type: fc.constant('decimal'),
		width: fc.integer({ min: 1, max: 16 }),
		decimals: fc.integer({ min: 1, max: 4 }),
		point: fc.constantFrom('explicit', 'implied'),
		pad: fc.constantFrom('0', ' '),
		sign: signs,
	}),
);

const textValue = fc
	.array(fc.constantFrom('a', 'Z', '9', 'é', 'ß', '-', '{', '.'), { maxLength: 22 })
	.map((characters) => characters.join(''));

const plan = fc.array(fieldSpec, { minLength: 1, maxLength: 6 }).chain((specs) =>
	fc.record({
		fields: fc.constant(
			specs.map((spec, index) => ({ name: `f${index}`, ...spec })) as JsonField[],
		),
		encoding: fc.constantFrom('iso-8859-1', 'windows-1252', 'utf-8', 'ascii'),
		widthIn: fc.constantFrom('characters', 'bytes'),
		recordSeparator: fc.constantFrom('CRLF', 'LF', 'none'),
		rows: fc.array(
			fc.tuple(
				...specs.map((spec) =>
					spec.type === 'text'
						? textValue
						: fc.oneof(
								fc.constant(null),
								fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((units) => units),
								fc.integer({ min: -999, max: 999 }).map(BigInt),
							),
				),
			),
			{ minLength: 1, maxLength: 8 },
		),
	}),
);

function decimalText(units: bigint, decimals: number): string {
	const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
	const sign = units < 0n ? '-' : '';
	if (decimals === 0) return sign + digits;
	return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

describe('any layout and any data', () => {
	test('gives records of the exact length that read back to the input; the rest is refused', () => {
		let written = 0;
		fc.assert(
			fc.property(plan, ({ fields, encoding, widthIn, recordSeparator, rows }) => {
				const layout = detailLayout(fields as never, { encoding, widthIn, recordSeparator });
				const inputs = rows.map((values) =>
					Object.fromEntries(
						values.map((value, index) => [
							`f${index}`,
							typeof value === 'bigint' ? decimalText(value, fields[index]?.decimals ?? 0) : value,
						]),
					),
				);
				const result = encode(layout, inputs);
				expect(result.accepted.length + result.rejected.length).toBe(rows.length);
				const separator = { CRLF: '\r\n', LF: '\n', none: '' }[recordSeparator] as string;
				const length = fields.reduce((sum, field) => sum + field.width, 0);
				const bytes = Buffer.from(result.file?.bytes ?? []);
				const inBytes = widthIn === 'bytes' || encoding !== 'utf-8';
				const decode = decoders[encoding] as (bytes: Buffer) => string;
				// Positions of bytes where widths count bytes, of characters where they count those.
				const units = inBytes ? [...bytes].map((byte) => byte) : [...decode(bytes)];
				expect(units).toHaveLength(result.accepted.length * (length + separator.length));
				for (const [record, index] of result.accepted.entries()) {
					let at = record * (length + separator.length);
					const cut = (width: number) => {
						const part = units.slice(at, at + width);
						at += width;
						return inBytes ? decode(Buffer.from(part as number[])) : part.join('');
					};
					for (const field of fields) {
						const given = inputs[index]?.[field.name] as string | null;
						const read = readField(field, cut(field.width));
						if (field.type === 'text') {
							const ascii = (given ?? '').replaceAll('é', 'e').replaceAll('ß', 'ss');
							const shown = encoding === 'ascii' ? ascii : (given ?? '');
							const pad = field.pad ?? ' ';
							const edge = field.align === 'right' ? shown.startsWith(pad) : shown.endsWith(pad);
							if (!edge) expect(read ?? '').toBe(shown);
						} else {
							const cents = given === null ? null : BigInt(given.replace('.', ''));
							const expected = cents === null ? null : `${cents}e-${field.decimals ?? 0}`;
							expect(read).toBe(expected);
						}
					}
					expect(cut(separator.length)).toBe(separator);
					written += 1;
				}
				for (const { issues } of result.rejected) {
					expect(issues.every((issue) => issue.code === 'FLATFILE_VALUE_TOO_LONG')).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
		// Random widths refuse much; the property is worth nothing if they refuse everything.
		expect(written).toBeGreaterThan(200);
	});
});
