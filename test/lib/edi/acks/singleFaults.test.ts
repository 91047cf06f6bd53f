import {
	answer,
	answerLines,
	edifact,
	edifactWith,
	isa,
	MESSAGE_ORDERS,
	SET_810,
	x12,
	x12With,
} from './samples';

const AK1 = 'AK1*IN*42';
const rejectedSet = (...detail: string[]): string[] => [
	AK1,
	'AK2*810*0001',
	...detail,
	'AK9*R*1*1*0',
];

test('a valid file is accepted', () => {
	expect(answerLines(x12())).toEqual([AK1, 'AK2*810*0001', 'AK5*A', 'AK9*A*1*1*1']);
	expect(answerLines(x12(), { listAccepted: false })).toEqual([AK1, 'AK9*A*1*1*1']);
});

describe('AK304: segments', () => {
	test.each([
		['1 unknown segment', x12With({ 4: ['QQQ*1', SET_810[3]!] }), 'AK3*QQQ*4**1'],
		['2 unexpected segment', x12With({ 8: ['MSG*Hello', SET_810[7]!] }), 'AK3*MSG*8**2'],
		['3 mandatory segment missing', x12With({ 13: '' }), 'AK3*TDS*13**3'],
		[
			'4 loop too often',
			x12With({ 5: Array.from({ length: 201 }, () => 'N1*BY*My Company') }),
			'AK3*N1*205**4',
		],
		['5 segment too often', x12With({ 3: [SET_810[2]!, SET_810[2]!] }), 'AK3*CUR*4**5'],
		['6 segment not in set', x12With({ 4: ['PO1*1*1*EA', SET_810[3]!] }), 'AK3*PO1*4**6'],
		[
			'7 segment out of sequence',
			x12With({ 3: '', 4: [SET_810[3]!, SET_810[2]!] }),
			'AK3*CUR*4**7',
		],
	])('%s', (_name, file, line) => {
		expect(answerLines(file)).toEqual(rejectedSet(line, 'AK5*R*5'));
	});

	test('8 goes with AK4', () => {
		expect(answerLines(x12With({ 3: 'CUR*BY*EURO' }))).toEqual(
			rejectedSet('AK3*CUR*3**8', 'AK4*2*100*5*EURO', 'AK5*R*5'),
		);
	});
});

