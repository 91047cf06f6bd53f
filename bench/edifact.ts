/**
 * Writing 10-line INVOICs, one per interchange, with every check on and Verify Output off, beside the
 * X12 encoder writing the same documents as 810: the same work in another syntax.
 */
import type * as Documents from '../lib/documents/index.ts';
import type * as Edifact from '../lib/edi/edifact/index.ts';
import type { InterchangeEncoder } from '../lib/edi/partner/index.ts';
import type * as X12 from '../lib/edi/x12/index.ts';
import { builtRoom } from './built.ts';
import type { Benchmark, Measure } from './run.ts';

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
};

const envelope = {
	interchangeControlNumber: '000123001',
	groupControlNumbers: ['123001'],
	preparedAt: { date: '20170306', time: '081500' },
};

/** Short turns, so that what else the machine does hits both alike. */
const TURNS = 8;
const MILLISECONDS_PER_TURN = 50;
const DOCUMENTS_PER_LOOK = 20;

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
				for (let index = 0; index < DOCUMENTS_PER_LOOK; index += 1) {
					const pending = contender.work();
					if (pending instanceof Promise) await pending;
				}
				contender.count += DOCUMENTS_PER_LOOK;
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

/** Medians of both, and of their ratio in each round. */
async function compare(
	ours: () => unknown,
	peer: () => unknown,
): Promise<readonly [number, number, number]> {
	const contenders = [ours, peer].map((work) => ({ work, count: 0, cpuMicroseconds: 0 }));
	await race(contenders);
	const rounds: (readonly [number, number])[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const [first = 0, second = 0] = await race(contenders);
		rounds.push([first, second]);
	}
	return [
		median(rounds.map(([first]) => first)),
		median(rounds.map(([, second]) => second)),
		median(rounds.map(([first, second]) => first / second)),
	];
}

const benchmark: Benchmark = {
	name: 'edifact',
	async run() {
		const { edifactEncoder } = (await builtRoom('edi/edifact')) as typeof Edifact;
		const { x12Encoder } = (await builtRoom('edi/x12')) as typeof X12;
		const { validateDocument } = (await builtRoom('documents')) as typeof Documents;
		// Documents come validated from the mapping, for both encoders.
		const validation = validateDocument(invoice);
		if (!validation.ok) throw new Error('the benchmark document is not valid');
		const settings = { senderId: 'VOORBEELD', receiverId: 'PARTNER' };
		const makeWork = <Profile, Body>(encoder: InterchangeEncoder<Profile, Body>) => {
			const profile = encoder.normalizeProfile(settings);
			const prepare = () => {
				const preparation = encoder.prepare(validation.document, profile);
				if (!preparation.ok) throw new Error('the benchmark document was rejected');
				return preparation.prepared;
			};
			const encode = () => encoder.assemble([prepare()], profile, envelope);
			const verified = async () => {
				const prepared = prepare();
				const encoded = encoder.assemble([prepared], profile, envelope);
				const issues = await encoder.verify(encoded, [prepared], profile);
				if (issues.length > 0) throw new Error('the benchmark file did not verify');
			};
			return { encode, verified };
		};
		const edifact = makeWork(edifactEncoder);
		const x12 = makeWork(x12Encoder);
		// Two races: what Verify Output does beside it must not slow down what is compared with X12.
		const [ours, beside, x12Ratio] = await compare(edifact.encode, x12.encode);
		const [withVerify, without, verifyRatio] = await compare(edifact.verified, edifact.encode);
		const unit = 'documents/CPU s';
		const segments = Buffer.from(edifact.encode().bytes).toString('latin1').split("'").length - 2;
		const others = Buffer.from(x12.encode().bytes).toString('latin1').split('~').length - 1;
		const besideX12: Measure = {
			ours,
			peer: beside,
			peerName: 'our X12 encoder, the same as 810',
			ratio: x12Ratio,
			unit,
			note: `${segments} segments beside ${others}`,
		};
		const verified: Measure = {
			ours: withVerify,
			peer: without,
			peerName: 'without Verify Output',
			ratio: verifyRatio,
			unit,
		};
		return {
			'edifact INVOIC of 10 lines, all checks, no verify': besideX12,
			'edifact INVOIC of 10 lines, with Verify Output': verified,
		};
	},
};

export default benchmark;
