import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	mkdirSync,
	readdirSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { connectSftp, sourceOf } from '../../../lib/delivery';
import type { DeliverySource, DepositResult, DepositSettings } from '../../../lib/delivery';
import type { Fault, FaultAction } from '../../../sandbox/sftpServer.ts';
import { deposit, eventually, realPorts, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';

let partner: Partner;

beforeEach(async () => {
	partner = await startPartner();
});

afterEach(async () => {
	await partner.close();
});

const content = randomBytes(1_200_000);
const small = Buffer.from('ISA*00*small');

async function deliver(
	bytes: Buffer = content,
	settings: Partial<DepositSettings> = {},
	more: { source?: DeliverySource; earlierAttempt?: boolean; fileName?: string } = {},
): Promise<DepositResult> {
	const [result] = await deposit(
		partner,
		[{ fileName: 'a.edi', source: sourceOf(bytes), ...more }],
		settings,
	);
	if (result === undefined) throw new Error('no result');
	return result;
}

const codes = (result: DepositResult): string[] =>
	result.receipt.failedAttempts.map(({ code }) => code);
const connections = () => partner.server.events.filter(({ kind }) => kind === 'connection').length;
const requests = (name: string) =>
	partner.server.events.filter(
		({ kind, detail }) => kind === 'request' && detail.startsWith(`${name} `),
	).length;

/** The invariants of every delivery: on the server's disk, not by what the client says. */
async function expectOnce(bytes: Buffer, name = 'a.edi', others: string[] = []): Promise<void> {
	expect(partner.names()).toEqual([name, ...others].sort());
	expect(partner.content(`inbound/${name}`).equals(bytes)).toBe(true);
	await eventually(() => expect(partner.server.connections()).toBe(0));
}

async function expectNothing(): Promise<void> {
	expect(partner.names()).toEqual([]);
	await eventually(() => expect(partner.server.connections()).toBe(0));
}

describe('the connection breaks while bytes are sent', () => {
	const breaks: [string, FaultAction, string][] = [
		['TCP reset', { kind: 'reset' }, 'DELIVERY_CONNECTION_LOST'],
		['TCP close', { kind: 'close' }, 'DELIVERY_CONNECTION_LOST'],
		['only the SFTP subsystem dies', { kind: 'killSubsystem' }, 'DELIVERY_CONNECTION_LOST'],
		['one WRITE is never answered', { kind: 'silence' }, 'DELIVERY_OPERATION_TIMEOUT'],
		['black hole longer than the deadline', { kind: 'blackHole' }, 'DELIVERY_OPERATION_TIMEOUT'],
		['garbage instead of an answer', { kind: 'garbage' }, 'DELIVERY_CONNECTION_LOST'],
	];

	test.each(breaks)('%s: tried again, one file', async (_name, action, code) => {
		partner.server.faults.add({ at: 'WRITE', byte: 700_000, action });
		const result = await deliver();
		expect(partner.server.faults.pending()).toBe(0);
		expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 2 }, issues: [] });
		expect(codes(result)).toEqual([code]);
		expect(connections()).toBe(2);
		await expectOnce(content);
	});

	test.each(['killSubsystem', 'reset', 'close'] as const)(
		'after %s a new request fails at once instead of waiting, and the socket is closed',
		async (kind) => {
			const port = await connectSftp({ ...partner.settings, operationTimeoutMs: 600_000 });
			partner.server.faults.add({ at: 'LSTAT', action: { kind } });
			await expect(port.lstat('/inbound')).rejects.toMatchObject({ kind: 'lost' });
			await expect(port.lstat('/inbound')).rejects.toMatchObject({ kind: 'lost' });
			expect(port.closed).toBe(true);
			await eventually(() => expect(partner.server.connections()).toBe(0));
		},
	);

	test('a black hole shorter than the deadline: it goes on, one attempt', async () => {
		partner.server.faults.add({
			at: 'WRITE',
			byte: 700_000,
			action: { kind: 'blackHole', ms: 500 },
		});
		const result = await deliver();
		expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 1 } });
		await expectOnce(content);
	});

	test.each(['OPEN', 'LSTAT', 'FSYNC', 'CLOSE', 'RENAME'])(
		'a request %s that is never answered ends by its deadline',
		async (at) => {
			partner.server.faults.add({ at, action: { kind: 'silence' } });
			const result = await deliver(small);
			expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 2 } });
			expect(codes(result)).toEqual(['DELIVERY_OPERATION_TIMEOUT']);
			await expectOnce(small);
		},
	);

	test('the connection drops between two small files: only the unsent are sent again', async () => {
		partner.server.faults.add({ at: 'LSTAT', path: /inbound\/3\.edi$/, action: { kind: 'reset' } });
		const files = [1, 2, 3, 4].map((n) => ({
			fileName: `${n}.edi`,
			source: sourceOf(Buffer.from(`file ${n}`)),
		}));
		const results = await deposit(partner, files, {}, { inFlight: 1 });
		expect(results.map(({ outcome, receipt }) => [outcome, receipt.attempts])).toEqual([
			['deposited', 1],
			['deposited', 1],
			['deposited', 2],
			['deposited', 1],
		]);
		expect(requests('RENAME')).toBe(4);
		expect(partner.names()).toEqual(['1.edi', '2.edi', '3.edi', '4.edi']);
	});

	test('attempts are bounded: a server that always breaks ends as failed, with every attempt on record', async () => {
		partner.server.faults.add({ at: 'WRITE', times: 99, action: { kind: 'reset' } });
		const result = await deliver(content, {
			retry: { attempts: 3, firstDelayMs: 1, longestDelayMs: 5 },
		});
		expect(result).toMatchObject({
			outcome: 'failed',
			receipt: { attempts: 3 },
			error: { code: 'DELIVERY_CONNECTION_LOST' },
		});
		expect(codes(result)).toHaveLength(3);
		expect(partner.names()).toEqual([]);
		partner.server.faults.clear();
		expect((await deliver()).outcome).toBe('deposited');
		await expectOnce(content);
	});
});