describe('AK403: elements', () => {
	test.each([
		['1 mandatory element missing', { 2: 'BIG*20170306**20170301' }, 'BIG*2', 'AK4*2*76*1'],
		['2 element of a combination missing', { 10: 'IT1*1*2**10.5' }, 'IT1*10', 'AK4*3*355*2'],
		['3 too many elements', { 14: 'CTT*2*******X' }, 'CTT*14', 'AK4*8**3*X'],
		['4 element too short', { 9: 'DTM*11*20170301' }, 'DTM*9', 'AK4*1*374*4*11'],
		['5 element too long', { 3: 'CUR*BYYY*EUR' }, 'CUR*3', 'AK4*1*98*5*BYYY'],
		['6 invalid character', { 10: 'IT1*1*12A*EA*10.5' }, 'IT1*10', 'AK4*2*358*6'],
		[
			'7 invalid code',
			{ 7: 'N4*Utrecht**3511AA*NL', 11: 'PID*Q****Widget' },
			'PID*11',
			'AK4*1*349*7*Q',
		],
		['8 invalid date', { 9: 'DTM*011*20170230' }, 'DTM*9', 'AK4*2*373*8*20170230'],
		['9 invalid time', { 9: 'DTM*011*20170301*2560' }, 'DTM*9', 'AK4*3*337*9*2560'],
	])('%s', (_name, changes, segment, line) => {
		const [tag, position] = segment.split('*');
		expect(answerLines(x12With(changes))).toEqual(
			rejectedSet(`AK3*${tag}*${position}**8`, line, 'AK5*R*5'),
		);
	});

	test('6 a delimiter inside an element', () => {
		const file = x12With({ 5: 'N1*BY*My>Company*92*1000' });
		expect(answerLines(file)).toEqual(rejectedSet('AK3*N1*5**8', 'AK4*2*93*6', 'AK5*R*5'));
	});

	test.each([
		['ST', { 1: 'ST*810*0001*X' }, 'AK3*ST*1**8'],
		['SE', { 15: 'SE*15*0001*X' }, 'AK3*SE*15**8'],
	])('3 too many elements in %s', (_tag, changes, segment) => {
		expect(answerLines(x12With(changes))).toEqual(rejectedSet(segment, 'AK4*3**3*X', 'AK5*R*5'));
	});

	test('a segment without elements has errors in no one of them', () => {
		expect(answerLines(x12With({ 8: 'ITD' }))).toEqual(rejectedSet('AK3*ITD*8**8', 'AK5*R*5'));
		expect(answerLines(x12With({ 8: 'ITD***' }))).toEqual(rejectedSet('AK3*ITD*8**8', 'AK5*R*5'));
	});

	test('10 exclusion violated', () => {
		const file = x12With({ 10: [SET_810[9]!, 'QTY*01*5**4'] });
		expect(answerLines(file)).toEqual(rejectedSet('AK3*QTY*11**8', 'AK4*4*61*10', 'AK5*R*5'));
	});

	test('12 and 13 exist from 005010 on; before, both are too many elements', () => {
		const header = isa({ 11: '^', 12: '00501' });
		const group = 'GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*005010';
		const withSegment = (segment: string): Buffer =>
			x12({
				header,
				group,
				sets: [SET_810.map((line) => (line.startsWith('REF') ? segment : line))],
			});
		expect(answerLines(withSegment('REF*GZ*4000^5000'))).toContain('AK4*2*127*12');
		expect(
			answerLines(withSegment('REF*GZ*4000**PO>1>VN>2>PO>3>VN>4')).filter((line) =>
				line.startsWith('AK4'),
			),
		).toEqual(['AK4*4>7*C040*13*VN'].map(() => expect.stringMatching(/^AK4\*4>7\*\*13/)));
	});
});

describe('AK502: sets', () => {
	const set = (changes: (set: string[]) => string[]): Buffer =>
		x12({ sets: [changes([...SET_810])] });
	test.each([
		[
			'1 set not supported',
			x12({ sets: [['ST*811*0001', 'BIG*1', 'SE*3*0001']] }),
			['AK2*811*0001', 'AK5*R*1'],
			{ rejectUnsupported: true },
		],
		['2 trailer missing', set((lines) => lines.slice(0, -1)), ['AK2*810*0001', 'AK5*R*2'], {}],
		[
			'3 control numbers differ',
			set((lines) => [...lines.slice(0, -1), 'SE*15*0002']),
			['AK2*810*0001', 'AK5*R*3'],
			{},
		],
		[
			'4 segment count wrong',
			set((lines) => [...lines.slice(0, -1), 'SE*14*0001']),
			['AK2*810*0001', 'AK5*R*4'],
			{},
		],
		[
			'6 set identifier invalid',
			x12({ sets: [['ST*8X*0001', 'SE*2*0001']] }),
			['AK2*8X0*0001', 'AK5*R*6'],
			{},
		],
		[
			'7 control number invalid',
			set((lines) => ['ST*810*1', ...lines.slice(1, -1), 'SE*15*1']),
			['AK2*810*0001', 'AK5*R*7'],
			{},
		],
	])('%s', (_name, file, lines, reading) => {
		expect(answerLines(file, {}, reading)).toEqual([AK1, ...lines, 'AK9*R*1*1*0']);
	});

	test('18 set in the wrong group, in a 999; the 997 has no code of its own for it', () => {
		const file = x12({ group: 'GS*SC*ACME*MYCOMPANY*20170306*0811*42*X*004010' });
		const set = ['AK1*SC*42', 'AK2*810*0001'];
		expect(answerLines(file)).toEqual([...set, 'AK5*E*6', 'AK9*E*1*1*1']);
		expect(answerLines(file, { functional: '999' })).toEqual([
			'AK1*SC*42*004010',
			'AK2*810*0001',
			'IK5*E*18',
			'AK9*E*1*1*1',
		]);
		expect(answer(file).response.interchanges[0]!.findings).toMatchObject([{ code: 'AK502 6' }]);
		expect(answer(file, { functional: '999' }).response.interchanges[0]!.findings).toMatchObject([
			{ code: 'IK502 18' },
		]);
	});

	test('a kind of set we have no tables for, in the wrong group', () => {
		const order = x12({
			group: 'GS*PO*ACME*MYCOMPANY*20170306*0811*42*X*004010',
			sets: [['ST*855*0001', 'SE*2*0001']],
		});
		expect(answerLines(order)).toEqual(['AK1*PO*42', 'AK2*855*0001', 'AK5*E*6', 'AK9*E*1*1*1']);
	});

	test('5 segments in error', () => {
		expect(answerLines(x12With({ 13: '' }), { detail: false })).toEqual(rejectedSet('AK5*R*5'));
	});

	test('23 control number used twice', () => {
		expect(answerLines(x12({ sets: [SET_810, SET_810], groupEnd: 'GE*2*42' }))).toEqual([
			AK1,
			'AK2*810*0001',
			'AK5*A',
			'AK2*810*0001',
			'AK5*R*23',
			'AK9*P*2*2*1',
		]);
	});
});

