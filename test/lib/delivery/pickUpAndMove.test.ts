import { createHash, randomBytes } from 'node:crypto';
import {
	appendFileSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import {
	checkConnection,
	connectSftp,
	moveFile,
	pickUp,
	withConnection,
} from '../../../lib/delivery';
import type {
	ConnectionOptions,
	MoveRequest,
	MoveResult,
	MoveSettings,
	PickUpResult,
	PickUpSettings,
} from '../../../lib/delivery';
import { matchesGlob } from '../../../lib/delivery/glob';
import { eventually, realPorts, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';

let partner: Partner;

beforeEach(async () => {
	partner = await startPartner();
	mkdirSync(path.join(partner.root, 'outbound'));
});

afterEach(async () => {
	await partner.close();
});

const options = (more: Partial<ConnectionOptions> = {}): ConnectionOptions => ({
	connect: (signal) => connectSftp(partner.settings, signal),
	retry: { attempts: 3, firstDelayMs: 2, longestDelayMs: 5 },
	ports: realPorts(),
	...more,
});

const put = (name: string, bytes: Buffer | string = `content of ${name}`): void =>
	writeFileSync(path.join(partner.root, 'outbound', name), bytes);

const take = (
	settings: Partial<PickUpSettings> = {},
	more: Partial<ConnectionOptions> = {},
): Promise<PickUpResult> =>
	pickUp(
		{
			folder: '/outbound',
			pattern: '*',
			stableForMs: 1,
			maxFiles: 100,
			maxBytes: 10_000_000,
			maxTotalBytes: 10_000_000,
			fileTimeoutMs: 60_000,
			...settings,
		},
		options(more),
	);

const names = (result: PickUpResult): string[] => result.files.map(({ fileName }) => fileName);

describe('Pick Up', () => {
	test('takes whole files by pattern, in order of their names, and leaves them in place', async () => {
		const big = randomBytes(900_001);
		put('997_b.edi', big);
		put('997_a.edi');
		put('810.edi');
		const result = await take({ pattern: '997_*, *.x12' });
		expect(names(result)).toEqual(['997_a.edi', '997_b.edi']);
		expect(result.files[1]?.content.equals(big)).toBe(true);
		expect(result.files[1]).toMatchObject({
			path: '/outbound/997_b.edi',
			bytes: 900_001,
			sha256: createHash('sha256').update(big).digest('hex'),
		});
		expect(result.hostKeyFingerprint).toBe(partner.server.fingerprint);
		expect(partner.names('outbound')).toEqual(['810.edi', '997_a.edi', '997_b.edi']);
	});

	test('patterns are patterns of names, not regular expressions', async () => {
		for (const name of ['a.edi', 'aXedi', 'a+b.edi', 'aab.edi']) put(name);
		expect(names(await take({ pattern: 'a.edi' }))).toEqual(['a.edi']);
		expect(names(await take({ pattern: 'a+b.edi' }))).toEqual(['a+b.edi']);
		expect(names(await take({ pattern: 'a?edi' }))).toEqual(['a.edi', 'aXedi']);
		expect(names(await take({ pattern: ' ' }))).toHaveLength(4);
	});

	test('a pattern with many * takes no time to speak of', async () => {
		const name = `${'a'.repeat(250)}.edi`;
		put(name);
		const pattern = `${'*a'.repeat(40)}*b, ${'*?'.repeat(60)}*.x12, *a*a*a*.edi`;
		expect(names(await take({ pattern }))).toEqual([name]);
		expect(names(await take({ pattern: `${'*a'.repeat(60)}*b` }))).toEqual([]);
	});

	test.each([
		['a*c', 'abc', true],
		['a*c', 'abcb', false],
		['*', '', true],
		['', '', true],
		['', 'a', false],
		['?', '', false],
		['?', '\u{1F4C4}', true],
		['**.edi', 'x.edi', true],
		['*.edi', 'x.edi.bak.edi', true],
		['a*b*c', 'a-b-b-c', true],
		['a*?b', 'ab', false],
		['[ab].(x)', '[ab].(x)', true],
		['[ab]', 'a', false],
	])('the pattern %j and the name %j: %s', (pattern, name, matches) => {
		expect(matchesGlob(name, pattern)).toBe(matches);
	});

	test('patterns do what a regular expression of them would do', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 }),
				fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 }),
				(pattern, name) => {
					const source = pattern.replace(/\./g, '\\.').replace(/\*+/g, '.*').replace(/\?/g, '.');
					expect(matchesGlob(name, pattern)).toBe(new RegExp(`^${source}$`).test(name));
				},
			),
		);
	});

	test('what is too much for one run waits for the next', async () => {
		for (const name of ['a.edi', 'b.edi', 'c.edi', 'd.edi']) put(name, randomBytes(400));
		put('large.edi', randomBytes(1_500));
		const result = await take({ maxTotalBytes: 1_000 });
		expect(names(result)).toEqual(['a.edi', 'b.edi']);
		expect(result).toMatchObject({ waiting: 3, left: [] });
		const alone = await take({ maxTotalBytes: 1_000, pattern: 'large.edi' });
		expect(alone.left[0]?.error.message).toContain("'Largest Total' allows 1000");
		expect((await take({ maxFiles: 2 })).waiting).toBe(3);
		expect((await take()).waiting).toBe(0);
	});

	test('one deadline for a whole file: a server that drips holds up that file only', async () => {
		put('a.edi', randomBytes(3_000_000));
		put('b.edi');
		partner.server.faults.add({
			at: 'READ',
			path: /a\.edi/,
			times: 1_000,
			action: { kind: 'delay', ms: 60 },
		});
		const result = await take({ fileTimeoutMs: 300 });
		expect(names(result)).toEqual(['b.edi']);
		expect(result.left).toMatchObject([
			{ path: '/outbound/a.edi', error: { code: 'DELIVERY_OPERATION_TIMEOUT' } },
		]);
		expect(result.left[0]?.error.message).toContain('not complete within 0.3 s');
		await eventually(() => expect(partner.server.connections()).toBe(0));
	});

	test('leaves what is unfinished by its name, folders and links', async () => {
		for (const name of [
			'.hidden',
			'a.part',
			'a.tmp',
			'a.filepart',
			'x.deposit-0123456789abcdef-0123456789ab.done',
			'good.edi',
		])
			put(name);
		mkdirSync(path.join(partner.root, 'outbound/folder'));
		symlinkSync('/etc/passwd', path.join(partner.root, 'outbound/link'));
		expect(names(await take())).toEqual(['good.edi']);
	});

	test('leaves a file that grows between the two looks, and says so', async () => {
		put('a.edi');
		put('b.edi');
		const ports = realPorts();
		const grow = {
			...ports,
			sleep: async (milliseconds: number, signal?: AbortSignal) => {
				if (milliseconds > 1) return await ports.sleep(milliseconds, signal);
				appendFileSync(path.join(partner.root, 'outbound/a.edi'), 'more');
			},
		};
		const result = await take({}, { ports: grow });
		expect(names(result)).toEqual(['b.edi']);
		expect(result.left).toMatchObject([
			{ path: '/outbound/a.edi', error: { code: 'DELIVERY_FILE_UNSTABLE' } },
		]);
	});

	test('leaves a file that grows while it is downloaded', async () => {
		put('a.edi');
		partner.server.faults.add({
			at: 'READ',
			action: {
				kind: 'call',
				call: () => appendFileSync(path.join(partner.root, 'outbound/a.edi'), 'more'),
			},
		});
		const result = await take();
		expect(names(result)).toEqual([]);
		expect(result.left[0]?.error.code).toBe('DELIVERY_FILE_UNSTABLE');
	});

	test('a file that somebody else took in between is simply not there', async () => {
		put('a.edi');
		put('b.edi');
		partner.server.faults.add({
			at: 'OPEN',
			path: /a\.edi/,
			action: { kind: 'call', call: () => rmSync(path.join(partner.root, 'outbound/a.edi')) },
		});
		const result = await take();
		expect(names(result)).toEqual(['b.edi']);
		expect(result.left).toEqual([]);
	});

	test.each(['reset', 'silence', 'killSubsystem'] as const)(
		'the connection breaks in a download (%s): it is read again, whole',
		async (kind) => {
			const big = randomBytes(900_000);
			put('a.edi', big);
			partner.server.faults.add({ at: 'READ', nth: 3, action: { kind } });
			const result = await take();
			expect(result.files[0]?.content.equals(big)).toBe(true);
		},
	);

	test('too many and too large files are left', async () => {
		put('a.edi');
		put('b.edi', randomBytes(2_000));
		put('c.edi');
		const result = await take({ maxFiles: 2, maxBytes: 1_000 });
		expect(names(result)).toEqual(['a.edi', 'c.edi']);
		expect(result.left[0]?.error.message).toContain('is 2000 bytes');
		expect(names(await take({ maxFiles: 1 }))).toEqual(['a.edi']);
	});

	test('an empty folder gives nothing, a missing one is named, a file without permission is left', async () => {
		expect(await take()).toMatchObject({ files: [], left: [] });
		await expect(take({ folder: '/none' })).rejects.toMatchObject({
			code: 'DELIVERY_FOLDER_MISSING',
		});
		await expect(take({ folder: '../up' })).rejects.toMatchObject({
			code: 'DELIVERY_FOLDER_INVALID',
		});
		put('a.edi');
		partner.server.faults.add({ at: 'OPEN', action: { kind: 'status', code: 3 } });
		expect((await take()).left[0]?.error.code).toBe('DELIVERY_PERMISSION_DENIED');
	});

	test('an empty file is picked up as one', async () => {
		put('a.edi', '');
		expect((await take()).files[0]).toMatchObject({ bytes: 0 });
	});
});

