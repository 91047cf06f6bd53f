import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
	checkSettings,
	connectSftp,
	DEFAULT_DEPOSIT,
	deliveryOrder,
	parseMode,
	sourceOf,
} from '../../../lib/delivery';
import type { DeliverySource, DepositSettings, OrderedRequest } from '../../../lib/delivery';
import {
	deposit,
	depositSettings,
	eventually,
	realPorts,
	startPartner,
} from '../../support/delivery';
import type { Partner } from '../../support/delivery';
import { deliveryKey } from '../../../lib/delivery/temporaryName';

let partner: Partner;

beforeEach(async () => {
	partner = await startPartner();
});

afterEach(async () => {
	await partner.close();
});

const small = Buffer.from('ISA*00*small');
const named = (fileName: string, bytes: Buffer = small): OrderedRequest => ({
	fileName,
	source: sourceOf(bytes),
});
const renames = () =>
	partner.server.events
		.filter(({ kind, detail }) => kind === 'request' && detail.startsWith('RENAME '))
		.map(({ detail }) => /\.(\w+)\.edi\.deposit/.exec(detail)?.[1]);

describe('file names', () => {
	test.each([
		'-rf',
		'a. ',
		'trailing ',
		'caf\u00e9.edi',
		'cafe\u0301.edi',
		'~user',
		'$(x)',
		"it's & more.edi",
		'x'.repeat(255),
		`${'é'.repeat(125)}.edi`,
	])('%j is delivered exactly', async (name) => {
		const [result] = await deposit(partner, [named(name)]);
		expect(result).toMatchObject({ outcome: 'deposited', issues: [] });
		expect(partner.names()).toEqual([name]);
	});

	test.each(['', '.', '..', '../a', 'a/b', '/etc/x', 'a\\b', 'a\0b', 'a\nb', 'x'.repeat(256)])(
		'%j is refused before anything is sent',
		async (name) => {
			const [result, good] = await deposit(
				partner,
				[named(name), named('good.edi')],
				{},
				{ inFlight: 1 },
			);
			expect(result).toMatchObject({
				outcome: 'failed',
				error: { code: 'DELIVERY_FILE_NAME_INVALID' },
				receipt: { attempts: 0 },
			});
			expect(good?.outcome).toBe('deposited');
			expect(partner.names('.')).toEqual(['inbound']);
			expect(partner.names()).toEqual(['good.edi']);
		},
	);

	test('a name that only the server finds too long is explained', async () => {
		partner.server.faults.add({ at: 'OPEN', action: { kind: 'status', code: 5 } });
		const [result] = await deposit(partner, [named('a.edi')]);
		expect(result?.error).toMatchObject({ code: 'DELIVERY_FILE_NAME_INVALID' });
		expect(result?.error?.message).toContain('too long or not allowed');
	});
});

