/**
 * Writing 10-line 810s, one per interchange, with every check of ours on and Verify Output off,
 * beside joining arrays without any check and beside node-x12's generator, all making the same file.
 */
import { createRequire } from 'node:module';

import type { Invoice } from '../lib/documents/index.ts';
import type * as X12 from '../lib/edi/x12/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark, Measure } from './run.ts';

const require = createRequire(import.meta.url);

const ROUNDS = 5;

const line = (number: number) => ({
	number,
	description: `Copy paper A4 80 g, box ${number}`,
	quantity: String(number * 2),
	unit: 'EA',
	unitPrice: `${number}.25`,
	netAmount: (number * 2 * (number + 0.25)).toFixed(2),
	tax: { code: '2', percentage: '21', amount: '0.00' },
	item: { code: `PAP-${number}`, supplierCode: `VD-${number}` },
	glAccount: { code: '4300', name: 'Office supplies' },
	costCenter: { code: 'CC01', name: 'Head office' },
});

const address = { lines: ['Havenweg 12'], city: 'Rotterdam', postcode: '3089 JH', country: 'NL' };
const lines = Array.from({ length: 10 }, (_, index) => line(index + 1));
const cents = lines.reduce((sum, { netAmount }) => sum + Number(netAmount.replace('.', '')), 0);
const tax = Math.round(cents * 0.21);
const amount = (value: number): string => (value / 100).toFixed(2);

const invoice = {
	type: 'invoice',
	key: 'exact:1:purchaseEntry:1',
	number: 'INV-909049',
	ownNumber: '17600001',
	supplierNumber: 'INV-909049',
	date: '2017-03-06',
	dueDate: '2017-04-05',
	currency: 'EUR',
	kind: 'invoice',
	supplier: { name: 'Van Dijk Papier B.V.', code: '60032', vatNumber: 'NL001234567B01', address },
	buyer: { name: 'Voorbeeld Handel', code: '920172', vatNumber: 'NL009876543B01', address },
	lines,
	taxes: [{ code: '2', percentage: '21', base: amount(cents), amount: amount(tax) }],
	netTotal: amount(cents),
	taxTotal: amount(tax),
	grossTotal: amount(cents + tax),
} satisfies Invoice;

const envelope = {
	interchangeControlNumber: '000123001',
	groupControlNumbers: ['123001'],
	preparedAt: { date: '20170306', time: '081500' },
};

const short = (text: string): string =>
	text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;

/** The segments as arrays; the least code that makes this very file. */
function plainSegments(doc: typeof invoice): string[][] {
	const day = (date: string): string => date.replaceAll('-', '');
	const segments = [
		['ST', '810', '0001'],
		['BIG', day(doc.date), doc.supplierNumber],
		['CUR', 'SE', doc.currency],
		['REF', 'VV', doc.ownNumber],
	];
	for (const [entity, party] of [
		['SE', doc.supplier],
		['BY', doc.buyer],
		['BT', doc.buyer],
	] as const) {
		segments.push(['N1', entity, party.name, '92', party.code]);
		segments.push(['N3', party.address.lines[0] ?? '']);
		segments.push(['N4', party.address.city, '', party.address.postcode, party.address.country]);
		if (entity !== 'BT') segments.push(['REF', 'VX', party.vatNumber]);
	}
	segments.push(['ITD', '05', '3', '', '', '', day(doc.dueDate)]);
	for (const row of doc.lines) {
		segments.push([
			'IT1',
			String(row.number),
			row.quantity,
			row.unit,
			short(row.unitPrice),
			'',
			'IN',
			row.item.code,
			'VN',
			row.item.supplierCode,
		]);
		segments.push(['TXI', 'VA', '', '.21']);
		segments.push(['PID', 'F', '', '', '', row.description]);
		segments.push(['REF', 'GZ', row.glAccount.code, row.glAccount.name]);
		segments.push(['REF', 'CA', row.costCenter.code, row.costCenter.name]);
	}
	segments.push(['TDS', doc.grossTotal.replace('.', '')]);
	for (const { base, amount: taxed } of doc.taxes) {
		segments.push(['TXI', 'VA', short(taxed), '.21', '', '', '', '', short(base)]);
	}
	segments.push(['CTT', String(doc.lines.length)]);
	segments.push(['SE', String(segments.length + 1), '0001']);
	return segments;
}

const ISA = [
	'00',
	' '.repeat(10),
	'00',
	' '.repeat(10),
	'ZZ',
	'VOORBEELD'.padEnd(15),
	'ZZ',
	'PARTNER'.padEnd(15),
	'170306',
	'0815',
	'U',
	'00401',
	'000123001',
	'0',
	'T',
	'>',
];
const GS = ['IN', 'VOORBEELD', 'PARTNER', '20170306', '0815', '123001', 'X', '004010'];

