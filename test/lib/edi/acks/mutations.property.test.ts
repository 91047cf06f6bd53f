import fc from 'fast-check';
import { X12parser } from 'x12-parser';
import {
	InterchangeFileReader,
	reconcile,
	respond,
	DEFAULT_OPTIONS,
	writeAcknowledgment,
} from '../../../../lib/edi/acks';
import { readWithTsEdifact } from '../edifact/peers';
import { readNotation } from './notation';
import { answer, edifact, IDENTITY, isa, MESSAGE_ORDERS, SET_810, x12 } from './samples';

const LATER = {
	header: isa({ 11: '^', 12: '00501' }),
	group: 'GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*005010',
};
const SECOND = { header: isa({ 13: '000000043' }), end: 'IEA*1*000000043' };
const UNG = 'UNG+ORDERS+ACME:14+MYCOMPANY:14+170306:0811+9+UN+D:96A';
const ORDERS_4 = edifact({
	una: "UNA:+.?*'",
	header: 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20170306:0811+REF42',
	messages: [MESSAGE_ORDERS, MESSAGE_ORDERS.map((one) => one.replace('UNH+1', 'UNH+2').replace('UNT+12+1', 'UNT+12+2'))],
	end: 'UNZ+2+REF42',
});

const BUSINESS: readonly Buffer[] = [
	x12(),
	x12(LATER),
	x12({ sets: [SET_810, SET_810.map((one) => one.replace('0001', '0002'))], groupEnd: 'GE*2*42' }),
	Buffer.concat([x12(), x12(SECOND)]),
	edifact(),
	edifact({ group: UNG, groupEnd: 'UNE+1+9' }),
	ORDERS_4,
	Buffer.concat([edifact(), x12()]),
];
const ANSWERS: readonly Buffer[] = [
	answer(x12(), { ta1: 'always' }).files[0]!,
	answer(x12({ sets: [SET_810.map((one) => one.replace('EUR', 'EURO'))] })).files[0]!,
	answer(x12(LATER), { functional: '999' }).files[0]!,
	answer(edifact()).files[0]!,
	answer(edifact({ messages: [MESSAGE_ORDERS.map((one) => one.replace('PRI+AAA', 'PRI+ZZZ'))] })).files[0]!,
];

// A CONTRL may repeat the letters ISA from the sender's ID.
const isX12 = (bytes: Buffer): boolean => bytes.subarray(0, 3).equals(Buffer.from('ISA'));

/** Where segments end, delimiters of both standards in one list. */
function boundaries(bytes: Buffer): number[] {
	const text = bytes.toString('latin1');
	const found = [0];
	for (let at = 0; at < text.length; at += 1) {
		if (text[at] === '~' || (text[at] === "'" && text[at - 1] !== '?')) found.push(at + 1);
	}
	return found;
}

const spliced = (bytes: Buffer, at: number, text: string, drop = 0): Buffer =>
	Buffer.concat([bytes.subarray(0, at), Buffer.from(text, 'latin1'), bytes.subarray(at + drop)]);

const UNA_LENGTH = 9;
const MARK = Buffer.from('\ufeff');

/** Bytes that carry something and are in no segment. */
function unread(bytes: Buffer): { readonly count: number; readonly verdict: string; readonly report: string; readonly files: Buffer[] } {
	const covered = new Uint8Array(bytes.length);
	const cover = ({ offset, length }: { offset: number; length: number }): void => {
		// The terminator belongs to its segment.
		covered.fill(1, offset, offset + length + 1);
	};
	const reader = new InterchangeFileReader({}, { x12: cover, edifact: cover });
	reader.push(bytes);
	const response = respond(reader.end(), undefined, 'in.edi');
	// UNA is read, and is no segment.
	for (const { index, 0: una } of bytes.toString('latin1').matchAll(/UNA.{4,12}?\s*(?=UN[BGH])/gs)) {
		if (covered[index] === 0) covered.fill(1, index, index + una.length);
	}
	// So is the byte-order mark of a file, also of one that was appended.
	for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
		covered.fill(1, at, at + MARK.length);
	}
	let count = 0;
	for (const [at, byte] of bytes.entries()) if (byte > 32 && covered[at] === 0) count += 1;
	const files = response.interchanges
		.flatMap(({ plans }) => plans)
		.map((plan) => Buffer.from(writeAcknowledgment(plan, IDENTITY, DEFAULT_OPTIONS)));
	return { count, verdict: response.verdict, report: response.report, files };
}

let peersAsked = 0;

async function readByPeer(file: Buffer): Promise<void> {
	peersAsked += 1;
	if (!isX12(file)) {
		const tags = readWithTsEdifact(file.toString('latin1'), 'UNOC').map(({ tag }) => tag);
		expect([tags[0], tags.at(-1)]).toEqual(['UNB', 'UNZ']);
		return;
	}
	const names: string[] = [];
	const parser = new X12parser('latin1');
	parser.on('data', ({ name }: Record<string, string>) => names.push(name ?? ''));
	await new Promise((resolve, reject) => {
		parser.on('end', resolve).on('error', reject);
		parser.end(file);
	});
	expect(names[0]).toBe('ISA');
	expect(names.at(-1)).toBe('IEA');
}

