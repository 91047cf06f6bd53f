import { edifactEncoder } from '../../../../lib/edi/edifact';
import type { BusinessDocument } from '../../../../lib/documents';
import type { EdifactSegment } from '../../../../lib/edi/edifact';
import { segmentWriterOf } from '../../../../lib/edi/edifact/writer';
import type { EncodedInterchange } from '../../../../lib/edi/partner';
import {
	envelope,
	fullInvoice,
	fullOrder,
	fullReceipt,
	fullRemittance,
	minimalInvoice,
} from './documents';
import { encode, prepareAll, profileOf } from './encode';

const more = { groups: true };
const profile = profileOf(more);
const { encoded, prepared, text } = encode([fullInvoice, fullOrder], more);

function tampered(change: (text: string) => string): EncodedInterchange {
	const changed = change(text);
	expect(changed).not.toBe(text);
	return { ...encoded, bytes: profile.charset.encode(changed) };
}

test('what was written is what was meant', async () => {
	expect(await edifactEncoder.verify(encoded, prepared, profile)).toEqual([]);
	expect(edifactEncoder.groupCount(prepared, profile)).toBe(2);
	expect(encoded.groupControlNumbers).toEqual(['123001', '123002']);
});

test.each([
	[
		'a changed amount',
		(written: string) => written.replace('MOA+77:187.38', 'MOA+77:187.39'),
		'MOA',
	],
	[
		'a lost release character',
		(written: string) => written.replace("2017/0815?'A", "2017/0815'A"),
		'BGM',
	],
	['a lost segment', (written: string) => written.replace("UNS+S'", ''), ''],
	['a wrong count', (written: string) => written.replace('UNT+58', 'UNT+59'), 'UNT'],
	[
		'another reference',
		(written: string) => written.replace("UNZ+2+000123001'", "UNZ+2+000123002'"),
		'UNZ',
	],
	[
		'another sender',
		(written: string) => written.replace('UNB+UNOC:3+8712345000004', 'UNB+UNOC:3+8712345000005'),
		'UNB',
	],
	['no date', (written: string) => written.replace('170701:0615', '1707:0615'), 'UNB'],
	['a character of another set', (written: string) => written.replace('Köln', 'K\u00d3ln'), 'NAD'],
	['a lost end', (written: string) => written.slice(0, -1), ''],
	['something after it', (written: string) => `${written}${written}`, ''],
])('%s is found', async (_, change, segment) => {
	const issues = await edifactEncoder.verify(tampered(change), prepared, profile);
	expect(issues).toHaveLength(1);
	expect(issues[0]).toMatchObject({ code: 'EDIFACT_OUTPUT_DIFFERS', severity: 'error' });
	expect(issues[0]?.path).toContain(segment);
});

test('a segment count that is not that of the file is found', async () => {
	const issues = await edifactEncoder.verify({ ...encoded, segmentCount: 3 }, prepared, profile);
	expect(issues).toMatchObject([{ code: 'EDIFACT_OUTPUT_DIFFERS', path: 'segmentCount' }]);
});

test('a file of other documents is found', async () => {
	const others = prepareAll([minimalInvoice, fullOrder], profile);
	expect(await edifactEncoder.verify(encoded, others, profile)).toHaveLength(1);
});

describe('an interchange that cannot be', () => {
	const one = prepareAll([minimalInvoice], profile);

	test('has no documents', () => {
		expect(() => edifactEncoder.assemble([], profile, envelope)).toThrow(
			expect.objectContaining({ code: 'EDIFACT_NOTHING_TO_ENCODE' }) as Error,
		);
	});

	test.each(['', '123456789012345', "1'2", 'é1'])(
		'has the reference "%s"',
		(interchangeControlNumber) => {
			expect(() =>
				edifactEncoder.assemble(one, profile, { ...envelope, interchangeControlNumber }),
			).toThrow(expect.objectContaining({ code: 'EDIFACT_CONTROL_NUMBER' }) as Error);
		},
	);

	test('has no number for its group', () => {
		expect(() =>
			edifactEncoder.assemble(one, profile, { ...envelope, groupControlNumbers: [] }),
		).toThrow(expect.objectContaining({ code: 'EDIFACT_CONTROL_NUMBER' }) as Error);
	});
});

test('the same numbers and time make the same bytes', () => {
	const again = edifactEncoder.assemble(prepared, profile, envelope);
	expect(Buffer.from(again.bytes).equals(Buffer.from(encoded.bytes))).toBe(true);
});

describe('what a receiver counts and sums is compared with the document', () => {
	/** The encoder itself writes something else than the document says: bytes and body agree. */
	async function verifyWritten(
		document: BusinessDocument,
		edit: (segments: readonly EdifactSegment[]) => readonly EdifactSegment[],
	) {
		const own = profileOf();
		const [right] = prepareAll([document], own);
		const segments = edit(right!.body.segments);
		const body = { text: segmentWriterOf(own)(segments), segmentCount: segments.length, segments };
		const wrong = [{ ...right!, body }];
		const file = edifactEncoder.assemble(wrong, own, {
			...envelope,
			groupControlNumbers: [],
		});
		const issues = await edifactEncoder.verify(file, wrong, own);
		return issues.map(({ path, received, expected }) => [path, received, expected]);
	}
	const twice =
		(tag: string) =>
		(segments: readonly EdifactSegment[]): readonly EdifactSegment[] =>
			segments.flatMap((segment) => (segment.tag === tag ? [segment, segment] : [segment]));
	const changed =
		(tag: string, qualifier: string, value: string) =>
		(segments: readonly EdifactSegment[]): readonly EdifactSegment[] =>
			segments.map((segment) =>
				segment.tag === tag && segment.elements[0]?.[0] === qualifier
					? { ...segment, elements: [[qualifier, value]] }
					: segment,
			);

	test.each([
		['a line written twice', fullOrder, twice('LIN'), [['the number of lines', '2', '1']]],
		[
			'a total of another document',
			fullInvoice,
			changed('MOA', '77', '100.00'),
			[['MOA+77', '100', '187.38']],
		],
		[
			'a line amount that is not that of the lines',
			fullOrder,
			changed('MOA', '203', '99'),
			[['the sum of MOA+203', '99', '123.45']],
		],
		['a wrong control count', fullOrder, changed('CNT', '2', '7'), [['CNT+2', '7', '1']]],
		[
			'a received quantity that did not come',
			fullReceipt,
			changed('QTY', '48', '10'),
			[['the quantities received less those returned', '7', '6.5']],
		],
		[
			'a payment that is another one',
			fullRemittance,
			changed('MOA', '12', '1'),
			[['MOA+12', '1', '870.5']],
		],
	] as const)('%s', async (_name, document, edit, expected) => {
		expect(await verifyWritten(document, edit)).toEqual(expected);
	});
});