describe('folders', () => {
	test('a missing folder is named, and created when that is asked for', async () => {
		const [refused] = await deposit(partner, [named('a.edi')], { folder: '/new/deep/in' });
		expect(refused?.error).toMatchObject({ code: 'DELIVERY_FOLDER_MISSING' });
		expect(refused?.error?.message).toContain('"/new/deep/in" does not exist');
		const [made] = await deposit(partner, [named('a.edi')], {
			folder: '/new/deep/in',
			createFolders: true,
		});
		expect(made?.outcome).toBe('deposited');
		expect(partner.names('new/deep/in')).toEqual(['a.edi']);
	});

	test('eight runs create the same folders at once', async () => {
		const runs = Array.from({ length: 8 }, async (_value, index) => {
			const [result] = await deposit(
				partner,
				[named(`${index}.edi`)],
				{ folder: '/x/y/z', createFolders: true },
				{ ports: realPorts(index) },
			);
			return result?.outcome;
		});
		expect(new Set(await Promise.all(runs))).toEqual(new Set(['deposited']));
		expect(partner.names('x/y/z')).toHaveLength(8);
	});

	test('a file stands where a folder should be', async () => {
		writeFileSync(path.join(partner.root, 'file'), 'x');
		const [result] = await deposit(partner, [named('a.edi')], {
			folder: '/file',
			createFolders: true,
		});
		expect(result?.outcome).toBe('failed');
		expect(partner.content('file').toString()).toBe('x');
	});

	test.each<[string, string, string]>([
		['OPEN', 'DELIVERY_PERMISSION_DENIED', 'create'],
		['WRITE', 'DELIVERY_PERMISSION_DENIED', 'write'],
		['RENAME', 'DELIVERY_PERMISSION_DENIED', 'publish'],
	])('permission denied at %s names the step', async (at, code, step) => {
		partner.server.faults.add({ at, times: 9, action: { kind: 'status', code: 3 } });
		const [result] = await deposit(partner, [named('a.edi')]);
		expect(result).toMatchObject({ outcome: 'failed', error: { code }, receipt: { attempts: 1 } });
		expect(result?.error?.message).toContain(`does not permit this user to ${step} "/inbound/`);
		expect(partner.names()).toEqual([]);
	});

	test('a server that does not know the request is named', async () => {
		partner.server.faults.add({ at: 'OPEN', action: { kind: 'status', code: 8 } });
		const [result] = await deposit(partner, [named('a.edi')]);
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_UNSUPPORTED' } });
	});

	test('a read-only server is a missing right', async () => {
		await partner.close();
		partner = await startPartner({ readOnly: true });
		const [result] = await deposit(partner, [named('a.edi')]);
		expect(result?.error?.code).toBe('DELIVERY_PERMISSION_DENIED');
	});

	test('no right to look at the final name: the rename that cannot overwrite is the guard', async () => {
		const deny = {
			at: 'LSTAT',
			path: /a\.edi$/,
			times: 9,
			action: { kind: 'status', code: 3 },
		} as const;
		partner.server.faults.add(deny);
		expect((await deposit(partner, [named('a.edi')]))[0]?.outcome).toBe('deposited');
		expect((await deposit(partner, [named('a.edi', Buffer.from('other'))]))[0]?.outcome).toBe(
			'failed',
		);
		expect(partner.names()).toEqual(['a.edi']);
		expect(partner.content('inbound/a.edi').equals(small)).toBe(true);
	});

	test('no right to list: delivered, only without the sweep', async () => {
		partner.server.faults.add({ at: 'OPENDIR', times: 9, action: { kind: 'status', code: 3 } });
		expect((await deposit(partner, [named('a.edi')]))[0]).toMatchObject({
			outcome: 'deposited',
			issues: [],
		});
	});
});

describe('permissions and other settings', () => {
	test('0640 is 0640 on disk; without the option nobody else may write', async () => {
		await deposit(partner, [named('a.edi')], { mode: 0o640 });
		await deposit(partner, [named('b.edi')]);
		expect(partner.mode('inbound/a.edi')).toBe(0o640);
		expect(partner.mode('inbound/b.edi') & 0o022).toBe(0);
	});

	test('a server that sets other permissions than asked for publishes nothing', async () => {
		partner.server.faults.add({ at: 'FSETSTAT', action: { kind: 'status', code: 0 } });
		const [result] = await deposit(partner, [named('a.edi')], { mode: 0o600 });
		// The fault acknowledges without doing it; OPEN had asked for 0600 already.
		expect(result?.outcome).toBe('deposited');
		expect(partner.mode('inbound/a.edi')).toBe(0o600);
	});

	test.each<[Partial<DepositSettings>, string]>([
		[{ mode: 0o666 }, 'everybody write'],
		[{ mode: 0o240 }, 'owner read'],
		[{ temporary: { style: 'suffix', suffix: '' } }, 'temporary suffix'],
		[{ temporary: { style: 'suffix', suffix: '/../x' } }, 'temporary suffix'],
		[{ marker: { suffix: '.part', content: 'empty' } }, 'the same'],
		[{ marker: { suffix: ' ', content: 'empty' } }, 'marker suffix'],
		[{ retry: { attempts: 0, firstDelayMs: 1, longestDelayMs: 1 } }, 'attempts'],
	])('refused before connecting: %j', async (wrong, words) => {
		expect(() => checkSettings(depositSettings(wrong))).toThrow(words);
		await expect(deposit(partner, [named('a.edi')], wrong)).rejects.toMatchObject({
			code: 'DELIVERY_OPTION_INVALID',
		});
		expect(partner.server.events).toEqual([]);
	});

	test('a folder setting that leads elsewhere is refused', () => {
		for (const wrong of [
			{ folder: '/in/../etc' },
			{ archiveFolder: '..' },
			{
				temporary: {
					...DEFAULT_DEPOSIT.temporary,
					style: 'stagingFolder',
					stagingFolder: '',
				} as const,
			},
		]) {
			expect(() => checkSettings(depositSettings(wrong))).toThrow(
				expect.objectContaining({ code: 'DELIVERY_FOLDER_INVALID' }),
			);
		}
	});

	test('permissions as text', () => {
		expect([parseMode(''), parseMode('0640'), parseMode(' 660 ')]).toEqual([
			undefined,
			0o640,
			0o660,
		]);
		for (const wrong of ['rw-r-----', '64', '0o640', '888'])
			expect(() => parseMode(wrong)).toThrow(/three octal digits/);
	});
});