/** Whatever it is: nothing is thrown, nothing goes unread in silence, the answer is a valid one. */
async function check(bytes: Buffer, turn: number): Promise<string> {
	const { count, verdict, report, files } = unread(bytes);
	if (count > 0) {
		expect(['rejected', 'partially accepted', 'unreadable', 'acknowledgment']).toContain(verdict);
		expect(report).toMatch(/byte \d+/);
	}
	for (const file of files) {
		expect(readNotation(file)).toEqual({ verdict: 'acknowledgment', findings: [] });
		if (turn % 10 === 0) await readByPeer(file);
	}
	const { items, problems } = reconcile(bytes);
	if (count > 0 && items.length > 0) expect(problems.length).toBeGreaterThan(0);
	for (const { outcome, summary } of items) {
		expect(outcome).toEqual(expect.any(String));
		expect(summary).not.toMatch(/NaN|undefined/);
	}
	return verdict;
}

const INSERTED = ['XXX', 'hello world\r\n', 'ZZZ*1~', "ZZZ+1'", 'IEA*1*1~', "UNZ+1+1'", 'ISA', 'UNB', '\u00a7', '\u00ef\u00bb\u00bf', '~', "'"];

test('cut behind every segment: never accepted, and no segment of it is lost', async () => {
	let turn = 0;
	for (const file of BUSINESS) {
		for (const at of boundaries(file).slice(1, -1)) {
			const verdict = await check(file.subarray(0, at), (turn += 1));
			// A file of two interchanges may end behind the first.
			const isWhole = /(?:IEA\*1\*\d+~|UNZ\+\d\+REF42')$/.test(file.toString('latin1', 0, at));
			expect(verdict === 'accepted').toBe(isWhole);
		}
	}
	for (const file of ANSWERS) {
		const whole = reconcile(file);
		expect(whole.problems).toEqual([]);
		for (const at of boundaries(file).slice(1, -1)) {
			await check(file.subarray(0, at), (turn += 1));
			const cut = reconcile(file.subarray(0, at));
			expect(cut.problems.join()).toMatch(/missing|breaks off/);
			// What was said stays said: no outcome turns into another that is better.
			for (const item of cut.items.filter(({ level }) => level !== 'group' && level !== 'interchange')) {
				const same = whole.items.find(
					(one) => one.level === item.level && one.setControlNumber === item.setControlNumber,
				);
				expect([same?.outcome, 'unknown']).toContain(item.outcome);
			}
		}
	}
});

test('text at every boundary of a segment: never accepted', async () => {
	let turn = 0;
	for (const file of [...BUSINESS.slice(0, 1), ...BUSINESS.slice(4, 6), ...ANSWERS]) {
		for (const at of boundaries(file)) {
			for (const text of INSERTED) {
				const verdict = await check(spliced(file, at, text), (turn += 1));
				// A byte-order mark around an interchange, or before UNB, says nothing.
				const isNothing = text === '\u00ef\u00bb\u00bf' && [0, UNA_LENGTH, file.length].includes(at);
				if (isNothing || ANSWERS.includes(file)) continue;
				expect([JSON.stringify(text), at, verdict]).not.toContain('accepted');
			}
		}
	}
});

test('each delimiter for each other, one at a time', async () => {
	const delimiters = ['~', '*', '>', '^', "'", '+', ':', '?', '|', 'x', ' ', '\n', '\0', '\u00a7'];
	let turn = 0;
	for (const file of [BUSINESS[0]!, BUSINESS[6]!, ANSWERS[1]!]) {
		for (const [at, byte] of file.entries()) {
			const char = String.fromCharCode(byte);
			if (!(isX12(file) ? '~*>^' : "'+:?").includes(char)) continue;
			turn += 1;
			for (const other of turn % 3 === 0 ? delimiters : [delimiters[turn % delimiters.length]!]) {
				if (other !== char) await check(spliced(file, at, other, 1), turn);
			}
		}
	}
});

test('anything, anywhere', async () => {
	const damage = fc.record({
		at: fc.nat(700),
		drop: fc.constantFrom(0, 0, 1, 3, 40),
		text: fc.oneof(
			fc.constantFrom(...INSERTED, '\u0085', '\0', '\u00c2\u00a7', SET_810[9]!, "LIN+1'", 'GE*1*42~'),
			fc.string({ unit: 'binary', maxLength: 6 }),
		),
	});
	let turn = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...BUSINESS, ...ANSWERS),
			fc.array(damage, { minLength: 1, maxLength: 4 }),
			async (file, damages) => {
				const bytes = damages.reduce((now, { at, drop, text }) => spliced(now, at, text, drop), file);
				await check(bytes, (turn += 1));
			},
		),
		{ numRuns: 400 },
	);
	expect(peersAsked).toBeGreaterThan(40);
});

