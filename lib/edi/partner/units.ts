/** A unit, its code in each standard and how people call it. */
interface Unit {
	/** Data element 355. */
	readonly x12: string;
	/** UN Recommendation 20; `PCE` rather than `C62`, as EANCOM partners of D.96A and D.01B use it. */
	readonly edifact?: string;
	/** In English, Dutch, German and French, in small letters. */
	readonly names: readonly string[];
}

const UNITS: readonly Unit[] = [
	{
		x12: 'EA',
		edifact: 'PCE',
		names: [
			...[
				'pc',
				'pcs',
				'piece',
				'pieces',
				'each',
				'ea',
				'unit',
				'st',
				'stk',
				'stuk',
				'stuks',
				'keer',
			],
			...['stück', 'pièce'],
		],
	},
	{
		x12: 'HR',
		edifact: 'HUR',
		names: ['h', 'hr', 'hrs', 'hour', 'hours', 'uur', 'uren', 'std', 'stunde', 'stunden', 'heure'],
	},
	{
		x12: 'DA',
		edifact: 'DAY',
		names: ['d', 'day', 'days', 'dag', 'dagen', 'tag', 'tage', 'jour'],
	},
	{ x12: 'WK', edifact: 'WEE', names: ['week', 'weeks', 'weken', 'woche', 'semaine'] },
	{
		x12: 'MO',
		edifact: 'MON',
		names: ['month', 'months', 'maand', 'maanden', 'mnd', 'monat', 'mois'],
	},
	{ x12: 'YR', edifact: 'ANN', names: ['year', 'years', 'jaar', 'jahr', 'an'] },
	{ x12: 'MJ', edifact: 'MIN', names: ['min', 'minute', 'minutes', 'minuut'] },
	{ x12: 'KG', edifact: 'KGM', names: ['kg', 'kilo', 'kilogram'] },
	{ x12: 'GR', edifact: 'GRM', names: ['g', 'gr', 'gram'] },
	{ x12: 'MP', edifact: 'TNE', names: ['t', 'ton', 'tonne'] },
	{ x12: 'LT', edifact: 'LTR', names: ['l', 'ltr', 'liter', 'litre'] },
	{ x12: 'ML', edifact: 'MLT', names: ['ml'] },
	{ x12: 'MR', edifact: 'MTR', names: ['m', 'mtr', 'meter', 'metre'] },
	{ x12: 'CM', edifact: 'CMT', names: ['cm'] },
	{ x12: 'MM', edifact: 'MMT', names: ['mm'] },
	{ x12: 'DK', edifact: 'KMT', names: ['km'] },
	{ x12: 'SM', edifact: 'MTK', names: ['m2', 'm²', 'sqm'] },
	{ x12: 'CR', edifact: 'MTQ', names: ['m3', 'm³'] },
	{ x12: 'KH', edifact: 'KWH', names: ['kwh'] },
	{ x12: 'BX', edifact: 'BX', names: ['box', 'boxes', 'doos', 'karton'] },
	{ x12: 'PK', edifact: 'PK', names: ['pack', 'pak'] },
	{ x12: 'ST', edifact: 'SET', names: ['set', 'sets'] },
	{ x12: 'PR', edifact: 'PR', names: ['pair', 'paar'] },
	{ x12: 'DZ', edifact: 'DZN', names: ['dozen', 'dozijn', 'dutzend'] },
	{ x12: 'RL', edifact: 'ROL', names: ['roll', 'rol'] },
	{ x12: 'PL', names: ['pallet'] },
	{ x12: 'BO', names: ['fles', 'bottle'] },
	{ x12: 'BG', names: ['zak', 'bag'] },
];

export type UnitStandard = 'x12' | 'edifact';

function byName(standard: UnitStandard): ReadonlyMap<string, string> {
	const codes = new Map<string, string>();
	for (const unit of UNITS) {
		const code = unit[standard];
		if (code === undefined) continue;
		for (const name of unit.names) codes.set(name, code);
	}
	return codes;
}

const BY_NAME = { x12: byName('x12'), edifact: byName('edifact') } as const;

/** The standard's code for a unit as people call it; `undefined`: nobody knows it. */
export function commonUnit(standard: UnitStandard, name: string): string | undefined {
	return BY_NAME[standard].get(name.trim().toLowerCase());
}

/** Every code that a name leads to. */
export function commonUnitCodes(standard: UnitStandard): ReadonlySet<string> {
	return new Set(BY_NAME[standard].values());
}
