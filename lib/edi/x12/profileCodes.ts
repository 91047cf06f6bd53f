import { CoreError } from '../../errors';
import type { X12Profile } from './profile';
import { x12Segment } from './schema';
import type { X12Release } from './schema';
import { elementName, simpleProblem } from './validateSegment';

/** Where a code of the settings will stand in the file. */
type Place = readonly [segment: string, position: number];

const QUALIFIER: Place = ['REF', 1];
const ENTITY_ID: Place = ['N1', 3];
const INVOICE_TYPE: Place = ['BIG', 7];
const REMITTANCE: Place = ['RMR', 1];

const SETTINGS = {
	ownNumberQualifier: QUALIFIER,
	glAccountQualifier: QUALIFIER,
	costCenterQualifier: QUALIFIER,
	costUnitQualifier: QUALIFIER,
	projectQualifier: QUALIFIER,
	invoiceTypeCode: INVOICE_TYPE,
	creditNoteTypeCode: INVOICE_TYPE,
	orderTypeCode: ['BEG', 2],
	partyQualifier: ENTITY_ID,
	remittanceInvoiceQualifier: REMITTANCE,
	remittanceCreditQualifier: REMITTANCE,
} as const satisfies Partial<Record<keyof X12Profile, Place>>;

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

function invalid(name: string, problem: string): CoreError {
	return new CoreError('X12_INVALID_OPTION', `The setting "${name}" ${problem}`, { path: name });
}

/** Codes that settings bring into every document, by the tables, before there is a document. */
export function checkProfileCodes(profile: X12Profile): void {
	const { codeMaps, release } = profile;
	for (const [name, place] of Object.entries(SETTINGS) as [keyof typeof SETTINGS, Place][]) {
		const code = profile[name];
		if (code === '') continue;
		const problem = codeProblem(code, place, release);
		if (problem !== undefined) throw invalid(name, `is "${code}", which ${problem}`);
	}
	for (const [name, place] of Object.entries(CODE_MAPS) as [keyof typeof CODE_MAPS, Place][]) {
		for (const [own, code] of codeMaps[name]) {
			const problem = codeProblem(code, place, release);
			if (problem === undefined) continue;
			throw invalid(`codeMaps.${name}`, `maps "${own}" to "${code}", which ${problem}`);
		}
	}
	for (const [own, { qualifier }] of codeMaps.parties) {
		const problem = codeProblem(qualifier, ENTITY_ID, release);
		if (problem === undefined) continue;
		throw invalid(
			'codeMaps.parties',
			`has the qualifier "${qualifier}" for "${own}", which ${problem}`,
		);
	}
}
