import { currencyOf, readPrice } from '../../../documents';
import type { CodedName, ItemIdentification, PricedLine, Tax } from '../../../documents';
import type { MappingContext } from './context';
import { code, each, number, pair, segment, text } from './words';
import type { Rule } from './words';

/** What invoice and order lines have in common. */
export interface CommonLine {
	readonly number: number;
	readonly description?: string;
	readonly item?: ItemIdentification;
	readonly tax?: Tax;
	readonly glAccount?: CodedName;
	readonly costCenter?: CodedName;
	readonly costUnit?: CodedName;
	readonly project?: CodedName;
}

function gtinType(context: MappingContext): string {
	return context.profile.gtinType;
}

/** `action`: 1229, what is to be done with the line. */
export function lineSegment<Line extends CommonLine>(
	inside: readonly Rule<Line>[],
	action: '' | ReturnType<typeof code<Line>> = '',
): Rule<Line> {
	return segment<Line>(
		'LIN',
		[
			[number('number', (line) => String(line.number))],
			[action],
			[
				code('item.gtin', ({ item }, context, at) =>
					item?.gtin === undefined
						? []
						: [context.fit(item.gtin, `${at}item.gtin`, 'code'), gtinType(context)],
				),
			],
		],
		{ inside },
	);
}

/** PIA+1: the supplier's number (SA) and the buyer's (IN), whichever there are. */
export function itemNumbers<Line extends CommonLine>(): Rule<Line> {
	return segment<Line>('PIA', [
		'1',
		{
			form: 'composite',
			pairs: [
				pair('SA', 'item.supplierCode', ({ item }) => item?.supplierCode, {
					note: "SA supplier's number",
				}),
				pair('IN', 'item.code', ({ item }) => item?.code, { note: "IN buyer's number" }),
			],
		},
	]);
}

/** Two texts in an IMD; the D.96A ones are short, so a long description takes several. */
export function descriptions<Line extends CommonLine>(segments: number): Rule<Line> {
	return each<Line, readonly string[]>(
		(line, context, at) => {
			const width = context.profile.release === 'D.96A' ? 35 : 256;
			const parts = context.description(line.description, `${at}description`, width, 2 * segments);
			const pairs: (readonly string[])[] = [];
			for (let index = 0; index < parts.length; index += 2)
				pairs.push(parts.slice(index, index + 2));
			return pairs;
		},
		'description',
		[
			segment<readonly string[]>('IMD', [
				['F'],
				[''],
				['', '', '', text('description', (pair) => pair)],
			]),
		],
		{ indexed: false },
	);
}

const references = [
	['glAccount', 'glAccountQualifier', 'RFF G/L account'],
	['costCenter', 'costCenterQualifier', 'RFF cost center'],
	['costUnit', 'costUnitQualifier', 'RFF cost unit'],
	['project', 'projectQualifier', 'RFF project'],
] as const;

/** G/L account, cost center, cost unit and project, each under the qualifier of the profile. */
export function accountReferences<Line extends CommonLine>(): readonly Rule<Line>[] {
	return references.map(([field, setting, name]) =>
		segment<Line>(
			'RFF',
			[
				[
					{ setting, of: (profile) => profile[setting] },
					code(`${field}.code`, (line) => line[field]?.code),
				],
			],
			{ name, note: `1153 by the setting ${setting}` },
		),
	);
}

/** A price that the discount still comes off; nearly all lines have no discount at all. */
function isListPrice(line: PricedLine, context: MappingContext): boolean {
	if (line.discountPercentage === undefined) return false;
	const price = readPrice(line, currencyOf(context.document));
	return price?.type === 'list';
}

/** PRI+AAA is a net price, PRI+AAB a list price; ALC then says what comes off it. */
export function linePrice<Line extends PricedLine>(): readonly Rule<Line>[] {
	const price = number<Line>('unitPrice', (line, context) => context.number(line.unitPrice));
	return [
		segment<Line>('PRI', [['AAA', price]], {
			when: (line, context) => !isListPrice(line, context),
			note: 'net price: any discount is taken off',
		}),
		segment<Line>('PRI', [['AAB', price]], {
			when: isListPrice,
			note: 'list price of a line with a discount, which ALC takes off',
		}),
	];
}

/** Only of a list price: a receiver takes it off the price that stands there. */
export function lineDiscount<Line extends PricedLine>(): Rule<Line> {
	return segment<Line>('ALC', [['A'], [''], [''], [''], ['DI']], {
		when: isListPrice,
		always: true,
		inside: [
			segment<Line>('PCD', [
				[
					'3',
					number('discountPercentage', (line, context) => context.number(line.discountPercentage)),
				],
			]),
		],
	});
}
