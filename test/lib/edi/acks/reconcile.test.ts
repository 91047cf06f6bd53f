import { reconcile } from '../../../../lib/edi/acks';
import { answer, edifact, isa, x12 } from './samples';

const SENT = isa({ 6: 'PARTNER'.padEnd(15), 8: 'MYCOMPANY'.padEnd(15), 13: '000009001' });
const GS = 'GS*FA*PARTNER*MYCOMPANY*20260307*0307*294*X*004010';
const file = (...segments: readonly string[]): Buffer =>
	Buffer.from([SENT, ...segments].map((segment) => `${segment}~`).join(''), 'latin1');
const ack = (...body: readonly string[]): Buffer =>
	file(
		GS,
		'ST*997*0001',
		...body,
		`SE*${body.length + 2}*0001`,
		'GE*1*294',
		'IEA*1*000009001',
	);
const told = (bytes: Uint8Array) =>
	reconcile(bytes).items.map(({ level, outcome, setControlNumber, groupControlNumber }) =>
		[level, groupControlNumber, setControlNumber, outcome].filter(Boolean).join(' '),
	);
const HEALTHY = ['AK1*IN*1001', 'AK2*810*0001', 'AK5*A', 'AK9*A*1*1*1'];

test('a healthy 997: nothing to complain about', () => {
	expect(told(ack(...HEALTHY))).toEqual(['group 1001 accepted', 'set 1001 0001 accepted']);
	expect(reconcile(ack(...HEALTHY))).toMatchObject({ problems: [], others: [] });
});

describe('an answer that is cut says what it says, and that it is cut', () => {
	test('the second of two, cut behind AK5', () => {
		const bytes = file(
			GS,
			...['ST*997*0001', 'AK1*IN*777', 'AK9*A*1*1*1', 'SE*4*0001'],
			...['ST*997*0002', 'AK1*IN*1001', 'AK2*810*0001', 'AK5*R*5'],
		);
		const { items, problems } = reconcile(bytes);
		expect(told(bytes)).toEqual([
			'group 777 accepted',
			'group 1001 unknown',
			'set 1001 0001 rejected',
		]);
		expect(items[1]).toMatchObject({ setId: 'IN', status: '', errors: [{ code: '' }] });
		expect(items[2]!.summary).toMatch(/^810 0001 rejected by PARTNER: .*in error/);
		expect(problems.join('\n')).toMatch(/group 1001.*AK9 is missing/);
		expect(problems.join('\n')).toMatch(/SE is missing/);
		expect(problems.join('\n')).toMatch(/IEA is missing/);
	});

	test('a 997 without AK9 in a whole file', () => {
		const bytes = ack('AK1*IN*1001', 'AK2*810*0001', 'AK5*A');
		expect(told(bytes)).toEqual(['group 1001 unknown', 'set 1001 0001 accepted']);
		expect(reconcile(bytes).problems.join('\n')).toMatch(/AK9 is missing/);
	});

	test('nothing but AK1', () => {
		expect(told(ack('AK1*IN*1001'))).toEqual(['group 1001 unknown']);
	});

	test('a group that is begun twice', () => {
		const bytes = ack('AK1*IN*1001', 'AK2*810*0001', 'AK5*R*5', 'AK1*IN*1002', 'AK9*A*1*1*1');
		expect(told(bytes)).toEqual([
			'group 1001 unknown',
			'set 1001 0001 rejected',
			'group 1002 accepted',
		]);
	});

	test('cut anywhere, what was read stays and a problem says so', () => {
		const whole = ack('AK1*IN*1001', 'AK2*810*0001', 'AK5*R*5', 'AK9*R*1*1*0');
		const lines = whole.toString('latin1').split('~').filter(Boolean);
		for (let count = 4; count < lines.length; count += 1) {
			const cut = Buffer.from(`${lines.slice(0, count).join('~')}~`, 'latin1');
			const { items, problems } = reconcile(cut);
			expect(items.length).toBeGreaterThan(0);
			expect(problems.join('\n')).toMatch(/missing/);
			if (count > 5) expect(items.map(({ outcome }) => outcome)).toContain('rejected');
		}
	});

	test('a CONTRL that is cut', () => {
		const whole = answer(edifact({ messages: [['UNH+1+ORDERS:D:96A:UN', 'UNT+2+1']] })).files[0]!;
		const cut = Buffer.from(`${whole.toString('latin1').split("UNT+")[0]!}`, 'latin1');
		expect(reconcile(cut).items.map(({ outcome }) => outcome)).toEqual([
			'partially accepted',
			'rejected',
		]);
		expect(reconcile(cut).problems.join('\n')).toMatch(/UNT is missing/);
	});
});

