import { readFileForPeople } from '../../../../lib/edi/acks';
import { edifactElementName, edifactSegmentName, messageSchema } from '../../../../lib/edi/edifact';
import { x12ElementName, x12Schema, x12SegmentName } from '../../../../lib/edi/x12';
import { answer, edifact, isa, SET_810, x12, x12With } from './samples';

/** `BIG02 Invoice number: INV-1`, with what is shown beside it. */
const lines = (bytes: Uint8Array, tag: string): string[] =>
	readFileForPeople(bytes)
		.segments.filter((segment) => segment.tag === tag)
		.flatMap(({ elements }) =>
			elements.map(({ at, name, value, shown, meaning }) =>
				[`${at} ${name}: ${value}`, shown, meaning].filter(Boolean).join(' | '),
			),
		);

test('an X12 invoice in words', () => {
	const file = x12();
	const { segments, segmentCount, problems } = readFileForPeople(file);
	expect(segmentCount).toBe(19);
	expect(problems).toEqual([]);
	expect(segments.map(({ tag, name }) => `${tag} ${name}`).slice(0, 5)).toEqual([
		'ISA Interchange header',
		'GS Functional group header',
		'ST Transaction set header',
		'BIG Beginning of the invoice',
		'CUR Currency',
	]);
	expect(segments[3]!.offset).toBe(file.indexOf('BIG'));
	expect(lines(file, 'ISA')).toEqual([
		'ISA01 Authorization qualifier: 00',
		'ISA03 Security qualifier: 00',
		'ISA05 ID qualifier: ZZ | agreed by the parties',
		'ISA06 Sender ID: ACME',
		'ISA07 ID qualifier: ZZ | agreed by the parties',
		'ISA08 Receiver ID: MYCOMPANY',
		'ISA09 Date: 170306 | 6 March 2017',
		'ISA10 Time: 0811 | 08:11',
		'ISA11 Standard: U',
		'ISA12 Control version: 00401',
		'ISA13 Control number: 000000042',
		'ISA14 Acknowledgment requested: 0 | no',
		'ISA15 Usage: P | production',
		'ISA16 Component separator: >',
	]);
	expect(lines(file, 'BIG')).toEqual([
		'BIG01 Date: 20170306 | 6 March 2017',
		'BIG02 Invoice number: INV-1',
		'BIG04 Order number: PO-7',
	]);
	expect(lines(file, 'IT1').slice(0, 5)).toEqual([
		'IT101 Line number: 1',
		'IT102 Quantity invoiced: 2',
		'IT103 Unit: EA | each',
		'IT104 Unit price: 10.5',
		'IT106 Kind of product ID: VP | part number of the vendor',
	]);
	// The point of TDS is implied.
	expect(lines(file, 'TDS')).toEqual(['TDS01 Amount: 2600 | 26.00']);
	expect(lines(x12With({ 13: 'TDS*123456789' }), 'TDS')).toEqual([
		'TDS01 Amount: 123456789 | 1,234,567.89',
	]);
	expect(lines(x12With({ 13: 'TDS*-5' }), 'TDS')).toEqual(['TDS01 Amount: -5 | -0.05']);
});

test('an EDIFACT order in words', () => {
	const file = edifact();
	expect(lines(file, 'UNB')).toEqual([
		'UNB 0001 Character set: UNOC',
		'UNB 0002 Syntax version: 3',
		'UNB 0004 Sender: ACME',
		'UNB 0007 Kind of ID: 14 | GLN',
		'UNB 0010 Recipient: MYCOMPANY',
		'UNB 0007 Kind of ID: 14 | GLN',
		'UNB 0017 Date: 170306 | 6 March 2017',
		'UNB 0019 Time: 0811 | 08:11',
		'UNB 0020 Interchange reference: REF42',
	]);
	expect(lines(file, 'BGM')).toEqual([
		'BGM 1001 Kind of document: 220 | order',
		'BGM 1004 Document number: PO-7',
		'BGM 1225 Function: 9 | original',
	]);
	expect(lines(file, 'DTM')).toEqual([
		'DTM 2005 Kind of date: 137 | document',
		'DTM 2380 Date: 20170306 | 6 March 2017',
		'DTM 2379 Format: 102 | YYYYMMDD',
	]);
	expect(lines(file, 'NAD')[0]).toBe('NAD 3035 Role of the party: BY | buyer');
	expect(lines(file, 'QTY')).toContain('QTY 6411 Unit: PCE | piece');
});