describe('Move', () => {
	const move = (
		request: Partial<MoveRequest> = {},
		settings: Partial<MoveSettings> = {},
	): Promise<MoveResult> =>
		withConnection(options(), (keeper) =>
			moveFile(
				{ path: '/outbound/a.edi', toFolder: '/processed', ...request },
				{ conflict: 'number', createFolders: true, ...settings },
				keeper,
				options(),
			),
		);

	test('moves, creating the folder, and never replaces', async () => {
		put('a.edi', 'one');
		expect(await move()).toEqual({
			outcome: 'moved',
			from: '/outbound/a.edi',
			path: '/processed/a.edi',
		});
		put('a.edi', 'two');
		expect((await move()).path).toBe('/processed/a-1.edi');
		expect(readFileSync(path.join(partner.root, 'processed/a.edi'), 'utf8')).toBe('one');
		put('a.edi', 'three');
		await expect(move({}, { conflict: 'fail' })).rejects.toMatchObject({
			code: 'DELIVERY_TARGET_EXISTS',
		});
		expect(partner.names('outbound')).toEqual(['a.edi']);
	});

	test.each(['reset', 'silence', 'killSubsystem'] as const)(
		'a lost answer (%s) after the move is found out',
		async (kind) => {
			put('a.edi', 'one');
			mkdirSync(path.join(partner.root, 'processed'));
			partner.server.faults.add({ at: 'RENAME', when: 'after', action: { kind } });
			expect(await move({ bytes: 3 })).toMatchObject({
				outcome: 'moved',
				path: '/processed/a.edi',
			});
			expect(partner.names('outbound')).toEqual([]);
		},
	);

	test('run again after it was moved: already there; a stranger of that name is not taken for it', async () => {
		put('a.edi', 'one');
		await move();
		expect(await move({ bytes: 3 })).toMatchObject({ outcome: 'already there' });
		await expect(move({ bytes: 4 })).rejects.toMatchObject({ code: 'DELIVERY_FILE_MISSING' });
		await expect(move({ path: '/outbound/none.edi' })).rejects.toMatchObject({
			code: 'DELIVERY_FILE_MISSING',
		});
	});

	test('a file that is not the one that was processed stays', async () => {
		put('a.edi', 'changed since');
		await expect(move({ bytes: 3 })).rejects.toMatchObject({ code: 'DELIVERY_FILE_UNSTABLE' });
		expect(partner.names('outbound')).toEqual(['a.edi']);
	});

	test('what cannot be moved is said in words', async () => {
		put('a.edi', 'one');
		await expect(move({ toFolder: '/outbound' })).rejects.toMatchObject({
			code: 'DELIVERY_OPTION_INVALID',
		});
		for (const nothing of ['', ' ']) {
			await expect(move({ path: nothing })).rejects.toMatchObject({
				code: 'DELIVERY_OPTION_INVALID',
				message: 'There is no path of a file to move',
			});
		}
		await expect(move({ path: '/outbound/..' })).rejects.toMatchObject({
			code: 'DELIVERY_FILE_NAME_INVALID',
		});
		await expect(move({ toFolder: '/none' }, { createFolders: false })).rejects.toMatchObject({
			code: 'DELIVERY_FOLDER_MISSING',
		});
		mkdirSync(path.join(partner.root, 'processed'));
		partner.server.faults.add({ at: 'RENAME', times: 9, action: { kind: 'status', code: 4 } });
		await expect(move()).rejects.toMatchObject({ code: 'DELIVERY_RENAME_REFUSED' });
		for (let n = 0; n <= 99; n += 1)
			writeFileSync(path.join(partner.root, 'processed', n === 0 ? 'a.edi' : `a-${n}.edi`), '');
		await expect(move()).rejects.toMatchObject({ code: 'DELIVERY_NUMBERS_USED_UP' });
	});
});

