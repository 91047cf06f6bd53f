import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { repositoryRoot } from '../support/shared';

/** What the lint rules say of a file with this content, as if it stood at `file`. */
function lint(file: string, code: string): string[] {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['node_modules/eslint/bin/eslint.js', '--format', 'json', '--stdin', '--stdin-filename', file],
		{ cwd: repositoryRoot, input: code, encoding: 'utf8' },
	);
	if (!stdout.startsWith('[')) throw new Error(stderr);
	const [result] = JSON.parse(stdout) as [{ messages: { ruleId: string }[] }];
	return result.messages.map((message) => message.ruleId);
}

function importing(what: string): string {
	return `import * as probe from '${what}';\n\nexport const seen = probe;\n`;
}

describe('a broken door fails the lint', () => {
	test.each([
		['lib imports n8n', 'lib/exact/probe.ts', 'n8n-workflow', 'no-restricted-imports'],
		[
			'lib imports a node',
			'lib/exact/probe.ts',
			'../../nodes/shared',
			'import-x/no-restricted-paths',
		],
		[
			'the Exact client looks into EDI',
			'lib/exact/probe.ts',
			'../edi/x12',
			'import-x/no-restricted-paths',
		],
		[
			'X12 looks into EDIFACT',
			'lib/edi/x12/probe.ts',
			'../edifact',
			'import-x/no-restricted-paths',
		],
		[
			'a second file imports the SFTP library',
			'lib/delivery/probe.ts',
			'ssh2-sftp-client',
			'no-restricted-imports',
		],
		[
			'the sandbox looks into a node',
			'sandbox/probe.ts',
			'../nodes/shared/index.ts',
			'import-x/no-restricted-paths',
		],
	])('%s', (_name, file, what, rule) => {
		expect(lint(path.join(repositoryRoot, file), importing(what))).toContain(rule);
	});

	test('an open door does not', () => {
		expect(
			lint(path.join(repositoryRoot, 'lib/mapping/probe.ts'), importing('../documents')),
		).toEqual([]);
	});
});