test('answers say what their codes mean', () => {
	const ack = answer(x12With({ 3: 'CUR*BY*EURO' })).files[0]!;
	expect(lines(ack, 'AK4')).toEqual([
		'AK401-1 Position of the element: 2',
		'AK402 Data element: 100',
		'AK403 Reason: 5 | element too long',
		'AK404 Value: EURO',
	]);
	expect(lines(ack, 'AK9')[0]).toBe('AK901 Answer to the group: R | rejected');
	const contrl = answer(edifact({ end: 'UNZ+1+REF43' })).files[0]!;
	expect(lines(contrl, 'UCI')).toContain('UCI 0085 Reason: 28 | references do not match');
});

describe('formats of dates', () => {
	test.each([
		['2017:602', undefined],
		['201703:610', 'March 2017'],
		['201710:616', 'week 10 of 2017'],
		['201703060811:203', '6 March 2017 08:11'],
		['1703060811:201', '6 March 2017 08:11'],
		['20170301 20170331:718'.replace(' ', ''), '1 March 2017 to 31 March 2017'],
		['20171301:102', undefined],
		['x:102', undefined],
	])('DTM+137:%s', (value, words) => {
		const file = edifact({ messages: [['UNH+1+ORDERS:D:96A:UN', `DTM+137:${value}`, 'UNT+3+1']] });
		const dtm = readFileForPeople(file).segments.find(({ tag }) => tag === 'DTM');
		expect(dtm!.elements[1]!.shown).toBe(words);
	});
});

test('the rest of a long file is counted', () => {
	const sets = Array.from({ length: 200 }, () => SET_810);
	const file = x12({ sets, groupEnd: 'GE*200*42' });
	const { segments, segmentCount } = readFileForPeople(file, { maxSegments: 10 });
	expect([segments.length, segmentCount]).toEqual([10, 200 * 15 + 4]);
	expect(readFileForPeople(file).segments).toHaveLength(500);
});

test('a file of any kind is shown as far as it can be, in plain text', () => {
	const strange = [
		Buffer.alloc(0),
		Buffer.from('holiday.jpg'),
		Buffer.from(`${isa({ 6: 'A\0C\nME'.padEnd(15) })}~ZZZ*\u0001*${'x'.repeat(2_000)}~`),
		Buffer.from(`UNB+UNOA:3+A+B+170306:0811+1'XYZ+a:b+\u0002'`),
		edifact({ messages: [['UNH+1+PRICAT:D:93A:UN', 'PGI+11', 'UNT+3+1']] }),
		x12({ group: 'GS*SH*A*B*20170306*0811*42*X*004010', sets: [['ST*856*0001', 'HL*1**S', 'SE*3*0001']] }),
	];
	for (const file of strange) {
		const { segments, problems } = readFileForPeople(file);
		// eslint-disable-next-line no-control-regex -- controls are what is looked for
		expect(JSON.stringify([segments, problems])).not.toMatch(/[\u0000-\u001f]/);
		for (const { elements } of segments) {
			for (const { value } of elements) expect(value.length).toBeLessThan(600);
		}
	}
	expect(readFileForPeople(strange[1]!).problems[0]).toMatch(/not read/);
	expect(lines(strange[5]!, 'HL')).toEqual(['HL01 : 1', 'HL03 : S']);
});

test('every segment and data element that we write has a name', () => {
	for (const [set, tags] of [
		['810', SET_810.map((segment) => segment.split('*')[0]!)],
		['820', ['BPR', 'TRN', 'CUR', 'REF', 'DTM', 'N1', 'ENT', 'RMR', 'ADX']],
		['850', ['BEG', 'CUR', 'REF', 'PER', 'N1', 'N3', 'N4', 'PO1', 'PID', 'CTT', 'AMT']],
		['997', ['AK1', 'AK2', 'AK3', 'AK4', 'AK5', 'AK9']],
	] as const) {
		const schema = x12Schema(set, '004010')!;
		for (const tag of tags) {
			expect([tag, x12SegmentName(tag)]).toEqual([tag, expect.any(String)]);
			for (const { id } of schema.segments[tag]!.elements.slice(0, 4)) {
				expect([tag, id, x12ElementName(id)]).toEqual([tag, id, expect.any(String)]);
			}
		}
	}
	const tags = 'BGM DTM RFF NAD CTA COM CUX PAT LIN PIA IMD QTY PRI MOA TAX ALC FTX CNT DOC UNS';
	const { segments } = messageSchema('INVOIC', 'D.96A')!;
	for (const tag of tags.split(' ')) {
		expect([tag, edifactSegmentName(tag)]).toEqual([tag, expect.any(String)]);
		for (const { id, components = [] } of segments[tag]!.elements.slice(0, 3)) {
			for (const part of [id, ...components.slice(0, 2).map((one) => one.id)]) {
				expect([tag, part, edifactElementName(part)]).toEqual([tag, part, expect.any(String)]);
			}
		}
	}
});
