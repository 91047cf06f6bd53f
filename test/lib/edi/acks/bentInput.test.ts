import { respondToFile } from '../../../../lib/edi/acks';
import { readNotation } from './notation';
import { answer, answerLines, edifact, edifactWith, isa, SET_810, x12, x12With } from './samples';

const CONTROLS = ['\n', '\r', '\0', '\u0007', '\u001a', '\u0085', '\u009f', '\ufeff', '\u2028'];

describe('a control character in a header is an error of the file, and nothing else breaks', () => {
	const places: [number, string, string][] = [
		[6, 'AC', '006'],
		[8, 'MY', '008'],
	];
	test.each(places.flatMap((place) => CONTROLS.map((char) => [...place, char] as const)))(
		'ISA%i %s TA1 %s %j',
		(element, start, code, char) => {
			const file = Buffer.from(
				x12({ header: isa({ [element]: `${start}${char}X`.padEnd(15) }) }).toString('latin1'),
				char > '\u00ff' ? 'utf8' : 'latin1',
			);
			const wide = Buffer.from(
				isa({ [element]: `${start}${char}X`.padEnd(15) }) + x12({ header: '' }).toString('latin1').replace(/^/, '~'),
				'utf8',
			);
			for (const bytes of char > '\u00ff' ? [wide] : [file, wide]) {
				const { response, files } = answer(bytes);
				expect(response.verdict).toBe('rejected');
				expect(response.interchanges[0]!.findings.map((one) => one.code)).toContain(`TA1 ${code}`);
				for (const made of files) {
					expect(readNotation(made)).toEqual({ verdict: 'acknowledgment', findings: [] });
				}
				const shown = response.interchanges.map(({ acknowledges, findings }) => [acknowledges, findings]);
				// eslint-disable-next-line no-control-regex -- controls are what is looked for
				const invisible = /[\u0000-\u001f\u007f-\u009f\ufeff\u2028]/;
				const words = JSON.stringify(shown) + response.report.replaceAll('\n', '');
				expect(invisible.test(words)).toBe(false);
			}
		},
	);

	test.each(CONTROLS)('GS02 %j', (char) => {
		const group = `GS*IN*AC${char}ME*MYCOMPANY*20170306*0811*42*X*004010`;
		const bytes = Buffer.from(x12({ group: 'GS' }).toString('latin1').replace('~GS~', `~${group}~`), 'utf8');
		const { response, files } = answer(bytes);
		expect(response.interchanges).toHaveLength(1);
		for (const made of files) {
			expect(readNotation(made)).toEqual({ verdict: 'acknowledgment', findings: [] });
		}
	});

	test.each(CONTROLS)('UNB 0004 %j', (char) => {
		const header = `UNB+UNOC:3+AC${char}ME:14+MYCOMPANY:14+170306:0811+REF42`;
		const bytes = Buffer.from(edifact({ header: 'UNB' }).toString('latin1').replace("UNB'", `${header}'`), 'utf8');
		const { response, files } = answer(bytes);
		expect(response.interchanges).toHaveLength(1);
		for (const made of files) {
			expect(readNotation(made)).toEqual({ verdict: 'acknowledgment', findings: [] });
		}
	});

	test('a line break at the end of the padding is padding', () => {
		const header = isa({ 6: `${'ACME'.padEnd(14)}\n` });
		expect(respondToFile(x12({ header })).verdict).toBe('accepted');
	});
});

describe('control numbers are numbers', () => {
	test('IEA02 and GE02 without leading zeros', () => {
		expect(answerLines(x12({ end: 'IEA*1*42' }))).toEqual(answerLines(x12()));
		expect(respondToFile(x12({ end: 'IEA*1*42', groupEnd: 'GE*1*042' })).verdict).toBe('accepted');
	});

	test('twice, once with zeros', () => {
		const group = 'GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*004010';
		const other = group.replace('*42*', '*042*');
		const text = x12({ end: '' }).toString('latin1');
		const file = Buffer.from(`${text}${other}~${SET_810.join('~')}~GE*1*42~IEA*2*000000042~`);
		expect(respondToFile(file).interchanges[0]!.findings[0]).toMatchObject({ code: 'AK905 6' });
	});

	test.each(['GE*1*42*JUNK', 'IEA*1*000000042*JUNK'])('%s: what stands behind is an error', (end) => {
		const file = end.startsWith('GE') ? x12({ groupEnd: end }) : x12({ end });
		expect(answerLines(file)).toEqual(['TA1*000000042*170306*0811*R*022']);
	});
});

