/**
 * Reading, checking and acknowledging 50 MB beside what other parsers need for reading alone. The
 * bytes arrive in pieces of 64 KB, as from a socket; each reader gets them in the way it wants.
 */
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';

import type * as Acknowledgments from '../lib/edi/acks/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark, Measure } from './run.ts';

const require = createRequire(import.meta.url);

const MEGABYTE = 1_048_576;
const FILE_BYTES = 50 * MEGABYTE;
const PIECE_BYTES = 65_536;
const ROUNDS = 3;

/** One interchange of 810s with ten lines each. */
function makeX12(bytes: number): Buffer {
	const parts: string[] = [
		'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *170306*0811*U*00401*000000001*0*P*>~\n',
		'GS*IN*SENDER*RECEIVER*20170306*0811*1*X*004010~\n',
	];
	let length = 0;
	let sets = 0;
	for (; length < bytes; sets += 1) {
		const number = String(sets + 1).padStart(9, '0');
		const segments = [
			`ST*810*${number}`,
			`BIG*20170306*INV-${number}**PO-4711`,
			'CUR*BY*EUR',
			'N1*BY*Buying Company*92*1000',
			'N3*Dorpsstraat 1',
			'N4*Utrecht**3511AA*NL',
			'N1*SE*Supplying Company*92*2000',
			'ITD*01*3*****30',
		];
		for (let line = 1; line <= 10; line += 1) {
			segments.push(
				`IT1*${line}*${line}*EA*12.5**VP*ITEM-${line}*BP*OWN-${line}`,
				`TXI*VA*2.63*21`,
				`PID*F****Something that is described in some words, line ${line}`,
				'REF*GZ*4000',
			);
		}
		segments.push('TDS*75625', 'CTT*10');
		segments.push(`SE*${segments.length + 1}*${number}`);
		const text = `${segments.join('~\n')}~\n`;
		parts.push(text);
		length += text.length;
	}
	parts.push(`GE*${sets}*1~\n`, 'IEA*1*000000001~\n');
	return Buffer.from(parts.join(''), 'latin1');
}

function makeEdifact(bytes: number): Buffer {
	const parts: string[] = ["UNA:+.? 'UNB+UNOC:3+SENDER:14+RECEIVER:14+170306:0811+REF1'\n"];
	let length = 0;
	let messages = 0;
	for (; length < bytes; messages += 1) {
		const number = String(messages + 1);
		const segments = [
			`UNH+${number}+INVOIC:D:96A:UN`,
			`BGM+380+INV-${number}+9`,
			'DTM+137:20170306:102',
			'RFF+ON:PO-4711',
			'NAD+BY+8712345000004::9++Buying Company+Dorpsstraat 1+Utrecht++3511AA+NL',
			'NAD+SU+8798765000006::9',
			'CUX+2:EUR:4',
		];
		for (let line = 1; line <= 10; line += 1) {
			segments.push(
				`LIN+${line}++8711111000001:EN`,
				`IMD+F++:::Something that is described, ${line}`,
				`QTY+47:${line}:PCE`,
				'MOA+203:62.5',
				'PRI+AAA:12.5',
				'TAX+7+VAT+++:::21+S',
			);
		}
		segments.push('UNS+S', 'MOA+79:625', 'MOA+77:756.25');
		segments.push(`UNT+${segments.length + 1}+${number}`);
		const text = `${segments.join("'\n")}'\n`;
		parts.push(text);
		length += text.length;
	}
	parts.push(`UNZ+${messages}+REF1'\n`);
	return Buffer.from(parts.join(''), 'latin1');
}

function* pieces(file: Buffer): Generator<Buffer> {
	for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES);
}

function acknowledge(acks: typeof Acknowledgments, file: Buffer): void {
	const reader = new acks.InterchangeFileReader();
	for (const piece of pieces(file)) reader.push(piece);
	const response = acks.respond(reader.end());
	if (response.verdict !== 'accepted') throw new Error(`the file is ${response.verdict}`);
	for (const { plans } of response.interchanges) {
		for (const plan of plans) {
			acks.writeAcknowledgment(plan, { controlNumber: 1, date: '20170307', time: '091500' });
		}
	}
}

async function through(file: Buffer, stream: NodeJS.ReadWriteStream): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		stream.on('data', () => undefined);
		stream.on('end', resolve).on('finish', resolve).on('error', reject);
		Readable.from(pieces(file)).pipe(stream);
	});
}

