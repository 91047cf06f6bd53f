import { commonUnit, lookUp } from '../../partner';
import type { X12Profile } from '../profile';
import { isX12Unit } from '../schema';
import type { Report } from './context';

/**
 * DE355 of a unit of Exact Online: the partner's code map, then the unit itself if it is such a code
 * in capitals, then the common names. `undefined`: nobody knows it.
 */
export function unitCode(unit: string, profile: X12Profile): string | undefined {
	const mapped = lookUp(profile.codeMaps.units, unit);
	if (mapped !== undefined) return mapped;
	return isX12Unit(unit) ? unit : commonUnit('x12', unit);
}

/** DE355 for the file; an unknown unit has an issue of its own, so what stands here is never sent. */
export function unitElement(unit: string | undefined, profile: X12Profile): string {
	return unitCode(unit ?? 'EA', profile) ?? 'ZZ';
}

/** A unit that nobody knows, said of the line that has it. */
export function checkUnit(
	{ number, unit }: { readonly number: number; readonly unit?: string },
	index: number,
	profile: X12Profile,
	report: Report,
): void {
	if (unit === undefined || unitCode(unit, profile) !== undefined) return;
	report(
		'X12_UNIT_WITHOUT_CODE',
		`lines[${index}].unit`,
		`line ${number}: the unit "${unit}" has no X12 code (DE355); add it to the code map of units`,
		{ expected: 'a unit in the code map', received: unit },
	);
}
