/** Writes the reference pages that come from tables in the code: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const checkOnly = process.argv.includes('--check');

interface ErrorCodeEntry {
	meaning: string;
	cause: string;
	action: string;
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function errorsPage(): string {
	const { ERROR_CODES } = require('../dist/lib/errors.js') as {
		ERROR_CODES: Record<string, ErrorCodeEntry>;
	};
	const groups = new Map<string, string[]>();
	for (const [code, entry] of Object.entries(ERROR_CODES)) {
		const room = code.slice(0, code.indexOf('_'));
		const rows = groups.get(room) ?? [];
		rows.push(
			`| \`${code}\` | ${cell(entry.meaning)} | ${cell(entry.cause)} | ${cell(entry.action)} |`,
		);
		groups.set(room, rows);
	}
	const sections = [...groups].map(
		([room, rows]) =>
			`## ${room}\n\n| code | meaning | usual cause | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`,
	);
	return `# Error codes\n\nEvery error and issue of the package has one of these codes. This page is made from \`lib/errorCodes/\` by \`npm run docs\`.\n\n${sections.join('\n')}`;
}

function ledgerTables(): string {
	const { LEDGER_TABLES, FILE_TRANSITIONS } = require('../dist/lib/audit/index.js') as {
		LEDGER_TABLES: { name: string; columns: Record<string, string> }[];
		FILE_TRANSITIONS: Record<string, string[]>;
	};
	const tables = LEDGER_TABLES.map(
		(table) =>
			`### \`${table.name}\`\n\n| column | type |\n| --- | --- |\n${Object.entries(table.columns)
				.map(([column, type]) => `| \`${column}\` | ${type} |`)
				.join('\n')}\n`,
	);
	const states = Object.entries(FILE_TRANSITIONS).map(
		([state, next]) => `| ${state} | ${next.join(', ') || '–'} |`,
	);
	return `${tables.join('\n')}\n### States of a file\n\n| from | to |\n| --- | --- |\n${states.join('\n')}\n`;
}

const START = '<!-- generated: do not edit below -->';

function withGenerated(file: string, generated: string): string {
	const text = readFileSync(new URL(file, import.meta.url), 'utf8');
	const at = text.indexOf(START);
	return `${at < 0 ? text : text.slice(0, at)}${START}\n\n${generated}`;
}

const pages: Record<string, () => string> = {
	'errors.md': errorsPage,
	'ledger.md': () => withGenerated('ledger.md', ledgerTables()),
};

for (const [file, make] of Object.entries(pages)) {
	const url = new URL(file, import.meta.url);
	const text = make();
	let current = '';
	try {
		current = readFileSync(url, 'utf8');
	} catch {
		// A page that is not there yet is written.
	}
	if (current === text) continue;
	process.stdout.write(`docs/${file}\n`);
	if (checkOnly) process.exitCode = 1;
	else writeFileSync(url, text);
}
