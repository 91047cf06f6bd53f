import { answer, answerLines, isa, SET_810, x12, x12With } from './samples';

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
			sets: [['ST*865*0001', 'SE*2*0001']],
		});
		expect(answerLines(order)).toEqual(['AK1*PO*42', 'AK2*865*0001', 'AK5*E*6', 'AK9*E*1*1*1']);
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

	test('only where it is asked for or the envelope has an error, which no other answer tells', () => {
		expect(answerLines(x12({ header: isa({ 14: '1' }) }))[0]).toMatch(/^TA1\*.*\*A\*000$/);
		expect(answerLines(x12())[0]).toBe(AK1);
		expect(answerLines(x12({ end: 'IEA*1*000000043' }))).toEqual([
			'TA1*000000042*170306*0811*E*001',
			AK1,
			'AK2*810*0001',
			'AK5*A',
			'AK9*A*1*1*1',
		]);
		expect(answerLines(x12({ end: '' }), { ta1: 'never' })).toEqual([]);
	});
});
