import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';

import { layoutJsonSchema, parseLayout, PRESET_NAMES, presetLayout } from '../../../lib/flatfile';
import { repositoryRoot } from '../../support/shared';
import { PRESET_SAMPLES } from './presetSamples';
import { detailLayout, encode } from './samples';

const fixtures = path.join(repositoryRoot, 'test', 'fixtures', 'flatfile');

/** Compares with the golden file; `UPDATE_GOLDEN=1` writes it. */
function expectGolden(name: string, bytes: Uint8Array | undefined): void {
	const file = path.join(fixtures, name);
	const actual = Buffer.from(bytes ?? []);
	if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
	expect(existsSync(file)).toBe(true);
	expect(actual.toString('latin1')).toBe(readFileSync(file).toString('latin1'));
}

describe.each(PRESET_NAMES)('preset %s', (name) => {
	test('gives the golden fixed-width file', () => {
		const result = encode(presetLayout(name), PRESET_SAMPLES[name]);
		expect(result.rejected).toEqual([]);
		expect(result.warnings).toEqual([]);
		expectGolden(`${name}.txt`, result.file?.bytes);
	});

	test('gives the golden CSV', () => {
		const result = encode(presetLayout(name), PRESET_SAMPLES[name], 'csv');
		expect(result.rejected).toEqual([]);
		expectGolden(`${name}.csv`, result.file?.bytes);
	});

	test('is what the published schema says', () => {
		const validate = new Ajv({ strict: false }).compile(layoutJsonSchema());
		expect(validate(JSON.parse(JSON.stringify(presetLayout(name))))).toBe(true);
	});
});

describe('the published schema', () => {
	test('is the one that validates layouts', () => {
		const file = path.join(repositoryRoot, 'docs', 'layout.schema.json');
		const text = `${JSON.stringify(layoutJsonSchema(), null, 2)}\n`;
		if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
		expect(readFileSync(file, 'utf8')).toBe(text);
	});

	test.each([
		detailLayout([{ name: 'a', type: 'text', width: 0 }]),
		detailLayout([{ name: 'a', type: 'text', width: 5, decimals: 2 }]),
		detailLayout([{ name: 'a', type: 'nothing', width: 5 }]),
		detailLayout([{ name: 'a', type: 'constant', width: 5 }]),
		detailLayout([{ name: 'a', type: 'text', width: 5, pad: 'ab' }]),
		detailLayout([{ name: 'a', type: 'text', width: 5 }], { encoding: 'utf8' }),
		{ name: 'x', records: [] },
	])('refuses what the parser refuses: %j', (layout) => {
		const validate = new Ajv({ strict: false }).compile(layoutJsonSchema());
		expect(validate(layout)).toBe(false);
		expect(() => parseLayout(layout, 'fixed-width')).toThrow(
			expect.objectContaining({ code: 'FLATFILE_LAYOUT_INVALID' }),
		);
	});
});
