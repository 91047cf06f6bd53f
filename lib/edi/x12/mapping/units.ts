import { commonUnit, lookUp } from '../../partner';
import type { X12Profile } from '../profile';
import { isX12Unit } from '../schema';

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
