import { negate, parseDecimal, sum, ZERO } from '../../../decimal';
import type { Decimal } from '../../../decimal';
import type { BusinessDocument } from '../../../documents';
import { isGuided, lineCounts, splitLines, sumOf } from '../../mapping';
import type { ReadSegment, Total } from '../../mapping';
import type { EdifactProfile } from '../profile';

/** What a receiver counts and sums in a message, and what the document says it must be. */

type EdifactTotal = Total<EdifactProfile>;

const qualified =
	(tag: string, qualifier: string) =>
	(segment: ReadSegment): boolean =>
		segment.tag === tag && segment.at(1) === qualifier;

const decimal = (text: string): Decimal | undefined => parseDecimal(text.replace(',', '.'));

const summed = (segments: readonly ReadSegment[], which: (segment: ReadSegment) => boolean) =>
	sumOf(segments.filter(which), (segment) => decimal(segment.at(1, 2)));

/** LIN 04 says that a line is part of another one: the partner's guideline may add such. */
const isLine = (segment: ReadSegment): boolean => segment.tag === 'LIN' && segment.at(4, 2) === '';

const countsOf = (message: string): readonly EdifactTotal[] =>
	lineCounts<EdifactProfile>(message, isLine, {
		name: 'CNT+2',
		is: qualified('CNT', '2'),
		element: 1,
		component: 2,
	});

/** Behind UNS: the same qualifiers stand in lines as well. */
function summaryOf(segments: readonly ReadSegment[]): readonly ReadSegment[] {
	return segments.slice(segments.findIndex(({ tag }) => tag === 'UNS') + 1);
}

/** An amount of the summary. */
const amount = (
	message: string,
	qualifier: string,
	meant: EdifactTotal['meant'],
	name = `MOA+${qualifier}`,
): EdifactTotal => ({
	name: `MOA+${qualifier}`,
	meant: (document, profile) =>
		isGuided(profile, message, name, ['1.2']) ? undefined : meant(document, profile),
	read: (segments) => {
		const found = summaryOf(segments).find(qualified('MOA', qualifier));
		return decimal(found?.at(1, 2) ?? '');
	},
});

function signed(
	text: string,
	document: BusinessDocument,
	{ creditNoteAmounts }: EdifactProfile,
): Decimal {
	const value = parseDecimal(text) ?? ZERO;
	const isNegative =
		document.type === 'invoice' &&
		document.kind === 'creditNote' &&
		creditNoteAmounts === 'negative';
	return isNegative ? negate(value) : value;
}

const lineAmounts = (message: string, meant: EdifactTotal['meant']): EdifactTotal => ({
	name: 'the sum of MOA+203',
	meant: (document, profile) =>
		isGuided(profile, message, 'MOA+203', ['1.2']) ? undefined : meant(document, profile),
	read: (segments) => summed(segments, qualified('MOA', '203')),
});

const lineTotal: EdifactTotal['meant'] = (document, profile) =>
	signed(splitLines(document, profile.guideline, 'INVOIC').lineTotal, document, profile);

const grossTotal: EdifactTotal['meant'] = (document, profile) =>
	document.type === 'invoice' ? signed(document.grossTotal, document, profile) : undefined;

export const invoiceTotals: readonly EdifactTotal[] = [
	...countsOf('INVOIC'),
	lineAmounts('INVOIC', lineTotal),
	amount('INVOIC', '79', lineTotal),
	amount('INVOIC', '77', grossTotal),
];

const netTotal: EdifactTotal['meant'] = (document) =>
	document.type === 'purchaseOrder' ? parseDecimal(document.netTotal) : undefined;

export const orderTotals = (message: 'ORDERS' | 'ORDCHG'): readonly EdifactTotal[] => [
	...countsOf(message),
	lineAmounts(message, netTotal),
	amount(message, '79', netTotal),
];

export const receiptTotals: readonly EdifactTotal[] = [
	...countsOf('RECADV'),
	{
		name: 'the quantities received less those returned',
		meant: (document, profile) =>
			document.type === 'receipt' &&
			!['QTY+48', 'QTY+61'].some((name) => isGuided(profile, 'RECADV', name, ['1.2']))
				? sum(document.lines.map(({ quantity }) => parseDecimal(quantity) ?? ZERO))
				: undefined,
		read: (segments) => {
			const came = summed(segments, qualified('QTY', '48'));
			const went = summed(segments, qualified('QTY', '61'));
			return went === undefined ? came : sum([came ?? ZERO, negate(went)]);
		},
	},
];

export const remittanceTotals: readonly EdifactTotal[] = [
	...lineCounts<EdifactProfile>('REMADV', ({ tag }) => tag === 'DOC'),
	amount(
		'REMADV',
		'12',
		(document) => (document.type === 'remittance' ? parseDecimal(document.total) : undefined),
		'MOA+12 total',
	),
];
