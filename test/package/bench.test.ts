import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

test('a peer that is not there leaves its rows out with the reason, and the JSON is written', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
	try {
		const json = path.join(folder, 'bench.json');
		// OpenSSH's server needs root: without it the rows are left out wherever this runs.
		const notRoot = 'data:text/javascript,process.getuid = () => 1000';
		const output = execFileSync(
			path.resolve('node_modules/node/bin/node'),
			['--import', notRoot, 'bench/run.ts', '--only', 'sftp', '--json', json],
			{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
		);
		expect(output).toBe('sftp: left out, it needs root\n');
		expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual({});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
