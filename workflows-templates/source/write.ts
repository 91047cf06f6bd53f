/** Writes the shipped workflow files from their sources; with `--check` it only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderWorkflow } from './builder.ts';
import { templates } from './templates/index.ts';

const folder = new URL('../', import.meta.url);
const checkOnly = process.argv.includes('--check');

for (const template of templates) {
	const text = `${JSON.stringify(renderWorkflow(template), null, 2)}\n`;
	const file = new URL(`${template.file}.json`, folder);
	const same = existsSync(file) && readFileSync(file, 'utf8') === text;
	if (same) continue;
	process.stdout.write(`${template.file}.json\n`);
	if (checkOnly) process.exitCode = 1;
	else writeFileSync(file, text);
}
