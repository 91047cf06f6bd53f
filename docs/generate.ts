/** Writes the reference pages that come from tables in the code: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';

import type * as Documents from '../lib/documents/index.ts';
import type * as Edifact from '../lib/edi/edifact/index.ts';
import type * as Partner from '../lib/edi/partner/index.ts';
import type * as X12 from '../lib/edi/x12/index.ts';
import type * as Errors from '../lib/errors.ts';
import type * as Ledger from '../lib/ledger/index.ts';
import type * as Mapping from '../lib/mapping/index.ts';
import { edifactPages } from './edifactReference.ts';
import { settingsPage } from './settingsReference.ts';
import { x12Pages } from './x12Reference.ts';

/** The core as it was built: its sources import each other in a way that only the compiler follows. */
async function built(file: string): Promise<unknown> {
	return (await import(new URL(`../dist/lib/${file}`, import.meta.url).href)) as unknown;
}

const { ERROR_CODES } = (await built('errors.js')) as typeof Errors;
const { FILE_TRANSITIONS, VERSION_TRANSITIONS } = (await built('ledger/index.js')) as typeof Ledger;
const { MAPPING_RULES } = (await built('mapping/index.js')) as typeof Mapping;
const { DOCUMENT_TYPES, documentType } = (await built('documents/index.js')) as typeof Documents;

const checkOnly = process.argv.includes('--check');

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function errorsPage(): string {
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

function ledgerStates(): string {
	const table = (title: string, transitions: Readonly<Record<string, readonly string[]>>) => {
		const rows = Object.entries(transitions).map(([state, next]) => `| ${state} | ${next.join(', ') || '–'} |`);
		return `### ${title}\n\n| from | to |\n| --- | --- |\n${rows.join('\n')}\n`;
	};
	return [
		table('States of a file', FILE_TRANSITIONS),
		table('States of a version of a document', VERSION_TRANSITIONS),
	].join('\n');
}

function shapeRows(shapes: Documents.FieldShapes, prefix: string): string[] {
	return Object.entries(shapes).flatMap(([name, shape]) => {
		const path = prefix + name;
		const inner = shape.kind === 'list' ? shape.of : shape;
		const form = 'codes' in shape && shape.codes ? shape.codes.join(', ') : shape.kind;
		const row = `| \`${path}\` | ${cell(shape.label)} | ${form} | ${shape.required ? 'yes' : ''} |`;
		return [row, ...(inner.kind === 'object' ? shapeRows(inner.fields, `${path}.`) : [])];
	});
}

function mappingTables(): string {
	const table = (rules: readonly Mapping.FieldRule[]): string =>
		`| document field | Exact Online field | read as | required |\n| --- | --- | --- | --- |\n${rules
			.map(
				(rule) =>
					`| \`${rule.to}\` | ${rule.from.map((field) => `\`${field}\``).join(', else ')} | ${rule.as} | ${rule.required === undefined ? '' : 'yes'} |`,
			)
			.join('\n')}\n`;
	const resources = Object.entries(MAPPING_RULES).map(
		([resource, { head, line }]) =>
			`## Exact Online: ${resource}\n\n${table(head)}\n### ${resource === 'payment' ? 'Each payment, as item of the advice' : 'Lines'}\n\n${table(line)}`,
	);
	const documents = DOCUMENT_TYPES.map(
		(type) =>
			`## Neutral document: ${type}\n\n| field | meaning | form | required |\n| --- | --- | --- | --- |\n${shapeRows(documentType(type).fields, '').join('\n')}\n`,
	);
	return [...resources, ...documents].join('\n');
}

const START = '<!-- generated: do not edit below -->';

function withGenerated(file: string, generated: string): string {
	const text = readFileSync(new URL(file, import.meta.url), 'utf8');
	const at = text.indexOf(START);
	return `${at < 0 ? text : text.slice(0, at)}${START}\n\n${generated}`;
}

const x12 = (await built('edi/x12/index.js')) as typeof X12;
const edifact = (await built('edi/edifact/index.js')) as typeof Edifact;
const { fieldsOf } = (await built('edi/partner/index.js')) as typeof Partner;

const pages: Record<string, () => string> = {
	'errors.md': errorsPage,
	'ledger.md': () => withGenerated('ledger.md', ledgerStates()),
	'mapping.md': () => withGenerated('mapping.md', mappingTables()),
	...settingsPage(fieldsOf(x12.X12_SETTINGS), fieldsOf(edifact.EDIFACT_SETTINGS)),
	...x12Pages(x12),
	...edifactPages(edifact),
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
