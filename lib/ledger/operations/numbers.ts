import { CoreError } from '../../errors';
import { one, query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { COUNTERS, insertRows, NUMBERS, updateRows } from '../tables';
import type { CounterRow, NumberRow } from '../tables';
import { cleanText } from '../text';
import { read, write } from '../transaction';
import type { Ledger } from '../transaction';
import { checkReason } from './release';

/** ISA13 has 9 digits, and so has GS06 at most. */
const MAX_NUMBER = 999_999_999;

export interface NumberSeries {
	readonly sender: string;
	readonly receiver: string;
	readonly kind: 'interchange' | 'group';
	readonly usage: 'test' | 'production';
}

export interface NumberRequest extends NumberSeries {
	readonly count: number;
	/** A repeated call with the same one gets the same numbers. */
	readonly reservation: string;
}

function* counterOf({ sender, receiver, kind, usage }: NumberSeries): Work<CounterRow | undefined> {
	return yield* one<CounterRow>(
		'select * from counters where sender = ? and receiver = ? and kind = ? and usage = ?',
		cleanText(sender),
		cleanText(receiver),
		kind,
		usage,
	);
}

function* makeCounter(tx: Tx, series: NumberSeries, next: number): Work<CounterRow> {
	const { sender, receiver, kind, usage } = series;
	const row: CounterRow = {
		id: tx.newId(),
		sender: cleanText(sender),
		receiver: cleanText(receiver),
		kind,
		usage,
		first_number: next,
		next_number: next,
	};
	yield* insertRows(tx, COUNTERS, [row]);
	return row;
}

/** Consecutive numbers of one series; every one of them ends in a recorded file or is voided. */
export async function reserveNumbers(
	ledger: Ledger,
	request: NumberRequest,
	actor: Actor,
): Promise<number[]> {
	const { count, reservation } = request;
	if (!Number.isSafeInteger(count) || count < 0 || reservation === '') {
		throw new CoreError('LEDGER_SETTING_INVALID', `Cannot reserve ${count} control numbers`, {
			path: 'count',
		});
	}
	return await write(ledger, actor, { sends: true }, function* (tx) {
		const counter = (yield* counterOf(request)) ?? (yield* makeCounter(tx, request, 1));
		const known = yield* query<NumberRow>(
			"select * from numbers where counter_id = ? and reservation = ? and state <> 'voided' order by ordinal",
			counter.id,
			reservation,
		);
		const missing = Math.max(0, count - known.length);
		const last = counter.next_number + missing - 1;
		if (last > MAX_NUMBER) {
			throw new CoreError(
				'LEDGER_NUMBERS_EXHAUSTED',
				`The ${request.kind} numbers from ${request.sender} to ${request.receiver} end at ${MAX_NUMBER}`,
			);
		}
		const ordinal = known.at(-1)?.ordinal ?? 0;
		const rows = Array.from(
			{ length: missing },
			(_, index): NumberRow => ({
				id: tx.newId(),
				counter_id: counter.id,
				number: counter.next_number + index,
				state: 'reserved',
				reservation,
				ordinal: ordinal + index + 1,
				file_id: 0,
				reason: '',
				reserved_at: tx.now,
			}),
		);
		yield* insertRows(tx, NUMBERS, rows);
		if (missing > 0) {
			yield* updateRows(tx, COUNTERS, [{ id: counter.id, set: { next_number: last + 1 } }]);
		}
		return [...known, ...rows].slice(0, count).map(({ number }) => number);
	});
}

/** Numbers of which no file came: on record as voided, never used again. */
export async function voidNumbers(
	ledger: Ledger,
	reservation: string,
	reason: string,
	actor: Actor,
): Promise<number[]> {
	const why = checkReason(reason);
	return await write(ledger, actor, {}, function* (tx) {
		const rows = yield* query<NumberRow>(
			"select * from numbers where reservation = ? and state = 'reserved' order by id",
			reservation,
		);
		yield* voidRows(tx, rows, why);
		return rows.map(({ number }) => number);
	});
}

function* voidRows(tx: Tx, rows: readonly NumberRow[], reason: string): Work<void> {
	yield* updateRows(
		tx,
		NUMBERS,
		rows.map(({ id, state }) => ({
			id,
			from: state,
			set: { state: 'voided', reason: cleanText(reason) },
		})),
	);
}

/** Voids what was reserved long ago and never recorded: its run is over, and nobody repeats it. */
export async function voidForgottenNumbers(
	ledger: Ledger,
	olderThanHours: number,
	actor: Actor,
): Promise<number> {
	return await write(ledger, actor, {}, function* (tx) {
		const before = new Date(Date.parse(tx.now) - olderThanHours * 3_600_000).toISOString();
		const rows = yield* query<NumberRow>(
			"select * from numbers where state = 'reserved' and reserved_at < ? order by id limit 1000",
			before,
		);
		yield* voidRows(tx, rows, 'reserved by a run that never recorded a file');
		return rows.length;
	});
}

/** Upward only; what is left out is on record as voided. */
export async function setNextNumber(
	ledger: Ledger,
	request: NumberSeries & { readonly next: number },
	reason: string,
	actor: Actor,
): Promise<void> {
	const why = checkReason(reason);
	const { next } = request;
	await write(ledger, actor, {}, function* (tx) {
		if (!Number.isSafeInteger(next) || next < 1 || next > MAX_NUMBER) {
			throw new CoreError('LEDGER_SETTING_INVALID', `${next} cannot be a control number`, {
				path: 'next',
			});
		}
		const counter = yield* counterOf(request);
		if (counter === undefined) {
			yield* makeCounter(tx, request, next);
			return;
		}
		if (next < counter.next_number) {
			throw new CoreError(
				'LEDGER_NUMBER_LOWER',
				`The next number is ${counter.next_number}; it cannot be put back to ${next}`,
				{ path: 'next' },
			);
		}
		yield* raiseCounter(tx, counter, next, why);
	});
}

/** The numbers between are voided by the event of the counter itself: there may be a million. */
export function* raiseCounter(
	tx: Tx,
	counter: CounterRow,
	next: number,
	reason: string,
): Work<void> {
	if (next === counter.next_number) return;
	yield* updateRows(tx, COUNTERS, [
		{
			id: counter.id,
			set: { next_number: next },
			note: { reason, voided: [counter.next_number, next - 1] },
		},
	]);
}

export interface NumberSeriesState extends NumberSeries {
	readonly first: number;
	readonly next: number;
	readonly used: number;
	readonly voided: number;
	/** Reserved by a run that has not recorded its file yet. */
	readonly reserved: number;
	/** Left out by *Set Next Number*. */
	readonly leftOut: number;
}

export async function getNumbers(ledger: Ledger): Promise<NumberSeriesState[]> {
	return await read(ledger, function* () {
		const rows = yield* query<CounterRow & Record<'used' | 'voided' | 'reserved', number>>(
			`select c.*, coalesce(sum(case when n.state = 'used' then 1 else 0 end), 0) as used,
				coalesce(sum(case when n.state = 'voided' then 1 else 0 end), 0) as voided,
				coalesce(sum(case when n.state = 'reserved' then 1 else 0 end), 0) as reserved
			from counters c left join numbers n on n.counter_id = c.id
			group by c.id, c.sender, c.receiver, c.kind, c.usage, c.first_number, c.next_number
			order by c.sender, c.receiver, c.kind, c.usage`,
		);
		return rows.map((row) => ({
			sender: row.sender,
			receiver: row.receiver,
			kind: row.kind as NumberSeries['kind'],
			usage: row.usage as NumberSeries['usage'],
			first: row.first_number,
			next: row.next_number,
			used: row.used,
			voided: row.voided,
			reserved: row.reserved,
			leftOut: row.next_number - row.first_number - row.used - row.voided - row.reserved,
		}));
	});
}

export interface VoidedNumber extends NumberSeries {
	readonly number: number;
	readonly reason: string;
}

const MOST_VOIDED = 1_000;

/** The latest voided numbers; those that *Set Next Number* left out are counted in `getNumbers`. */
export async function getVoidedNumbers(ledger: Ledger): Promise<VoidedNumber[]> {
	return await read(ledger, function* () {
		return [
			...(yield* query<VoidedNumber>(
				`select c.sender, c.receiver, c.kind, c.usage, n.number, n.reason from numbers n
				join counters c on c.id = n.counter_id where n.state = 'voided' order by n.id desc limit ${MOST_VOIDED}`,
			)),
		];
	});
}
