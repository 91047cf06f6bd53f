import { X12parser } from 'x12-parser';

import { reconcile } from '../../../../lib/edi/acks';
import { readNotation } from './notation';
import {
	answer,
	edifact,
	edifactWith,
	isa,
	MESSAGE_ORDERS,
	SET_810,
	x12,
	x12With,
} from './samples';

const later = {
	header: isa({ 11: '^', 12: '00501', 14: '1' }),
	group: 'GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*005010',
};
const badSet = SET_810.map((line) =>
	line.startsWith('CUR') ? 'CUR*BY*EURO' : line.replace('0001', '0002'),
);
const partly = { sets: [SET_810, badSet], groupEnd: 'GE*2*42' };

const SUBJECTS: [string, Buffer][] = [
	['accepted', x12()],
	['accepted with TA1', x12({ header: isa({ 14: '1' }) })],
	['accepted, 005010', x12(later)],
	['rejected', x12With({ 3: 'CUR*BY*EURO', 9: 'DTM*011*20170230', 13: '' })],
	[
		'rejected, 005010',
		x12({ ...later, sets: [badSet.map((line) => line.replace('0002', '0001'))] }),
	],
	['partially accepted', x12(partly)],
	['partially accepted, 005010', x12({ ...later, ...partly })],
	['refused', x12({ end: '' })],
	['wrong counts', x12({ groupEnd: 'GE*7*42' })],
	['EDIFACT accepted', edifact()],
	['EDIFACT rejected', edifactWith({ 8: 'QTY+21:1O:PCE', 10: '' })],
	['EDIFACT refused', edifact({ end: 'UNZ+1+REF43' })],
	['EDIFACT syntax 4', edifact({ header: 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20170306:0811+REF42' })],
	[
		'EDIFACT groups',
		edifact({
			group: 'UNG+ORDERS+ACME:14+MYCOMPANY:14+170306:0811+9+UN+D:96A',
			groupEnd: 'UNE+2+9',
		}),
	],
	[
		'an ID with service characters',
		edifact({ header: "UNB+UNOC:3+AC?+ME?':14+MY?:COMP??:14+170306:0811+REF42" }),
	],
];

describe.each(SUBJECTS)('our acknowledgments of a file that is %s', (_name, subject) => {
	test.each(['997', '999'] as const)('are valid by our own tables (%s)', (functional) => {
		const { files } = answer(subject, { functional, ta1: 'always' });
		expect(files.length).toBeGreaterThan(0);
		for (const file of files) {
			expect(readNotation(file)).toEqual({ verdict: 'acknowledgment', findings: [] });
			// Nothing acknowledges an acknowledgment.
			expect(answer(file, { ta1: 'always' }).files).toEqual([]);
		}
	});
});

test.each(['997', '999'] as const)(
	'x12-parser reads our %s as it was meant',
	async (functional) => {
		const { files } = answer(x12({ ...later, ...partly }), { functional });
		const parser = new X12parser('latin1');
		const segments: Record<string, string>[] = [];
		parser.on('data', (segment: Record<string, string>) => segments.push(segment));
		const done = new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject));
		parser.end(files[0]);
		await done;
		const prefix = functional === '999' ? 'IK' : 'AK';
		expect(segments.map(({ name }) => name)).toEqual([
			...['ISA', 'TA1', 'GS', 'ST', 'AK1', 'AK2', `${prefix}5`, 'AK2', `${prefix}3`],
			...[`${prefix}4`, `${prefix}5`, 'AK9', 'SE', 'GE', 'IEA'],
		]);
		expect(segments.find(({ name }) => name === `${prefix}4`)).toMatchObject({
			'1': '2',
			'2': '100',
			'3': '5',
			'4': 'EURO',
		});
	},
);

test('the parties are swapped and the numbers echoed', () => {
	const { files } = answer(x12(later));
	const text = files[0]!.toString('latin1');
	expect(text).toContain(
		'*ZZ*MYCOMPANY      *ZZ*ACME           *170307*0915*^*00501*000123001*0*P*>~',
	);
	expect(text).toContain('~GS*FA*MYCOMPANY*ACME*20170307*0915*123001*X*005010~');
	expect(text).toContain('~TA1*000000042*170306*0811*A*000~');
	expect(text).toContain('~AK1*IN*42*005010~');
	const contrl = answer(edifact()).files[0]!.toString('latin1');
	expect(contrl).toBe(
		"UNA:+.? 'UNB+UNOC:3+MYCOMPANY:14+ACME:14+170307:0915+123001'UNH+1+CONTRL:D:3:UN'" +
			"UCI+REF42+ACME:14+MYCOMPANY:14+7'UCM+1+ORDERS:D:96A:UN+7'UNT+4+1'UNZ+1+123001'",
	);
});

describe('Generate → Reconcile', () => {
	const outcomes = (subject: Buffer, options = {}) =>
		answer(subject, options).files.flatMap((file) =>
			reconcile(file).items.map(
				({ level, outcome, groupControlNumber, setControlNumber, interchangeControlNumber }) =>
					[level, outcome, interchangeControlNumber, groupControlNumber, setControlNumber].join(
						' ',
					),
			),
		);

	test.each([
		['accepted', x12(), ['group accepted  42 ', 'set accepted  42 0001']],
		[
			'accepted with errors',
			x12With({ 3: 'CUR*BY*EURO' }),
			['group accepted with errors  42 ', 'set accepted with errors  42 0001'],
			{
				rules: { bodyErrors: 'accept with errors', envelopeErrors: 'reject', allOrNothing: false },
			},
		],
		[
			'partially accepted',
			x12(partly),
			['group partially accepted  42 ', 'set accepted  42 0001', 'set rejected  42 0002'],
		],
		[
			'all or nothing',
			x12(partly),
			['group rejected  42 ', 'set rejected  42 0001', 'set rejected  42 0002'],
			{ rules: { bodyErrors: 'reject', envelopeErrors: 'reject', allOrNothing: true } },
		],
		['rejected', x12With({ 13: '' }), ['group rejected  42 ', 'set rejected  42 0001']],
		['refused', x12({ end: '' }), ['interchange rejected 000000042  ']],
		['EDIFACT accepted', edifact(), ['interchange accepted REF42  ', 'message accepted REF42  1']],
		[
			'EDIFACT in part',
			edifact({
				messages: [
					MESSAGE_ORDERS,
					MESSAGE_ORDERS.map((line) =>
						line === 'UNH+1+ORDERS:D:96A:UN'
							? 'UNH+2+ORDERS:D:96A:UN'
							: line.replace('UNT+12+1', 'UNT+12+2').replace('QTY+21:10', 'QTY+21:1O'),
					),
				],
				end: 'UNZ+2+REF42',
			}),
			[
				'interchange partially accepted REF42  ',
				'message accepted REF42  1',
				'message rejected REF42  2',
			],
		],
		['EDIFACT receipt', edifact(), ['interchange received REF42  '], { contrl: 'receipt' }],
		['EDIFACT refused', edifact({ end: 'UNZ+1+REF43' }), ['interchange rejected REF42  ']],
	])('%s', (_name, subject, expected, options: object = {}) => {
		expect(outcomes(subject, options)).toEqual(expected);
		if (subject.toString('latin1').startsWith('ISA')) {
			expect(outcomes(subject, { ...options, functional: '999' })).toEqual(expected);
		}
	});

	test('errors come back in words with their place', () => {
		const { files } = answer(x12With({ 3: 'CUR*BY*EURO', 13: '' }));
		const [, set] = reconcile(files[0]!).items;
		expect(set).toMatchObject({
			acknowledgment: '997',
			sender: 'ACME',
			receiver: 'MYCOMPANY',
			setId: '810',
			acknowledgmentControlNumber: '000123001',
			acknowledgedAt: '2017-03-07T09:15',
			errors: [
				{ code: '5', segment: 'CUR', segmentPosition: 3, element: 2, value: 'EURO' },
				{ code: '3', segment: 'TDS', segmentPosition: 13 },
			],
			summary:
				'810 0001 rejected by MYCOMPANY: CUR02 at segment 3: element too long ("EURO"); ' +
				'TDS at segment 13: mandatory segment missing',
		});
		const contrl = reconcile(answer(edifactWith({ 8: 'QTY+21:1O:PCE' })).files[0]!).items[1];
		expect(contrl).toMatchObject({
			errors: [{ code: '37', segmentPosition: 8, element: 1, component: 2 }],
			summary:
				'ORDERS 1 rejected by MYCOMPANY: segment 8, data element 1, component 2: wrong type of characters',
		});
	});

	test('acknowledgments of both syntaxes in one file, and what is none', () => {
		const both = Buffer.concat([answer(x12()).files[0]!, answer(edifact()).files[0]!]);
		expect(reconcile(both).items.map(({ acknowledgment }) => acknowledgment)).toEqual([
			'997',
			'997',
			'CONTRL',
			'CONTRL',
		]);
		expect(reconcile(x12())).toMatchObject({ items: [], others: ['810'] });
		expect(reconcile(edifact())).toMatchObject({ items: [], others: ['ORDERS'] });
		expect(reconcile(Buffer.from('garbage'))).toMatchObject({ items: [], others: [] });
	});

	test('a CONTRL that broke off belongs to its own sender, not to the one that follows', () => {
		const whole = answer(edifact()).files[0]!.toString('latin1');
		const broken = whole.slice(0, whole.indexOf('UNT+'));
		const other = edifact({
			una: '',
			header: 'UNB+UNOC:3+OTHER:14+MYCOMPANY:14+170306:0811+REF43',
			end: 'UNZ+1+REF43',
		});
		const { items, others } = reconcile(Buffer.concat([Buffer.from(broken, 'latin1'), other]));
		expect(others).toEqual(['ORDERS']);
		expect(items).toHaveLength(2);
		for (const item of items) {
			expect(item).toMatchObject({
				outcome: 'accepted',
				sender: 'ACME',
				receiver: 'MYCOMPANY',
				interchangeControlNumber: 'REF42',
				acknowledgmentControlNumber: '123001',
			});
		}
	});
});
