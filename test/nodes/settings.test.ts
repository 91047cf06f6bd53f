import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { EDIFACT_SETTINGS, edifactEncoder } from '../../lib/edi/edifact';
import type { Setting } from '../../lib/edi/partner';
import { X12_SETTINGS, x12Encoder } from '../../lib/edi/x12';
import { properties } from '../../nodes/EdiEncode/description';
import { settingFields } from '../../nodes/shared';
import { repositoryRoot } from '../support/shared';

/** What the rows of the settings tables promise: each setting is everywhere a setting has to be. */

const IDS = { senderId: 'MYCOMPANY', receiverId: 'PARTNER' };
const page = readFileSync(path.join(repositoryRoot, 'docs/reference/settings.md'), 'utf8');

const STANDARDS = [
	['x12', 'X12', X12_SETTINGS, x12Encoder],
	['edifact', 'EDIFACT', EDIFACT_SETTINGS, edifactEncoder],
] as const;

const rows = STANDARDS.flatMap(([standard, title, table, encoder]) =>
	Object.entries<Setting>(table).map(([name, row]) => ({ standard, title, name, row, encoder })),
);

/** Fields of the node that a standard shows, those inside collections included. */
function shown(standard: string): INodeProperties[] {
	return properties
		.filter((property) => {
			const show = property.displayOptions?.show?.['standard'];
			return show === undefined || show.includes(standard);
		})
		.flatMap((property) =>
			property.type === 'collection' ? ((property.options ?? []) as INodeProperties[]) : [property],
		);
}

describe.each(rows)('$title $name', ({ standard, title, name, row, encoder }) => {
	test('is a field of the node, under its label', () => {
		const field = shown(standard).find((property) => property.name === name);
		expect(field?.displayName).toBe(row.label);
	});

	test('is a field of a partner directory, in plain data', () => {
		const field = settingFields(standard).find((one) => one.name === name);
		expect(field).toMatchObject({ label: row.label, help: row.help, group: row.group });
		expect(JSON.parse(JSON.stringify(field))).toMatchObject({ name, label: row.label });
	});

	test('says below the field of an ID that an agreement has both', () => {
		const field = shown(standard).find((property) => property.name === name);
		const isId = name === 'senderId' || name === 'receiverId';
		expect(field?.hint).toBe(
			isId
				? "Behind 'Take New or Changed' leave both IDs empty: the agreement has them"
				: undefined,
		);
	});

	test('is in the documentation of its standard', () => {
		const section = page.slice(page.indexOf(`\n## ${title}\n`)).split('\n## ')[1] ?? '';
		expect(section).toContain(`| \`${name}\` | ${row.label} |`);
	});

	test('is refused by label and name where it cannot be used', () => {
		const wrong: unknown = row.type === 'flag' ? 'maybe' : { wrong: true };
		let failure: unknown = 'accepted';
		try {
			encoder.normalizeProfile({ ...IDS, [name]: wrong });
		} catch (error) {
			failure = error;
		}
		const structure = name === 'codeMaps' || name === 'guideline';
		const structureCode = name === 'codeMaps' ? 'SYNTAX_INVALID_CODE_MAP' : 'GUIDELINE_INVALID';
		expect(failure).toMatchObject({
			code: structure ? structureCode : `${title}_INVALID_OPTION`,
			path: expect.stringContaining(name) as unknown,
		});
		if (!structure) expect(String(failure)).toContain(`${row.label}: the setting '${name}`);
	});

	test('takes its own default', () => {
		if (!('default' in row) || row.default === undefined) return;
		expect(() => encoder.normalizeProfile({ ...IDS, [name]: row.default })).not.toThrow();
	});
});

test.each(STANDARDS)('%s: a misspelt setting is refused', (_standard, title, _table, encoder) => {
	expect(() => encoder.normalizeProfile({ ...IDS, sendrId: 'A' })).toThrow(
		expect.objectContaining({ code: `${title}_INVALID_OPTION`, path: 'sendrId' }),
	);
});

test('what both standards have is called the same and behaves the same', () => {
	const x12 = X12_SETTINGS as Readonly<Record<string, Setting>>;
	const edifact = EDIFACT_SETTINGS as Readonly<Record<string, Setting>>;
	// A release of X12 is a directory of EDIFACT.
	const common = Object.keys(x12).filter((name) => name in edifact && name !== 'release');
	expect(common.length).toBeGreaterThan(25);
	for (const name of common) {
		expect([name, edifact[name]?.label]).toEqual([name, x12[name]?.label]);
		expect([name, edifact[name]?.group]).toEqual([name, x12[name]?.group]);
	}
});
