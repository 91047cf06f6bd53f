import { add, formatDecimal, parseDecimal, ZERO } from '../../decimal';
import type { Decimal } from '../../decimal';
import { CoreError } from '../../errors';
import { query } from '../port';
import type { Value } from '../port';
import { DELIVERED_STATES, sqlList } from '../states';
import { pause } from '../slices';
import { readIn } from '../transaction';
import type { Ledger } from '../transaction';

export interface TotalsRequest {
	/** First and last day of delivery, `2026-11-27`, in `timeZone`. */
	readonly from: string;
	readonly to: string;
	readonly timeZone: string;
	readonly by: 'day' | 'partner';
}

export interface Totals {
	/** The day or the partner. */
	readonly of: string;
	readonly currency: string;
	readonly documents: number;
	/** Exact, with as many decimals as the documents have. */
	readonly amount: string;
}

interface Delivered {
	readonly id: number;
	readonly amount: string;
	readonly currency: string;
	readonly deposited_at: string;
	readonly partner: string;
}

const ROWS_A_SLICE = 1_000;

/**
 * What the partners have, in production: each document once, by its latest delivered version;
 * rejected ones do not count.
 */
export async function getTotals(ledger: Ledger, request: TotalsRequest): Promise<Totals[]> {
	const dayOf = dayIn(request.timeZone);
	const sums = new Map<
		string,
		{ of: string; currency: string; documents: number; amount: Decimal }
	>();
	await ledger.store.session(async (session) => {
		for (let after = 0, more = true; more; ) {
			const rows = await readIn(ledger, session, () => deliveredAfter(after, request));
			for (const { amount, currency, deposited_at, partner } of rows) {
				const day = dayOf(deposited_at);
				if (day < request.from || day > request.to) continue;
				const of = request.by === 'day' ? day : partner;
				const key = `${of}\n${currency}`;
				const known = sums.get(key) ?? { of, currency, documents: 0, amount: ZERO };
				const value = parseDecimal(amount) ?? ZERO;
				sums.set(key, {
					...known,
					documents: known.documents + 1,
					amount: add(known.amount, value),
				});
			}
			after = rows.at(-1)?.id ?? after;
			more = rows.length === ROWS_A_SLICE;
			await pause(ledger);
		}
	});
	return [...sums.entries()]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, { amount, ...rest }]) => ({ ...rest, amount: formatDecimal(amount) }));
}

function* deliveredAfter(after: number, { from, to }: TotalsRequest) {
	// A day more on both sides: which day it is hangs on the time zone.
	const values: Value[] = [after, shifted(from, -1), shifted(to, 2)];
	return yield* query<Delivered>(
		`select v.id, v.amount, v.currency, f.deposited_at, p.name as partner
		from versions v cross join files f join agreements a on a.id = f.agreement_id join partners p on p.id = a.partner_id
		where v.id > ? and f.id = v.file_id and v.file_id > 0 and f.deposited_at >= ? and f.deposited_at < ?
		and f.usage = 'production' and v.change <> 'deleted' and f.state in (${sqlList(DELIVERED_STATES)}) and v.state <> 'rejected'
		and (f.state <> 'rejected' or v.state in ('accepted', 'accepted with errors'))
		and not exists (select 1 from versions later where later.document_id = v.document_id and later.id > v.id
			and later.file_id > 0 and later.state in ('filed', 'accepted', 'accepted with errors'))
		order by v.id limit ${ROWS_A_SLICE}`,
		...values,
	);
}

function shifted(day: string, days: number): string {
	const time = Date.parse(`${day}T00:00:00.000Z`);
	if (Number.isNaN(time)) {
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			`${JSON.stringify(day)} is no date such as 2026-11-27`,
			{
				path: 'from',
			},
		);
	}
	return new Date(time + days * 86_400_000).toISOString();
}

/** The calendar day of a moment in a time zone, as `2026-11-27`. */
function dayIn(timeZone: string): (at: string) => string {
	const format = new Intl.DateTimeFormat('en-CA', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	});
	return (at) => format.format(new Date(at));
}
