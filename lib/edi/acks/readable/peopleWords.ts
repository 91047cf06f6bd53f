/** Dates, times and numbers as people write them, for looking at a file; `undefined` where they are none. */

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/** `15 March 2026`, from YYMMDD or YYYYMMDD; a century that is not said is this one. */
export function peopleDate(text: string): string | undefined {
	const digits = text.length === 6 ? `20${text}` : text;
	if (!/^\d{8}$/.test(digits)) return undefined;
	const month = MONTHS[Number(digits.slice(4, 6)) - 1];
	const day = Number(digits.slice(6));
	if (month === undefined || day < 1 || day > 31) return undefined;
	return `${day} ${month} ${digits.slice(0, 4)}`;
}

/** `08:11` or `08:11:30`, from HHMM, HHMMSS and what X12 has behind the seconds. */
export function peopleTime(text: string): string | undefined {
	if (!/^(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d{0,2})?$/.test(text)) return undefined;
	const parts = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)].filter(Boolean);
	return parts.join(':');
}

/** `-1,234.50`; with decimals where their point is implied. */
export function peopleNumber(text: string, impliedDecimals: number): string | undefined {
	const found = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(text);
	if (found === null || (impliedDecimals > 0 && found[3] !== undefined)) return undefined;
	const [, sign = '', whole = '0', fraction = ''] = found;
	const digits = whole.padStart(impliedDecimals + 1, '0');
	const cut = digits.length - impliedDecimals;
	const grouped = digits.slice(0, cut).replace(/\B(?=(?:\d{3})+$)/g, ',');
	const behind = impliedDecimals === 0 ? fraction : digits.slice(cut);
	return sign + grouped + (behind === '' ? '' : `.${behind}`);
}

/** Data element 2380 by its format (2379). */
export function periodWords(text: string, format: string): string | undefined {
	switch (format) {
		case '101':
		case '102':
			return peopleDate(text);
		case '201':
		case '203':
		case '204': {
			const date = peopleDate(text.slice(0, format === '201' ? 6 : 8));
			const time = peopleTime(text.slice(format === '201' ? 6 : 8));
			return date === undefined || time === undefined ? undefined : `${date} ${time}`;
		}
		case '610': {
			const month = /^\d{6}$/.test(text) ? MONTHS[Number(text.slice(4)) - 1] : undefined;
			return month === undefined ? undefined : `${month} ${text.slice(0, 4)}`;
		}
		case '616':
			return /^\d{6}$/.test(text) ? `week ${Number(text.slice(4))} of ${text.slice(0, 4)}` : undefined;
		case '718': {
			const from = peopleDate(text.slice(0, 8));
			const to = peopleDate(text.slice(8));
			return from === undefined || to === undefined ? undefined : `${from} to ${to}`;
		}
		default:
			return undefined;
	}
}