describe('order', () => {
	test("a partner's files by control number, in the places that partner has", () => {
		const request = (partnerName: string | undefined, controlNumber?: string): OrderedRequest => ({
			...named('x'),
			partner: partnerName,
			controlNumber,
		});
		expect(
			deliveryOrder([
				request('A', '10'),
				request('B', '1'),
				request('A', '9'),
				request('A'),
				request('A', '000000002'),
			]),
		).toEqual([4, 1, 2, 3, 0]);
		expect(deliveryOrder([request('A', 'b'), request('A', 'a')])).toEqual([1, 0]);
	});

	test('published in that order although uploads overlap and the first one is slow', async () => {
		const slowly = (bytes: Buffer): DeliverySource => ({
			bytes: bytes.length,
			async *read() {
				await new Promise((resolve) => setTimeout(resolve, 150));
				yield bytes;
			},
		});
		const files = ['3', '1', '4', '2'].map((number) => ({
			fileName: `${number}.edi`,
			source: number === '1' ? slowly(randomBytes(50_000)) : sourceOf(randomBytes(50_000)),
			partner: 'A',
			controlNumber: number,
		}));
		const results = await deposit(partner, files, {}, { inFlight: 4 });
		expect(renames()).toEqual(['1', '2', '3', '4']);
		expect(results.map(({ receipt }) => receipt.path)).toEqual([
			'/inbound/3.edi',
			'/inbound/1.edi',
			'/inbound/4.edi',
			'/inbound/2.edi',
		]);
	});

	test('a file that fails does not hold the others of its partner for ever', async () => {
		partner.server.faults.add({
			at: 'OPEN',
			path: /1\.edi/,
			times: 9,
			action: { kind: 'status', code: 3 },
		});
		const files = ['1', '2', '3'].map((number) => ({
			...named(`${number}.edi`),
			partner: 'A',
			controlNumber: number,
		}));
		const results = await deposit(partner, files);
		expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'deposited', 'deposited']);
	});
});

