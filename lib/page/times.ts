/** Times as people read them, in the workflow's zone; days of 23 and 25 hours are right by the zone's own rules. */

function formatter(timeZone: string): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat('en-GB', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23',
	});
}

/** `2026-10-25 02:30:00` of an ISO time; empty for none, and as written where it is no time. */
export function timesIn(timeZone: string): (iso: string) => string {
	const format = formatter(timeZone);
	return (iso) => {
		if (iso === '') return '';
		const time = new Date(iso);
		if (Number.isNaN(time.getTime())) return iso;
		const parts = Object.fromEntries(
			format.formatToParts(time).map(({ type, value }) => [type, value]),
		);
		return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
	};
}

/** `1,234.50` of `1234.5`: the digits stay, the thousands are set apart, and cents have two places. */
export function amountText(amount: string): string {
	const match = /^(-?)(\d+)(\.\d+)?$/.exec(amount);
	if (match === null) return amount;
	const [, sign = '', whole = '', fraction = ''] = match;
	return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === '' ? '.00' : fraction.padEnd(3, '0')}`;
}
