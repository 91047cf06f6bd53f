import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describeWithShared, repositoryRoot, sharedDir } from '../../../support/shared';
import { readFileNotation } from './notation';

interface Expectation {
	readonly file: string;
	readonly verdict: string;
	readonly findings: readonly string[];
	/** What the reader saw and the annotator had not. */
	readonly correction?: string;
	/** What is wrong with the file, in the words of who looked into it. */
	readonly why?: string;
}

const fixtures = path.join(repositoryRoot, 'test', 'fixtures', 'acks');
const reviewedFile = path.join(fixtures, 'reviewed.json');

function load(name: string): Expectation[] {
	return JSON.parse(readFileSync(path.join(fixtures, name), 'utf8')) as Expectation[];
}

function format(expectations: readonly Expectation[]): string {
	const lines = expectations.map((expectation) => `\t${JSON.stringify(expectation)}`);
	return `[\n${lines.join(',\n')}\n]\n`;
}

describeWithShared('real files of other systems', () => {
	const folder = path.join(sharedDir, 'corpus');
	const files = ['x12', 'edifact'].flatMap((syntax) =>
		readdirSync(path.join(folder, syntax)).map((name) => `${syntax}/${name}`),
	);
	const annotated = load('annotatedByHand.json');

	test('at least 20 were annotated by hand', () => {
		expect(annotated.length).toBeGreaterThanOrEqual(20);
	});

	test.each(annotated.map(({ file, verdict, findings }) => [file, { verdict, findings }] as const))(
		'annotated by hand: %s',
		(file, expected) => {
			expect(readFileNotation(path.join(folder, file))).toEqual(expected);
		},
	);

	test('every expectation says why', () => {
		const silent = load('reviewed.json').filter(({ why = '' }) => why === '');
		expect(silent.map(({ file }) => file)).toEqual([]);
	});

	test('every file gets the verdict and the findings it was reviewed to deserve', () => {
		const found = files.map((file) => ({ file, ...readFileNotation(path.join(folder, file)) }));
		if (process.env['UPDATE_GOLDEN'] === '1') {
			const reasons = new Map(load('reviewed.json').map(({ file, why }) => [file, why]));
			const kept = found.map((entry) => ({ ...entry, why: reasons.get(entry.file) ?? '' }));
			writeFileSync(reviewedFile, format(kept));
		}
		expect(found).toEqual(
			load('reviewed.json').map(({ file, verdict, findings }) => ({ file, verdict, findings })),
		);
	});
});
