import fc from 'fast-check';
import { decodeRow, pageFrom, parseBody } from '../../../lib/exact/decode';
import { quoted, refreshFailure } from '../../../lib/exact/failures';
import { limitOf } from '../../../lib/exact/limits';
import {
	accountCodeLiteral,
	anyOf,
	allOf,
	dateTimeLiteral,
	groupTerms,
	queryUrl,
	textLiteral,
} from '../../../lib/exact/literals';
import { RESOURCES } from '../../../lib/exact/resources';
import {
	amsterdamOffset,
	fromWallClock,
	sinceWallClock,
	toWallClock,
} from '../../../lib/exact/wallClock';

const HOUR = 3_600_000;
const { fields } = RESOURCES.purchaseEntry;

describe('dates of Exact', () => {
	test.each([
		// Expected offsets are those of the tz database for Europe/Amsterdam.
		['2026-03-29T00:59:59Z', 1],
		['2026-03-29T01:00:00Z', 2],
		['2026-10-25T00:59:59Z', 2],
		['2026-10-25T01:00:00Z', 1],
		['2025-12-31T23:59:59Z', 1],
		['2024-07-01T12:00:00Z', 2],
	])('%s is %s hours behind Amsterdam', (instant, hours) => {
		expect(amsterdamOffset(Date.parse(instant))).toBe(hours * HOUR);
	});

	test('agrees with the tz database for forty years', () => {
		const format = new Intl.DateTimeFormat('en-GB', {
			timeZone: 'Europe/Amsterdam',
			hour: '2-digit',
			hourCycle: 'h23',
			day: '2-digit',
		});
		fc.assert(
			fc.property(
				fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
				(instant) => {
					const parts = format.formatToParts(instant);
					const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value);
					const wall = new Date(toWallClock(instant, 'amsterdam'));
					expect([wall.getUTCDate(), wall.getUTCHours()]).toEqual([part('day'), part('hour')]);
				},
			),
		);
	});

	test('an instant survives, except that the hour that happens twice is read as the first', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
				fc.constantFrom('amsterdam' as const, 'utc' as const),
				(instant, encoding) => {
					const back = fromWallClock(toWallClock(instant, encoding), encoding);
					expect([0, HOUR]).toContain(instant - back);
					if (encoding === 'utc') expect(back).toBe(instant);
				},
			),
		);
		const twice = Date.parse('2026-10-25T01:30:00Z');
		expect(fromWallClock(toWallClock(twice, 'amsterdam'), 'amsterdam')).toBe(twice - HOUR);
	});

	test('a row: days are never shifted, instants are, codes are trimmed, bookkeeping is left out', () => {
		const raw = {
			__metadata: { uri: 'https://…' },
			EntryID: 'a',
			EntryDate: '/Date(1772409600000)/',
			DueDate: '2026-03-31T00:00:00',
			Modified: '/Date(1751371200387)/',
			Created: '/Date(1772409600000)/',
			AmountFC: '600.12',
			EntryNumber: 7,
			YourRef: ' 12 ',
			SupplierCode: '          20013168',
			PurchaseEntryLines: { __deferred: { uri: 'https://…' } },
			Description: null,
		};
		expect(decodeRow(raw, fields, 'amsterdam')).toEqual({
			EntryID: 'a',
			EntryDate: '2026-03-02',
			DueDate: '2026-03-31',
			Modified: '2025-07-01T10:00:00.387Z',
			Created: '2026-03-01T23:00:00.000Z',
			AmountFC: 600.12,
			EntryNumber: 7,
			YourRef: ' 12 ',
			SupplierCode: '20013168',
			Description: null,
		});
		expect(decodeRow(raw, fields, 'utc').Modified).toBe('2025-07-01T12:00:00.387Z');
	});

	test('a moment with a zone is that instant, one without is the wall clock of Exact', () => {
		const wall = (text: string) => dateTimeLiteral(sinceWallClock(text, 'amsterdam', 'x'));
		expect(wall('2026-07-01T10:00:00Z')).toBe("datetime'2026-07-01T12:00:00.000'");
		expect(wall('2026-07-01T10:00:00.000+02:00')).toBe("datetime'2026-07-01T10:00:00.000'");
		expect(wall('2026-07-01T10:00:00')).toBe("datetime'2026-07-01T10:00:00.000'");
		expect(wall('2026-07-01')).toBe("datetime'2026-07-01T00:00:00.000'");
	});
});

