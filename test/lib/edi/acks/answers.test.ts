import { readNotation } from './notation';
import { answer, answerLines, edifact, isa, x12, x12With } from './samples';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const ofVersion = (isa12: string, gs08: string) =>
	x12({ header: isa({ 12: isa12, 11: isa12 >= '00402' ? '^' : 'U' }), group: `GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*${gs08}` });

describe('an answer is in a version not newer than the partner has', () => {
	test.each([
		['00401', '004010', '00401', '004010'],
		['00401', '004010VICS', '00401', '004010'],
		['00402', '004020', '00402', '004010'],
		['00403', '004030', '00403', '004010'],
		['00406', '004060', '00406', '004010'],
		['00501', '005010', '00501', '005010'],
		['00501', '005010X218', '00501', '005010'],
		['00601', '006010', '00601', '005010'],
		['00801', '008010', '00801', '005010'],
		// Older than every table we have: the oldest.
		['00304', '003040', '00304', '004010'],
		['00401', 'D96A', '00401', '004010'],
		['00401', '00401', '00401', '004010'],
	])('ISA12 %s, GS08 %s: %s, %s', (isa12, gs08, answerIsa12, answerGs08) => {
		const { files, response } = answer(ofVersion(isa12, gs08));
		expect(response.verdict).toBe('accepted');
		const elements = text(files[0]!).split('~')[0]!.split('*');
		expect(elements[12]).toBe(answerIsa12);
		expect(elements[11]).toBe(answerIsa12 >= '00402' ? '^' : 'U');
		expect(text(files[0]!)).toContain(`*X*${answerGs08}~`);
		expect(text(files[0]!)).toContain(answerGs08 === '005010' ? `~AK1*IN*42*${gs08}~` : '~AK1*IN*42~');
		expect(readNotation(files[0]!)).toEqual({ verdict: 'acknowledgment', findings: [] });
	});

	test.each([
		['00999', '004010', '00401'],
		['00999', '005010', '00501'],
		['00209', '004010', '00401'],
		['00507', '004060', '00401'],
		['ABCDE', '004010', '00401'],
		['00040', '004010', '00401'],
	])('ISA12 %s is not a control version: TA1 names it, and ours is one', (isa12, gs08, ours) => {
		const { files } = answer(ofVersion(isa12, gs08), { ta1: 'always' });
		expect(text(files[0]!).split('~')[0]!.split('*')[12]).toBe(ours);
		expect(readNotation(files[0]!)).toEqual({ verdict: 'acknowledgment', findings: [] });
	});

	test('an unknown version is told without being asked for', () => {
		expect(answerLines(ofVersion('00999', '004010'))).toEqual([
			'TA1*000000042*170306*0811*E*003',
			'AK1*IN*42',
			'AK2*810*0001',
			'AK5*A',
			'AK9*A*1*1*1',
		]);
	});
});

describe('the 999 says CTX only for what its guide lists', () => {
	test('an invoice number is not in the list', () => {
		const lines = answerLines(x12With({ 3: 'CUR*BY*EURO' }), { functional: '999' });
		expect(lines).toContain('IK3*CUR*3**8');
		expect(lines.filter((line) => line.startsWith('CTX'))).toEqual([]);
	});

	test.each([
		['PAY-1', 'CTX*TRN02>PAY-1'],
		['PAY-1-'.padEnd(50, '7'), `CTX*TRN02>${'PAY-1-'.padEnd(35, '7')}`],
	])('the trace number of an 820 is: %s', (trace, context) => {
		const set = [
			'ST*820*0001',
			'BPR*C*100*C*ACH************20170306',
			`TRN*1*${trace}`,
			'CUR*PR*EURO',
			'SE*5*0001',
		];
		const file = x12({
			header: isa({ 11: '^', 12: '00501' }),
			group: 'GS*RA*ACME*MYCOMPANY*20170306*0811*42*X*005010',
			sets: [set],
		});
		const { files } = answer(file, { functional: '999' });
		expect(answerLines(file, { functional: '999' })).toContain(context);
		expect(readNotation(files[0]!)).toEqual({ verdict: 'acknowledgment', findings: [] });
	});
});

describe('CONTRL names a segment only if it is a service segment', () => {
	test.each([
		['BGM+220', 'UCI+REF42+ACME:14+MYCOMPANY:14+4+33'],
		['dtm+137:20260315:102', 'UCI+REF42+ACME:14+MYCOMPANY:14+4+33'],
		['XYZ', 'UCI+REF42+ACME:14+MYCOMPANY:14+4+33'],
		['UNT+3+1', 'UCI+REF42+ACME:14+MYCOMPANY:14+4+33+UNT'],
	])('%s outside of a message: %s', (stray, line) => {
		const file = edifact({ end: `${stray}'UNZ+1+REF42` });
		expect(answerLines(file)).toEqual([line]);
		expect(readNotation(answer(file).files[0]!)).toEqual({ verdict: 'acknowledgment', findings: [] });
	});

	test('our own tables refuse another', () => {
		const contrl = text(answer(edifact({ end: "UNT+3+1'UNZ+1+REF42" })).files[0]!);
		const other = Buffer.from(contrl.replace('+33+UNT', '+33+DTM'));
		expect(readNotation(other).findings).toEqual(['UNH 1: 0085 12 UCI@2.06']);
	});
});

