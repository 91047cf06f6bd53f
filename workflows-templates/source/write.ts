/** Writes the shipped workflow files from their sources: `npm run templates`. */
import { writeFileSync } from 'node:fs';
import { renderWorkflow } from './builder.ts';
import { templates } from './templates/index.ts';

const folder = new URL('../', import.meta.url);

for (const template of templates) {
	const text = `${JSON.stringify(renderWorkflow(template), null, 2)}\n`;
	writeFileSync(new URL(`${template.file}.json`, folder), text);
	process.stdout.write(`${template.file}.json\n`);
}
