import type { IsoDate, ItemIdentification, PaymentTerms } from '../../../documents';
import { lookUp } from '../../partner';
import { realNumber } from './numbers';
import { fixed } from './rule';
import type { ElementRule, Scope, SegmentRule } from './rule';
import { compactDate, fitted } from './texts';

/** DE235 of a GTIN by its length; 004010 has no code for all of them. */
function gtinQualifier(gtin: string): string {
	if (gtin.length === 12) return 'UP';
	return gtin.length === 14 ? 'UK' : 'EN';
}

/** The n-th number the item has, of three it may have; missing ones are closed up. */
function numberAt(
	item: ItemIdentification | undefined,
	n: number,
): 'IN' | 'VN' | 'GTIN' | undefined {
	if (item === undefined) return undefined;
	let left = n;
	if (item.code) {
		if (left === 0) return 'IN';
		left -= 1;
	}
	if (item.supplierCode) {
		if (left === 0) return 'VN';
		left -= 1;
	}
	return item.gtin && left === 0 ? 'GTIN' : undefined;
}

function qualifierAt(item: ItemIdentification | undefined, n: number): string | undefined {
	const number = numberAt(item, n);
	return number === 'GTIN' ? gtinQualifier(item?.gtin ?? '') : number;
}

const FIELDS = { IN: 'line.item.code', VN: 'line.item.supplierCode', GTIN: 'line.item.gtin' };

function fieldAt(item: ItemIdentification | undefined, n: number): string | undefined {
	const number = numberAt(item, n);
	return number === undefined ? undefined : FIELDS[number];
}

function idAt(item: ItemIdentification | undefined, n: number): string | undefined {
	const number = numberAt(item, n);
	if (number === undefined) return undefined;
	if (number === 'IN') return item?.code;
	return number === 'VN' ? item?.supplierCode : item?.gtin;
}

/** Pairs of DE235 and DE234: IN buyer's item, VN vendor's item, EN / UP / UK the GTIN. */
export function itemNumbers<S>(
	from: number,
	item: (scope: S) => ItemIdentification | undefined,
): ElementRule<S>[] {
	return [0, 1, 2].flatMap((n): ElementRule<S>[] => [
		{
			at: from + 2 * n,
			field: `line.item.${['code', 'supplierCode', 'gtin'][n] ?? ''}`,
			note: ['IN buyer’s item', 'VN vendor’s item', 'EN, UP or UK: GTIN'][n] ?? '',
			fieldOf: (scope) => fieldAt(item(scope), n),
			value: (scope) => qualifierAt(item(scope), n),
		},
		{
			at: from + 2 * n + 1,
			field: `line.item.${['code', 'supplierCode', 'gtin'][n] ?? ''}`,
			note: 'what is missing is closed up',
			fieldOf: (scope) => fieldAt(item(scope), n),
			value: (scope) => idAt(item(scope), n),
		},
	]);
}

interface WithTerms {
	readonly date: IsoDate;
	readonly dueDate?: IsoDate;
	readonly paymentTerms?: PaymentTerms;
}

/** A day so many days later, on the calendar. */
export function addDays(date: IsoDate, days: number): IsoDate {
	const time = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
	return Number.isNaN(time) ? date : new Date(time).toISOString().slice(0, 10);
}

const hasDiscount = (terms: PaymentTerms | undefined): boolean =>
	terms?.discountPercentage !== undefined && terms.discountDays !== undefined;

/** ITD: DE336 05 without and 08 with a discount, DE333 3 from the date of the document. */
export function paymentTermsRule<S extends Scope>(of: (scope: S) => WithTerms): SegmentRule<S> {
	const terms = (scope: S): PaymentTerms | undefined => of(scope).paymentTerms;
	return {
		name: 'ITD',
		segment: 'ITD',
		usage: 'on',
		when: (scope) => of(scope).dueDate !== undefined || terms(scope) !== undefined,
		elements: [
			{
				at: 1,
				field: 'paymentTerms.code',
				note: '05, with a discount 08; code map of payment terms',
				value: (scope) =>
					lookUp(scope.profile.codeMaps.paymentTerms, terms(scope)?.code) ??
					(hasDiscount(terms(scope)) ? '08' : '05'),
			},
			fixed(2, '3', 'from the date of the document'),
			{
				at: 3,
				field: 'paymentTerms.discountPercentage',
				note: 'percentage points',
				value: (scope) =>
					hasDiscount(terms(scope))
						? realNumber(terms(scope)?.discountPercentage ?? '')
						: undefined,
			},
			{
				at: 4,
				field: 'paymentTerms.discountDays',
				note: 'as a date',
				value: (scope) =>
					hasDiscount(terms(scope))
						? compactDate(addDays(of(scope).date, terms(scope)?.discountDays ?? 0))
						: undefined,
			},
			{
				at: 5,
				field: 'paymentTerms.discountDays',
				value: (scope) =>
					hasDiscount(terms(scope)) ? String(terms(scope)?.discountDays) : undefined,
			},
			{ at: 6, field: 'dueDate', value: (scope) => compactDate(of(scope).dueDate) },
			{
				at: 7,
				field: 'paymentTerms.netDays',
				value: (scope) => {
					const days = terms(scope)?.netDays;
					return days === undefined ? undefined : String(days);
				},
			},
			{
				at: 12,
				field: 'paymentTerms.description',
				value: (scope) => fitted(terms(scope)?.description, 80, scope.profile),
			},
		],
	};
}