describe('AK905: groups', () => {
	test.each([
		[
			'1 group not supported',
			x12({
				group: 'GS*CD*ACME*MYCOMPANY*20170306*0811*42*X*004010',
				sets: [['ST*812*0001', 'BCD*20170306*1*2*D*C', 'SE*3*0001']],
			}),
			'AK9*R*1*1*0*1',
			{ rejectUnsupported: true },
		],
		[
			'2 version not supported',
			x12({ group: 'GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*003010' }),
			'AK9*R*1*1*0*2',
			{ rejectUnsupported: true },
		],
		['3 GE missing', x12({ groupEnd: '' }), 'AK9*R*1*1*0*3', {}],
		['4 control numbers differ', x12({ groupEnd: 'GE*1*43' }), 'AK9*R*1*1*0*4', {}],
		['5 set count wrong', x12({ groupEnd: 'GE*3*42' }), 'AK9*R*3*1*0*5', {}],
		[
			'6 control number invalid',
			x12({
				group: 'GS*IN*ACME*MYCOMPANY*20170306*0811*4A*X*004010',
				groupEnd: 'GE*1*4A',
			}),
			'AK9*R*1*1*0*6',
			{},
		],
	])('%s', (_name, file, line, reading) => {
		const lines = answerLines(file, {}, reading);
		expect(lines[lines.length - 1]).toBe(line);
	});

	test('19 control number used twice, from 005010 on; before it is an invalid one', () => {
		const twice = (release: string): Buffer => {
			const group = `GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*${release}`;
			return x12({
				group,
				sets: [SET_810, ['GE*1*42', group], SET_810],
				end: 'IEA*2*000000042',
			});
		};
		expect(answerLines(twice('005010'))).toContain('AK9*R*1*1*0*19');
		expect(answerLines(twice('004010'))).toContain('AK9*R*1*1*0*6');
	});
});

