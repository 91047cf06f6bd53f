/** A PostgreSQL of this machine's, started in a temporary folder for one benchmark. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LIBRARY = '/usr/lib/postgresql';
const PASSWORD = 'of-this-benchmark-only';

async function freePort(): Promise<number> {
	return await new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}

function accountOf(name: string): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

export interface PostgresServer {
	readonly connection: {
		host: string;
		port: number;
		database: string;
		user: string;
		password: string;
	};
	stop(): Promise<void>;
}

/** Undefined where PostgreSQL is not installed. */
export async function startPostgresServer(): Promise<PostgresServer | undefined> {
	const version = existsSync(LIBRARY) ? readdirSync(LIBRARY).sort().at(-1) : undefined;
	if (version === undefined) return undefined;
	const bin = (name: string) => path.join(LIBRARY, version, 'bin', name);
	const account = accountOf('postgres');
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-postgres-'));
	const passwordFile = path.join(folder, 'password');
	writeFileSync(passwordFile, PASSWORD);
	if (account !== undefined) {
		for (const owned of [folder, passwordFile]) chownSync(owned, account.uid, account.gid);
	}
	const data = path.join(folder, 'data');
	const options = { ...account, cwd: folder, stdio: 'ignore' } as const;
	execFileSync(
		bin('initdb'),
		[
			'-D',
			data,
			'-U',
			'bench',
			'--pwfile',
			passwordFile,
			'--auth=scram-sha-256',
			'--encoding=UTF8',
			'--no-locale',
		],
		options,
	);
	const port = await freePort();
	const server = spawn(
		bin('postgres'),
		[
			'-D',
			data,
			'-p',
			String(port),
			'-c',
			'listen_addresses=127.0.0.1',
			'-c',
			'unix_socket_directories=',
		],
		options,
	);
	const ready = () => {
		try {
			execFileSync(bin('pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], options);
			return true;
		} catch {
			return false;
		}
	};
	while (!ready()) await new Promise((resolve) => setTimeout(resolve, 200));
	return {
		connection: {
			host: '127.0.0.1',
			port,
			database: 'postgres',
			user: 'bench',
			password: PASSWORD,
		},
		stop: async () => {
			const ended = new Promise((resolve) => server.once('exit', resolve));
			server.kill('SIGINT');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
