import { commonUnit, commonUnitCodes, lookUp } from '../../partner';
import type { MappingContext } from './context';

/** UN Recommendation 20, as far as units have common names; `C62` is its newer word for a piece. */
const CODES: ReadonlySet<string> = new Set([...commonUnitCodes('edifact'), 'C62']);

function isCode(unit: string): string | undefined {
	const code = unit.trim().toUpperCase();
	return CODES.has(code) ? code : undefined;
}

/** The code map of the partner first, then the common names; anything else must be mapped. */
export function unitCode(
	unit: string | undefined,
	context: MappingContext,
	path: string,
): string | undefined {
	if (unit === undefined || unit === '') return undefined;
	const mapped =
		lookUp(context.profile.codeMaps.units, unit) ?? commonUnit('edifact', unit) ?? isCode(unit);
	if (mapped !== undefined) return mapped;
	context.report(
		'EDIFACT_UNKNOWN_UNIT',
		path,
		`the unit "${unit}" in ${path} has no UN Recommendation 20 code; add it to the units code map, such as ${unit} = PCE`,
		{ expected: 'a unit of the code map', received: unit },
	);
	return undefined;
}
