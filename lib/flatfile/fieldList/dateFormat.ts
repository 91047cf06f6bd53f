/** A partner's date format, such as `CCYYMMDD`, `TT.MM.JJJJ` or `AAAAMMJJ`, as ours. */

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction';

const OURS: Readonly<Record<Part, Readonly<Record<number, string>>>> = {
	year: { 2: 'yy', 4: 'yyyy' },
	month: { 2: 'MM', 3: 'MMM' },
	// Three letters of the day are the day of the year.
	day: { 2: 'dd', 3: 'ooo' },
	hour: { 2: 'HH' },
	minute: { 2: 'mm' },
	second: { 2: 'ss' },
	fraction: { 3: 'SSS' },
};

/** Which letter means what: A is the year in French, J the day there and the year elsewhere. */
function lettersOf(text: string): Readonly<Record<string, Part>> {
	const french = /A{2}/.test(text);
	return {
		Y: 'year',
		C: 'year',
		A: 'year',
		J: french ? 'day' : 'year',
		M: 'month',
		D: 'day',
		T: 'day',
		H: 'hour',
		U: 'hour',
		I: 'minute',
		N: 'minute',
		S: 'second',
		F: 'fraction',
	};
}

/** Undefined for what is no date format. */
export function readDateFormat(text: string): string | undefined {
	const given = text
		.trim()
		.toUpperCase()
		.replaceAll('CCYY', 'YYYY')
		.replaceAll('SSAA', 'AAAA')
		.replaceAll('MI', 'II');
	if (!/^[A-Z]+(?:[-/. :'T]*[A-Z]+)*$/.test(given)) return undefined;
	const letters = lettersOf(given);
	const seen = new Set<Part>();
	let result = '';
	for (const [token] of given.matchAll(/([A-Z])\1*|[^A-Z]+/g)) {
		const letter = token.charAt(0);
		if (!/[A-Z]/.test(letter)) {
			result += token.replaceAll("'", '');
			continue;
		}
		if (token === 'T') {
			result += "'T'";
			continue;
		}
		let part = letters[letter];
		// MM behind the hours is minutes.
		if (part === 'month' && seen.has('hour') && !seen.has('minute')) part = 'minute';
		if (part === 'second' && seen.has('second')) part = 'fraction';
		const ours = part === undefined ? undefined : OURS[part][token.length];
		if (part === undefined || ours === undefined || seen.has(part)) return undefined;
		seen.add(part);
		result += ours;
	}
	const isDate = seen.has('year') && (seen.has('month') || seen.has('day'));
	return isDate || (seen.has('hour') && seen.has('minute')) ? result : undefined;
}

/** A date format that stands in a sentence: `Invoice date (YYYYMMDD)`. */
export function findDateFormat(text: string): string | undefined {
	for (const [word] of text.matchAll(/[A-Za-z]+(?:[-/.:][A-Za-z]+)*/g)) {
		// Words of a language are no formats; one has at least a year or hours in capitals or small.
		if (!/^(?:[CYMDHSTJAUIN]+|[cymdhstjauin]+)(?:[-/.:]\w+)*$/.test(word)) continue;
		const format = word.length < 4 ? undefined : readDateFormat(word);
		if (format !== undefined) return format;
	}
	return undefined;
}

const BY_WIDTH: Readonly<Record<'date' | 'time' | 'dateTime', Readonly<Record<number, string>>>> = {
	date: { 5: 'yyooo', 6: 'yyMMdd', 7: 'yyyyooo', 8: 'yyyyMMdd', 10: 'yyyy-MM-dd' },
	time: { 4: 'HHmm', 5: 'HH:mm', 6: 'HHmmss', 8: 'HH:mm:ss' },
	dateTime: {
		12: 'yyyyMMddHHmm',
		14: 'yyyyMMddHHmmss',
		16: "yyyy-MM-dd'T'HH:mm",
		17: 'yyyyMMddHHmmssSSS',
		19: "yyyy-MM-dd'T'HH:mm:ss",
	},
};

/** The format that a width suggests, where the list gives none. */
export function formatOfWidth(
	kind: 'date' | 'time' | 'dateTime',
	width: number | undefined,
): string | undefined {
	if (width === undefined) return undefined;
	return BY_WIDTH[kind][width] ?? (kind === 'date' ? BY_WIDTH.dateTime[width] : undefined);
}
