import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { branch, setFields, stopWithError } from '../coreNodes.ts';
import { createTable, getRows, insertRows, TABLE_NODES, updateRows } from '../ledger.ts';
import { renderReadMe } from '../readMe.ts';

const TITLE = 'Reserve gap-free control numbers per partner';
const CALLED = 'When called with a partner and a count';
const READ = 'Read the counter';
const TAKE = 'Take the numbers if nobody else did';

/** ISA13 has nine digits; after the last one the count begins anew. */
const LAST = 999_999_999;
const MOST_TRIES = 200;

const called = (field: string) => `$('${CALLED}').first().json.${field}`;
const first = `($json.next_number + ${called('count')} - 1 > ${LAST} ? 1 : $json.next_number)`;

/** Compare-and-set on one row: of two that read the same number, one takes it and the other reads again. */
export const reserveControlNumbers: WorkflowSource = {
	file: 'S1-reserve-control-numbers',
	title: TITLE,
	nodes: [
		{
			name: CALLED,
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			at: [0, 0],
			parameters: {
				workflowInputs: {
					values: [{ name: 'partner' }, { name: 'count', type: 'number' }],
				},
			},
		},
		createTable('controlNumbers', [1, 0]),
		{
			...getRows(READ, {
				table: 'controlNumbers',
				at: [2, 0],
				where: [{ column: 'partner', value: `={{ ${called('partner')} }}` }],
				limit: 1,
				// Two first calls may both insert a row; the older one is the counter for everyone.
				oldestFirst: true,
			}),
			alwaysOutputData: true,
			executeOnce: true,
		},
		branch(
			'Known partner?',
			[3, 0],
			[{ left: '={{ $json.id }}', operator: 'notEmpty', type: 'number' }],
		),
		{
			...updateRows(TAKE, {
				table: 'controlNumbers',
				at: [4, 0],
				where: [
					{ column: 'id', value: '={{ $json.id }}' },
					{ column: 'next_number', value: '={{ $json.next_number }}' },
				],
				values: { next_number: `={{ ${first} + ${called('count')} }}` },
			}),
			alwaysOutputData: true,
		},
		branch('Taken?', [5, 0], [{ left: '={{ $json.id }}', operator: 'notEmpty', type: 'number' }]),
		setFields(
			'Return the numbers',
			[6, 0],
			[
				{ name: 'partner', value: `={{ ${called('partner')} }}` },
				{ name: 'count', value: `={{ ${called('count')} }}`, type: 'number' },
				{
					name: 'controlNumber',
					value: `={{ String($json.next_number - ${called('count')}).padStart(9, '0') }}`,
				},
				{
					name: 'lastControlNumber',
					value: "={{ String($json.next_number - 1).padStart(9, '0') }}",
				},
			],
			false,
		),
		insertRows('Start a counter', {
			table: 'controlNumbers',
			at: [4, 1],
			values: { partner: `={{ ${called('partner')} }}`, next_number: '={{ 1 }}' },
		}),
		branch(
			'Too many tries?',
			[6, 1],
			[{ left: `={{ $runIndex >= ${MOST_TRIES} }}`, operator: 'true', type: 'boolean' }],
		),
		stopWithError(
			'Give up',
			[7, 1],
			`={{ 'No control number could be reserved for ' + ${called('partner')} + ' in ${MOST_TRIES} tries. Look at the table exact_edi_control_numbers: somebody changes it all the time.' }}`,
		),
	],
	connections: [
		...chain(CALLED, TABLE_NODES.controlNumbers, READ, 'Known partner?', TAKE, 'Taken?'),
		{ from: 'Taken?', to: 'Return the numbers' },
		{ from: 'Taken?', to: 'Too many tries?', output: 1 },
		{ from: 'Known partner?', to: 'Start a counter', output: 1 },
		{ from: 'Start a counter', to: READ },
		{ from: 'Too many tries?', to: 'Give up' },
		{ from: 'Too many tries?', to: READ, output: 1 },
	],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Exports to partners that refuse gaps in control numbers. Without it, EDI Encode takes numbers from the execution id: unique, with gaps.',
				howItWorks: [
					'An export calls it with a partner and how many numbers it needs.',
					'It raises the counter of the partner by compare-and-set; of two that come at once, one reads again.',
					'It returns `controlNumber` and `lastControlNumber`, nine digits as text.',
				],
				setUp: [
					'Keep it in the project of the exports.',
					'In an export, add **Execute Workflow** before the encode node and set *Control Numbers* to *From Input*.',
					'To start at another number, change `next_number` of the partner in the table.',
				],
				requirements: ['n8n 2.36 or later with Data Tables'],
				customize: [
					'A number that is reserved and not used is a gap: reserve only when a file is made.',
				],
			}),
		},
		{
			at: [2, 0],
			size: [5.2, 2],
			color: 7,
			content:
				'### Compare-and-set\nThe update names the number it read. When nothing was updated, somebody was faster: read again.',
		},
	],
};
