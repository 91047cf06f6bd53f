import { edifactEncoder } from '../../../../lib/edi/edifact';
import type { EncodedInterchange } from '../../../../lib/edi/partner';
import { fullInvoice, fullOrder, minimalInvoice, envelope } from './documents';
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