describe('answers of the application', () => {
	const advice = (...body: readonly string[]): Buffer =>
		file(
			'GS*AG*PARTNER*MYCOMPANY*20260307*0307*294*X*004010',
			'ST*824*0001',
			'BGN*11*1*20260307',
			...body,
			`SE*${body.length + 3}*0001`,
			'GE*1*294',
			'IEA*1*000009001',
		);
	const message = (release: string, ...body: readonly string[]): Buffer =>
		edifact({
			messages: [[`UNH+1+APERAK:${release}:UN`, ...body, `UNT+${body.length + 2}+1`]],
		});

	test('824: an invoice is rejected, in the words of the partner', () => {
		const bytes = advice('OTI*IR*IV*INV-1*****1001*0001', 'TED*024*duplicate invoice');
		const { items, problems, others } = reconcile(bytes);
		expect([problems, others]).toEqual([[], []]);
		expect(items).toEqual([
			{
				acknowledgment: '824',
				level: 'document',
				outcome: 'rejected',
				status: 'IR',
				sender: 'MYCOMPANY',
				receiver: 'PARTNER',
				interchangeControlNumber: '',
				groupControlNumber: '1001',
				setControlNumber: '0001',
				setId: '',
				documentNumber: 'INV-1',
				acknowledgmentControlNumber: '000009001',
				acknowledgedAt: expect.any(String),
				errors: [{ code: '024', message: 'duplicate invoice' }],
				summary: 'invoice INV-1 rejected by PARTNER: duplicate invoice',
			},
		]);
	});

	test('824: a document is named even where the numbers stand one place too early', () => {
		const { items } = reconcile(advice('OTI*IR*IV*INV-1****1001*0001', 'TED*024*duplicate invoice'));
		expect(items).toMatchObject([{ outcome: 'rejected', documentNumber: 'INV-1' }]);
	});

	test('824: each document by itself, with the place and the value of an error', () => {
		const bytes = advice(
			'OTI*TA*PO*PO-1',
			'OTI*TE*IV*INV-2',
			'TED*848**IT1*9*2*358*12A',
			'NTE**Ask Ms Smith',
			'LM*ZZ',
			'LQ*ZZ*D17',
			'RED*Field 4 of the header',
			'OTI*TC*IV*INV-3',
		);
		expect(reconcile(bytes).problems).toEqual([]);
		expect(reconcile(bytes).items.map(({ summary }) => summary)).toEqual([
			'order PO-1 accepted by PARTNER',
			'invoice INV-2 accepted with errors by PARTNER: IT1 at segment 9 element 2: incorrect data ("12A"); Ask Ms Smith; code D17; Field 4 of the header',
			'invoice INV-3 accepted with errors by PARTNER',
		]);
	});

	test('824: items of one document that are told apart come together', () => {
		const bytes = advice(
			'OTI*IA*IV*INV-1*****1001*0001',
			'OTI*IR*IV*INV-1*****1001*0001',
			'TED*006',
			'OTI*IR*IV*INV-2*****1001*0002',
			'OTI*IR*IV*INV-2*****1001*0002',
		);
		expect(reconcile(bytes).items).toMatchObject([
			{ documentNumber: 'INV-1', outcome: 'partially accepted', status: 'IA IR', errors: [{ message: 'duplicate' }] },
			{ documentNumber: 'INV-2', outcome: 'rejected', status: 'IR' },
		]);
	});

	test('824: what is not known is said', () => {
		const { items, problems } = reconcile(advice('OTI*XX*IV*INV-1'));
		expect(items).toMatchObject([{ outcome: 'unknown', documentNumber: 'INV-1' }]);
		expect(problems).toContain('824 0001: OTI01 "XX" is not known, for INV-1');
		expect(reconcile(advice()).problems.join()).toMatch(/OTI is missing/);
		const cut = advice('OTI*TR*IV*INV-1').toString('latin1').split('SE*')[0]!;
		expect(reconcile(Buffer.from(cut, 'latin1')).problems.join()).toMatch(/SE is missing/);
	});

	const ERRORS = ['ERC+12::ZZZ', 'FTX+AAI+++Duplicate:invoice', 'RFF+LI:2'];

	test.each([
		['not accepted', 'BGM++AP-1+27', ERRORS, 'rejected'],
		['accepted', 'BGM++AP-1+29', [], 'accepted'],
		['with reserves', 'BGM++AP-1+45', ERRORS, 'accepted with errors'],
		['accepted, and yet errors', 'BGM++AP-1+29', ERRORS, 'accepted with errors'],
		['rejected by its response', 'BGM++AP-1+9+RE', [], 'rejected'],
		['no word of it, but errors', 'BGM++AP-1+9', ERRORS, 'rejected'],
		['no word of it and no errors', 'BGM++AP-1+9', [], 'received'],
	] as const)('APERAK: %s', (_name, begin, errors, outcome) => {
		const bytes = message('D:96A', begin, 'RFF+ON:PO-7', 'RFF+IV:INV-1', ...errors);
		const { items, problems } = reconcile(bytes);
		expect(problems).toEqual([]);
		expect(items).toMatchObject([
			{
				acknowledgment: 'APERAK',
				level: 'document',
				outcome,
				sender: 'MYCOMPANY',
				receiver: 'ACME',
				documentNumber: 'INV-1',
			},
		]);
		const why = errors.length === 0 ? '' : ': error 12; Duplicate invoice; LI 2';
		expect(items[0]!.summary).toBe(`invoice INV-1 ${outcome} by ACME${why}`);
	});

	test('APERAK: the document that D.01B names, any reference, or none', () => {
		const about = (...body: readonly string[]) =>
			reconcile(message('D:01B', 'BGM++AP-1+27', ...body)).items[0]!.documentNumber;
		expect(about('DOC+380+INV-1', 'RFF+ACW:11')).toBe('INV-1');
		expect(about('RFF+AAS:1', 'RFF+ACW:INV-1')).toBe('INV-1');
		expect(about('RFF+AAS:1')).toBe('1');
		const { items, problems } = reconcile(message('D:01B', 'BGM++AP-1+27'));
		expect(items).toMatchObject([{ outcome: 'rejected', documentNumber: '' }]);
		expect(problems.join()).toMatch(/RFF is missing/);
	});
});

