const transform = {
	'^.+\\.(ts|mts)$': [
		'@swc/jest',
		{
			jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
			module: { type: 'commonjs' },
		},
	],
};

const project = (displayName, folder) => ({
	displayName,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/sandbox/node_modules'],
	transform,
});

module.exports = {
	// A test that hangs fails; none is timed. Loading n8n's engine alone takes seconds.
	testTimeout: 120_000,
	maxWorkers: 2,
	testSequencer: '<rootDir>/test/support/longestFirst.js',
	projects: [
		project('unit', 'lib'),
		project('nodes', 'nodes'),
		project('workflows', 'workflows'),
		project('package', 'package'),
		project('sandbox', 'sandbox'),
		project('e2e', 'e2e'),
		project('scale', 'scale'),
		project('soak', 'soak'),
	],
};