describe('dates that are none', () => {
	test.each([
		['170230', '0811'],
		['171306', '0811'],
		['170306', '2411'],
		['170306', '0860'],
		['230229', '0811'],
	])('ISA %s %s', (date, time) => {
		const [line] = answerLines(x12({ header: isa({ 9: date, 10: time }) }));
		expect(line).toBe(`TA1*000000042*${date}*${time}*R*${date === '170306' ? '015' : '014'}`);
	});

	test.each([
		['170230:0811', '12+UNB+5:1'],
		['999999:0811', '12+UNB+5:1'],
		['170306:2411', '12+UNB+5:2'],
		['170306:0860', '12+UNB+5:2'],
	])('UNB %s', (when, why) => {
		const header = `UNB+UNOC:3+ACME:14+MYCOMPANY:14+${when}+REF42`;
		expect(answerLines(edifact({ header }))).toEqual([`UCI+REF42+ACME:14+MYCOMPANY:14+4+${why}`]);
	});

	test('UNB of syntax 4', () => {
		const header = 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20230229:0811+REF42';
		expect(answerLines(edifact({ header }))[0]).toMatch(/\+4\+12\+UNB\+5:1$/);
		const leap = 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20240229:2359+REF42';
		expect(respondToFile(edifact({ header: leap })).verdict).toBe('accepted');
	});
});

describe('one segment that strays is one finding', () => {
	const findingsOf = (bytes: Uint8Array) =>
		respondToFile(bytes).interchanges.flatMap(({ findings }) => findings);

	test('X12: every segment of the set at every other place', () => {
		const body = SET_810.slice(1, -1);
		const found = body.flatMap((stray) =>
			body.flatMap((_none, at) => {
				const set = [...body.slice(0, at), stray, ...body.slice(at)];
				const sets = [[SET_810[0]!, ...set, `SE*${set.length + 2}*0001`]];
				return [findingsOf(x12({ sets })).length];
			}),
		);
		expect(found.length).toBe(body.length ** 2);
		expect(Math.max(...found)).toBe(1);
		expect(found.filter((count) => count === 1).length).toBeGreaterThan(found.length / 2);
	});

	test('what is wrong besides the stray is found as well', () => {
		const file = x12With({ 5: ['TDS*1', SET_810[4]!], 12: 'IT1*2*one*EA*5' });
		expect(answerLines(file)).toEqual([
			'AK1*IN*42',
			'AK2*810*0001',
			'AK3*TDS*5**7',
			'AK3*IT1*13**8',
			'AK4*2*358*6',
			'AK5*R*5',
			'AK9*R*1*1*0',
		]);
	});

	test('EDIFACT: between UNA and UNB, and of a message where it does not belong', () => {
		const before = edifact({ una: "UNA:+.? 'BGM+220+1+9'" });
		expect(findingsOf(before)).toMatchObject([{ code: '0085 33', segment: 'BGM' }]);
		expect(answerLines(before)).toEqual(['UCI+REF42+ACME:14+MYCOMPANY:14+4+33']);
		const within = edifactWith({ 5: ['UNS+S', 'NAD+BY+8712345000004::9'] });
		expect(findingsOf(within)).toMatchObject([{ code: '0085 15', segment: 'UNS' }]);
	});
});

describe('codes and segments of other lists', () => {
	const message = (association: string, reference: string) =>
		edifactWith({ 1: `UNH+1+ORDERS:D:96A:UN${association}`, 4: reference });

	test('EANCOM has codes of its own', () => {
		expect(respondToFile(message(':EAN008', 'RFF+API:123')).verdict).toBe('accepted');
		expect(respondToFile(message(':EAN008', 'NAD+CPE+8712345000004::9')).verdict).toBe('accepted');
		expect(respondToFile(message('', 'RFF+API:123')).verdict).toBe('rejected');
		expect(respondToFile(message('', 'NAD+CPE+8712345000004::9')).verdict).toBe('rejected');
		expect(respondToFile(message(':EDIT40', 'RFF+API:123')).verdict).toBe('rejected');
		expect(respondToFile(message(':EAN008', 'RFF+QQQ:123')).verdict).toBe('rejected');
		const due = edifactWith({ 1: 'UNH+1+ORDERS:D:96A:UN:EAN008', 3: ['DTM+137:20170306:102', 'DTM+44E:20170306:102'] });
		expect(respondToFile(due).verdict).toBe('accepted');
	});

	test.each([
		['EQN+1', 'is a segment of the standard, but not of this set or message'],
		['ZZZ+1', '"ZZZ" is not a segment of the standard'],
	])('%s', (segment, words) => {
		const file = edifactWith({ 4: segment });
		expect(respondToFile(file).interchanges[0]!.findings).toMatchObject([
			{ code: '0085 15', message: expect.stringContaining(words) as string },
		]);
	});
});
