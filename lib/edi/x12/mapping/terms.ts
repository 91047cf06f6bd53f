import { formatDecimal, multiply, parseDecimal, round } from '../../../decimal';
import type { IsoDate, PaymentTerms } from '../../../documents';
import { lookUp } from '../../partner';
import { impliedCents, realNumber } from './numbers';
import { compactDate } from './texts';
import { code, number, optional, segment, text } from './words';
import type { Rule } from './words';

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

/** The terms, where they give a discount. */
function discountOf({ paymentTerms: terms }: WithTerms): PaymentTerms | undefined {
	const has = terms?.discountPercentage !== undefined && terms.discountDays !== undefined;
	return has ? terms : undefined;
}

const days = (count: number | undefined): string | undefined =>
	count === undefined ? undefined : String(count);

/** What the discount of the terms takes off an amount, in whole cents. */
export function discountAmount(scope: WithTerms, amount: string): string | undefined {
	const percentage = parseDecimal(discountOf(scope)?.discountPercentage ?? '');
	const whole = parseDecimal(amount);
	if (percentage === undefined || whole === undefined) return undefined;
	const share = { units: percentage.units, scale: percentage.scale + 2 };
	return formatDecimal(round(multiply(whole, share), 2));
}

/** ITD: DE336 05 without and 08 with a discount, DE333 3 from the date of the document. */
export function paymentTerms<Scope extends WithTerms>(
	total: (scope: Scope) => string,
): Rule<Scope> {
	return segment<Scope>(
		'ITD',
		[
			code(
				'paymentTerms.code',
				(scope, { profile }) =>
					lookUp(profile.codeMaps.paymentTerms, scope.paymentTerms?.code) ??
					(discountOf(scope) === undefined ? '05' : '08'),
				'05, with a discount 08; code map of payment terms',
			),
			'3',
			number(
				'paymentTerms.discountPercentage',
				(scope) => {
					const discount = discountOf(scope);
					return discount && realNumber(discount.discountPercentage ?? '');
				},
				'percentage points',
			),
			code(
				'paymentTerms.discountDays',
				(scope) => {
					const discount = discountOf(scope);
					return discount && compactDate(addDays(scope.date, discount.discountDays ?? 0));
				},
				'as a date',
			),
			number('paymentTerms.discountDays', (scope) => days(discountOf(scope)?.discountDays)),
			code('dueDate', (scope) => compactDate(scope.dueDate)),
			number('paymentTerms.netDays', (scope) => days(scope.paymentTerms?.netDays)),
			optional(
				number(
					'paymentTerms.discountPercentage',
					(scope) => {
						const discount = discountAmount(scope, total(scope));
						return discount && impliedCents(discount);
					},
					'the discount as an amount',
				),
			),
			...Array<string>(3).fill(''),
			text('paymentTerms.description', (scope, context) =>
				context.fitted(scope.paymentTerms?.description, 80),
			),
		],
		{ when: (scope) => scope.dueDate !== undefined || scope.paymentTerms !== undefined },
	);
}
