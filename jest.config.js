const transform = {
	'^.+\\.(ts|mts)$': [
		'@swc/jest',
		{
			jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
			module: { type: 'commonjs' },
		},
	],
};

const project = (displayName, folder, more = {}) => ({
	displayName,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/sandbox/node_modules'],
	transform,
	...more,
});

module.exports = {
	// n8n's engine keeps a lot in memory: a worker that has grown is replaced.
	workerIdleMemoryLimit: '1GB',
	projects: [
		project('unit', 'lib'),
		project('nodes', 'nodes', { testTimeout: 30_000 }),
		project('workflows', 'workflows', { testTimeout: 60_000 }),
		project('package', 'package', { testTimeout: 60_000 }),
		project('sandbox', 'sandbox', { testTimeout: 30_000 }),
		project('e2e', 'e2e', { testTimeout: 600_000 }),
		project('scale', 'scale', { testTimeout: 600_000 }),
	],
};