describe('the server cannot store', () => {
	const full = (at: string, more: Partial<Fault> = {}): Fault => ({
		at,
		action: { kind: 'status', code: 4 },
		times: 999,
		...more,
	});

	test.each<[string, Fault]>([
		['at the first byte', full('WRITE')],
		['half way', full('WRITE', { byte: 600_000 })],
		['at the last byte', full('WRITE', { byte: 1_199_999 })],
		['only at CLOSE', full('CLOSE', { path: /deposit-/ })],
		['only at FSYNC', full('FSYNC')],
	])(
		'it fails %s: failed in one attempt, temporary file gone, later delivered',
		async (_name, fault) => {
			partner.server.faults.add(fault);
			const result = await deliver();
			expect(result).toMatchObject({
				outcome: 'failed',
				receipt: { attempts: 1 },
				error: { code: 'DELIVERY_SERVER_REFUSED' },
			});
			await expectNothing();
			partner.server.faults.clear();
			expect((await deliver()).outcome).toBe('deposited');
			await expectOnce(content);
		},
	);

	test('fewer bytes are stored than acknowledged: nothing is published, then tried again', async () => {
		partner.server.faults.add({ at: 'WRITE', action: { kind: 'short', bytes: 5 } });
		const result = await deliver(small);
		expect(codes(result)).toEqual(['DELIVERY_SIZE_MISMATCH']);
		expect(result.outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('a byte is flipped: the hash that is read back finds it', async () => {
		partner.server.faults.add({ at: 'WRITE', action: { kind: 'flip' } });
		const result = await deliver(content, { verify: 'readBack' });
		expect(codes(result)).toEqual(['DELIVERY_HASH_MISMATCH']);
		expect(result.outcome).toBe('deposited');
		await expectOnce(content);
	});
});

describe('what a person has to know stands first in the message', () => {
	test.each<[string, number, string, RegExp]>([
		['a full disk, said by its code', 14, 'DELIVERY_DISK_FULL', /^The disk of 127\.0\.0\.1:\d+ is full/],
		['a full quota', 15, 'DELIVERY_DISK_FULL', /^The disk of .* is full, or the quota/],
		['status 4 while bytes are stored', 4, 'DELIVERY_SERVER_REFUSED', /^The disk or the quota at/],
	])('%s', async (_name, status, code, words) => {
		const action = { kind: 'status', code: status } as const;
		partner.server.faults.add({ at: 'WRITE', times: 9, action });
		const result = await deliver(small);
		expect(result).toMatchObject({ outcome: 'failed', error: { code } });
		expect(result.issues[0]?.message).toMatch(words);
		await expectNothing();
	});

	test('a missing folder', async () => {
		const [result] = await deposit(partner, [
			{ fileName: 'a.edi', folder: '/none', source: sourceOf(small) },
		]);
		expect(result?.error?.message).toMatch(/^The folder "\/none" does not exist on 127\.0\.0\.1/);
	});
});

describe('the source breaks off or says the wrong size', () => {
	const source = (
		bytes: number,
		read: () => AsyncIterable<Uint8Array>,
	): { source: DeliverySource } => ({ source: { bytes, read } });

	test.each<[string, { source: DeliverySource }, string]>([
		[
			'breaks',
			source(10, async function* () {
				yield Buffer.from('12345');
				throw new Error('storage gone');
			}),
			'DELIVERY_SOURCE_FAILED',
		],
		[
			'ends early',
			source(10, async function* () {
				yield Buffer.from('12345');
			}),
			'DELIVERY_SOURCE_LENGTH',
		],
		[
			'is longer than declared',
			source(3, async function* () {
				yield Buffer.from('12345');
			}),
			'DELIVERY_SOURCE_LENGTH',
		],
		[
			'never ends',
			source(10, async function* () {
				yield Buffer.from('12345');
				await new Promise(() => undefined);
			}),
			'DELIVERY_SOURCE_FAILED',
		],
		[
			'has another hash than declared',
			{ source: sourceOf(small, '0'.repeat(64)) },
			'DELIVERY_SOURCE_LENGTH',
		],
		['is empty', { source: sourceOf(Buffer.alloc(0)) }, 'DELIVERY_EMPTY_FILE'],
	])('%s: failed, nothing published', async (_name, more, code) => {
		const result = await deliver(small, { stallMs: 300 }, more);
		expect(result).toMatchObject({ outcome: 'failed', error: { code } });
		await expectNothing();
	});

	test('an empty file is delivered when that is allowed', async () => {
		const result = await deliver(Buffer.alloc(0), { allowEmpty: true });
		expect(result.outcome).toBe('deposited');
		await expectOnce(Buffer.alloc(0));
	});

	test('pieces of any size arrive in order', async () => {
		const pieces = [1, 70_000, 300_000, 3, 500_000].map((size) => randomBytes(size));
		const whole = Buffer.concat(pieces);
		const result = await deliver(
			whole,
			{},
			source(whole.length, async function* () {
				yield* pieces;
			}),
		);
		expect(result.outcome).toBe('deposited');
		await expectOnce(whole);
	});
});

describe('lost answers', () => {
	test.each<FaultAction['kind']>(['reset', 'close', 'killSubsystem', 'silence'])(
		'%s after the rename was executed: deposited, one file, sent once',
		async (kind) => {
			partner.server.faults.add({ at: 'RENAME', when: 'after', action: { kind } as FaultAction });
			const result = await deliver(small);
			expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 2 }, issues: [] });
			expect(requests('OPEN')).toBe(2); // the upload, and the reading back that compares
			expect(requests('RENAME')).toBe(1);
			await expectOnce(small);
		},
	);

	test('the answer to the rename is lost under Fail: deposited, because it is our own file', async () => {
		partner.server.faults.add({ at: 'RENAME', when: 'after', action: { kind: 'reset' } });
		expect((await deliver(small, { conflict: 'fail' })).outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('the answer to the rename is lost when overwriting: deposited, one file', async () => {
		await deliver(Buffer.from('old'));
		partner.server.faults.add({ at: 'POSIX_RENAME', when: 'after', action: { kind: 'reset' } });
		expect((await deliver(small, { conflict: 'overwrite' })).outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('the answer is lost and the partner took the file meanwhile: in doubt, nothing is sent again', async () => {
		partner.server.faults.add(
			{ at: 'RENAME', when: 'after', action: { kind: 'reset' } },
			{
				at: 'LSTAT',
				nth: 3,
				action: { kind: 'call', call: () => unlinkSync(path.join(partner.root, 'inbound/a.edi')) },
			},
		);
		const result = await deliver(small);
		expect(result).toMatchObject({ outcome: 'in doubt', error: { code: 'DELIVERY_IN_DOUBT' } });
		expect(result.issues[0]?.message).toMatch(/Ask the partner whether the file arrived/);
		expect(requests('RENAME')).toBe(1);
		await expectNothing();
	});

	test('the answer is lost, the file is gone, and the partner prefers it twice to not at all: sent again', async () => {
		partner.server.faults.add(
			{ at: 'RENAME', when: 'after', action: { kind: 'reset' } },
			{
				at: 'LSTAT',
				nth: 3,
				action: { kind: 'call', call: () => unlinkSync(path.join(partner.root, 'inbound/a.edi')) },
			},
		);
		expect((await deliver(small, { whenInDoubt: 'sendAgain' })).outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('an earlier run is unresolved and the file is not there: in doubt, or sent again', async () => {
		const held = await deliver(small, {}, { earlierAttempt: true });
		expect(held).toMatchObject({ outcome: 'in doubt' });
		await expectNothing();
		const sent = await deliver(small, { whenInDoubt: 'sendAgain' }, { earlierAttempt: true });
		expect(sent.outcome).toBe('deposited');
		const found = await deliver(small, {}, { earlierAttempt: true });
		expect(found.outcome).toBe('already there');
		await expectOnce(small);
	});

	test('an earlier run died while it was sending: its upload is still there, so nobody has the file', async () => {
		partner.server.faults.add({ at: 'RENAME', times: 99, action: { kind: 'reset' } });
		partner.server.faults.add({ at: 'REMOVE', times: 99, action: { kind: 'reset' } });
		const once = { retry: { attempts: 1, firstDelayMs: 1, longestDelayMs: 1 } };
		expect((await deliver(small, once)).outcome).toBe('failed');
		expect(partner.names()).toEqual([expect.stringMatching(/^\.a\.edi\.deposit-.*\.part$/)]);
		partner.server.faults.clear();
		const replay = await deliver(small, {}, { earlierAttempt: true });
		expect(replay.outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('the answer to the rename is lost and nobody can look any more: in doubt, not failed', async () => {
		partner.server.faults.add(
			{ at: 'RENAME', when: 'after', action: { kind: 'reset' } },
			{ at: 'LSTAT', nth: 3, times: 99, action: { kind: 'reset' } },
		);
		const result = await deliver(small, {
			retry: { attempts: 3, firstDelayMs: 1, longestDelayMs: 2 },
		});
		expect(result.outcome).toBe('in doubt');
		expect(result.issues[0]?.code).toBe('DELIVERY_IN_DOUBT');
		partner.server.faults.clear();
		expect((await deliver(small)).outcome).toBe('already there');
		await expectOnce(small);
	});

	test.each<FaultAction['kind']>(['reset', 'killSubsystem'])(
		'%s between upload and rename: own temporary file removed, one file',
		async (kind) => {
			partner.server.faults.add({ at: 'RENAME', action: { kind } as FaultAction });
			const result = await deliver(small);
			expect(result.outcome).toBe('deposited');
			await expectOnce(small);
		},
	);

	test('a drop box that may not be read: the lost answer is resolved by size and the temporary file that is gone', async () => {
		partner.server.faults.add(
			{ at: 'RENAME', when: 'after', action: { kind: 'reset' } },
			{ at: 'OPEN', path: /a\.edi$/, times: 9, action: { kind: 'status', code: 3 } },
		);
		expect((await deliver(small)).outcome).toBe('deposited');
		await expectOnce(small);
	});
});

describe('what stands under the final name', () => {
	const put = (bytes: Buffer | string, name = 'a.edi') =>
		writeFileSync(path.join(partner.root, 'inbound', name), bytes);
	const policies: [DepositSettings['conflict'], string, string | undefined, string[]][] = [
		['skipIfIdentical', 'failed', 'DELIVERY_TARGET_DIFFERS', ['a.edi']],
		['fail', 'failed', 'DELIVERY_TARGET_EXISTS', ['a.edi']],
		['overwrite', 'deposited', undefined, ['a.edi']],
		['number', 'deposited', undefined, ['a-1.edi', 'a.edi']],
	];

	test.each(policies)('other content, %s', async (conflict, outcome, code, names) => {
		// The same size, so that only the content tells them apart.
		put(Buffer.from('isa*00*SMALL'));
		const result = await deliver(small, { conflict });
		expect(result.outcome).toBe(outcome);
		expect(result.error?.code).toBe(code);
		expect(partner.names()).toEqual(names);
		const mine = conflict === 'number' ? 'a-1.edi' : 'a.edi';
		expect(partner.content(`inbound/${mine}`).toString()).toBe(
			outcome === 'deposited' ? small.toString() : 'isa*00*SMALL',
		);
		if (outcome === 'deposited') expect(result.receipt.path).toBe(`/inbound/${mine}`);
	});

	test.each<DepositSettings['conflict']>(['skipIfIdentical', 'overwrite', 'number'])(
		'the same content, %s: already there, nothing sent',
		async (conflict) => {
			put(small);
			const result = await deliver(small, { conflict });
			expect(result).toMatchObject({
				outcome: 'already there',
				receipt: { path: '/inbound/a.edi' },
			});
			expect(requests('WRITE')).toBe(0);
			await expectOnce(small);
		},
	);

	test('the same content under Fail is reported as such', async () => {
		put(small);
		const result = await deliver(small, { conflict: 'fail' });
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_TARGET_EXISTS' } });
		expect(result.error?.message).toContain('with the same content');
		await expectOnce(small);
	});

	test('numbers: an identical numbered file is found, and after 99 it ends', async () => {
		put('other');
		put(small, 'a-1.edi');
		expect(await deliver(small, { conflict: 'number' })).toMatchObject({
			outcome: 'already there',
			receipt: { path: '/inbound/a-1.edi' },
		});
		for (let n = 1; n <= 99; n += 1) put(`other ${n}`, `a-${n}.edi`);
		expect(await deliver(small, { conflict: 'number' })).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_NUMBERS_USED_UP' },
		});
	});

	test('a folder or a symbolic link under the final name is never replaced', async () => {
		mkdirSync(path.join(partner.root, 'inbound/a.edi'));
		for (const conflict of ['skipIfIdentical', 'overwrite', 'fail'] as const) {
			const result = await deliver(small, { conflict });
			expect(result).toMatchObject({
				outcome: 'failed',
				error: { code: 'DELIVERY_TARGET_NOT_A_FILE' },
			});
			expect(result.error?.message).toContain('a folder');
		}
		expect((await deliver(small, { conflict: 'number' })).receipt.path).toBe('/inbound/a-1.edi');
		rmSync(path.join(partner.root, 'inbound'), { recursive: true });
		mkdirSync(path.join(partner.root, 'inbound'));
		symlinkSync('/etc/passwd', path.join(partner.root, 'inbound/a.edi'));
		const link = await deliver(small, { conflict: 'overwrite' });
		expect(link.error?.message).toContain('a symbolic link');
		unlinkSync(path.join(partner.root, 'inbound/a.edi'));
		put('old');
		chmodSync(path.join(partner.root, 'inbound/a.edi'), 0o444);
		expect((await deliver(small, { conflict: 'overwrite' })).outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('a file of the same size that may not be read is not taken for ours', async () => {
		put(small);
		partner.server.faults.add({ at: 'OPEN', path: /a\.edi$/, action: { kind: 'status', code: 3 } });
		const result = await deliver(small);
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_TARGET_DIFFERS' } });
		expect(result.error?.message).toContain('may not be read');
	});
});

describe('races', () => {
	const race = async (contents: Buffer[], settings: Partial<DepositSettings>) =>
		await Promise.all(
			contents.map(async (bytes, index) => {
				const [result] = await deposit(
					partner,
					[{ fileName: 'a.edi', source: sourceOf(bytes) }],
					settings,
					{ ports: realPorts(index + 1) },
				);
				return result?.outcome;
			}),
		);

	test.each<[DepositSettings['conflict'], number]>([
		['fail', 1],
		['skipIfIdentical', 1],
		['number', 8],
	])('eight contents under one name, %s: %i delivered, no mix', async (conflict, winners) => {
		const contents = Array.from({ length: 8 }, () => randomBytes(40_000));
		const outcomes = await race(contents, { conflict });
		expect(outcomes.filter((outcome) => outcome === 'deposited')).toHaveLength(winners);
		expect(partner.names()).toHaveLength(winners);
		for (const name of partner.names()) {
			expect(contents.some((bytes) => bytes.equals(partner.content(`inbound/${name}`)))).toBe(true);
		}
	});

	test('the same delivery twice at once: one file, one deposited and one already there', async () => {
		const outcomes = await race([small, small], {});
		expect([...outcomes].sort()).toEqual(['already there', 'deposited']);
		await expectOnce(small);
	});
});

describe('other servers', () => {
	test('no posix-rename: replacing is refused, and the old file is still there', async () => {
		await partner.close();
		partner = await startPartner({ extensions: {} });
		await deliver(Buffer.from('old'));
		const result = await deliver(small, { conflict: 'overwrite' });
		expect(result).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_OVERWRITE_UNSUPPORTED' },
		});
		await expectOnce(Buffer.from('old'));
		expect((await deliver(small, { conflict: 'number' })).outcome).toBe('deposited');
	});

	test('rename not permitted, or to another disk: said so, nothing left behind', async () => {
		partner.server.faults.add({ at: 'RENAME', action: { kind: 'status', code: 3 } });
		expect((await deliver(small)).error?.code).toBe('DELIVERY_PERMISSION_DENIED');
		await expectNothing();
		mkdirSync(path.join(partner.root, 'staging'));
		partner.server.faults.add({ at: 'RENAME', action: { kind: 'status', code: 4 } });
		const result = await deliver(small, {
			temporary: { style: 'stagingFolder', stagingFolder: '/staging', suffix: '.part' },
		});
		expect(result.error?.code).toBe('DELIVERY_RENAME_REFUSED');
		expect(result.error?.message).toContain('"/staging" may lie on another disk');
		await expectNothing();
		expect(partner.names('staging')).toEqual([]);
	});

	test.each([
		['without hard links', { noHardLinks: true }],
		['whose rename replaces', { renameReplaces: true, banner: 'mod_sftp' }],
	])('a server %s: Fail still finds the file that is there', async (_name, options) => {
		await partner.close();
		partner = await startPartner(options);
		expect((await deliver(Buffer.from('old'), { conflict: 'fail' })).outcome).toBe('deposited');
		expect((await deliver(small, { conflict: 'fail' })).error?.code).toBe('DELIVERY_TARGET_EXISTS');
		await expectOnce(Buffer.from('old'));
	});

	test('a server whose rename replaces: a file that appears during the upload is found before', async () => {
		await partner.close();
		partner = await startPartner({ renameReplaces: true, banner: 'mod_sftp' });
		partner.server.faults.add({
			at: 'CLOSE',
			action: {
				kind: 'call',
				call: () => writeFileSync(path.join(partner.root, 'inbound/a.edi'), 'theirs'),
			},
		});
		expect((await deliver(small)).error?.code).toBe('DELIVERY_TARGET_DIFFERS');
		await expectOnce(Buffer.from('theirs'));
	});

	test.each<[DepositSettings['conflict'], number]>([
		['fail', 1],
		['skipIfIdentical', 1],
		['number', 6],
	])(
		'a server whose rename replaces: six contents under one name, %s: %i delivered, none lost, never an empty file',
		async (conflict, winners) => {
			await partner.close();
			partner = await startPartner({ renameReplaces: true, banner: 'paramiko_2.12.0' });
			const contents = Array.from({ length: 6 }, () => randomBytes(40_000));
			let empty = 0;
			const watch = setInterval(() => {
				for (const name of readdirSync(path.join(partner.root, 'inbound'))) {
					if (name.endsWith('.edi') && partner.content(`inbound/${name}`).length === 0) empty += 1;
				}
			}, 1);
			const outcomes = await Promise.all(
				contents.map(async (bytes, index) => {
					const ports = realPorts(index + 1);
					const request = { fileName: 'a.edi', source: sourceOf(bytes) };
					const [result] = await deposit(partner, [request], { conflict }, { ports });
					return result;
				}),
			);
			clearInterval(watch);
			const delivered = outcomes.filter((result) => result?.outcome === 'deposited');
			expect(delivered).toHaveLength(winners);
			expect(empty).toBe(0);
			expect(partner.names()).toHaveLength(winners);
			for (const [index, result] of outcomes.entries()) {
				if (result?.outcome !== 'deposited') continue;
				const { path: remote } = result.receipt;
				expect(partner.content(remote.slice(1)).equals(contents[index] as Buffer)).toBe(true);
			}
		},
	);

	test('the lock of a dead run is taken over by its age, that of a live one is waited for', async () => {
		await partner.close();
		partner = await startPartner({ renameReplaces: true, banner: 'paramiko_2.12.0' });
		partner.server.faults.add({ at: 'REMOVE', path: /\.lock/, action: { kind: 'reset' } });
		expect((await deliver(small)).outcome).toBe('deposited');
		const [lock = ''] = partner.names().filter((name) => name.includes('.lock'));
		expect(lock).toMatch(/^\.a\.edi\.deposit-[0-9a-f]{16}\.lock\.part$/);
		const other = { conflict: 'number' } as const;
		// Younger than its age: waited for until it is old enough.
		const ports = realPorts();
		const [waited] = await deposit(
			partner,
			[{ fileName: 'a.edi', source: sourceOf(Buffer.from('second')) }],
			{ ...other, lockAgeMs: 700 },
			{ ports },
		);
		expect(waited).toMatchObject({ outcome: 'deposited', receipt: { path: '/inbound/a-1.edi' } });
		expect(ports.slept.filter((ms) => ms >= 100).length).toBeGreaterThanOrEqual(2);
		// Older by the server's clock: at once.
		const old = new Date(Date.now() - 600_000);
		writeFileSync(path.join(partner.root, 'inbound', lock), '');
		utimesSync(path.join(partner.root, 'inbound', lock), old, old);
		const quick = realPorts();
		const [third] = await deposit(
			partner,
			[{ fileName: 'a.edi', source: sourceOf(Buffer.from('third one')) }],
			other,
			{ ports: quick },
		);
		expect(third?.receipt.path).toBe('/inbound/a-2.edi');
		expect(quick.slept.filter((ms) => ms >= 100 && ms < 1_000)).toEqual([]);
		expect(partner.names()).toEqual(['a-1.edi', 'a-2.edi', 'a.edi']);
	});

	test('a folder in which no lock can be made: the file is delivered all the same', async () => {
		await partner.close();
		partner = await startPartner({ renameReplaces: true, banner: 'Go' });
		partner.server.faults.add({
			at: 'OPEN',
			path: /\.lock/,
			times: 9,
			action: { kind: 'status', code: 3 },
		});
		expect((await deliver(small)).outcome).toBe('deposited');
		await expectOnce(small);
	});

	test('a server that is not OpenSSH gets requests of at most 32 KiB', async () => {
		await partner.close();
		partner = await startPartner({ banner: 'MOVEit_Transfer', extensions: {} });
		expect((await deliver()).outcome).toBe('deposited');
		expect(requests('WRITE')).toBe(Math.ceil(content.length / 31_952));
		await expectOnce(content);
	});

	test('a server without SETSTAT: fine without permissions, refused by name with them', async () => {
		partner.server.faults.add({ at: 'FSETSTAT', times: 9, action: { kind: 'status', code: 8 } });
		expect((await deliver(small)).outcome).toBe('deposited');
		const result = await deliver(small, { mode: 0o640 }, { fileName: 'b.edi' });
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_MODE_REFUSED' } });
		await expectOnce(small);
	});

	test('a server that answers FSYNC with "unsupported" is not asked again to be better than it is', async () => {
		partner.server.faults.add({ at: 'FSYNC', action: { kind: 'status', code: 8 } });
		expect((await deliver(small)).outcome).toBe('deposited');
		await expectOnce(small);
	});
});

describe('the partner acts at the same time', () => {
	test('the complete upload disappears before it has its name: in doubt, never sent again', async () => {
		partner.server.faults.add({
			at: 'CLOSE',
			times: 9,
			action: {
				kind: 'call',
				call: () => {
					for (const name of partner.names()) unlinkSync(path.join(partner.root, 'inbound', name));
				},
			},
		});
		const result = await deliver(small);
		expect(result).toMatchObject({
			outcome: 'in doubt',
			receipt: { attempts: 1 },
			error: { code: 'DELIVERY_TEMPORARY_LOST' },
		});
		expect(result.issues[0]?.message).toContain("set 'Temporary Name' to 'Direct'");
		expect(requests('OPEN')).toBe(1);
		await expectNothing();
	});

	test('a part of it disappears: nobody can have the file, so it is sent again', async () => {
		partner.server.faults.add(
			{
				at: 'WRITE',
				byte: 600_000,
				action: {
					kind: 'call',
					call: () => {
						for (const name of partner.names())
							unlinkSync(path.join(partner.root, 'inbound', name));
					},
				},
			},
			{ at: 'WRITE', byte: 700_000, action: { kind: 'reset' } },
		);
		expect(await deliver()).toMatchObject({ outcome: 'deposited', receipt: { attempts: 2 } });
		await expectOnce(content);
	});

	test('it takes the file at the moment of the rename: deposited all the same', async () => {
		partner.server.faults.add({
			at: 'OPENDIR',
			action: { kind: 'call', call: () => unlinkSync(path.join(partner.root, 'inbound/a.edi')) },
		});
		expect((await deliver(small)).outcome).toBe('deposited');
		await expectNothing();
	});

	test.each<[DepositSettings['temporary'], RegExp]>([
		[
			{ style: 'dotPrefix', suffix: '.part' },
			/^\.a\.edi\.deposit-[0-9a-f]{16}-[0-9a-f]{12}\.part$/,
		],
		[{ style: 'suffix', suffix: '.tmp' }, /^a\.edi\.deposit-[0-9a-f]{16}-[0-9a-f]{12}\.tmp$/],
		[{ style: 'stagingFolder', stagingFolder: '/staging', suffix: '.part' }, /^$/],
	])(
		'temporary name %j: a poller for *.edi never sees a part of a file',
		async (temporary, shape) => {
			mkdirSync(path.join(partner.root, 'staging'));
			const seen = new Set<string>();
			const watch = setInterval(() => {
				for (const name of readdirSync(path.join(partner.root, 'inbound'))) {
					if (name.endsWith('.edi'))
						expect(partner.content(`inbound/${name}`).length).toBe(content.length);
					else seen.add(name);
				}
			}, 1);
			const result = await deliver(content, { temporary });
			clearInterval(watch);
			expect(result.outcome).toBe('deposited');
			for (const name of seen) expect(name).toMatch(shape);
			if (temporary.style !== 'stagingFolder') expect(seen.size).toBe(1);
			await expectOnce(content);
		},
	);
});

describe('done marker and archive copy', () => {
	const marker = { suffix: '.done', content: 'empty' } as const;

	test('written last, and only the marker is written when the run broke in between', async () => {
		partner.server.faults.add({ at: 'RENAME', path: /\.done/, action: { kind: 'reset' } });
		const result = await deliver(small, { marker });
		expect(result).toMatchObject({
			outcome: 'deposited',
			receipt: { attempts: 2, markerPath: '/inbound/a.edi.done' },
		});
		await expectOnce(small, 'a.edi', ['a.edi.done']);
		const order = partner.server.events
			.filter(({ detail }) => detail.startsWith('RENAME'))
			.map(({ detail }) => detail.includes('.done'));
		expect(order).toEqual([false, true, true]);
	});

	test('a marker that cannot be written is named, and a later run writes only the marker', async () => {
		partner.server.faults.add({ at: 'OPEN', path: /\.done/, action: { kind: 'status', code: 3 } });
		const result = await deliver(small, { marker });
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_MARKER_FAILED' } });
		expect(result.error?.message).toContain('is complete');
		const again = await deliver(small, { marker });
		expect(again).toMatchObject({
			outcome: 'already there',
			receipt: { markerPath: '/inbound/a.edi.done' },
		});
		await expectOnce(small, 'a.edi', ['a.edi.done']);
	});

	test('a marker with the hash is what sha256sum -c reads', async () => {
		const result = await deliver(small, { marker: { suffix: '.sha256', content: 'sha256' } });
		expect(partner.content('inbound/a.edi.sha256').toString()).toBe(
			`${result.receipt.sha256}  a.edi\n`,
		);
	});

	test.each(['overwrite', 'skipIfIdentical', 'fail', 'number'] as const)(
		'a checksum marker of an earlier file is brought up to date (%s)',
		async (conflict) => {
			const sums = { marker: { suffix: '.sha256', content: 'sha256' }, conflict } as const;
			await deliver(Buffer.from('old'), sums);
			// Overwritten, or taken by the partner, who left the marker.
			if (conflict !== 'overwrite') unlinkSync(path.join(partner.root, 'inbound/a.edi'));
			const result = await deliver(small, sums);
			expect(result).toMatchObject({ outcome: 'deposited', issues: [] });
			expect(partner.content('inbound/a.edi.sha256').toString()).toBe(
				`${result.receipt.sha256}  a.edi\n`,
			);
			await expectOnce(small, 'a.edi', ['a.edi.sha256']);
		},
	);

	test('the marker of a file that was there already is left as it is', async () => {
		writeFileSync(path.join(partner.root, 'inbound/a.edi'), small);
		writeFileSync(path.join(partner.root, 'inbound/a.edi.sha256'), 'theirs');
		const result = await deliver(small, { marker: { suffix: '.sha256', content: 'sha256' } });
		expect(result.error?.code).toBe('DELIVERY_MARKER_FAILED');
		expect(partner.content('inbound/a.edi.sha256').toString()).toBe('theirs');
	});

	test('the archive copy is there before the file, and keeps every content', async () => {
		mkdirSync(path.join(partner.root, 'archive'));
		await deliver(Buffer.from('one'), { archiveFolder: '/archive', conflict: 'overwrite' });
		const result = await deliver(Buffer.from('two'), {
			archiveFolder: '/archive',
			conflict: 'overwrite',
		});
		expect(result.receipt.archivePath).toBe('/archive/a-1.edi');
		expect(partner.content('archive/a.edi').toString()).toBe('one');
		expect(partner.content('archive/a-1.edi').toString()).toBe('two');
		partner.server.faults.add({ at: 'OPEN', path: /archive/, action: { kind: 'status', code: 3 } });
		const refused = await deliver(Buffer.from('three'), {
			archiveFolder: '/archive',
			conflict: 'overwrite',
		});
		expect(refused).toMatchObject({
			outcome: 'failed',
			error: { code: 'DELIVERY_PERMISSION_DENIED' },
		});
		await expectOnce(Buffer.from('two'));
	});
});
