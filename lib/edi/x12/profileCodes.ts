import type { X12Profile } from './profile';
import { x12Segment } from './schema';
import type { X12Release } from './schema';
import { problems, X12_SETTINGS } from './settings';
import { elementName, simpleProblem } from './validateSegment';

/** Where a code of the settings will stand in the file. */
type Place = readonly [segment: string, position: number];

const ENTITY_ID: Place = ['N1', 3];

const CODE_MAPS = {
	units: ['PO1', 3],
	vatCodes: ['TXI', 1],
	paymentTerms: ['ITD', 1],
} as const satisfies Partial<Record<keyof X12Profile['codeMaps'], Place>>;

/** Why the code cannot stand there, in words; `undefined` if it can. */
function codeProblem(
	code: string,
	[segment, position]: Place,
	release: X12Release,
): string | undefined {
	const element = x12Segment(segment, release)?.elements[position - 1];
	if (element === undefined) return undefined;
	const problem = /^[0-9A-Z]+$/.test(code)
		? simpleProblem(code, element)?.message
		: 'is not a code of A-Z and 0-9';
	return problem && `${problem} (${elementName(segment, position)}, DE${element.id})`;
}

/** Codes that settings bring into every document, by the tables, before there is a document. */
export function checkProfileCodes(profile: X12Profile): void {
	const { codeMaps, release } = profile;
	for (const [name, row] of Object.entries(X12_SETTINGS)) {
		if (!('listOf' in row)) continue;
		const [segment, position] = row.listOf;
		const code = String(profile[name as keyof X12Profile]);
		if (code === '') continue;
		const problem = codeProblem(code, [segment, position], release);
		if (problem !== undefined) throw problems.invalid(name, `is "${code}", which ${problem}`);
	}
	for (const [name, place] of Object.entries(CODE_MAPS) as [keyof typeof CODE_MAPS, Place][]) {
		for (const [own, code] of codeMaps[name]) {
			const problem = codeProblem(code, place, release);
			if (problem === undefined) continue;
			throw problems.invalid(`codeMaps.${name}`, `maps "${own}" to "${code}", which ${problem}`);
		}
	}
	for (const [own, { qualifier }] of codeMaps.parties) {
		const problem = codeProblem(qualifier, ENTITY_ID, release);
		if (problem === undefined) continue;
		throw problems.invalid(
			'codeMaps.parties',
			`has the qualifier "${qualifier}" for "${own}", which ${problem}`,
		);
	}
}
