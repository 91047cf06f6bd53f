import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

/**
 * One file for each third-party library: what a library needs to be used rightly is known in one
 * place, and replacing it touches one file.
 */
const LIBRARY_HOMES = {
	'ssh2-sftp-client': 'lib/delivery/sftpClient.ts',
	'x12-parser': 'lib/edi/x12/readBack.ts',
	'csv-stringify/sync': 'lib/flatfile/csv.ts',
	'csv-stringify': 'lib/flatfile/csv.ts',
	'iconv-lite': 'lib/flatfile/charset.ts',
};

const n8nModules = ['n8n-workflow', 'n8n-core'];

function forbid(paths) {
	return { 'no-restricted-imports': ['error', { paths, patterns: ['n8n-*'] }] };
}

/** Which room may not look into which: `docs/architecture.md`, "Rooms and doors". */
const doors = [
	{ target: './lib', from: './nodes' },
	{ target: './lib', from: './sandbox' },
	{ target: './nodes', from: './sandbox' },
	{ target: './sandbox', from: './nodes' },
	{ target: './lib/exact', from: './lib', except: ['./exact', './errors.ts', './decimal.ts'] },
	{
		target: './lib/documents',
		from: './lib',
		except: ['./documents', './errors.ts', './decimal.ts'],
	},
	{
		target: './lib/mapping',
		from: './lib',
		except: ['./mapping', './exact', './documents', './errors.ts', './decimal.ts'],
	},
	{ target: './lib/edi/x12', from: './lib/edi/edifact' },
	{ target: './lib/edi/edifact', from: './lib/edi/x12' },
	{ target: './lib/edi/syntax', from: './lib/edi', except: ['./syntax'] },
	{ target: './lib/edi/x12', from: './lib/edi/acks' },
	{ target: './lib/edi/edifact', from: './lib/edi/acks' },
	{ target: './lib/edi', from: './lib/exact' },
	{ target: './lib/edi', from: './lib/mapping' },
	{
		target: './lib/flatfile',
		from: './lib',
		except: ['./flatfile', './text', './errors.ts', './decimal.ts'],
	},
	{ target: './lib/delivery', from: './lib', except: ['./delivery', './errors.ts'] },
];

export default [
	{ ignores: ['dist/**', 'sandbox/node_modules/**', '.demo/**', 'out/**'] },
	...configWithoutCloudSupport,
	{
		files: ['lib/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts', 'sandbox/**/*.ts'],
		rules: {
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', { zones: doors }],
		},
	},
	{
		files: ['lib/**/*.ts'],
		rules: {
			...forbid([...n8nModules, ...Object.keys(LIBRARY_HOMES)]),
			'@typescript-eslint/no-explicit-any': 'error',
			// The core raises CoreError; nodes/shared turns it into n8n's errors.
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
	...Object.values(LIBRARY_HOMES).map((home) => ({
		files: [home],
		rules: forbid([
			...n8nModules,
			...Object.keys(LIBRARY_HOMES).filter((library) => LIBRARY_HOMES[library] !== home),
		]),
	})),
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
];
