/** Exports as fixed-width or CSV: invoices with their lines, and master data. */
import type { ConnectionSource, NodeSource, WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { append, everyDayAt, filter, form, switchBy } from '../coreNodes.ts';
import {
	COMMON_SETTINGS,
	CONFIGURE,
	configure,
	delivery,
	exportPipeline,
	intake,
	INTAKE_COLUMNS,
	INTAKE_END,
	pipelineStickies,
	setting,
} from '../exportPipeline.ts';
import { CURRENT_DIVISION, exactOnline, fixedWidthEncode } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { exportEntrances, SEND_AGAIN, SET_UP_EXACT, SET_UP_SFTP } from './exportEntrances.ts';

const FORMAT_SETTINGS = [
	// Another partner to the ledger than the EDI ones: both may get the same invoices.
	{ name: 'config.partner', value: 'PARTNER-FILES' },
	{ name: 'config.format', value: 'fixed-width' },
];

function encodePreset(name: string, at: readonly [number, number], preset: string): NodeSource {
	return fixedWidthEncode(name, at, {
		operation: 'encode',
		format: `={{ ${setting('format')} }}`,
		layoutSource: 'preset',
		preset,
		partner: `={{ ${setting('partner')} }}`,
	});
}

const REQUIREMENTS = [
	'n8n 2.36 or later with Data Tables',
	'An Exact Online app registration (client ID and secret)',
	"The partner's record layout, SFTP account and host-key fingerprint",
];

const INVOICES_TITLE = 'Send purchase invoices from Exact Online to a partner as flat files';

function invoices(): WorkflowSource {
	const entrances = exportEntrances({
		triggerName: 'When purchase entries change',
		readName: 'Read purchase entries',
		resource: 'purchaseEntry',
		include: ['lines', 'supplier', 'glAccount', 'costCenter', 'vatCode', 'paymentCondition'],
		formTitle: 'Send purchase invoices',
		formDescription:
			'Sends the purchase invoices of these dates, or these numbers. What the partner already has is skipped, unless you send it again.',
	});
	const encodeName = 'Encode as flat file';
	const pipeline = exportPipeline({
		column: 2,
		sendAgain: SEND_AGAIN,
		settings: [...FORMAT_SETTINGS, ...COMMON_SETTINGS],
		encode: (at) => encodePreset(encodeName, at, 'purchaseEntry'),
	});
	return {
		file: '05-export-purchase-invoices-flat-file',
		title: INVOICES_TITLE,
		nodes: [...entrances.nodes, ...pipeline.nodes],
		connections: [...entrances.connections, ...pipeline.connections],
		stickies: [
			{
				at: [-3, 0],
				size: [2.8, 5.5],
				color: 1,
				content: renderReadMe(INVOICES_TITLE, {
					whoFor:
						'Companies whose partner or legacy ERP takes supplier invoices as fixed-width records or CSV over SFTP.',
					howItWorks: [
						'Every morning the trigger reads purchase entries that are new or changed.',
						'What the ledger has with the same content is skipped.',
						'Each invoice becomes a header record with its line records; one that does not fit is recorded with field, value and width.',
						"The file is deposited in the partner's folder and the outcome recorded.",
					],
					setUp: [
						SET_UP_EXACT,
						SET_UP_SFTP,
						'In **Configure me** set `config.format` to `fixed-width` or `csv`.',
						"Run the form, check the preview with the column ruler against the partner's specification, then activate.",
					],
					requirements: REQUIREMENTS,
					customize: [
						`The layout is a preset: in **${encodeName}**, export it, change it and paste it as JSON, or define the fields in the editor.`,
						'The schedule is in the trigger.',
					],
				}),
			},
			{
				at: [0, 0],
				size: [2, 2],
				color: 7,
				content:
					'### Entrances\nThe trigger for every day; the form for a date range, single documents, the first backfill, or sending again.',
			},
			...pipelineStickies(2),
		],
	};
}

interface MasterData {
	readonly resource: string;
	readonly label: string;
}

const MASTER_DATA: readonly MasterData[] = [
	{ resource: 'vendor', label: 'Vendors' },
	{ resource: 'glAccount', label: 'GL accounts' },
	{ resource: 'glAccountMapping', label: 'GL account mappings' },
	{ resource: 'costCenter', label: 'Cost centers' },
	{ resource: 'payment', label: 'Payments' },
	{ resource: 'glTransactionLine', label: 'GL transaction lines' },
];

const MASTER_TITLE = 'Send master data and ledger lines from Exact Online as flat files';
const SCHEDULE = 'Every morning';
const MASTER_FORM = 'Send on demand';
const ALL = 'All in "Configure me"';

/** Where the form was used its choice counts, else the list in "Configure me". */
const wanted = (resource: string, label: string) =>
	`={{ $('${MASTER_FORM}').isExecuted && $('${MASTER_FORM}').first().json['What'] !== '${ALL}' ? $('${MASTER_FORM}').first().json['What'] === '${label}' : ${setting('resources')}.split(',').map((name) => name.trim()).includes('${resource}') }}`;

/** Ledger lines are many: only those of the last days. */
const FILTERS: Record<string, Record<string, string>> = {
	glTransactionLine: {
		dateFrom: `={{ $now.minus({ days: ${setting('ledgerLineDays')} }).toISODate() }}`,
	},
};

function masterData(): WorkflowSource {
	const column = 4;
	const files = 'All files';
	const bySwitch = 'By kind';
	const encodeColumn = column + INTAKE_COLUMNS + 1;
	const intakePart = intake({
		column,
		documentsFrom: 'All records',
		sendAgain: `${setting('mode')} === 'snapshot'`,
	});
	const encodes = MASTER_DATA.map(({ resource, label }, row) =>
		encodePreset(`Encode ${label}`, [encodeColumn, row], resource),
	);
	const deliveryPart = delivery({
		column: encodeColumn + 2,
		filesFrom: files,
		refusedFrom: encodes.map((encode) => encode.name),
	});
	const nodes: NodeSource[] = [
		everyDayAt(SCHEDULE, [0, 0], 6),
		form(MASTER_FORM, [0, 1], 'Send master data', 'Sends a full file of what you choose.', [
			{
				label: 'What',
				name: 'what',
				type: 'dropdown',
				options: [ALL, ...MASTER_DATA.map(({ label }) => label)],
				required: true,
			},
		]),
		configure(
			[1, 0],
			[
				...FORMAT_SETTINGS,
				{ name: 'config.resources', value: MASTER_DATA.map(({ resource }) => resource).join(', ') },
				{ name: 'config.mode', value: 'snapshot' },
				{ name: 'config.ledgerLineDays', value: 31 },
				...COMMON_SETTINGS,
			],
		),
		...MASTER_DATA.flatMap(({ resource, label }, row): NodeSource[] => [
			{
				...filter(
					`Wanted: ${label}`,
					[2, row],
					[{ left: wanted(resource, label), operator: 'true', type: 'boolean' }],
				),
				executeOnce: true,
			},
			{
				...exactOnline(`Read ${label}`, [3, row], {
					resource,
					operation: 'getMany',
					division: CURRENT_DIVISION,
					returnAll: true,
					filters: FILTERS[resource] ?? {},
				}),
				executeOnce: true,
			},
		]),
		append('All records', [column, 0], MASTER_DATA.length),
		...intakePart.nodes,
		switchBy(
			bySwitch,
			[column + INTAKE_COLUMNS, 0],
			'$json.document.resource',
			MASTER_DATA.map(({ resource }) => resource),
		),
		...encodes,
		append(files, [encodeColumn + 1, 0], MASTER_DATA.length),
		...deliveryPart.nodes,
	];
	const connections: ConnectionSource[] = [
		{ from: SCHEDULE, to: CONFIGURE },
		{ from: MASTER_FORM, to: CONFIGURE },
		...MASTER_DATA.flatMap(({ label }, index): ConnectionSource[] => [
			...chain(CONFIGURE, `Wanted: ${label}`, `Read ${label}`),
			{ from: `Read ${label}`, to: 'All records', input: index },
			{ from: bySwitch, to: `Encode ${label}`, output: index },
			{ from: `Encode ${label}`, to: files, input: index },
		]),
		...chain(INTAKE_END, bySwitch),
		...intakePart.connections,
		...deliveryPart.connections,
	];
	return {
		file: '06-export-master-data-flat-file',
		title: MASTER_TITLE,
		nodes,
		connections,
		stickies: [
			{
				at: [-3, 0],
				size: [2.8, 5.5],
				color: 1,
				content: renderReadMe(MASTER_TITLE, {
					whoFor:
						'Companies whose partner or legacy ERP keeps copies of vendors, G/L accounts, mappings, cost centers, payments or ledger lines.',
					howItWorks: [
						'Every morning the kinds listed in **Configure me** are read from Exact Online.',
						'`config.mode` says what is sent: `snapshot`, everything each time (the receiver deletes what is absent), or `changes`, what the ledger does not have with the same content.',
						'Each kind becomes one file; a record that does not fit is recorded with field, value and width.',
						"The files are deposited in the partner's folder and the outcome recorded.",
					],
					setUp: [
						SET_UP_EXACT,
						SET_UP_SFTP,
						'In **Configure me** list the kinds in `config.resources`, and set `config.format` to `fixed-width` or `csv`.',
						'Run the form for one kind and check the preview, then activate.',
					],
					requirements: REQUIREMENTS,
					customize: [
						'Each kind has its own encode node: change the preset, or paste a layout.',
						'`config.ledgerLineDays` limits G/L transaction lines to the last days.',
					],
				}),
			},
			{
				at: [2, 0],
				size: [2, 6],
				color: 7,
				content: '### Read\nOne branch for each kind; those that are not wanted stop here.',
			},
			...pipelineStickies(column, 2),
		],
	};
}

export const flatFileExports: readonly WorkflowSource[] = [invoices(), masterData()];
