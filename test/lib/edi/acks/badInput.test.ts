import { InterchangeFileReader, readInterchanges, respond } from '../../../../lib/edi/acks';
import { answer, edifact, isa, MESSAGE_ORDERS, SET_810, x12, x12With } from './samples';

const read = (bytes: Uint8Array) => respond(readInterchanges(bytes), undefined, 'in.edi');
const TEXT = x12().toString('latin1');

/** The alphabet of CP037, as far as an interchange header needs it. */
function ebcdic(text: string): Buffer {
	const ranges: [string, number][] = [
		['ABCDEFGHI', 0xc1],
		['JKLMNOPQR', 0xd1],
		['STUVWXYZ', 0xe2],
		['0123456789', 0xf0],
		[' ', 0x40],
		['*', 0x5c],
		['~', 0xa1],
	];
	const codeOf = (char: string): number => {
		for (const [chars, first] of ranges) {
			const at = chars.indexOf(char);
			if (at >= 0) return first + at;
		}
		return 0x6f;
	};
	return Buffer.from(Array.from(text, codeOf));
}

describe('files that are no interchange say what they are', () => {
	test.each([
		['empty', Buffer.alloc(0), /is empty; it may still have been in transfer/],
		['text', Buffer.from('Dear partner, the file follows.'), /holds no X12 or EDIFACT interchange/],
		['binary', Buffer.from([0x7f, 3, 4, 0, 0, 255, 254]), /holds no X12 or EDIFACT/],
		['UTF-16 with its mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), /UTF-16; ask the partner/],
		['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), /UTF-16; ask the partner/],
		['UTF-16, big end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), /UTF-16; ask/],
		['EDIFACT in UTF-16', Buffer.from(edifact().toString(), 'utf16le'), /UTF-16; ask/],
		['EBCDIC', ebcdic(TEXT), /EBCDIC; ask the partner to send it in ASCII/],
		['ZIP', Buffer.from('PK\u0003\u0004\u0014'), /ZIP archive; ask the partner for the EDI file/],
		['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
		['PDF', Buffer.from('%PDF-1.7\n'), /a PDF/],
		['PGP', Buffer.from('-----BEGIN PGP MESSAGE-----\n'), /PGP; decrypt it/],
		['AS2', Buffer.from('Content-Type: application/edi-x12\r\n\r\n'), /an AS2 message/],
		['XML', Buffer.from('\ufeff<?xml version="1.0"?><Invoice/>'), /XML/],
		['JSON', Buffer.from('{"invoice": 1}'), /JSON/],
		['zero bytes', Buffer.alloc(1_000), /zero bytes, as one does whose transfer was broken off/],
	])('%s', (_name, bytes, report) => {
		const response = read(bytes);
		expect(response.verdict).toBe('unreadable');
		expect(response.interchanges).toEqual([]);
		expect(response.report).toMatch(report);
	});
});

describe('a file still being written, or broken off', () => {
	test.each([
		['X12', x12()],
		['EDIFACT', edifact()],
	])('whatever is missing at the end, it is not accepted: %s', (_syntax, file) => {
		// Without its last terminator a file is still whole.
		const lengths = Array.from({ length: file.length - 1 }, (_none, length) => length);
		const taken = lengths.filter((length) => {
			const { verdict } = read(file.subarray(0, length));
			return verdict !== 'rejected' && verdict !== 'unreadable';
		});
		expect(taken).toEqual([]);
	});

	test('filled up with zero bytes: what came is kept, what is missing refuses it', () => {
		const file = Buffer.concat([x12().subarray(0, 300), Buffer.alloc(500)]);
		expect(read(file).verdict).toBe('rejected');
	});
});

describe('wrong encoding', () => {
	test('ISO 8859-1 where UTF-8 was promised, and the other way about, is read', () => {
		for (const encoding of ['latin1', 'utf8'] as const) {
			const file = x12With({ 6: 'N3*Märkische Straße 5' }).toString('latin1');
			expect(read(Buffer.from(file, encoding)).verdict).toBe('accepted');
		}
	});

	test('controls in the data are refused by element', () => {
		const { verdict, interchanges } = read(x12With({ 6: 'N3*Dorps\u0001straat' }));
		expect(verdict).toBe('rejected');
		expect(interchanges[0]!.findings).toMatchObject([
			{ code: 'AK403 6', segment: 'N3', element: 1, segmentPosition: 6 },
		]);
	});
});

describe('one syntax inside the other, nested garbage', () => {
	const inner = edifact().toString('latin1');
	test('EDIFACT in the middle of a set is one bad set, and the file is read to its end', () => {
		const file = x12({ sets: [[...SET_810.slice(0, 5), inner, ...SET_810.slice(5)]] });
		const { verdict, interchanges } = read(file);
		expect(verdict).toBe('rejected');
		expect(interchanges).toHaveLength(1);
		expect(interchanges[0]!.findings.length).toBeGreaterThan(0);
	});

	test('EDIFACT between the groups refuses the interchange', () => {
		const { verdict } = read(x12({ groupEnd: `GE*1*42~${inner}` }));
		expect(verdict).toBe('rejected');
	});

	test('X12 inside a message refuses what is around it', () => {
		const message = [...MESSAGE_ORDERS.slice(0, 4), TEXT, ...MESSAGE_ORDERS.slice(4)];
		expect(read(edifact({ messages: [message] })).verdict).toBe('rejected');
	});

	test('an interchange inside a set ends what was open, and both are answered', () => {
		const file = x12({ sets: [[...SET_810.slice(0, 5), TEXT, ...SET_810.slice(5)]] });
		const { verdict, interchanges } = read(file);
		expect(verdict).not.toBe('accepted');
		expect(interchanges[0]!.verdict).toBe('rejected');
		expect(interchanges[0]!.findings.map(({ code }) => code)).toContain('TA1 023');
	});

	test('garbage before, between and after: the interchanges stand, the garbage is an error of theirs', () => {
		const other = x12({ header: isa({ 13: '000000043' }), end: 'IEA*1*000000043' });
		const file = Buffer.concat([
			Buffer.from('\u0000\u0001 ISA is coming }{[\n'),
			x12(),
			Buffer.from('UNA UNB ISA ISB GS*'),
			other,
			Buffer.from('IEA*1*000000043~'),
		]);
		const response = read(file);
		expect(response.interchanges.map(({ verdict }) => verdict)).toEqual(['rejected', 'rejected']);
		expect(response.interchanges.map(({ findings }) => findings.length)).toEqual([2, 1]);
		expect(response.reading.problems.map(({ code }) => code)).toContain('strayData');
	});
});

test('syntaxes that alternate in one chunk of more than one piece are all read', () => {
	const pair = (number: number): Buffer => {
		const control = String(number).padStart(9, '0');
		const header = `UNB+UNOC:3+ACME:14+MYCOMPANY:14+170306:0811+REF${number}`;
		return Buffer.concat([
			x12({ header: isa({ 13: control }), end: `IEA*1*${control}` }),
			edifact({ header, end: `UNZ+1+REF${number}` }),
		]);
	};
	const file = Buffer.concat(Array.from({ length: 150 }, (_none, index) => pair(index + 1)));
	const { verdict, interchanges } = read(file);
	expect([verdict, interchanges.length]).toEqual(['accepted', 300]);
	const pieces = new InterchangeFileReader();
	for (let at = 0; at < file.length; at += 1_000) pieces.push(file.subarray(at, at + 1_000));
	expect(pieces.end()).toEqual(readInterchanges(file));
});

describe('files of many parts', () => {
	test('a group of 70,000 sets is answered set by set', () => {
		const sets = Array.from({ length: 70_000 }, (_none, index) => {
			const number = String(index + 1).padStart(5, '0');
			return [`ST*865*${number}`, `SE*2*${number}`];
		});
		const file = x12({
			group: 'GS*CA*ACME*MYCOMPANY*20170306*0811*42*X*004010',
			sets,
			groupEnd: 'GE*70000*42',
		});
		const { response, files } = answer(file);
		expect(response.verdict).toBe('accepted');
		const [interchange] = response.interchanges;
		expect(interchange!.acknowledges.setCount).toBe(70_000);
		expect(interchange!.acknowledges.sets).toHaveLength(1_000);
		expect(interchange!.report).toMatch(/\n- and 69800 more sets/);
		const lines = files[0]!.toString('latin1').split('~');
		expect(lines.slice(-6)).toEqual([
			'AK5*A',
			'AK9*A*70000*70000*70000',
			'SE*140004*0001',
			'GE*1*123001',
			'IEA*1*000123001',
			'',
		]);
	});

	test('more interchanges than can be answered: the file is refused as a whole', () => {
		const end = 'IEA*0*000000042';
		const empty = x12({ group: '', sets: [], groupEnd: '', end });
		const file = Buffer.concat(Array.from({ length: 30_001 }, () => empty));
		const response = read(file);
		expect([response.verdict, response.interchanges.length]).toEqual(['unreadable', 0]);
		expect(response.report).toMatch(/more sets or interchanges .* ask the partner for smaller/);
		expect(response.reading.bytes).toBe(file.length);
	});
});

test('a long list of findings is cut for people and says by how much', () => {
	const bad = Array.from({ length: 1_500 }, () => 'QQQ*1');
	const set = ['ST*810*0001', 'BIG*20170306*INV-1', ...bad, 'TDS*1', 'SE*1504*0001'];
	const [interchange] = read(x12({ sets: [set] })).interchanges;
	expect(interchange!.findingCount).toBe(1_500);
	expect(interchange!.findings).toHaveLength(1_000);
	const lines = interchange!.report.split('\n');
	expect(lines.filter((line) => line.includes('AK304 1'))).toHaveLength(200);
	expect(lines[lines.length - 1]).toBe('  and 1300 more findings');
});
