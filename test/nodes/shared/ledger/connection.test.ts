import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ledgerConnection } from '../../../../nodes/shared/ledger/connection';
import type { Surroundings } from '../../../../nodes/shared/ledger/connection';

const around = (env: Surroundings['env'], ...words: string[]): Surroundings => ({
	env,
	argv: ['node', 'n8n', ...words],
	cwd: '/srv',
});

describe('which ledger', () => {
	test.each<[string, Surroundings['env'], string]>([
		['N8N_USER_FOLDER', { N8N_USER_FOLDER: '/data', HOME: '/home/n8n' }, '/data/.n8n/exact-edi'],
		['HOME', { HOME: '/home/node' }, '/home/node/.n8n/exact-edi'],
		['USERPROFILE', { USERPROFILE: '/users/me' }, '/users/me/.n8n/exact-edi'],
		['the working folder', {}, '/srv/.n8n/exact-edi'],
	])('is in the folder that n8n has by %s', (_by, env, folder) => {
		expect(ledgerConnection(undefined, around(env))).toEqual({
			store: 'embedded',
			name: 'ledger',
			folder,
		});
	});

	test('with PostgreSQL it is checked by TLS unless somebody chose otherwise', () => {
		const credential = { store: 'postgres', name: 'main', host: 'db', database: 'n8n', user: 'u' };
		expect(ledgerConnection({ ...credential, password: ' p ' }, around({ HOME: '/h' }))).toEqual({
			store: 'postgres',
			name: 'main',
			folder: '/h/.n8n/exact-edi',
			host: 'db',
			port: 5432,
			database: 'n8n',
			user: 'u',
			password: ' p ',
			schema: 'exact_edi',
			tls: 'verified',
		});
		const off = ledgerConnection({ ...credential, tls: 'off' }, around({}));
		expect(off).toMatchObject({ tls: 'off' });
	});
});

describe('in queue mode', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'edi-queue-'));
	const modeFile = path.join(folder, 'mode');
	writeFileSync(modeFile, 'queue\n');
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test.each<[string, Surroundings]>([
		['EXECUTIONS_MODE', around({ EXECUTIONS_MODE: 'queue' })],
		['EXECUTIONS_MODE_FILE', around({ EXECUTIONS_MODE_FILE: modeFile })],
		['being a worker', around({}, 'worker', '--concurrency=5')],
		['being a webhook process', around({}, 'webhook')],
	])('known by %s, an embedded ledger is refused and PostgreSQL is not', (_by, surroundings) => {
		expect(() => ledgerConnection(undefined, surroundings)).toThrow(
			expect.objectContaining({ code: 'LEDGER_QUEUE_MODE' }),
		);
		const postgres = ledgerConnection({ store: 'postgres' }, surroundings);
		expect(postgres.store).toBe('postgres');
	});

	test('the main process that is none says nothing', () => {
		const regular = around({ EXECUTIONS_MODE: 'regular' }, 'start');
		expect(ledgerConnection(undefined, regular).store).toBe('embedded');
	});
});
