import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { sourceOf } from '../../../lib/delivery';
import type { DepositResult, DepositSettings } from '../../../lib/delivery';
import type { Fault, FaultAction, SftpServerOptions } from '../../../sandbox/sftpServer.ts';
import { deposit, eventually, realPorts, seeded, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';

/** A partner who takes each file as soon as it is closed, and what they have taken. */
async function startTaker(
	whenBroken: boolean,
	more: Partial<SftpServerOptions> = {},
	operationTimeoutMs = 5_000,
): Promise<{ partner: Partner; taken: { name: string; content: Buffer }[] }> {
	const taken: { name: string; content: Buffer }[] = [];
	const take = (name: string, content: Buffer): void => void taken.push({ name, content });
	const partner = await startPartner(
		{ takes: { take, whenBroken }, ...more },
		{ operationTimeoutMs, connectTimeoutMs: 10_000 },
	);
	return { partner, taken };
}

const DIRECT: Partial<DepositSettings> = { temporary: { style: 'direct', suffix: '.part' } };
const small = Buffer.from('ISA*00*small');
const large = Buffer.alloc(700_000, 'a large file ');
const RETRY = { attempts: 12, firstDelayMs: 2, longestDelayMs: 20 };

let current: { partner: Partner; taken: { name: string; content: Buffer }[] };
afterEach(async () => {
	await current.partner.close();
});

async function deliver(
	bytes: Buffer,
	settings: Partial<DepositSettings>,
	more: { earlierAttempt?: boolean } = {},
): Promise<DepositResult> {
	const [result] = await deposit(
		current.partner,
		[{ fileName: 'a.edi', source: sourceOf(bytes), ...more }],
		{ retry: RETRY, ...settings },
	);
	if (result === undefined) throw new Error('no result');
	return result;
}
const requests = (name: string): number =>
	current.partner.server.events.filter(
		({ kind, detail }) => kind === 'request' && detail.startsWith(`${name} `),
	).length;

describe('a partner who takes files when they are closed', () => {
	test.each([
		['small', small],
		['large', large],
	])('Direct, a %s file: deposited, once, under its own name', async (_name, bytes) => {
		current = await startTaker(false);
		expect(await deliver(bytes, DIRECT)).toMatchObject({
			outcome: 'deposited',
			issues: [],
			receipt: { path: '/inbound/a.edi', attempts: 1 },
		});
		expect(current.taken.map(({ name, content }) => [name, content.equals(bytes)])).toEqual([
			['a.edi', true],
		]);
		expect(requests('RENAME')).toBe(0);
	});

	test('any temporary name: in doubt at once, forwarded once, and the advice names Direct', async () => {
		current = await startTaker(false);
		const result = await deliver(small, {});
		expect(result).toMatchObject({
			outcome: 'in doubt',
			receipt: { attempts: 1 },
			error: { code: 'DELIVERY_TEMPORARY_LOST' },
		});
		expect(result.issues[0]?.message).toContain("'Direct'");
		expect(current.taken).toHaveLength(1);
		expect((await deliver(small, {}, { earlierAttempt: true })).outcome).toBe('in doubt');
		expect(current.taken).toHaveLength(1);
	});

	test.each<[string, Fault, number]>([
		['a full disk', { at: 'WRITE', action: { kind: 'status', code: 4 }, times: 9 }, 0],
		['a full disk, said so', { at: 'WRITE', action: { kind: 'status', code: 14 }, times: 9 }, 0],
		['fewer bytes than acknowledged', { at: 'WRITE', action: { kind: 'short', bytes: 5 } }, 1],
	])('Direct, %s: nothing that is cut short is ever closed', async (_name, fault, copies) => {
		current = await startTaker(false, { faults: [fault] });
		const result = await deliver(small, DIRECT);
		expect(result.outcome).toBe(copies === 0 ? 'failed' : 'deposited');
		expect(current.taken.map(({ content }) => content.toString())).toEqual(
			Array.from({ length: copies }, () => small.toString()),
		);
		expect(current.partner.names()).toEqual([]);
	});

	test('Direct, a source that is not what was declared: nothing is under the final name', async () => {
		current = await startTaker(false);
		const [result] = await deposit(
			current.partner,
			[{ fileName: 'a.edi', source: sourceOf(small, '0'.repeat(64)) }],
			DIRECT,
		);
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_SOURCE_LENGTH' } });
		expect(requests('OPEN')).toBe(0);
	});

	test('Direct, the answer to CLOSE is lost and the file is gone: in doubt, nothing is sent again', async () => {
		current = await startTaker(false, {
			faults: [{ at: 'CLOSE', when: 'after', action: { kind: 'reset' } }],
		});
		expect(await deliver(small, DIRECT)).toMatchObject({
			outcome: 'in doubt',
			error: { code: 'DELIVERY_IN_DOUBT' },
		});
		expect(current.taken).toHaveLength(1);
	});

	test('Direct, CLOSE never arrived: the file that stands there is closed, and taken once', async () => {
		current = await startTaker(false, { faults: [{ at: 'CLOSE', action: { kind: 'reset' } }] });
		expect((await deliver(large, DIRECT)).outcome).toBe('deposited');
		expect(current.taken.map(({ content }) => content.equals(large))).toEqual([true]);
		expect(requests('WRITE')).toBe(Math.ceil(large.length / (255 * 1024)));
	});
});

describe('a folder into which a user may only write', () => {
	const start = async (...forbidden: string[]): Promise<void> => {
		const partner = await startPartner({ forbidden });
		current = { partner, taken: [] };
	};
	const LOOKS = ['LSTAT', 'STAT', 'FSTAT'];
	const READS = ['READ', 'OPENDIR', 'READDIR'];

	test.each<[string, string[], string]>([
		['no rename', ['RENAME', 'POSIX_RENAME'], 'deposited'],
		['no look', LOOKS, 'deposited'],
		['no reading and no listing', READS, 'deposited'],
		['no removing', ['REMOVE'], 'deposited'],
		['neither look nor listing, but reading', [...LOOKS, 'OPENDIR'], 'deposited'],
		['neither look nor reading', [...LOOKS, ...READS], 'in doubt'],
	])('Direct, %s: %s', async (_name, forbidden, outcome) => {
		await start(...forbidden);
		const result = await deliver(small, DIRECT);
		expect(result.outcome).toBe(outcome);
		expect(current.partner.content('inbound/a.edi').equals(small)).toBe(true);
		expect(current.partner.names()).toEqual(['a.edi']);
		expect(requests('WRITE')).toBe(1);
	});

	test('Direct with Verify: Content where nothing may be read: the size counts, and a warning says so', async () => {
		await start(...READS);
		const result = await deliver(small, { ...DIRECT, verify: 'readBack' });
		expect(result.outcome).toBe('deposited');
		expect(result.issues).toMatchObject([{ severity: 'warning' }]);
		expect(result.issues[0]?.message).toContain('; its size was checked instead');
	});

	test('Direct, the name is taken: nothing is overwritten, whoever may look', async () => {
		for (const forbidden of [[], LOOKS, [...LOOKS, ...READS]]) {
			await start(...forbidden);
			writeFileSync(path.join(current.partner.root, 'inbound/a.edi'), 'theirs');
			expect((await deliver(small, DIRECT)).outcome).toBe('failed');
			expect(current.partner.content('inbound/a.edi').toString()).toBe('theirs');
			await current.partner.close();
		}
		await start();
		writeFileSync(path.join(current.partner.root, 'inbound/a.edi'), 'theirs');
		const second = await deliver(small, { ...DIRECT, conflict: 'number' });
		expect(second.receipt.path).toBe('/inbound/a-1.edi');
	});

	test('Direct cannot overwrite, and says so before anything is sent', async () => {
		await start();
		await expect(deliver(small, { ...DIRECT, conflict: 'overwrite' })).rejects.toMatchObject({
			code: 'DELIVERY_OPTION_INVALID',
		});
	});

	test('Direct, an earlier run died while it was sending: its part is removed, others are left', async () => {
		await start();
		const file = path.join(current.partner.root, 'inbound/a.edi');
		writeFileSync(file, large.subarray(0, 300_000));
		const replay = await deliver(large, DIRECT, { earlierAttempt: true });
		expect(replay.outcome).toBe('deposited');
		expect(current.partner.content('inbound/a.edi').equals(large)).toBe(true);
		writeFileSync(file, 'theirs');
		const other = await deliver(large, DIRECT, { earlierAttempt: true });
		expect(other).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_TARGET_DIFFERS' } });
		expect(current.partner.content('inbound/a.edi').toString()).toBe('theirs');
	});

	test('Direct, a part that may not be removed is named, and not closed', async () => {
		await start('REMOVE');
		current.partner.server.faults.add({
			at: 'WRITE',
			byte: 300_000,
			action: { kind: 'status', code: 4 },
		});
		const result = await deliver(large, DIRECT);
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_PART_LEFT' } });
		expect(requests('CLOSE')).toBe(0);
	});

	test('a temporary name where nobody may rename or look: the message names Direct', async () => {
		await start('RENAME');
		expect((await deliver(small, {})).issues[0]?.message).toContain("'Direct' does without it");
		await current.partner.close();
		await start(...LOOKS);
		expect((await deliver(small, {})).issues[0]?.message).toContain("'Direct' does without it");
	});

	test('Add Number where nothing may be read: in doubt, no second copy', async () => {
		await start(...READS);
		expect((await deliver(small, { conflict: 'number' })).outcome).toBe('deposited');
		const again = await deliver(small, { conflict: 'number' });
		expect(again).toMatchObject({ outcome: 'in doubt', error: { code: 'DELIVERY_IN_DOUBT' } });
		expect(current.partner.names()).toEqual(['a.edi']);
		const other = await deliver(large, { conflict: 'number' });
		expect(other.receipt.path).toBe('/inbound/a-1.edi');
		const wanted = await deliver(small, { conflict: 'number', whenInDoubt: 'sendAgain' });
		expect(wanted.receipt.path).toBe('/inbound/a-2.edi');
	});
});

const OPERATIONS = ['OPEN', 'WRITE', 'FSYNC', 'FSTAT', 'CLOSE', 'LSTAT', 'REMOVE', '*'] as const;
// Those that end at once are drawn more often: a silence costs its whole deadline.
const QUICK: readonly FaultAction[] = [
	{ kind: 'reset' },
	{ kind: 'close' },
	{ kind: 'killSubsystem' },
	{ kind: 'garbage' },
];
const ACTIONS: readonly FaultAction[] = [
	...QUICK,
	...QUICK,
	...QUICK,
	{ kind: 'silence' },
	{ kind: 'blackHole' },
];

const DEADLINE_MS = 300;

const pick = <Value>(values: readonly Value[], random: () => number): Value =>
	values[Math.floor(random() * values.length)] as Value;

function randomFault(random: () => number): Fault {
	const at = pick(OPERATIONS, random);
	return {
		at,
		...(at === '*' ? { nth: 1 + Math.floor(random() * 8) } : {}),
		when: random() < 0.5 ? 'before' : 'after',
		action: pick(ACTIONS, random),
	};
}

describe('300 deliveries with two random faults each to a partner who takes files when they are closed', () => {
	test.each([
		['Direct', DIRECT, false, 100, 'deposited', 0.6],
		// Most of these breaks hand over a file that was whole: that is in doubt.
		['Direct, a broken connection closes', DIRECT, true, 100, 'deposited', 0.05],
		['with a temporary name', {}, false, 50, 'in doubt', 0.6],
		['with a temporary name, a broken connection closes', {}, true, 50, 'in doubt', 0.6],
	])(
		'%s: never twice, and every outcome true',
		async (_name, settings, whenBroken, count, usual, share) => {
			current = await startTaker(whenBroken, {}, DEADLINE_MS);
			const { partner, taken } = current;
			const counts: Record<string, number> = {};
			for (let seed = 0; seed < count; seed += 1) {
				const random = seeded(seed);
				const bytes = 1 + Math.floor(random() ** 3 * 600_000);
				const block = createHash('sha512').update(String(random())).digest();
				const content = Buffer.alloc(bytes, block);
				const faults = [randomFault(random), randomFault(random)];
				rmSync(path.join(partner.root, 'inbound'), { recursive: true, force: true });
				mkdirSync(path.join(partner.root, 'inbound'));
				taken.length = 0;
				partner.server.faults.clear();
				partner.server.faults.add(...faults);
				const [result] = await deposit(
					partner,
					[{ fileName: 'a.edi', source: sourceOf(content) }],
					{ retry: RETRY, ...settings },
					{ ports: realPorts(seed) },
				);
				partner.server.dropAll();
				await eventually(() => expect(partner.server.connections()).toBe(0));
				const copies = taken.filter((file) => file.content.equals(content)).length;
				const outcome = result?.outcome ?? '';
				const what = `seed ${seed}, ${copies} copies: ${JSON.stringify(faults)} -> ${JSON.stringify(result)}`;
				const true_ =
					outcome === 'deposited'
						? copies === 1
						: outcome === 'in doubt'
							? copies <= 1
							: copies === 0;
				expect([what, true_]).toEqual([what, true]);
				counts[outcome] = (counts[outcome] ?? 0) + 1;
			}
			// A delivery that always gave up would be true as well.
			expect(counts[usual] ?? 0).toBeGreaterThan(count * share);
		},
		120_000,
	);
});
