import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import { importCircles } from './eslint/importCircles.mjs';
import { zones } from './eslint/rooms.mjs';

/**
 * One file for each third-party library: what a library needs to be used rightly is known in one
 * place, and replacing it touches one file.
 */
const LIBRARY_HOMES = {
	'ssh2-sftp-client': 'lib/delivery/sftpClient.ts',
	'x12-parser': 'lib/edi/x12/verify.ts',
	'csv-stringify/sync': 'lib/flatfile/csv.ts',
	'csv-stringify': 'lib/flatfile/csv.ts',
	'iconv-lite': 'lib/flatfile/charset.ts',
	pg: 'lib/ledger/stores/postgres.ts',
	'node:sqlite': 'lib/ledger/stores/sqlite.ts',
};

const n8nModules = ['n8n-workflow', 'n8n-core'];

function forbid(paths, patterns = []) {
	return { 'no-restricted-imports': ['error', { paths, patterns }] };
}

export default [
	{ ignores: ['dist/**', 'sandbox/node_modules/**', '.demo/**', 'out/**'] },
	...configWithoutCloudSupport,
	{
		files: ['**/*.ts'],
		plugins: { walls: importCircles },
		// Without it import-x opens no TypeScript file, and finds no circle.
		settings: { 'import-x/extensions': ['.ts'] },
		rules: {
			// A default import is written as its own documentation writes it: `fc.constant`.
			'import-x/no-named-as-default-member': 'off',
			'@typescript-eslint/consistent-type-imports': 'error',
			'import-x/consistent-type-specifier-style': ['error', 'prefer-top-level'],
			'import-x/no-duplicates': 'error',
			'no-plusplus': 'error',
			'import-x/no-cycle': 'error',
			'walls/no-import-circle': 'error',
			'import-x/no-restricted-paths': ['error', { zones }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: forbid(Object.keys(LIBRARY_HOMES)),
	},
	{
		files: ['lib/**/*.ts'],
		rules: {
			...forbid([...n8nModules, ...Object.keys(LIBRARY_HOMES)], ['n8n-*']),
			'@typescript-eslint/no-explicit-any': 'error',
			// The core raises CoreError; nodes/shared turns it into n8n's errors.
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
	...Object.values(LIBRARY_HOMES).map((home) => ({
		files: [home],
		rules: forbid(
			[
				...n8nModules,
				...Object.keys(LIBRARY_HOMES).filter((library) => LIBRARY_HOMES[library] !== home),
			],
			['n8n-*'],
		),
	})),
	{
		// What is required from the build has no type that the compiler checks.
		files: ['docs/**/*.ts', 'bench/**/*.ts', 'workflows-templates/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: 'CallExpression > Literal[value=/dist.lib/]',
					message: 'Import the build with import(), as the type of its source.',
				},
			],
		},
	},
	{
		// Unverified by design: an SFTP client and an X12 reader are run-time dependencies
		// (docs/decisions/unverified-package.md).
		files: ['package.json'],
		rules: { '@n8n/community-nodes/no-runtime-dependencies': 'off' },
	},
	{
		// Tests, sandbox and benchmarks are programs for a terminal, not nodes.
		files: ['test/**', 'sandbox/**', 'bench/**', 'docs/**', '*.js', '*.mjs'],
		rules: {
			'no-console': 'off',
			// Tests plant recognisable passwords and look for them where they must not be.
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-silent-error-swallowing': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@typescript-eslint/no-require-imports': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			'no-restricted-globals': ['error', { name: 'it', message: 'Tests begin with test().' }],
		},
	},
];