describe('answers of Exact', () => {
	test('a rowversion beyond 2^53 keeps its digits, quoted or not; text is left alone', () => {
		const body =
			'{"d":{"results":[{"Timestamp":9223372036854775807,"Notes":"\\"Timestamp\\": 9223372036854775807"}]}}';
		expect(pageFrom(parseBody(body))?.rows).toEqual([
			{ Timestamp: '9223372036854775807', Notes: '"Timestamp": 9223372036854775807' },
		]);
	});

	test.each([
		['{"d":{"results":[{"A":1}],"__next":"n","__count":"7"}}', 1, 'n', 7],
		['{"d":[{"A":1},{"A":2}]}', 2, undefined, undefined],
		['{"d":{"A":1}}', 1, undefined, undefined],
		['{"d":true}', 0, undefined, undefined],
	])('%s', (body, rows, next, total) => {
		const page = pageFrom(parseBody(body));
		expect([page?.rows.length, page?.next, page?.total]).toEqual([rows, next, total]);
	});

	test('a 429 tells the day from the minute by which headers came', () => {
		const now = Date.parse('2026-03-02T10:00:30Z');
		const headers = { Date: 'Mon, 02 Mar 2026 10:00:30 GMT' };
		const of = (more: Record<string, string>) =>
			limitOf({ status: 429, headers: { ...headers, ...more }, body: '' }, now);
		expect(
			of({
				'X-RateLimit-Minutely-Remaining': '0',
				'X-RateLimit-Minutely-Reset': String(Date.parse('2026-03-02T10:01:00Z')),
			}),
		).toEqual({ kind: 'minute', waitMs: 31_000 });
		const resetsAt = Date.parse('2026-03-03T00:00:00Z');
		expect(of({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(resetsAt) })).toEqual({
			kind: 'day',
			resetsAt,
		});
		expect(of({})).toEqual({ kind: 'minute', waitMs: 61_000 });
		expect(of({ 'Retry-After': '7' })).toEqual({ kind: 'minute', waitMs: 8_000 });
	});

	test('what is quoted from outside holds no token', () => {
		const token = `eyJ${'a1B2'.repeat(40)}`;
		expect(quoted(`failed with Bearer ${token} and refresh_token=abc.def&x`)).toBe(
			'failed with Bearer … and refresh_token=…&x',
		);
		expect(refreshFailure({ message: `x ${token}` }).message).not.toContain(token);
	});
});

describe('OData', () => {
	test('literals', () => {
		expect(textLiteral("O'Brien")).toBe("'O''Brien'");
		expect(accountCodeLiteral('20013168')).toBe("'          20013168'");
	});

	test('alternatives keep their parentheses beside other conditions', () => {
		expect(allOf(['a eq 1', anyOf(['b eq 1', 'b eq 2']), undefined])).toBe(
			'a eq 1 and (b eq 1 or b eq 2)',
		);
		expect(allOf([anyOf(['b eq 1']), ''])).toBe('b eq 1');
		expect(allOf([undefined])).toBeUndefined();
	});

	test('groups hold every term once, within 15 terms and the URL', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ minLength: 1, maxLength: 900 }), { maxLength: 60 }),
				(terms) => {
					const urlOf = (group: readonly string[]) =>
						queryUrl('1/x', { select: ['ID'], filter: anyOf(group) });
					const groups = groupTerms(terms, urlOf);
					expect(groups.flat()).toEqual(terms);
					for (const group of groups) {
						expect(group.length).toBeLessThanOrEqual(15);
						if (group.length > 1) expect(urlOf(group).length).toBeLessThanOrEqual(5_800);
					}
				},
			),
		);
	});

	test('no filter sends no $filter', () => {
		expect(queryUrl('1/x', { select: ['ID', 'Code'] })).toBe('1/x?$select=ID,Code');
	});
});