describe('Check Connection', () => {
	test('says what was found, step by step, and cleans up', async () => {
		put('x');
		const check = await checkConnection('/outbound', true, options());
		expect(check).toMatchObject({
			ok: true,
			rename: 'keeps',
			temporaryNames: ['dotPrefix', 'suffix', 'direct'],
			probesLeft: [],
			canReplaceAtomically: true,
			canSync: true,
			hostKeyType: 'ssh-ed25519',
		});
		expect(check.steps.map(({ step }) => step)).toEqual([
			'host key and login',
			'list',
			'write',
			'look',
			'create once',
			'rename',
			'rename onto a name that is taken',
			'remove',
			'temporary name',
		]);
		expect(check.freeBytes).toBeGreaterThan(0);
		expect(partner.names('outbound')).toEqual(['x']);
	});

	const LOOKS = ['LSTAT', 'STAT', 'FSTAT'];
	test.each<[string, string[], string[], string[]]>([
		['OPENDIR', ['OPENDIR'], ['list'], ['dotPrefix', 'suffix', 'direct']],
		['OPEN', ['OPEN'], ['write'], []],
		['WRITE', ['WRITE'], ['write'], []],
		['RENAME', ['RENAME'], ['rename'], ['direct']],
		['any look', [...LOOKS, 'OPENDIR'], ['list', 'look'], ['direct']],
		['a look at a name', LOOKS, [], ['dotPrefix', 'suffix', 'direct']],
	])(
		'what is forbidden (%s) is named, the rest is tried, and nothing is left',
		async (_name, forbidden, failed, styles) => {
			await partner.close();
			partner = await startPartner({ forbidden });
			const check = await checkConnection('/inbound', true, options());
			expect(check.steps.filter(({ ok }) => !ok).map(({ step }) => step)).toEqual(failed);
			expect(check).toMatchObject({ ok: styles.length > 0, temporaryNames: styles });
			expect(partner.names()).toEqual([]);
			const only = check.steps.at(-1)?.detail;
			if (styles.length === 1) expect(only).toContain("set 'Temporary Name' to 'Direct'");
		},
	);

	test('a partner who takes what is closed: Direct, after one probe', async () => {
		await partner.close();
		const taken: string[] = [];
		partner = await startPartner({ takes: { take: (name) => taken.push(name) } });
		expect(await checkConnection('/inbound', true, options())).toMatchObject({
			ok: true,
			rename: 'unknown',
			temporaryNames: ['direct'],
			probesLeft: [],
		});
		expect(taken).toHaveLength(1);
	});

	test('a server whose rename replaces is told', async () => {
		await partner.close();
		partner = await startPartner({ renameReplaces: true, banner: 'paramiko_2.12.0' });
		const check = await checkConnection('/inbound', true, options());
		expect(check).toMatchObject({ ok: true, rename: 'replaces' });
		expect(partner.names()).toEqual([]);
	});

	test('a probe that may not be removed is named', async () => {
		await partner.close();
		partner = await startPartner({ forbidden: ['REMOVE'] });
		const check = await checkConnection('/inbound', true, options());
		expect(check).toMatchObject({ ok: true });
		expect(partner.names().length).toBeGreaterThan(0);
		expect([...check.probesLeft].sort()).toEqual(partner.names().map((name) => `/inbound/${name}`));
		expect(check.steps.filter(({ ok }) => !ok)).toMatchObject([
			{ step: 'remove', error: { code: 'DELIVERY_PERMISSION_DENIED' } },
		]);
	});

	test.each(['CLOSE', 'LSTAT', 'RENAME', 'REMOVE'])(
		'the connection breaks at %s: what was written is removed over a new one',
		async (at) => {
			partner.server.faults.add({ at, when: 'after', action: { kind: 'reset' } });
			await checkConnection('/outbound', true, options());
			expect(partner.names('outbound')).toEqual([]);
		},
	);

	test('without a probe nothing is written', async () => {
		await checkConnection('/outbound', false, options());
		expect(partner.server.events.some(({ detail }) => /^(OPEN|RENAME|REMOVE) /.test(detail))).toBe(
			false,
		);
	});

	test('a server that lacks what the overwrite policy needs is seen before it matters', async () => {
		await partner.close();
		partner = await startPartner({ extensions: {} });
		expect(await checkConnection('/inbound', true, options())).toMatchObject({
			ok: true,
			canReplaceAtomically: false,
			canSync: false,
		});
	});
});