describe('control numbers are numbers where X12 says so', () => {
	test.each([
		['TA1*1001*260306*0815*R*006', '000001001'],
		['TA1*000001001*260306*0815*R*006', '000001001'],
		['TA1* 1001*260306*0815*R*006', '000001001'],
	])('%s', (segment, number) => {
		const { items } = reconcile(file(segment, 'IEA*0*000009001'));
		expect(items).toMatchObject([
			{ outcome: 'rejected', interchangeControlNumber: number, level: 'interchange' },
		]);
		expect(items[0]!.summary).toContain(number);
	});

	test('AK1 and AK2', () => {
		const bytes = ack('AK1*IN*000001001', 'AK2*810*000000001', 'AK5*A', 'AK9*A*1*1*1');
		expect(told(bytes)).toEqual(['group 1001 accepted', 'set 1001 0001 accepted']);
		const short = ack('AK1*IN*1001', 'AK2*810*1', 'AK5*A', 'AK9*A*1*1*1');
		expect(told(short)).toEqual(['group 1001 accepted', 'set 1001 0001 accepted']);
		const long = ack('AK1*IN*1001', 'AK2*810*12345', 'AK5*A', 'AK9*A*1*1*1');
		expect(told(long)).toEqual(['group 1001 accepted', 'set 1001 12345 accepted']);
	});
});

