import { formatDecimal, negate, parseDecimal } from '../../../decimal';
import type { Party, Remittance, RemittanceItem } from '../../../documents';
import { date102 } from './context';
import type { MappingContext } from './context';
import { bankSegment, currency, freeText, partyOf } from './parties';
import { purposeCode } from './purposes';
import { code, lines, number, segment } from './words';
import type { Rule } from './words';

/** The type of the document says that it is a credit, unless the partner wants a sign. */
function itemAmount(
	item: RemittanceItem,
	amount: string | undefined,
	context: MappingContext,
): string | undefined {
	const parsed = parseDecimal(amount ?? '');
	if (parsed === undefined) return undefined;
	const asIs = item.kind === 'invoice' || context.profile.remittanceCreditAmounts === 'negative';
	return context.amount(formatDecimal(asIs ? parsed : negate(parsed)));
}

const payeeOf = ({ payee }: Remittance): Party => payee;

const itemRules: readonly Rule<RemittanceItem>[] = [
	segment('MOA', [
		[
			'77',
			number('invoiceAmount', (item, context) => itemAmount(item, item.invoiceAmount, context)),
		],
	]),
	segment('MOA', [
		[
			'52',
			number('discountAmount', (item, context) => itemAmount(item, item.discountAmount, context)),
		],
	]),
	segment('MOA', [
		['12', number('paidAmount', (item, context) => itemAmount(item, item.paidAmount, context))],
	]),
	segment('DTM', [['137', code('invoiceDate', (item) => date102(item.invoiceDate)), '102']]),
	segment(
		'RFF',
		[
			[
				{ setting: 'ownNumberQualifier', of: (profile) => profile.ownNumberQualifier },
				code('ownNumber', ({ ownNumber, invoiceNumber }) =>
					ownNumber === invoiceNumber ? undefined : ownNumber,
				),
			],
		],
		{ name: 'RFF own number', note: '1153 by the setting ownNumberQualifier' },
	),
];

/** REMADV, field by field, in the order of the directory. */
export const remittanceRules: readonly Rule<Remittance>[] = [
	segment('BGM', [
		[code('type', (_, { profile }) => profile.remittanceTypeCode)],
		[code('number', (remittance) => remittance.number)],
		[purposeCode],
	]),
	segment('DTM', [['137', code('date', (remittance) => date102(remittance.date)), '102']]),
	segment('DTM', [['138', code('date', (remittance) => date102(remittance.date)), '102']]),
	segment('RFF', [['PQ', code('paymentReference', (remittance) => remittance.paymentReference)]]),
	bankSegment('PB', 'payer', (remittance: Remittance) => remittance.payer),
	bankSegment('RB', 'payee', (remittance: Remittance) => remittance.payee),
	freeText<Remittance>('AAI', 'description', 5, (remittance) => remittance.description),
	// RFF stands inside NAD from D.01B on.
	partyOf('PR', 'payer', (remittance) => remittance.payer, payeeOf),
	partyOf('PE', 'payee', payeeOf, payeeOf),
	currency('11'),
	lines((remittance: Remittance) => remittance.items, 'items', [
		segment<RemittanceItem>(
			'DOC',
			[
				[
					code('kind', ({ kind }, { profile }) =>
						kind === 'creditNote' ? profile.creditNoteTypeCode : profile.invoiceTypeCode,
					),
				],
				[code('invoiceNumber', (item) => item.invoiceNumber)],
			],
			{ inside: itemRules },
		),
	]),
	segment('UNS', [['S']], { section: 'summary', always: true }),
	segment(
		'MOA',
		[['12', number('total', (remittance, context) => context.amount(remittance.total))]],
		{
			section: 'summary',
			name: 'MOA+12 total',
		},
	),
];
