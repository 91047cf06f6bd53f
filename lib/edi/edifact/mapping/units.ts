import { lookUp } from '../../partner';
import type { MappingContext } from './context';

/**
 * Units as Exact companies call them, in English, Dutch, German and French, to UN Recommendation 20.
 * `PCE` rather than `C62` for pieces: it is what EANCOM partners of these directories use.
 */
const COMMON_UNITS: Readonly<Record<string, readonly string[]>> = {
	PCE: [
		'pc',
		'pcs',
		'piece',
		'pieces',
		'each',
		'ea',
		'st',
		'stk',
		'stuk',
		'stuks',
		'stück',
		'pièce',
	],
	HUR: ['h', 'hr', 'hrs', 'hour', 'hours', 'uur', 'uren', 'std', 'stunde', 'stunden', 'heure'],
	DAY: ['d', 'day', 'days', 'dag', 'dagen', 'tag', 'tage', 'jour'],
	WEE: ['week', 'weeks', 'weken', 'woche'],
	MON: ['month', 'months', 'maand', 'maanden', 'mnd', 'monat', 'mois'],
	ANN: ['year', 'years', 'jaar', 'jahr', 'an'],
	MIN: ['min', 'minute', 'minutes', 'minuut'],
	KGM: ['kg', 'kilo', 'kilogram'],
	GRM: ['g', 'gr', 'gram'],
	TNE: ['t', 'ton', 'tonne'],
	LTR: ['l', 'ltr', 'liter', 'litre'],
	MLT: ['ml'],
	MTR: ['m', 'mtr', 'meter', 'metre'],
	CMT: ['cm'],
	MMT: ['mm'],
	KMT: ['km'],
	MTK: ['m2', 'm²', 'sqm'],
	MTQ: ['m3', 'm³'],
	KWH: ['kwh'],
	BX: ['box', 'boxes', 'doos', 'karton'],
	PK: ['pack', 'pak', 'pk'],
	SET: ['set', 'sets'],
	PR: ['pair', 'paar', 'pr'],
	DZN: ['dozijn', 'dzn', 'dutzend'],
	ROL: ['roll', 'rol'],
};

const byName = new Map<string, string>();
for (const [code, names] of Object.entries(COMMON_UNITS)) {
	byName.set(code.toLowerCase(), code);
	for (const name of names) byName.set(name, code);
}
byName.set('c62', 'C62');

/** The code map of the partner first, then the common names; anything else must be mapped. */
export function unitCode(
	unit: string | undefined,
	context: MappingContext,
	path: string,
): string | undefined {
	if (unit === undefined || unit === '') return undefined;
	const mapped =
		lookUp(context.profile.codeMaps.units, unit) ?? byName.get(unit.trim().toLowerCase());
	if (mapped !== undefined) return mapped;
	context.report(
		'EDIFACT_UNKNOWN_UNIT',
		path,
		`the unit "${unit}" in ${path} has no UN Recommendation 20 code; add it to the units code map, such as ${unit} = PCE`,
		{ expected: 'a unit of the code map', received: unit },
	);
	return undefined;
}
