import { multiply, negate, parseDecimal, sum, ZERO } from '../../../decimal';
import type { Decimal } from '../../../decimal';
import type { BusinessDocument } from '../../../documents';
import { isGuided, lineCounts, sentLines, sumOf } from '../../mapping';
import type { ReadSegment, Total } from '../../mapping';
import type { X12Profile } from '../profile';

/** What a receiver counts and sums in a set, and what the document says it must be. */

type X12Total = Total<X12Profile>;

const is =
	(tag: string) =>
	(segment: ReadSegment): boolean =>
		segment.tag === tag;

/** R has no zero before its point. */
const real = (text: string): Decimal | undefined => parseDecimal(text.replace(/^(-?)\./, '$10.'));

/** N2 has no point. */
function implied(text: string): Decimal | undefined {
	const cents = parseDecimal(text);
	return cents && { units: cents.units, scale: cents.scale + 2 };
}

function signed(amount: Decimal, document: BusinessDocument, profile: X12Profile): Decimal {
	const isNegative =
		document.type === 'invoice' &&
		document.kind === 'creditNote' &&
		profile.creditNoteAmounts === 'negative';
	return isNegative ? negate(amount) : amount;
}

const countsOf = (set: string, loop: string): readonly X12Total[] =>
	lineCounts<X12Profile>(set, is(loop), { name: 'CTT01', is: is('CTT'), element: 1 });

interface PricedLine {
	readonly quantity?: string;
	readonly unitPrice?: string;
	readonly netAmount: string;
}

/** A line with an amount only is one piece at that price. */
function priceOf({ quantity, unitPrice, netAmount }: PricedLine): Decimal {
	const [count, price] = [parseDecimal(quantity ?? ''), parseDecimal(unitPrice ?? '')];
	return count && price ? multiply(count, price) : (parseDecimal(netAmount) ?? ZERO);
}

/** Quantity times price of every line; allowances and charges of the partner's own do not count. */
const linesOf = (set: string, loop: string, quantity: number, price: number): X12Total => ({
	name: 'the sum of quantity times price',
	meant: (document, profile) => {
		if (isGuided(profile, set, loop, [String(quantity), String(price)])) return undefined;
		const prices = (sentLines(document, profile, set) as readonly PricedLine[]).map(priceOf);
		return signed(sum(prices), document, profile);
	},
	read: (segments) =>
		sumOf(segments.filter(is(loop)), (line) => {
			const [count, each] = [real(line.at(quantity)), real(line.at(price))];
			return count && each && multiply(count, each);
		}),
});

export const invoiceTotals: readonly X12Total[] = [
	...countsOf('810', 'IT1'),
	linesOf('810', 'IT1', 2, 4),
	{
		name: 'TDS01',
		meant: (document, profile) =>
			document.type === 'invoice'
				? signed(parseDecimal(document.grossTotal) ?? ZERO, document, profile)
				: undefined,
		read: (segments) => implied(segments.find(is('TDS'))?.at(1) ?? ''),
	},
];

export const remittanceTotals: readonly X12Total[] = [
	...lineCounts<X12Profile>('820', is('RMR')),
	{
		name: 'BPR02',
		meant: (document) => ('total' in document ? parseDecimal(document.total) : undefined),
		read: (segments) => real(segments.find(is('BPR'))?.at(2) ?? ''),
	},
	{
		name: 'the sum of RMR04',
		meant: (document, profile) =>
			'total' in document && !isGuided(profile, '820', 'RMR', ['4'])
				? parseDecimal(document.total)
				: undefined,
		read: (segments) => sumOf(segments.filter(is('RMR')), (row) => real(row.at(4))),
	},
];

/** Lines of an order begin with PO1, those of a change with POC. */
export const orderTotals = (set: '850' | '860'): readonly X12Total[] => {
	const [loop, quantity, price] =
		set === '850' ? (['PO1', 2, 4] as const) : (['POC', 3, 6] as const);
	return [
		...countsOf(set, loop),
		linesOf(set, loop, quantity, price),
		{
			name: 'AMT02 of AMT*TT',
			meant: (document) => ('netTotal' in document ? parseDecimal(document.netTotal) : undefined),
			read: (segments) =>
				real(segments.find(({ tag, at }) => tag === 'AMT' && at(1) === 'TT')?.at(2) ?? ''),
		},
	];
};

export const receiptTotals: readonly X12Total[] = [
	...countsOf('861', 'RCD'),
	{
		name: 'the quantities received less those returned',
		meant: (document, profile) =>
			document.type === 'receipt' && !isGuided(profile, '861', 'RCD', ['2', '4'])
				? sum(document.lines.map(({ quantity }) => parseDecimal(quantity) ?? ZERO))
				: undefined,
		read: (segments) =>
			sumOf(segments.filter(is('RCD')), (line) => {
				const returned = real(line.at(4));
				return real(line.at(2)) ?? (returned && negate(returned));
			}),
	},
];