describe('AK9 and AK5 that contradict each other', () => {
	test('AK9*A over AK5*R: the set counts', () => {
		const bytes = ack('AK1*IN*1', 'AK2*810*0001', 'AK5*A', 'AK2*810*0002', 'AK5*R*5', 'AK9*A*2*2*2');
		expect(told(bytes)).toEqual([
			'group 1 partially accepted',
			'set 1 0001 accepted',
			'set 1 0002 rejected',
		]);
		const { problems } = reconcile(bytes);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(/AK9 says A .*810 0002.* rejected/);
	});

	test('AK9*A over nothing but AK5*R', () => {
		const bytes = ack('AK1*IN*1', 'AK2*810*0001', 'AK5*R*5', 'AK9*A*1*1*1');
		expect(told(bytes)).toEqual(['group 1 rejected', 'set 1 0001 rejected']);
	});

	test('AK9*R over AK5*A: the group counts', () => {
		const bytes = ack('AK1*IN*1', 'AK2*810*0001', 'AK5*A', 'AK9*R*2*1*0*5');
		expect(told(bytes)).toEqual(['group 1 rejected', 'set 1 0001 rejected']);
		expect(reconcile(bytes).items[1]!.summary).toMatch(/the whole group was rejected/);
		expect(reconcile(bytes).problems[0]).toMatch(/AK9 says R .*810 0001.* accepted/);
	});

	test('AK9*A with fewer accepted than received', () => {
		const bytes = ack('AK1*IN*1', 'AK9*A*3*3*2');
		expect(told(bytes)).toEqual(['group 1 partially accepted']);
		expect(reconcile(bytes).problems[0]).toMatch(/AK9 says A .*2 of 3/);
	});

	test('what agrees is no problem', () => {
		const partly = ack('AK1*IN*1', 'AK2*810*0001', 'AK5*R*5', 'AK9*P*2*2*1');
		expect(reconcile(partly).problems).toEqual([]);
		const withErrors = ack('AK1*IN*1', 'AK2*810*0001', 'AK5*E*5', 'AK9*E*1*1*1');
		expect(told(withErrors)).toEqual([
			'group 1 accepted with errors',
			'set 1 0001 accepted with errors',
		]);
		expect(reconcile(withErrors).problems).toEqual([]);
	});

	test('CONTRL: rejected above, accepted below', () => {
		const contrl = (...body: readonly string[]): Buffer =>
			edifact({
				messages: [['UNH+1+CONTRL:D:3:UN', ...body, `UNT+${body.length + 2}+1`]],
			});
		const above = contrl('UCI+REF1+US:14+THEM:14+4', 'UCM+1+INVOIC:D:96A:UN+7');
		expect(reconcile(above).items.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected']);
		expect(reconcile(above).problems.join()).toMatch(/UCI says 4 .*INVOIC 1.* accepted/);
		const received = contrl('UCI+REF1+US:14+THEM:14+8', 'UCM+1+INVOIC:D:96A:UN+4+12');
		expect(reconcile(received).items.map(({ outcome }) => outcome)).toEqual([
			'partially accepted',
			'rejected',
		]);
	});
});

describe('where an error is', () => {
	test.each([
		['2:1', { element: 2, component: 1 }],
		['2>1', { element: 2, component: 1 }],
		['2', { element: 2 }],
		['2>>3', { element: 2, repetition: 3 }],
		['2>1>3', { element: 2, component: 1, repetition: 3 }],
		['x', { element: 0 }],
	])('AK4*%s', (position, place) => {
		const bytes = ack(
			...['AK1*IN*1', 'AK2*810*0001', 'AK3*TXI*14**8', `AK4*${position}*358*6*ABC`, 'AK5*R*5'],
			'AK9*R*1*1*0',
		);
		const [error] = reconcile(bytes).items[1]!.errors;
		expect(error).toMatchObject({ code: '6', segment: 'TXI', segmentPosition: 14, ...place });
		expect(JSON.stringify(error)).not.toContain('null');
		expect(error!.message).not.toContain('NaN');
	});

	test('numbers that are none in CONTRL', () => {
		const bytes = edifact({
			messages: [
				[
					'UNH+1+CONTRL:D:3:UN',
					'UCI+REF1+US:14+THEM:14+7',
					'UCM+1+INVOIC:D:96A:UN+4+12+UNH+X:Y',
					'UCS+Z',
					'UCD+12+Q:W',
					'UNT+6+1',
				],
			],
		});
		expect(JSON.stringify(reconcile(bytes).items)).not.toMatch(/null|NaN/);
	});
});

describe('nothing beside an acknowledgment goes unread without a problem', () => {
	test.each([
		['words behind IEA', Buffer.concat([ack(...HEALTHY), Buffer.from('\nhello')]), /"hello"/],
		['a group behind IEA', Buffer.concat([ack(...HEALTHY), Buffer.from(`${GS}~`)]), /is not read/],
		['words before ISA', Buffer.concat([Buffer.from('hello\n'), ack(...HEALTHY)]), /"hello"/],
		['a segment that is none of 997', ack('AK1*IN*1001', 'ZZZ*1', 'AK9*A*1*1*1'), /ZZZ/],
		['a segment behind SE', file(GS, 'ST*997*0001', ...HEALTHY, 'SE*6*0001', 'AK1*IN*1', 'GE*1*294', 'IEA*1*000009001'), /AK1 stands outside/],
		['a wrong count', ack(...HEALTHY, 'AK9*A*1*1*1'), /AK9/],
	])('%s', (_name, bytes, problem) => {
		const { items, problems } = reconcile(bytes);
		expect(items.length).toBeGreaterThan(0);
		expect(problems.join('\n')).toMatch(problem);
	});

	test('what is wrong with other sets of the file is not a problem of the answer', () => {
		const { items, others, problems } = reconcile(
			Buffer.concat([ack(...HEALTHY), x12({ end: 'IEA*1*000000042' }).subarray(0)]),
		);
		expect(items).toHaveLength(2);
		expect(others).toEqual(['810']);
		expect(problems).toEqual([]);
	});
});

test.each(['\n', '\0', '\u0085', '\u009f', '\ufeff'])('an ID with %j is shown, not passed on', (char) => {
	const header = isa({ 6: `PAR${char}NER`.padEnd(15), 8: 'MYCOMPANY'.padEnd(15), 13: '000009001' });
	const bytes = Buffer.from(ack(...HEALTHY).toString('latin1').replace(SENT, header), 'utf8');
	const { items } = reconcile(bytes);
	expect(items).toHaveLength(2);
	// eslint-disable-next-line no-control-regex -- controls are what is looked for
	expect(items[0]!.receiver).not.toMatch(/[\u0000-\u001f\u007f-\u009f\ufeff]/);
});
