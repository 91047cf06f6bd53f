import { lookUp } from '../../syntax/codeMaps';
import type { X12Profile } from '../profile';

/** DE355 codes that a unit may be given as; others come in by the code map. */
const KNOWN_UNITS = new Set(
	`01 10 12 1N 2N AC AM AS AY BA BC BD BG BI BL BN BO BR BS BT BU BX C8 CA CC CF CG CH CI CL CM CN CO CR CT
	CU CX CY DA DH DK DM DO DR DS DZ E4 EA EV FG FO FT GA GR GS GT HD HH HL HR HU IN JO JR KE KG KH KT LB LF LM
	LO LR LT LY MC ME MG MJ ML MM MN MO MP MR MT MX NF NM NR NT NV OP OZ P1 PA PC PD PF PG PH PK PL PP PR PT QT
	RE RL RM SF SH SI SL SM SO SP SR SS ST SV SX SY TB TH TK TN TO TP TS TU UN VI WK YD YR Z1 Z2 Z3 Z4 Z5 ZP`
		.trim()
		.split(/\s+/),
);

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
	gram: 'GR',
	gr: 'GR',
	liter: 'LT',
	ltr: 'LT',
	ml: 'ML',
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
	if (KNOWN_UNITS.has(unit)) return unit;
	const usual = unit.trim().toLowerCase();
	return Object.hasOwn(DEFAULT_UNITS, usual) ? DEFAULT_UNITS[usual] : undefined;
}
