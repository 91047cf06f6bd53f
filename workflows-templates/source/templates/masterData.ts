/** Lists of Exact Online as flat files: one encode node, whose preset follows the resource. */
import type { NodeSource, WorkflowSource } from '../builder.ts';
import { chain, COLUMN, ROW } from '../builder.ts';
import { append, everyDayAt } from '../coreNodes.ts';
import { ASK, FORM, formNodes, REQUIREMENTS, sendingNodes, setUp, TAKE } from '../exportFlow.ts';
import { exactOnline, fixedWidthEncode } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';

const TITLE = 'Send master data and ledger lines from Exact Online as flat files';
const EVERY_MORNING = 'Every morning';
const TOGETHER = 'All lists together';
const ENCODE = 'Encode each list';

/** Payments and ledger lines of so many days are read; of the others everything. */
const DAYS = 14;

const LISTS = [
	{ resource: 'vendor', label: 'vendors' },
	{ resource: 'glAccount', label: 'G/L accounts' },
	{ resource: 'glAccountMapping', label: 'G/L account mappings' },
	{ resource: 'costCenter', label: 'cost centers' },
	{ resource: 'payment', label: 'payments', byDate: true },
	{ resource: 'glTransactionLine', label: 'G/L transaction lines', byDate: true },
] as const;

const asked = (label: string, otherwise: string) =>
	`={{ $('${FORM}').isExecuted ? $('${FORM}').first().json['${label}'] : ${otherwise} }}`;

const filters = {
	dateFrom: asked('From date', `$now.minus({ days: ${DAYS} }).toISODate()`),
	dateTo: asked('To date', '$now.toISODate()'),
};

const FIRST = `Read ${LISTS[0].label}`;

/**
 * Eight columns and six lists do not fit on a screen at the usual pitch: these stand closer, and the
 * lists in a zigzag, so that their names have room. In pixels of n8n's grid.
 */
const [FORM_AT, ASK_AT, READ_AT, READ_NEXT_AT, TOGETHER_AT, TAKE_AT, ENCODE_AT, DEPOSIT_AT] = [
	0, 160, 336, 480, 656, 816, 1000, 1216,
].map((x) => x / COLUMN) as Columns;
const LIST_ROW = 112 / ROW;
type Columns = [number, number, number, number, number, number, number, number];

const sending = sendingNodes([TAKE_AT, ENCODE_AT, DEPOSIT_AT], ENCODE, (name, at) =>
	fixedWidthEncode(name, at, { operation: 'encode' }),
);

export const masterData: WorkflowSource = {
	file: '06-export-master-data-flat-file',
	title: TITLE,
	nodes: [
		everyDayAt(EVERY_MORNING, [ASK_AT, 0.5], 6),
		...formNodes('lists', [FORM_AT, 2.2], { next: ASK_AT }),
		...LISTS.map(
			(list, row): NodeSource => ({
				...exactOnline(
					`Read ${list.label}`,
					[row % 2 === 0 ? READ_AT : READ_NEXT_AT, row * LIST_ROW],
					{
						resource: list.resource,
						operation: 'getMany',
						returnAll: true,
						...('byDate' in list ? { filters } : {}),
					},
					row === 0 ? undefined : FIRST,
				),
				executeOnce: true,
				alwaysOutputData: true,
			}),
		),
		append(TOGETHER, [TOGETHER_AT, 1.5], LISTS.length),
		...sending.nodes,
	],
	connections: [
		...LISTS.flatMap(({ label }, input) => [
			...chain(EVERY_MORNING, `Read ${label}`),
			...chain(ASK, `Read ${label}`),
			{ from: `Read ${label}`, to: TOGETHER, input },
		]),
		...chain(FORM, ASK),
		...chain(TOGETHER, TAKE),
		...sending.connections,
	],
	stickies: [
		readMeNote(
			TITLE,
			{
				whoFor:
					'Companies whose partner or legacy ERP keeps copies of vendors, G/L accounts, mappings, cost centers, payments or ledger lines.',
				howItWorks: [
					'Every morning the lists are read; payments and ledger lines of the last two weeks.',
					'**Take new or changed** passes on what the partner does not have with the same content.',
					'Each list becomes a file of its own, with the layout for it; a record that does not fit is recorded with its field and width.',
				],
				setUp: setUp(
					`Choose your division in **${FIRST}**, and the agreement (fixed-width or CSV) in **Take new or changed**.`,
					'Delete the lists that the partner does not get.',
				),
				requirements: REQUIREMENTS,
				customize: ['A layout of the partner: in the agreement, or pasted into the encode node.'],
			},
			3.8,
		),
	],
};
