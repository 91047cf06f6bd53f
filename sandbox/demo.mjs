// `npm run demo`: installs what is missing, then hands over to demo.ts on Node 24.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const sandbox = path.dirname(fileURLToPath(import.meta.url));

try {
	await prepare({ n8n: true });
} catch (error) {
	process.stderr.write(`demo: ${error.message}\n`);
	process.exit(1);
}

const node24 = path.join(sandbox, '..', 'node_modules', 'node', 'bin', 'node');
const child = spawn(node24, [path.join(sandbox, 'demo', 'demo.ts'), ...process.argv.slice(2)], {
	stdio: 'inherit',
});
// The terminal sends Ctrl+C to both; demo.ts stops what it started and ends by itself.
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.on(signal, () => {
		if (signal === 'SIGTERM') child.kill('SIGTERM');
	});
}
child.once('close', (code) => process.exit(code ?? 1));
