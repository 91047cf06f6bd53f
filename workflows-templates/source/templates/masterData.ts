/** Lists of Exact Online as flat files: one encode node, whose preset follows the resource. */
import type { NodeSource, WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { append, everyDayAt } from '../coreNodes.ts';
import {
	ASK,
	FORM,
	formNodes,
	note,
	REQUIREMENTS,
	sendingNodes,
	SET_UP,
	TAKE,
} from '../exportFlow.ts';
import { exactOnline, fixedWidthEncode } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';

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

const sending = sendingNodes(4, ENCODE, (name, at) =>
	fixedWidthEncode(name, at, { operation: 'encode' }),
);

export const masterData: WorkflowSource = {
	file: '06-export-master-data-flat-file',
	title: TITLE,
	nodes: [
		everyDayAt(EVERY_MORNING, [1, 0], 6),
		...formNodes('lists', [0, 3]),
		...LISTS.map(
			(list, row): NodeSource => ({
				...exactOnline(
					`Read ${list.label}`,
					[2, row - 1],
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
		append(TOGETHER, [3, 1], LISTS.length),
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
		{
			at: [-3, 0],
			size: [2.7, 4.4],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Companies whose partner or legacy ERP keeps copies of vendors, G/L accounts, mappings, cost centers, payments or ledger lines.',
				howItWorks: [
					'Every morning the lists are read; payments and ledger lines of the last two weeks.',
					'**Take new or changed** passes on what the partner does not have with the same content.',
					'Each list becomes a file of its own, with the layout for it; a record that does not fit is recorded with its field and width.',
				],
				setUp: [
					...SET_UP.slice(0, 1),
					`Choose your division in **${FIRST}**, and the agreement (fixed-width or CSV) in **Take new or changed**.`,
					'Delete the lists that the partner does not get.',
					...SET_UP.slice(2),
				],
				requirements: REQUIREMENTS,
				customize: ['A layout of the partner: in the agreement, or pasted into the encode node.'],
			}),
		},
		note('### Read\nOne node a list.', [2, -2], [0.8, 0.8]),
	],
};
