const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

/** An earlier build's files must not travel in the package. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function compile(done) {
	spawn(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.json'], {
		stdio: 'inherit',
	}).on('exit', (code) => done(code === 0 ? undefined : new Error('TypeScript found errors')));
}

/** What tsc does not copy: icons and codex files, which n8n loads from beside the nodes. */
function copyIcons() {
	return src('icons/**/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function copyCodex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.build = series(clean, parallel(compile, copyIcons, copyCodex));
exports.default = exports.build;
