import { answer, answerLines, edifact, edifactWith, MESSAGE_ORDERS } from './samples';

describe('0085: CONTRL', () => {
	const UCI = 'UCI+REF42+ACME:14+MYCOMPANY:14';
	const UCM = 'UCM+1+ORDERS:D:96A:UN';
	test('a valid interchange', () => {
		expect(answerLines(edifact())).toEqual([`${UCI}+7`, `${UCM}+7`]);
		expect(answerLines(edifact(), { listAccepted: false })).toEqual([`${UCI}+7`]);
		expect(answerLines(edifact(), { contrl: 'both' })).toEqual([
			`${UCI}+8`,
			`${UCI}+7`,
			`${UCM}+7`,
		]);
	});

	test.each([
		['12 invalid value', { 2: 'BGM+220+PO-7+999' }, ['UCS+2', 'UCD+12+4']],
		['12 invalid date', { 3: 'DTM+137:20170230:102' }, ['UCS+3', 'UCD+12+2:2']],
		['13 missing element', { 8: 'QTY+21' }, ['UCS+8', 'UCD+13+2:2']],
		['13 missing segment', { 10: '' }, ['UCS+10+13']],
		['15 segment not here', { 4: ['BUS+1', 'RFF+CT:77'] }, ['UCS+4+15']],
		['16 too many parts', { 8: 'QTY+21:10:PCE:X' }, ['UCS+8', 'UCD+16+2:4']],
		['19 decimal notation', { 9: 'PRI+AAA:12,5' }, ['UCS+9', 'UCD+19+2:2']],
		['19 two decimal marks', { 9: 'PRI+AAA:1.250.00' }, ['UCS+9', 'UCD+19+2:2']],
		['21 invalid character', { 4: 'RFF+CT:7\u00017' }, ['UCS+4', 'UCD+21+2:2']],
		['35 segment too often', { 2: ['BGM+220+PO-7+9', 'BGM+220+PO-7+9'] }, ['UCS+3+35']],
		['36 group too often', { 4: Array.from({ length: 11 }, () => 'RFF+CT:77') }, ['UCS+14+36']],
		['37 wrong type', { 8: 'QTY+21:1O:PCE' }, ['UCS+8', 'UCD+37+2:2']],
		['38 digit missing', { 9: 'PRI+AAA:.5' }, ['UCS+9', 'UCD+38+2:2']],
		['39 too long', { 4: `RFF+CT:${'7'.repeat(36)}` }, ['UCS+4', 'UCD+39+2:2']],
	])('%s', (_name, changes, detail) => {
		expect(answerLines(edifactWith(changes))).toEqual([`${UCI}+7`, `${UCM}+4`, ...detail]);
	});

	test('45 separator at the end, in syntax 4', () => {
		const file = edifact({
			header: 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20170306:0811+REF42',
			messages: [MESSAGE_ORDERS.map((line) => (line.startsWith('NAD+BY') ? `${line}+` : line))],
		});
		expect(answerLines(file)).toEqual([`${UCI}+7`, `${UCM}+4`, 'UCS+5', 'UCD+45+4']);
	});

	const message = (over: string[]): Buffer => edifact({ messages: [over] });
	test.each([
		['13 UNT missing', message(MESSAGE_ORDERS.slice(0, -1)), [`${UCM}+4+13+UNT`], {}],
		[
			'17 no agreement',
			edifact({ messages: [['UNH+1+PARTIN:D:96A:UN', 'BGM+1', 'UNT+3+1']] }),
			['UCM+1+PARTIN:D:96A:UN+4+17+UNH+3'],
			{ rejectUnsupported: true },
		],
		[
			'14 value not supported: a directory we do not have',
			message(MESSAGE_ORDERS.map((line) => line.replace('D:96A', 'D:03B'))),
			['UCM+1+ORDERS:D:03B:UN+4+14+UNH+3:3'],
			{ rejectUnsupported: true },
		],
		[
			'18 unspecified: a segment without an end',
			message([
				...MESSAGE_ORDERS.slice(0, 3),
				`FTX+${'A'.repeat(1_200_000)}`,
				...MESSAGE_ORDERS.slice(3, -1),
				'UNT+13+1',
			]),
			[`${UCM}+4+18`],
			{},
		],
		[
			'27 security',
			message([
				MESSAGE_ORDERS[0]!,
				'USH+1+1+3+1+1',
				'USA+1:16:1:6:1',
				...MESSAGE_ORDERS.slice(1, -1),
				'UST+1+1',
				'UNT+15+1',
			]),
			[`${UCM}+4+27`],
			{},
		],
		[
			'28 references differ',
			message([...MESSAGE_ORDERS.slice(0, -1), 'UNT+12+2']),
			[`${UCM}+4+28+UNT+3`],
			{},
		],
		[
			'29 count differs',
			message([...MESSAGE_ORDERS.slice(0, -1), 'UNT+9+1']),
			[`${UCM}+4+29+UNT+2`],
			{},
		],
		[
			'26 duplicate',
			edifact({ messages: [MESSAGE_ORDERS, MESSAGE_ORDERS], end: 'UNZ+2+REF42' }),
			[`${UCM}+7`, `${UCM}+4+26+UNH+2`],
			{},
		],
	])('UCM %s', (_name, file, lines, reading) => {
		expect(answerLines(file, {}, reading)).toEqual([`${UCI}+7`, ...lines]);
	});

	const header = (text: string): Partial<Parameters<typeof edifact>[0]> => ({ header: text });
	test.each([
		[
			'2 syntax version',
			edifact(header('UNB+UNOC:9+ACME:14+MYCOMPANY:14+170306:0811+REF42')),
			'2+UNB+2:2',
			{},
		],
		[
			'2 syntax level, where its characters are needed',
			edifact({
				...header('UNB+UNOX:3+ACME:14+MYCOMPANY:14+170306:0811+REF42'),
				messages: [MESSAGE_ORDERS.map((line) => line.replace('PO-7', 'P\u00d6-7'))],
			}),
			'2+UNB+2:1',
			{},
		],
		['7 not the recipient', edifact(), '7+UNB+4', { acceptedReceivers: ['OTHER'] }],
		['13 UNZ missing', edifact({ end: '' }), '13+UNZ', {}],
		[
			'18 unspecified: a segment without an end',
			edifact({ messages: [[`X${'A'.repeat(1_200_000)}`], MESSAGE_ORDERS] }),
			'18',
			{},
		],
		['20 a character that cannot serve', edifact({ una: "UNA:+.+ '" }), '20+UNA', {}],
		[
			'22 service characters nobody named',
			Buffer.from(edifact({ una: '' }).toString('latin1').replaceAll('+', '|')),
			'22+UNB',
			{},
		],
		['23 unknown sender', edifact(), '23+UNB+3', { acceptedSenders: ['OTHER'] }],
		[
			'25 test',
			edifact(header('UNB+UNOC:3+ACME:14+MYCOMPANY:14+170306:0811+REF42++++++1')),
			'25+UNB+12',
			{ productionOnly: true },
		],
		['24 too old', edifact(), '24+UNB+5:1', { oldest: '20170307' }],
		[
			'27 security',
			edifact({ messages: [['USH+1+1+3+1+1'], MESSAGE_ORDERS, ['UST+1+1']] }),
			'27',
			{},
		],
		['28 references differ', edifact({ end: 'UNZ+1+REF43' }), '28+UNZ+3', {}],
		['29 count differs', edifact({ end: 'UNZ+2+REF42' }), '29+UNZ+2', {}],
		['32 empty', edifact({ messages: [], end: 'UNZ+0+REF42' }), '32+UNH', {}],
		['33 outside of a message', edifact({ messages: [['BGM+220'], MESSAGE_ORDERS] }), '33', {}],
		[
			'37 wrong type',
			edifact(header('UNB+UNOC:3+ACME:14+MYCOMPANY:14+17O306:0811+REF42')),
			'37+UNB+5:1',
			{},
		],
		[
			'40 too short',
			edifact(header('UNB+UNOC:3+ACME:14+MYCOMPANY:14+17030:0811+REF42')),
			'40+UNB+5:1',
			{},
		],
		[
			'30 mixed',
			edifact({
				messages: [
					MESSAGE_ORDERS,
					['UNG+ORDERS+A+B+170306:0811+9+UN+D:96A'],
					MESSAGE_ORDERS,
					['UNE+1+9'],
				],
			}),
			'30+UNG',
			{},
		],
	])('UCI %s', (_name, file, why, reading) => {
		expect(answerLines(file, {}, reading)).toEqual([`${UCI}+4+${why}`]);
	});

	const SYNTAX_4 = 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20170306:0811+REF42';
	test.each([
		[
			'46 character set, where its characters are needed',
			edifact({
				header: SYNTAX_4.replace('UNOC', 'UNOX'),
				messages: [MESSAGE_ORDERS.map((line) => line.replace('PO-7', 'P\u00d6-7'))],
			}),
			'46+UNB+2:1',
		],
		[
			'47 a package',
			edifact({ header: SYNTAX_4, messages: [MESSAGE_ORDERS, ['UNO+1+1+4', 'UNP+4+1']] }),
			'47+UNO',
		],
	])('UCI, syntax 4: %s', (_name, file, why) => {
		expect(answerLines(file)).toEqual([`${UCI}+4+${why}`]);
	});

	test('what can be read is not refused for how it is declared', () => {
		const odd = edifact({ header: 'UNB+UNOX:3+ACME:14+MYCOMPANY:14+170306:0811+REF42' });
		expect(answerLines(odd)).toEqual([`${UCI}+7`, `${UCM}+7`]);
		const told = edifact({
			header: 'UNB+UNOX:3+ACME:14+MYCOMPANY:14+170306:0811+REF42',
			messages: [MESSAGE_ORDERS.map((line) => line.replace('PO-7', 'P\u00d6-7'))],
		});
		expect(answerLines(told, {}, { encoding: 'iso-8859-1' })).toEqual([`${UCI}+7`, `${UCM}+7`]);
		for (const una of ["UNA:+ ? '", "UNA:+.?'", "UNA:+.?*'"]) {
			expect(answerLines(edifact({ una }))).toEqual([`${UCI}+7`, `${UCM}+7`]);
		}
	});

	test('26 the same interchange twice', () => {
		const lines = answerLines(Buffer.concat([edifact(), edifact()]));
		expect(lines.slice(2)).toEqual([`${UCI}+4+26+UNB+6`]);
	});

	describe('groups are answered by UCF', () => {
		const group = 'UNG+ORDERS+ACME:14+MYCOMPANY:14+170306:0811+9+UN+D:96A';
		const UCF = 'UCF+9+ACME:14+MYCOMPANY:14';
		test.each([
			['accepted', { group, groupEnd: 'UNE+1+9' }, [`${UCF}+7`, `${UCM}+7`]],
			['29 count differs', { group, groupEnd: 'UNE+2+9' }, [`${UCF}+4+29+UNE+2`]],
			['28 references differ', { group, groupEnd: 'UNE+1+8' }, [`${UCF}+4+28+UNE+3`]],
			['39 too long', { group: `${group}:EAN008A`, groupEnd: 'UNE+1+9' }, [`${UCF}+4+39+UNG+8:3`]],
			['13 UNE missing', { group }, [`${UCF}+4+13+UNE`]],
			[
				'31 several message types',
				{
					group,
					groupEnd: 'UNE+2+9',
					messages: [MESSAGE_ORDERS, ['UNH+2+PARTIN:D:96A:UN', 'BGM+1', 'UNT+3+2']],
				},
				[`${UCF}+4+31+UNH`],
			],
		])('%s', (_name, over, lines) => {
			expect(answerLines(edifact(over))).toEqual([`${UCI}+7`, ...lines]);
		});

		test('24 too old, while the interchange is not', () => {
			const old = { group: group.replace('170306', '160306'), groupEnd: 'UNE+1+9' };
			expect(answerLines(edifact(old), {}, { oldest: '20170101' })).toEqual([
				`${UCI}+7`,
				`${UCF}+4+24+UNG+5:1`,
			]);
		});

		test('a group that names another message than it has', () => {
			const { response, files } = answer(
				edifact({ group: group.replace('ORDERS', 'INVOIC'), groupEnd: 'UNE+1+9' }),
			);
			expect(response.verdict).toBe('accepted with errors');
			expect(response.report).toMatch(/UNG names INVOIC, the messages are ORDERS/);
			expect(files[0]!.toString()).toContain(`'${UCF}+7'`);
		});
	});

	describe('what UCI, UCF and UCM would have to repeat', () => {
		const over = (header: string, other: Partial<Parameters<typeof edifact>[0]> = {}) =>
			edifact({ header, ...other });
		test.each([
			['no reference', over('UNB+UNOC:3+ACME:14+MYCOMPANY:14+170306:0811', { end: 'UNZ+1' })],
			[
				'a reference too long',
				over(`UNB+UNOC:3+ACME:14+MYCOMPANY:14+170306:0811+${'1'.repeat(15)}`),
			],
			['no sender', over('UNB+UNOC:3++MYCOMPANY:14+170306:0811+REF42')],
			['no recipient', over('UNB+UNOC:3+ACME:14+:14+170306:0811+REF42')],
			[
				'a sender with a control character of C1',
				over('UNB+UNOC:3+ACM\u0082:14+MYCOMPANY:14+170306:0811+REF42'),
			],
		])('without it there is no CONTRL: %s', (_name, file) => {
			const { response, files } = answer(file);
			expect(files).toEqual([]);
			expect(response.verdict).toBe('rejected');
			expect(response.report).toMatch(/no CONTRL can be sent: it would have to repeat/);
		});

		test.each([
			['UNH without a reference', ['UNH++ORDERS:D:96A:UN', 'UNT+12'], `${UCI}+4+13+UNH+2`],
			['UNH without an agency', ['UNH+1+ORDERS:D:96A', 'UNT+12+1'], `${UCI}+4+13+UNH+3:4`],
			['a type too long', ['UNH+1+ORDERSX:D:96A:UN', 'UNT+12+1'], `${UCI}+4+39+UNH+3:1`],
		])('the level above is refused: %s', (_name, [unh, unt], answered) => {
			const bad = [unh!, ...MESSAGE_ORDERS.slice(1, -1), unt!];
			const file = edifact({ messages: [MESSAGE_ORDERS, bad, bad], end: 'UNZ+3+REF42' });
			expect(answerLines(file)).toEqual([answered]);
			const group = 'UNG+ORDERS+ACME:14+MYCOMPANY:14+170306:0811+9+UN+D:96A';
			const grouped = edifact({ group, groupEnd: 'UNE+1+9', messages: [bad] });
			expect(answerLines(grouped)).toEqual([
				`${UCI}+7`,
				answered.replace(UCI, 'UCF+9+ACME:14+MYCOMPANY:14'),
			]);
		});

		test('a group without its parties, in syntax 3 and in syntax 4', () => {
			const group = 'UNG+ORDERS+++170306:0811+9+UN+D:96A';
			const groupEnd = 'UNE+1+9';
			expect(answerLines(edifact({ group, groupEnd }))).toEqual([`${UCI}+4+13+UNG+3`]);
			const four = { header: SYNTAX_4, group: group.replace('170306', '20170306'), groupEnd };
			expect(answerLines(edifact(four))).toEqual([`${UCI}+7`, 'UCF+9+++7', `${UCM}+7`]);
		});

		test('a conditional part that does not fit is left out, not cut', () => {
			const header = 'UNB+UNOC:3+ACME:12345+MYCOMPANY:14+170306:0811+REF42';
			expect(answerLines(edifact({ header }))).toEqual([
				'UCI+REF42+ACME+MYCOMPANY:14+4+39+UNB+3:2',
			]);
		});
	});

	test.each([
		['small letters under UNOA', 'UNOA', 'Acme.nl', 'Acme.nl'],
		['Latin-1 under UNOB', 'UNOB', 'ACM\u00c9', 'ACM\u00c9'],
		[
			'UTF-8 under UNOA',
			'UNOA',
			'ACM\u00c3\u0089\u00e2\u0082\u00ac',
			'ACM\u00c3\u0089\u00e2\u0082\u00ac',
		],
		['a byte without a meaning under UNOF', 'UNOF', 'ACM\u00d2', 'ACM_'],
		['a released separator', 'UNOC', 'AC?+ME', 'AC?+ME'],
	])('the sender comes back as it was: %s', (_name, charset, id, echoed) => {
		const header = `UNB+${charset}:3+${id}:14+MYCOMPANY:14+170306:0811+REF42`;
		const text = answer(edifact({ header })).files[0]!.toString('latin1');
		expect(text).toContain(`+MYCOMPANY:14+${echoed}:14+170307`);
		expect(text).toContain(`'UCI+REF42+${echoed}:14+MYCOMPANY:14+`);
	});

	test('a receipt promises that more is said; a refused interchange is told so at once', () => {
		const refused = edifact({ end: 'UNZ+1+REF43' });
		expect(answerLines(refused, { contrl: 'receipt' })).toEqual([`${UCI}+4+28+UNZ+3`]);
		expect(answerLines(edifact(), { contrl: 'receipt' })).toEqual([`${UCI}+8`]);
	});

	test('0031 of syntax 4 may ask for a receipt only', () => {
		const asked = (request: string) =>
			answerLines(edifact({ header: `${SYNTAX_4}++++${request}` }), {
				contrlWhen: 'when requested',
			});
		expect(asked('2')).toEqual([`${UCI}+8`]);
		expect(asked('1')).toEqual([`${UCI}+7`, `${UCM}+7`]);
		expect(asked('')).toEqual([]);
	});

	test('no answer to a CONTRL, not even to one that lost its UNH', () => {
		const broken = edifact({ messages: [['UCI+REF1+ACME+MYCOMPANY+7']], end: 'UNZ+0+REF42' });
		expect(answer(broken)).toMatchObject({ files: [], response: { verdict: 'acknowledgment' } });
	});
});