function plainJoin(doc: typeof invoice): Uint8Array {
	const segments = [['ISA', ...ISA], ['GS', ...GS], ...plainSegments(doc)];
	segments.push(['GE', '1', '123001'], ['IEA', '1', '000123001']);
	return Buffer.from(`${segments.map((segment) => segment.join('*')).join('~')}~`, 'latin1');
}

/** Short turns, so that what else the machine does hits all of them alike. */
const TURNS = 8;
const MILLISECONDS_PER_TURN = 50;

interface Contender {
	readonly work: () => unknown;
	count: number;
	cpuMicroseconds: number;
}

/** Documents per second of CPU time, each contender taking turns with the others. */
async function race(contenders: Contender[]): Promise<number[]> {
	for (const contender of contenders) [contender.count, contender.cpuMicroseconds] = [0, 0];
	for (let turn = 0; turn < TURNS; turn += 1) {
		for (const contender of contenders) {
			const before = process.cpuUsage();
			const end = performance.now() + MILLISECONDS_PER_TURN;
			while (performance.now() < end) {
				for (let index = 0; index < 20; index += 1) {
					const pending = contender.work();
					if (pending instanceof Promise) await pending;
				}
				contender.count += 20;
			}
			const { user, system } = process.cpuUsage(before);
			contender.cpuMicroseconds += user + system;
		}
	}
	return contenders.map(({ count, cpuMicroseconds }) => (count / cpuMicroseconds) * 1e6);
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function makeNodeX12(): (doc: typeof invoice) => string {
	const { JSEDINotation, X12Generator } = require('node-x12') as {
		JSEDINotation: new (header: string[]) => {
			addFunctionalGroup(header: string[]): {
				addTransaction(header: string[]): { addSegment(tag: string, elements: string[]): void };
			};
		};
		X12Generator: new (notation: unknown) => { toString(): string };
	};
	return (doc) => {
		const notation = new JSEDINotation(ISA);
		const set = notation.addFunctionalGroup(GS).addTransaction(['810', '0001']);
		for (const [tag = '', ...elements] of plainSegments(doc).slice(1, -1)) {
			set.addSegment(tag, elements);
		}
		return new X12Generator(notation).toString();
	};
}

const benchmark: Benchmark = {
	name: 'x12',
	async run() {
		const { x12Encoder } = (await builtRoom('edi/x12')) as typeof X12;
		const profile = x12Encoder.normalizeProfile({ senderId: 'VOORBEELD', receiverId: 'PARTNER' });
		const prepare = () => {
			const preparation = x12Encoder.prepare(invoice, profile);
			if (!preparation.ok) throw new Error('the benchmark document was rejected');
			return preparation.prepared;
		};
		const encode = () => x12Encoder.assemble([prepare()], profile, envelope);
		const nodeX12 = makeNodeX12();
		if (Buffer.compare(encode().bytes, plainJoin(invoice)) !== 0) {
			throw new Error('the benchmark compares different files');
		}
		const verified = async () => {
			const prepared = prepare();
			const encoded = x12Encoder.assemble([prepared], profile, envelope);
			const issues = await x12Encoder.verify(encoded, [prepared], profile);
			if (issues.length > 0) throw new Error('the benchmark file did not verify');
		};
		const contenders = [encode, () => plainJoin(invoice), () => nodeX12(invoice), verified].map(
			(work) => ({ work, count: 0, cpuMicroseconds: 0 }),
		);
		await race(contenders);
		const rates: number[][] = [[], [], [], []];
		const ratios = { join: [] as number[], node: [] as number[], verified: [] as number[] };
		for (let round = 0; round < ROUNDS; round += 1) {
			const results = await race(contenders);
			results.forEach((rate, index) => rates[index]?.push(rate));
			const [ours = 0, join = 0, node = 0, withVerify = 0] = results;
			ratios.join.push(ours / join);
			ratios.node.push(ours / node);
			ratios.verified.push(withVerify / ours);
		}
		const [oursRates = [], joinRates = [], nodeRates = [], verifiedRates = []] = rates;
		const unit = 'documents/CPU s';
		const measure = (
			ours: number[],
			peer: number[],
			peerName: string,
			ratio: number[],
		): Measure => ({
			ours: median(ours),
			peer: median(peer),
			peerName,
			ratio: median(ratio),
			unit,
		});
		return {
			'x12 810 of 10 lines, all checks, no verify': measure(
				oursRates,
				joinRates,
				'plain array join',
				ratios.join,
			),
			'x12 810 of 10 lines, beside node-x12': measure(
				oursRates,
				nodeRates,
				'node-x12 generator',
				ratios.node,
			),
			'x12 810 of 10 lines, with Verify Output': measure(
				verifiedRates,
				oursRates,
				'without Verify Output',
				ratios.verified,
			),
		};
	},
};

export default benchmark;