describe('many files, their record, and the same run again', () => {
	test('500 files, the connection breaks at the 250th: every file once, in one run', async () => {
		partner.server.faults.add({ at: 'RENAME', nth: 250, when: 'after', action: { kind: 'reset' } });
		const files = Array.from({ length: 500 }, (_value, index) =>
			named(`${index}.edi`, Buffer.from(`content of ${index}`)),
		);
		const results = await deposit(partner, files);
		expect(results).toHaveLength(500);
		expect(results.every(({ outcome }) => outcome === 'deposited')).toBe(true);
		expect(results.every(({ receipt }, index) => receipt.path === `/inbound/${index}.edi`)).toBe(
			true,
		);
		expect(partner.names()).toHaveLength(500);
		for (let index = 0; index < 500; index += 1)
			expect(partner.content(`inbound/${index}.edi`).toString()).toBe(`content of ${index}`);
	});

	test('a receipt for every file, also the failed, with every attempt and no secret', async () => {
		partner.server.faults.add({ at: 'WRITE', action: { kind: 'reset' } });
		partner.server.faults.add({
			at: 'OPEN',
			path: /b\.edi/,
			times: 9,
			action: { kind: 'status', code: 3 },
		});
		const results = await deposit(partner, [named('a.edi'), named('b.edi')], {}, { inFlight: 1 });
		for (const { receipt } of results) {
			expect(receipt).toMatchObject({
				server: `127.0.0.1:${partner.server.port}`,
				bytes: small.length,
				hostKeyFingerprint: partner.server.fingerprint,
			});
			expect(receipt.startedAt <= receipt.finishedAt).toBe(true);
		}
		expect(results[0]?.receipt).toMatchObject({
			path: '/inbound/a.edi',
			attempts: 2,
			failedAttempts: [{ attempt: 1, code: 'DELIVERY_CONNECTION_LOST' }],
		});
		expect(results[1]?.receipt).toMatchObject({
			path: '/inbound/b.edi',
			attempts: 1,
			failedAttempts: [{ code: 'DELIVERY_PERMISSION_DENIED' }],
		});
		expect(results[0]?.receipt.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(results)).not.toContain('canary');
	});

	test('the same run again and again changes nothing', async () => {
		const files = [named('a.edi'), named('b.edi', randomBytes(100_000))];
		await deposit(partner, files);
		for (let run = 0; run < 3; run += 1) {
			const results = await deposit(partner, files);
			expect(results.map(({ outcome }) => outcome)).toEqual(['already there', 'already there']);
		}
		expect(renames()).toEqual(['a', 'b']);
	});

	test('temporary files of dead runs: ours and old ones go, everything else stays', async () => {
		const old = new Date(Date.now() - 7_200_000);
		const put = (name: string, when?: Date): void => {
			writeFileSync(path.join(partner.root, 'inbound', name), 'x');
			if (when !== undefined) utimesSync(path.join(partner.root, 'inbound', name), when, when);
		};
		put('.x.edi.deposit-0123456789abcdef-0123456789ab.part', old);
		put('.y.edi.deposit-0123456789abcdef-0123456789ab.part');
		put('theirs.part', old);
		put('.a.edi.part', old);
		const [first] = await deposit(partner, [named('a.edi')]);
		expect(first?.outcome).toBe('deposited');
		expect(partner.names()).toEqual([
			'.a.edi.part',
			'.y.edi.deposit-0123456789abcdef-0123456789ab.part',
			'a.edi',
			'theirs.part',
		]);
	});

	test('a temporary file of the same delivery goes with its success when it has stood still for a minute', async () => {
		const left = `.a.edi.deposit-${deliveryKey('/inbound/a.edi')}-0123456789ab.part`;
		writeFileSync(path.join(partner.root, 'inbound', left), 'of a run that was killed');
		await deposit(partner, [named('a.edi')], {}, { ports: realPorts(2) });
		// It may belong to a run that delivers other content under this name at this moment.
		expect(partner.names()).toEqual([left, 'a.edi']);
		rmSync(path.join(partner.root, 'inbound/a.edi'));
		const still = new Date(Date.now() - 90_000);
		utimesSync(path.join(partner.root, 'inbound', left), still, still);
		await deposit(partner, [named('a.edi')], {}, { ports: realPorts(3) });
		expect(partner.names()).toEqual(['a.edi']);
	});

	test('a temporary file that a cut-off session creates late goes with the run', async () => {
		partner.server.faults.add({ at: 'OPEN', action: { kind: 'reset' } });
		const late = partner.server.events;
		partner.server.faults.add({
			at: 'FSYNC',
			action: {
				kind: 'call',
				call: () => {
					const opened = late.find(
						({ kind, detail }) => kind === 'request' && detail.startsWith('OPEN '),
					);
					writeFileSync(path.join(partner.root, opened?.detail.slice(5) ?? ''), 'late');
				},
			},
		});
		const [result] = await deposit(partner, [named('a.edi')]);
		expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 2 } });
		expect(partner.names()).toEqual(['a.edi']);
	});

	test('cancelled in mid-upload: not delivered, nothing left, socket closed', async () => {
		const cancel = new AbortController();
		const source: DeliverySource = {
			bytes: 10_000_000,
			async *read() {
				yield randomBytes(1_000_000);
				cancel.abort();
				await new Promise(() => undefined);
			},
		};
		const [result, waiting] = await deposit(
			partner,
			[{ fileName: 'a.edi', source }, named('b.edi')],
			{},
			{ inFlight: 1, signal: cancel.signal },
		);
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_CANCELLED' } });
		expect(waiting).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_CANCELLED' } });
		expect(partner.names()).toEqual([]);
		await eventually(() => expect(partner.server.connections()).toBe(0));
	});

	test('cancelled while the server hangs: the socket is closed without waiting for the deadline', async () => {
		await partner.close();
		partner = await startPartner({}, { operationTimeoutMs: 600_000 });
		const cancel = new AbortController();
		partner.server.faults.add({
			at: 'WRITE',
			action: { kind: 'call', call: () => cancel.abort() },
		});
		partner.server.faults.add({ at: 'WRITE', nth: 2, action: { kind: 'blackHole' } });
		const [result] = await deposit(
			partner,
			[named('a.edi', randomBytes(2_000_000))],
			{},
			{ signal: cancel.signal },
		);
		expect(result).toMatchObject({ outcome: 'failed', error: { code: 'DELIVERY_CANCELLED' } });
		expect(partner.names().every((name) => name.startsWith('.a.edi.deposit-'))).toBe(true);
	});

	test('the clock of this machine jumps back: the receipt is odd, the delivery is not', async () => {
		let now = Date.parse('2026-03-01T12:00:00Z');
		const ports = { ...realPorts(), now: () => (now -= 3_600_000) };
		const [result] = await deposit(partner, [named('a.edi')], {}, { ports });
		expect(result?.outcome).toBe('deposited');
		expect(partner.names()).toEqual(['a.edi']);
	});

	test('the host name leads to another address at the second attempt: delivered there', async () => {
		const moved = await startPartner({ root: partner.root });
		const hostKeys = `${partner.server.fingerprint}\n${moved.server.fingerprint}`;
		partner.server.faults.add({ at: 'RENAME', when: 'after', action: { kind: 'reset' } });
		let connection = 0;
		const [result] = await deposit(
			partner,
			[named('a.edi')],
			{},
			{
				connect: (signal) => {
					connection += 1;
					return connectSftp(
						{
							...partner.settings,
							hostKeys,
							port: connection === 1 ? partner.server.port : moved.server.port,
						},
						signal,
					);
				},
			},
		);
		expect(result).toMatchObject({ outcome: 'deposited', receipt: { attempts: 2 } });
		expect(partner.names()).toEqual(['a.edi']);
		await moved.server.close();
	});

	test('nothing is left over: no listener, no timer, no socket', async () => {
		const uncaught: unknown[] = [];
		const record = (error: unknown): void => void uncaught.push(error);
		process.on('uncaughtException', record);
		process.on('unhandledRejection', record);
		const listeners = process.listenerCount('uncaughtException');
		const faults = ['reset', 'close', 'killSubsystem', 'silence', 'garbage'] as const;
		for (const kind of faults) {
			rmSync(path.join(partner.root, 'inbound'), { recursive: true });
			mkdirSync(path.join(partner.root, 'inbound'));
			partner.server.faults.add({ at: 'WRITE', action: { kind } });
			expect((await deposit(partner, [named('a.edi')]))[0]?.outcome).toBe('deposited');
		}
		await partner.server.close();
		await eventually(() => {
			const left = process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name));
			expect(left).toEqual([]);
		});
		expect(uncaught).toEqual([]);
		expect(process.listenerCount('uncaughtException')).toBe(listeners);
		process.removeListener('uncaughtException', record);
		process.removeListener('unhandledRejection', record);
	});
});

describe('memory', () => {
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc') as () => void;
	/** V8 frees buffers beside the first collection; the second one waits until they are freed. */
	const collectGarbage = () => {
		gc();
		gc();
	};

	test('a stream of 300 MB needs a few megabytes', async () => {
		await partner.close();
		partner = await startPartner();
		const chunk = randomBytes(262_144);
		const chunks = 1_200;
		let most = 0;
		collectGarbage();
		const before = process.memoryUsage().arrayBuffers;
		const source: DeliverySource = {
			bytes: chunk.length * chunks,
			async *read() {
				for (let index = 0; index < chunks; index += 1) {
					if (index % 120 === 0) {
						// What is live counts, not what the collector has not come to yet.
						collectGarbage();
						most = Math.max(most, process.memoryUsage().arrayBuffers - before);
					}
					yield chunk;
				}
			},
		};
		const [result] = await deposit(partner, [{ fileName: 'a.edi', source }], {}, {});
		expect(result?.outcome).toBe('deposited');
		// Client and server share this process: the whole file would be 300 MB.
		expect(most).toBeLessThan(30_000_000);
	}, 60_000);
});