async function megabytesPerSecond(file: Buffer, work: () => unknown): Promise<number> {
	const before = performance.now();
	await work();
	return file.length / MEGABYTE / ((performance.now() - before) / 1_000);
}

function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Rounds take turns, so that a busy moment of the machine meets both. */
async function compare(
	file: Buffer,
	ours: () => unknown,
	peers: readonly { name: string; work: () => unknown; note?: string }[],
): Promise<Record<string, Measure>> {
	const own: number[] = [];
	const theirs = peers.map((): number[] => []);
	const failures = peers.map((): string => '');
	for (let round = 0; round < ROUNDS; round += 1) {
		own.push(await megabytesPerSecond(file, ours));
		for (const [index, peer] of peers.entries()) {
			try {
				theirs[index]!.push(await megabytesPerSecond(file, peer.work));
			} catch (error) {
				failures[index] = `aborts: ${error instanceof Error ? error.message : String(error)}`;
			}
		}
	}
	const result: Record<string, Measure> = {};
	for (const [index, { name, note }] of peers.entries()) {
		const peer = median(theirs[index]!);
		const notes = [failures[index], note].filter(Boolean).join('; ');
		result[name] = {
			ours: median(own),
			unit: 'MB/s',
			peerName: name,
			...(peer === 0 ? {} : { peer, ratio: median(own) / peer }),
			...(notes === '' ? {} : { note: notes }),
		};
	}
	return result;
}

function prefixed(prefix: string, measures: Record<string, Measure>): Record<string, Measure> {
	return Object.fromEntries(
		Object.entries(measures).map(([name, measure]) => [`${prefix} ${name}`, measure]),
	);
}

/** Growth of the heap between two sizes of one file, after collection where it can be asked for. */
function heapGrowth(acks: typeof Acknowledgments, make: (bytes: number) => Buffer): number {
	const used = (bytes: number): number => {
		const file = make(bytes);
		const reader = new acks.InterchangeFileReader();
		let peak = 0;
		let count = 0;
		const collect = (globalThis as { gc?: () => void }).gc;
		for (const piece of pieces(file)) {
			reader.push(piece);
			count += 1;
			if (count % 100 === 0) {
				collect?.();
				peak = Math.max(peak, process.memoryUsage().heapUsed);
			}
		}
		reader.end();
		return peak;
	};
	const small = used(FILE_BYTES / 5);
	return used(FILE_BYTES) / small;
}

const benchmark: Benchmark = {
	name: 'acks',
	async run() {
		const acks = (await builtRoom('edi/acks')) as typeof Acknowledgments;
		const { X12parser } = require('x12-parser') as {
			X12parser: new (encoding: string) => NodeJS.ReadWriteStream;
		};
		const { X12Parser } = require('node-x12') as {
			X12Parser: new (strict: boolean) => NodeJS.ReadWriteStream;
		};
		const { Configuration, NullValidator, Parser } = require('ts-edifact') as {
			Configuration: new (config: object) => object;
			NullValidator: new () => object;
			Parser: new (configuration: object) => { write(text: string): void; end(): void };
		};
		const x12 = makeX12(FILE_BYTES);
		const x12Measures = await compare(x12, () => acknowledge(acks, x12), [
			{
				name: 'x12-parser',
				work: () => through(x12, new X12parser('latin1')),
				note: 'reads only; without positions, counts or checks',
			},
			{
				name: 'node-x12',
				work: () => through(x12, new X12Parser(false)),
				note: 'reads only; loses segments where a chunk ends at a terminator',
			},
		]);
		const edifact = makeEdifact(FILE_BYTES);
		const edifactMeasures = await compare(edifact, () => acknowledge(acks, edifact), [
			{
				name: 'ts-edifact',
				work: () => {
					const validator = new NullValidator();
					const parser = new Parser(new Configuration({ charset: 'UNOC', validator }));
					for (const piece of pieces(edifact)) parser.write(piece.toString('latin1'));
					parser.end();
				},
				note: 'tokenizes only; stops at the first mistake, also where a chunk ends with the release character',
			},
		]);
		const growth: Measure = {
			ours: heapGrowth(acks, makeX12),
			unit: 'times the heap of 10 MB at 50 MB',
			note: 'one record per set is kept; the bytes are not',
		};
		return {
			...prefixed('X12: read + validate + acknowledge, beside', x12Measures),
			...prefixed('EDIFACT: read + validate + acknowledge, beside', edifactMeasures),
			'X12: heap while reading 50 MB': growth,
		};
	},
};

export default benchmark;
