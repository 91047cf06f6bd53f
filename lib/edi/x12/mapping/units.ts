import { lookUp } from '../../partner';
import type { X12Profile } from '../profile';
import { isX12Unit } from '../schema';

/** Unit codes people use in Exact Online, in small letters, as DE355 codes. */
export const DEFAULT_UNITS: Readonly<Record<string, string>> = {
	stuk: 'EA',
	stuks: 'EA',
	stk: 'EA',
	piece: 'EA',
	pieces: 'EA',
	pc: 'EA',
	pcs: 'EA',
	each: 'EA',
	ea: 'EA',
	unit: 'EA',
	keer: 'EA',
	uur: 'HR',
	uren: 'HR',
	h: 'HR',
	hour: 'HR',
	hours: 'HR',
	hr: 'HR',
	dag: 'DA',
	dagen: 'DA',
	day: 'DA',
	days: 'DA',
	week: 'WK',
	weken: 'WK',
	weeks: 'WK',
	maand: 'MO',
	maanden: 'MO',
	month: 'MO',
	months: 'MO',
	jaar: 'YR',
	year: 'YR',
	years: 'YR',
	kg: 'KG',
	kilo: 'KG',
	g: 'GR',
	gram: 'GR',
	gr: 'GR',
	l: 'LT',
	liter: 'LT',
	ltr: 'LT',
	ml: 'ML',
	m: 'MR',
	meter: 'MR',
	mtr: 'MR',
	cm: 'CM',
	mm: 'MM',
	km: 'DK',
	m2: 'SM',
	m3: 'CR',
	doos: 'BX',
	box: 'BX',
	pak: 'PK',
	pack: 'PK',
	pallet: 'PL',
	rol: 'RL',
	roll: 'RL',
	set: 'ST',
	paar: 'PR',
	pair: 'PR',
	fles: 'BO',
	bottle: 'BO',
	zak: 'BG',
	bag: 'BG',
	kwh: 'KH',
	dozijn: 'DZ',
	dozen: 'DZ',
};

/**
 * DE355 of a unit of Exact Online: the partner's code map, then the common names, then the unit
 * itself if it is such a code in capitals. `undefined`: nobody knows it.
 */
export function unitCode(unit: string, profile: X12Profile): string | undefined {
	const mapped = lookUp(profile.codeMaps.units, unit);
	if (mapped !== undefined) return mapped;
	if (isX12Unit(unit)) return unit;
	const usual = unit.trim().toLowerCase();
	return Object.hasOwn(DEFAULT_UNITS, usual) ? DEFAULT_UNITS[usual] : undefined;
}

/** DE355 for the file; an unknown unit has an issue of its own, so what stands here is never sent. */
export function unitElement(unit: string | undefined, profile: X12Profile): string {
	return unitCode(unit ?? 'EA', profile) ?? 'ZZ';
}