describe('TA1: interchanges', () => {
	const ta1 = (letter: string, code: string, number = '000000042') =>
		expect.arrayContaining([`TA1*${number}*170306*0811*${letter}*${code}`]);
	test.each([
		['000 no error', x12(), 'A', {}],
		['001 control numbers differ', x12({ end: 'IEA*1*000000043' }), 'E', {}],
		['002 standard', x12({ header: isa({ 11: 'T' }) }), 'E', {}],
		['016 standards identifier', x12({ header: isa({ 11: ' ' }) }), 'E', {}],
		['016 repetition separator', x12({ header: isa({ 11: 'T', 12: '00501' }) }), 'E', {}],
		['028 delivery date', x12({ header: `${isa()}~ISE*20170306*0811*01` }), 'E', {}],
		['029 delivery time', x12({ header: `${isa()}~ISE*170306*2511*01` }), 'E', {}],
		['030 delivery time code', x12({ header: `${isa()}~ISE*170306*0811*ZZ` }), 'E', {}],
		['031 grade of service', x12({ header: `${isa()}~ISB*3` }), 'E', {}],
		['003 version not supported', x12({ header: isa({ 12: '00999' }) }), 'E', {}],
		['005 sender qualifier', x12({ header: isa({ 5: 'QQ' }) }), 'R', {}],
		['006 sender ID', x12({ header: isa({ 6: ' '.repeat(15) }) }), 'R', {}],
		['006 sender unknown', x12(), 'R', { acceptedSenders: ['ZZ:OTHER'] }],
		['007 receiver qualifier', x12({ header: isa({ 7: 'QQ' }) }), 'R', {}],
		['008 receiver ID', x12({ header: isa({ 8: ' '.repeat(15) }) }), 'R', {}],
		['009 receiver unknown', x12(), 'R', { acceptedReceivers: ['OTHER'] }],
		['010 authorization qualifier', x12({ header: isa({ 1: '99' }) }), 'R', {}],
		['011 authorization information', x12({ header: isa({ 1: '01' }) }), 'E', {}],
		['012 security qualifier', x12({ header: isa({ 3: '99' }) }), 'R', {}],
		['013 security information', x12({ header: isa({ 3: '01' }) }), 'E', {}],
		['017 version', x12({ header: isa({ 12: '0040X' }) }), 'R', {}],
		['019 acknowledgment request', x12({ header: isa({ 14: '7' }) }), 'E', {}],
		['020 usage indicator', x12({ header: isa({ 15: 'X' }) }), 'E', {}],
		['020 test not accepted', x12({ header: isa({ 15: 'T' }) }), 'R', { productionOnly: true }],
		['021 group count', x12({ end: 'IEA*2*000000042' }), 'E', {}],
		['022 control structure', x12({ groupEnd: 'GE*1*42~ZZZ*1' }), 'R', {}],
		['022 ISA without its widths', x12({ header: isa({ 6: 'ACME' }) }), 'E', {}],
		['023 premature end', x12({ end: '' }), 'R', {}],
		['024 group header', x12({ group: 'GS*IN**MYCOMPANY*20170306*0811*42*X*004010' }), 'R', {}],
		['027 component separator', x12({ header: isa({ 16: 'A' }) }), 'R', {}],
	])('%s', (name, file, letter, reading) => {
		const lines = answerLines(file, { ta1: 'always' }, reading);
		expect(lines).toEqual(ta1(letter, name.slice(0, 3)));
		// A refused interchange gets no functional acknowledgment.
		expect(lines.some((line) => line.startsWith('AK1'))).toBe(letter !== 'R');
	});

	test('000 with the services that may be asked for', () => {
		const header = `${isa()}~ISB*2~ISE*170306*0811`;
		expect(answerLines(x12({ header }), { ta1: 'always' })).toEqual(ta1('A', '000'));
	});

	test.each([
		['a letter', 'X'],
		['a digit', '9'],
		['a space', ' '],
	])('026 element separator: %s', (_name, separator) => {
		const file = x12({ header: isa({ 6: 'PARTNER'.padEnd(15), 9: '160306', 10: '0811' }) })
			.toString('latin1')
			.replaceAll('*', separator);
		const lines = answerLines(Buffer.from(file), { ta1: 'always' });
		expect(lines).toEqual(['TA1*000000042*160306*0811*R*026']);
	});

	test('004 segment terminator', () => {
		const file = x12().toString('latin1').replaceAll('~', 'z');
		expect(answerLines(Buffer.from(file), { ta1: 'always' })).toEqual(ta1('R', '004'));
	});

	test('014 and 015 date and time', () => {
		const lines = (over: Partial<Record<number, string>>): string[] =>
			answerLines(x12({ header: isa(over) }), { ta1: 'always' });
		expect(lines({ 9: '171306' })).toEqual(['TA1*000000042*171306*0811*R*014']);
		expect(lines({ 10: '2511' })).toEqual(['TA1*000000042*170306*2511*R*015']);
	});

	test('018 control number', () => {
		const file = x12({ header: isa({ 13: '00000004A' }), end: 'IEA*1*00000004A' });
		expect(answerLines(file, { ta1: 'always' })).toEqual(ta1('R', '018', '000000000'));
	});

	test('025 the same interchange twice', () => {
		const file = Buffer.concat([x12(), x12()]);
		expect(answerLines(file).slice(-1)).toEqual(['TA1*000000042*170306*0811*R*025']);
	});

	test('only where it is asked for or the interchange is refused', () => {
		expect(answerLines(x12({ header: isa({ 14: '1' }) }))[0]).toMatch(/^TA1\*.*\*A\*000$/);
		expect(answerLines(x12({ end: 'IEA*1*000000043' }))[0]).toBe(AK1);
		expect(answerLines(x12({ end: '' }), { ta1: 'never' })).toEqual([]);
	});
});

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
		['21 invalid character', { 4: 'RFF+CT:7\u00017' }, ['UCS+4', 'UCD+21+2:2']],
		['35 segment too often', { 2: ['BGM+220+PO-7+9', 'BGM+220+PO-7+9'] }, ['UCS+3+35']],
		['36 group too often', { 4: Array.from({ length: 11 }, () => 'RFF+CT:77') }, ['UCS+14+36']],
		['37 wrong type', { 8: 'QTY+21:1O:PCE' }, ['UCS+8', 'UCD+37+2:2']],
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
			edifact({ messages: [['UNH+1+APERAK:D:96A:UN', 'BGM+1', 'UNT+3+1']] }),
			['UCM+1+APERAK:D:96A:UN+4+17+UNH+3'],
			{ rejectUnsupported: true },
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
		['7 not the recipient', edifact(), '7+UNB+4', { acceptedReceivers: ['OTHER'] }],
		['13 UNZ missing', edifact({ end: '' }), '13+UNZ', {}],
		['23 unknown sender', edifact(), '23+UNB+3', { acceptedSenders: ['OTHER'] }],
		[
			'25 test',
			edifact(header('UNB+UNOC:3+ACME:14+MYCOMPANY:14+170306:0811+REF42++++++1')),
			'25+UNB+12',
			{ productionOnly: true },
		],
		['28 references differ', edifact({ end: 'UNZ+1+REF43' }), '28+UNZ+3', {}],
		['29 count differs', edifact({ end: 'UNZ+2+REF42' }), '29+UNZ+2', {}],
		['32 empty', edifact({ messages: [], end: 'UNZ+0+REF42' }), '32+UNH', {}],
		['33 outside of a message', edifact({ messages: [['BGM+220'], MESSAGE_ORDERS] }), '33+BGM', {}],
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
			['13 UNE missing', { group }, [`${UCF}+4+13+UNE`]],
			[
				'31 several message types',
				{
					group,
					groupEnd: 'UNE+2+9',
					messages: [MESSAGE_ORDERS, ['UNH+2+APERAK:D:96A:UN', 'BGM+1', 'UNT+3+2']],
				},
				[`${UCF}+4+31+UNH`],
			],
		])('%s', (_name, over, lines) => {
			expect(answerLines(edifact(over))).toEqual([`${UCI}+7`, ...lines]);
		});
	});
});
