import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../sandbox/n8n';
import { accountOf, startService } from './redis';
import type { Account } from './redis';

export interface Postgres {
	/** For n8n: `DB_…`. */
	readonly env: Readonly<Record<string, string>>;
	readonly connection: {
		readonly host: string;
		readonly port: number;
		readonly database: string;
		readonly user: string;
		readonly password: string;
	};
	/** Rows of a query, fields separated by `|`. */
	query(sql: string): Promise<string[]>;
	/** Open sessions are ended. */
	restart(meanwhile?: () => Promise<void>): Promise<void>;
	stop(): Promise<void>;
}

const LIBRARY = '/usr/lib/postgresql';
const USER = 'n8n';
const PASSWORD = 'of-this-test-only';

/** Debian keeps the programs of each version in a folder of their own. */
function programs(): string {
	const versions = existsSync(LIBRARY)
		? readdirSync(LIBRARY).filter((version) =>
				existsSync(path.join(LIBRARY, version, 'bin', 'initdb')),
			)
		: [];
	const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
	if (newest === undefined) {
		throw new Error('PostgreSQL is not installed: run "node sandbox/prepare.mjs --system"');
	}
	return path.join(LIBRARY, newest, 'bin');
}

async function output(
	command: string,
	args: readonly string[],
	account: Account | undefined,
	env: Readonly<Record<string, string>> = {},
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			...account,
			cwd: tmpdir(),
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let text = '';
		let trouble = '';
		child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) resolve(text);
			else reject(new Error(`${path.basename(command)} ended with ${code}: ${trouble.trim()}`));
		});
	});
}

/** A new PostgreSQL on loopback, in a temporary folder; as its own account where this is root. */
export async function startPostgres(): Promise<Postgres> {
	const bin = programs();
	const account = accountOf('postgres');
	const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
	const passwordFile = path.join(folder, 'password');
	writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
	if (account !== undefined) {
		for (const owned of [folder, passwordFile]) chownSync(owned, account.uid, account.gid);
	}
	const data = path.join(folder, 'data');
	await output(
		path.join(bin, 'initdb'),
		[
			'--pgdata',
			data,
			'--username',
			USER,
			'--pwfile',
			passwordFile,
			'--auth=scram-sha-256',
			'--encoding=UTF8',
			'--no-locale',
			'--no-sync',
		],
		account,
	);
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		fsync: 'off',
	};
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', USER];
	const query = async (sql: string, database = USER) => {
		const text = await output(
			path.join(bin, 'psql'),
			[...connection, '-d', database, '-X', '-A', '-t', '-c', sql],
			account,
			{ PGPASSWORD: PASSWORD },
		);
		return text.split('\n').filter((line) => line !== '');
	};
	const start = async () =>
		await startService({
			command: path.join(bin, 'postgres'),
			args: [
				'-D',
				data,
				...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
			],
			account,
			folder,
			// A fast shutdown: open sessions are ended.
			stopSignal: 'SIGINT',
			isReady: async () => {
				await query('select 1', 'postgres');
				return true;
			},
		});
	let service = await start();
	try {
		await query(`create database ${USER}`, 'postgres');
	} catch (error) {
		await service.stop();
		throw error;
	}
	return {
		connection: { host: '127.0.0.1', port, database: USER, user: USER, password: PASSWORD },
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: USER,
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: PASSWORD,
		},
		query,
		restart: async (meanwhile = async () => {}) => {
			await service.stop();
			await meanwhile();
			service = await start();
		},
		stop: async () => {
			await service.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
