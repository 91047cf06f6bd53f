import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { enrich, everyDayAt, filter, form } from '../coreNodes.ts';
import {
	CONFIGURE,
	configure,
	delivery,
	intake,
	INTAKE_COLUMNS,
	INTAKE_END,
	noteTheTime,
	pipelineStickies,
	setting,
} from '../exportPipeline.ts';
import { createTable, getRows, TABLE_NODES, updateRows } from '../ledger.ts';
import { CURRENT_DIVISION, exactOnline } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { encodeWithSettings, ediSettings, INVOICES_X12 } from './ediExports.ts';
import { SET_UP_EXACT, SET_UP_SFTP } from './exportEntrances.ts';

const TITLE = 'Sweep Exact Online for purchase invoices that were not sent to a partner';
const SCHEDULE = 'Every night';
const FORM = 'Sweep on demand';
const MISSING = 'Missing or newer';
const READ = 'Read the missing ones';
const COLUMN = 9;

const noteTime = noteTheTime([4, 1]);
const encode = encodeWithSettings(INVOICES_X12, [COLUMN + INTAKE_COLUMNS, 0]);
const intakePart = intake({
	column: COLUMN,
	documentsFrom: READ,
	sendAgain: 'false',
	tablesAreMade: true,
});
const deliveryPart = delivery({
	column: COLUMN + INTAKE_COLUMNS + 1,
	filesFrom: encode.name,
	refusedFrom: [encode.name],
});

/** Makes "nothing lost" true: n8n does not guarantee the hand-over from a trigger. */
export const sweep: WorkflowSource = {
	file: '11-sweep-purchase-invoices',
	title: TITLE,
	nodes: [
		everyDayAt(SCHEDULE, [0, 0], 2, 30),
		form(
			FORM,
			[0, 1],
			'Sweep',
			'Looks for purchase invoices of the last days that were not sent, and sends them.',
			[],
		),
		configure([1, 0], [...ediSettings(INVOICES_X12), { name: 'config.sweepDays', value: 7 }]),
		createTable('documents', [2, 0]),
		createTable('files', [3, 0]),
		createTable('contents', [4, 0]),
		noteTime,
		exactOnline('Read the headers', [5, 0], {
			resource: 'purchaseEntry',
			operation: 'getMany',
			division: CURRENT_DIVISION,
			returnAll: true,
			include: [],
			output: 'selected',
			fields: ['EntryNumber', 'Modified', 'Status'],
			filters: { modifiedSince: `={{ $now.minus({ days: ${setting('sweepDays')} }).toISO() }}` },
		}),
		{
			...getRows('Rows of the headers', {
				table: 'documents',
				at: [6, 1],
				where: [
					{ column: 'document_key', value: '={{ $json.document.key }}' },
					{ column: 'partner', value: `={{ ${setting('partner')} }}` },
				],
				limit: 1,
				oldestFirst: true,
			}),
			alwaysOutputData: true,
		},
		enrich('Headers and rows', [7, 0], 'document.key', 'document_key'),
		filter(
			MISSING,
			[8, 0],
			[
				{
					left: '={{ $json.modified !== $json.document.modified }}',
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		{
			...exactOnline(READ, [COLUMN, 0], {
				resource: 'purchaseEntry',
				operation: 'getMany',
				division: CURRENT_DIVISION,
				returnAll: true,
				include: INVOICES_X12.include,
				filters: {
					documentNumbers: `={{ $('${MISSING}').all().map((item) => item.json.EntryNumber).join(',') }}`,
				},
			}),
			executeOnce: true,
		},
		...intakePart.nodes,
		filter(
			'Same content',
			[COLUMN + 7, -1],
			[
				{
					left: '={{ $json.content_hash === $json.document.contentHash && $json.modified !== $json.document.modified }}',
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		// Only a status or a matching changed: the next sweep need not read it again.
		updateRows('Note the later date', {
			table: 'documents',
			at: [COLUMN + 8, -1],
			where: [
				{ column: 'document_key', value: '={{ $json.document.key }}' },
				{ column: 'partner', value: `={{ ${setting('partner')} }}` },
			],
			values: { modified: '={{ $json.document.modified }}' },
		}),
		encode,
		...deliveryPart.nodes,
	],
	connections: [
		{ from: SCHEDULE, to: CONFIGURE },
		{ from: FORM, to: CONFIGURE },
		...chain(
			CONFIGURE,
			TABLE_NODES.documents,
			TABLE_NODES.files,
			TABLE_NODES.contents,
			noteTime.name,
			'Read the headers',
		),
		{ from: 'Read the headers', to: 'Headers and rows' },
		{ from: 'Read the headers', to: 'Rows of the headers' },
		{ from: 'Rows of the headers', to: 'Headers and rows', input: 1 },
		...chain('Headers and rows', MISSING, READ),
		...intakePart.connections,
		...chain('Join with the ledger', 'Same content', 'Note the later date'),
		...chain(INTAKE_END, encode.name),
		...deliveryPart.connections,
	],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5.5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Everyone who runs the export of purchase invoices and must be sure that none is missing.',
				howItWorks: [
					'n8n does not run again what was lost between a trigger and its execution. The sweep does not rely on it.',
					'Every night it reads keys and dates of change of the last days, few calls for many invoices, and compares them with the ledger.',
					'What is missing or newer is read in full and goes through the same pipeline as in the export.',
				],
				setUp: [
					SET_UP_EXACT,
					SET_UP_SFTP,
					'Copy the values of **Configure me** from the export of this partner.',
					'Keep it in the same project, at another time than the export.',
				],
				requirements: [
					'The export template 01, set up and active',
					'n8n 2.36 or later with Data Tables',
				],
				customize: [
					'`config.sweepDays` is how far it looks back.',
					'For EDIFACT or flat files, put the encode node of that export in the place of this one.',
				],
			}),
		},
		{
			at: [5, 0],
			size: [4, 2],
			color: 7,
			content:
				'### Compare\nHeader fields only. A row with the same date of change needs no look at its content.',
		},
		...pipelineStickies(COLUMN),
	],
};
