import { formatDecimal } from '../decimal';
import type { Field, Layout, SumOnly } from './layout';

type Sums = Record<SumOnly, bigint>;

/** Counts by record and sums by `record.field`, of a group or of the file. */
export class Totals {
	private readonly counts = new Map<string, number>();

	private readonly sums = new Map<string, Sums>();

	count(record: string, times = 1): void {
		this.counts.set(record, (this.counts.get(record) ?? 0) + times);
	}

	add(key: string, units: bigint): void {
		const sums = this.sumsOf(key);
		sums.all += units;
		sums[units < 0n ? 'negative' : 'positive'] += units;
	}

	/** Takes over what a group that is written has. */
	merge(other: Totals): void {
		for (const [record, count] of other.counts) this.count(record, count);
		for (const [key, sums] of other.sums) {
			const own = this.sumsOf(key);
			own.all += sums.all;
			own.positive += sums.positive;
			own.negative += sums.negative;
		}
	}

	copy(): Totals {
		const copy = new Totals();
		copy.merge(this);
		return copy;
	}

	countOf(records: readonly string[]): number {
		let total = 0;
		for (const [record, count] of this.counts) {
			if (records.includes('*') || records.includes(record)) total += count;
		}
		return total;
	}

	sumOf(key: string, only: SumOnly): bigint {
		return this.sums.get(key)?.[only] ?? 0n;
	}

	private sumsOf(key: string): Sums {
		let sums = this.sums.get(key);
		if (sums === undefined) {
			sums = { all: 0n, positive: 0n, negative: 0n };
			this.sums.set(key, sums);
		}
		return sums;
	}
}

/** The number of a counter, or a count or sum, in units of the field's decimals. */
export function totalUnits(field: Field, totals: Totals, layout: Layout): bigint {
	if (field.type !== 'sum') {
		const before = field.type === 'counter' ? field.first - 1 : 0;
		return BigInt(totals.countOf(field.of) + before);
	}
	const [key = ''] = field.of;
	const scale = fieldNamed(layout, key)?.decimals ?? 0;
	return totals.sumOf(key, field.only) * 10n ** BigInt(field.decimals - scale);
}

function fieldNamed(layout: Layout, key: string): Field | undefined {
	for (const record of layout.records) {
		const found = record.fields.find((field) => `${record.name}.${field.name}` === key);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The sums as decimal text, for facts and the control file. */
export function sumsAsText(layout: Layout, totals: Totals): Readonly<Record<string, string>> {
	const keys = layout.records.flatMap((record) =>
		record.fields.flatMap((field) => [
			...(field.type === 'sum' ? field.of : []),
			...(field.total ? [`${record.name}.${field.name}`] : []),
		]),
	);
	const texts: Record<string, string> = {};
	for (const key of new Set(keys)) {
		const scale = fieldNamed(layout, key)?.decimals ?? 0;
		texts[key] = formatDecimal({ units: totals.sumOf(key, 'all'), scale });
	}
	return texts;
}
