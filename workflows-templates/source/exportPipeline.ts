/**
 * The pipeline every export template shares: what is new or changed → encode → ledger → deposit →
 * ledger. Two entrances lead into it, a trigger and a form.
 *
 * The order of the ledger writes decides what a crash leaves behind (docs/ledger.md): the file row
 * is written first, as `encoded`; contents and documents next; only then is the row claimed as
 * `depositing`. A row that stays `encoded` never reached the partner.
 */
import type { ConnectionSource, NodeSource, StickySource } from './builder.ts';
import { chain } from './builder.ts';
import type { Assignment } from './coreNodes.ts';
import {
	branch,
	enrich,
	filter,
	keepMatches,
	setFields,
	splitOut,
	stopWithError,
	waitFor,
} from './coreNodes.ts';
import {
	createTable,
	deleteRows,
	getRows,
	insertRows,
	TABLE_NODES,
	UNDELIVERED,
	updateRows,
	upsertRows,
} from './ledger.ts';
import type { RowCondition } from './ledger.ts';
import { sftpDeposit } from './ownNodes.ts';

export const CONFIGURE = 'Configure me';

/** A setting of the "Configure me" node, in an expression. */
export function setting(name: string): string {
	return `$('${CONFIGURE}').first().json.config.${name}`;
}

const ROW_OF_DOCUMENT: readonly RowCondition[] = [
	{ column: 'document_key', value: '={{ $json.document_key }}' },
	{ column: 'partner', value: '={{ $json.partner }}' },
];

const NOTE_THE_TIME = 'Note the time';

/** The look-up has already seen older rows. One minute of slack, because the database may have another clock. */
const BEFORE_THE_LOOK_UP = `DateTime.fromISO($('${NOTE_THE_TIME}').first().json.time).minus({ minutes: 1 }).toUTC().toISO()`;

/** Stands before the first look-up of documents. */
export function noteTheTime(at: readonly [number, number]): NodeSource {
	return {
		...setFields(NOTE_THE_TIME, at, [{ name: 'time', value: '={{ $now.toUTC().toISO() }}' }]),
		executeOnce: true,
	};
}

/** What the ledger says of a file after its deposit node. */
export const stateOfOutcome =
	"({ 'deposited': 'deposited', 'already there': 'deposited', 'in doubt': 'in doubt' })[$json.outcome] ?? 'failed'";

export const STATE_OF_OUTCOME = `={{ ${stateOfOutcome} }}`;

export interface Pipeline {
	readonly nodes: readonly NodeSource[];
	readonly connections: readonly ConnectionSource[];
}

/** Settings every export has; a template adds the partner's own. */
export const COMMON_SETTINGS: readonly Assignment[] = [
	{ name: 'config.folder', value: '/inbound' },
	{ name: 'config.keepContentsDays', value: 90 },
	{ name: 'config.keepContentsMegabytes', value: 100 },
];

function to(from: string, target: string, input = 0, output = 0): ConnectionSource {
	return { from, to: target, input, output };
}

/** The one node a user fills in. */
export function configure(
	at: readonly [number, number],
	settings: readonly Assignment[],
): NodeSource {
	return setFields(CONFIGURE, at, settings);
}

export interface IntakeOptions {
	/** First column, where the node stands whose items are the documents. */
	readonly column: number;
	/** The name of that node. */
	readonly documentsFrom: string;
	/** True where what was sent is to be sent again: an expression without `=`. */
	readonly sendAgain: string;
	/** The flow has made the tables before. */
	readonly tablesAreMade?: boolean;
}

/** The last node of the intake: its items are the documents to encode. */
export const INTAKE_END = 'Say what changed';

/** Columns the intake takes. */
export const INTAKE_COLUMNS = 8;

/** The tables, once per run; the documents wait for them. */
function tableNodes(x: number): NodeSource[] {
	return [
		createTable('documents', [x + 1, 1]),
		createTable('files', [x + 2, 1]),
		createTable('contents', [x + 3, 1]),
		noteTheTime([x + 4, 1]),
		waitFor(TABLES_READY, [x + 4, 0]),
	];
}

const TABLES_READY = 'Wait for the tables';

/** From the documents to those that are new or changed for this partner. */
export function intake(options: IntakeOptions): Pipeline {
	const x = options.column;
	const nodes: NodeSource[] = [
		...(options.tablesAreMade ? [] : tableNodes(x)),

		// What the ledger knows of each document.
		{
			...getRows('Look up in the ledger', {
				table: 'documents',
				at: [x + 5, 1],
				where: [
					{ column: 'document_key', value: '={{ $json.document.key }}' },
					{ column: 'partner', value: `={{ ${setting('partner')} }}` },
				],
				limit: 1,
				// Of two rows that two runs made at once, the earlier one counts.
				oldestFirst: true,
			}),
			alwaysOutputData: true,
		},
		enrich('Join with the ledger', [x + 6, 0], 'document.key', 'document_key'),
		filter(
			'New or changed',
			[x + 7, 0],
			[
				{
					left: `={{ $json.content_hash !== $json.document.contentHash || ['rejected', 'held'].includes($json.state) || ${options.sendAgain} }}`,
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		// A partner that has a file with an earlier version gets a replacement. An original that the
		// partner rejected is not one.
		setFields(
			'Say what changed',
			[x + 7, 1],
			[
				{
					name: 'document.change',
					value:
						"={{ $json.file_key && ($json.content_hash !== $json.document.contentHash || ['rejected', 'held'].includes($json.state)) && $json.purpose !== 'rejected by the partner' ? 'changed' : 'new' }}",
				},
				{ name: 'document.supersedes', value: "={{ $json.file_key ?? '' }}" },
				{ name: 'document.previousExecutionId', value: "={{ $json.execution_id ?? '' }}" },
			],
		),
	];
	const documents = options.tablesAreMade ? options.documentsFrom : TABLES_READY;
	const connections: ConnectionSource[] = [
		...(options.tablesAreMade
			? []
			: [
					to(options.documentsFrom, TABLES_READY),
					...chain(
						options.documentsFrom,
						TABLE_NODES.documents,
						TABLE_NODES.files,
						TABLE_NODES.contents,
						NOTE_THE_TIME,
					),
					to(NOTE_THE_TIME, TABLES_READY, 1),
				]),
		to(documents, 'Join with the ledger'),
		to(documents, 'Look up in the ledger'),
		to('Look up in the ledger', 'Join with the ledger', 1),
		...chain('Join with the ledger', 'New or changed', INTAKE_END),
	];
	return { nodes, connections };
}

export interface DeliveryOptions {
	/** First column after the encode nodes. */
	readonly column: number;
	/** The node whose items are the encoded files. */
	readonly filesFrom: string;
	/** Nodes whose second output holds refused documents. */
	readonly refusedFrom: readonly string[];
}

/** From encoded files over the ledger to the partner, and back to the ledger. */
export function delivery({ column: x, filesFrom, refusedFrom }: DeliveryOptions): Pipeline {
	const nodes: NodeSource[] = [
		// Refused documents are on record, with the field that is missing.
		splitOut('Split the refused documents', [x, 2], 'ledger.documents'),
		upsertRows('Record refused documents', {
			table: 'documents',
			at: [x + 1, 2],
			where: ROW_OF_DOCUMENT,
		}),

		// Room first, because a full store refuses every write. The bytes of files that are not
		// delivered stay.
		{
			...getRows('Files with contents', {
				table: 'files',
				at: [x, 1],
				where: [{ column: 'contents', value: 'kept' }],
				limit: 1000,
			}),
			executeOnce: true,
		},
		filter(
			'Old or beyond the budget',
			[x + 1, 1],
			[
				{
					left: `={{ !${JSON.stringify(UNDELIVERED).replaceAll('"', "'")}.includes($json.state) }}`,
					operator: 'true',
					type: 'boolean',
				},
				{
					left: `={{ $json.createdAt < $now.minus({ days: ${setting('keepContentsDays')} }).toUTC().toISO() || $input.all().slice(0, $itemIndex + 1).reduce((sum, file) => sum + file.json.bytes, 0) + $('${filesFrom}').all().reduce((sum, file) => sum + file.json.bytes, 0) > ${setting('keepContentsMegabytes')} * 1e6 }}`,
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		// Bytes first: of a file that still says `kept` they are looked for again.
		deleteRows('Make room for contents', {
			table: 'contents',
			at: [x + 2, 1],
			where: [{ column: 'file_key', value: '={{ $json.file_key }}' }],
		}),
		updateRows('Say that contents are gone', {
			table: 'files',
			at: [x + 2, 1.8],
			where: [{ column: 'file_key', value: '={{ $json.file_key }}' }],
			values: { contents: 'pruned' },
		}),

		splitOut('Split the file rows', [x, 3], 'ledger.files'),
		insertRows('Record the files', { table: 'files', at: [x + 1, 3] }),
		splitOut('Split the contents', [x, 4], 'ledger.contents'),
		insertRows('Record the contents', { table: 'contents', at: [x + 1, 4] }),
		splitOut('Split the documents', [x, 5], 'ledger.documents'),
		// Only over the row that was looked up. Where another run has written since, this makes a second
		// row, and of two the earlier one counts.
		upsertRows('Record the documents', {
			table: 'documents',
			at: [x + 1, 5],
			where: [
				...ROW_OF_DOCUMENT,
				{ column: 'execution_id', value: '={{ $json.previous_execution_id }}' },
			],
		}),
		{
			...getRows('Rows of other runs', {
				table: 'documents',
				at: [x + 2, 4.6],
				where: [
					{ column: 'partner', value: `={{ ${setting('partner')} }}` },
					{ column: 'execution_id', condition: 'neq', value: '={{ $execution.id }}' },
					{ column: 'updatedAt', condition: 'gte', value: `={{ ${BEFORE_THE_LOOK_UP} }}` },
				],
			}),
			executeOnce: true,
			alwaysOutputData: true,
		},
		{
			...filter(
				'Rows that came second',
				[x + 2, 5.8],
				[
					{
						left: "={{ $('Rows of other runs').all().some((other) => other.json.document_key === $json.document_key && other.json.id < $json.id) }}",
						operator: 'true',
						type: 'boolean',
					},
				],
			),
			alwaysOutputData: true,
		},
		// All or nothing: a file is not sent without one of its documents.
		branch(
			'Was another run first?',
			[x + 3, 5.4],
			[{ left: '={{ $json.id > 0 }}', operator: 'true', type: 'boolean' }],
		),
		deleteRows('Leave them to that run', {
			table: 'documents',
			at: [x + 4, 5],
			where: [{ column: 'id', value: '={{ $json.id }}' }],
		}),
		{
			...stopWithError(
				'Say that another run was first',
				[x + 4, 6],
				`={{ 'Another run is sending ' + $('Rows that came second').all().map((row) => row.json.document_number).join(', ') + ' to ' + ${setting('partner')} + ' at this moment, so this run sent nothing. When the replay has given its files up, what else it had is sent by the sweep or by the form of the export.' }}`,
			),
			executeOnce: true,
		},

		waitFor('Wait for the ledger', [x + 4, 0], 4),
		updateRows('Claim for deposit', {
			table: 'files',
			at: [x + 5, 1],
			where: [
				{ column: 'file_key', value: '={{ $json.fileKey }}' },
				{ column: 'state', value: 'encoded' },
				// A replay that gives the file up has counted one.
				{ column: 'attempts', value: '={{ 0 }}' },
			],
			// The folder too: a replay of what is interrupted now must look where this run put it.
			values: { state: 'depositing', attempts: '1', folder: `={{ ${setting('folder')} }}` },
		}),
		keepMatches('Keep what was claimed', [x + 6, 0], 'fileKey', 'file_key'),
		sftpDeposit('Deposit at the partner', [x + 7, 0], {
			operation: 'deposit',
			folder: `={{ ${setting('folder')} }}`,
		}),
		// Documents before their file: as long as the file is `depositing`, a replay does both again.
		updateRows('Record the documents as sent', {
			table: 'documents',
			at: [x + 8, 0],
			where: [
				{ column: 'file_key', value: '={{ $json.fileKey }}' },
				{ column: 'state', value: 'encoded' },
			],
			values: { state: STATE_OF_OUTCOME },
		}),
		updateRows('Record the outcome', {
			table: 'files',
			at: [x + 8, 1],
			where: [
				{ column: 'file_key', value: '={{ $json.fileKey }}' },
				{ column: 'state', value: 'depositing' },
			],
			values: {
				state: STATE_OF_OUTCOME,
				path: "={{ $json.receipt?.path ?? '' }}",
				host_key: "={{ $json.receipt?.hostKeyFingerprint ?? '' }}",
				deposited_at: "={{ $json.receipt?.finishedAt ?? '' }}",
				error: "={{ ($json.issues ?? []).map((issue) => issue.message).join(' ') }}",
			},
		}),
		{
			...branch(
				'Anything not delivered?',
				[x + 9, 1],
				[
					{
						left: `={{ $('Record the outcome').all().some((file) => file.json.state !== 'deposited') }}`,
						operator: 'true',
						type: 'boolean',
					},
				],
			),
			executeOnce: true,
		},
		stopWithError(
			'Tell who watches',
			[x + 10, 1],
			`={{ $('Record the outcome').all().filter((file) => file.json.state !== 'deposited').map((file) => file.json.file_name + ': ' + file.json.state + '. ' + file.json.error).join('\\n') + '\\nThe replay workflow sends these files again with the same bytes.' }}`,
		),
	];
	const connections: ConnectionSource[] = [
		to(filesFrom, 'Wait for the ledger'),
		to(filesFrom, 'Files with contents'),
		to(filesFrom, 'Split the file rows'),
		to(filesFrom, 'Split the contents'),
		to(filesFrom, 'Split the documents'),
		...refusedFrom.map((name) => to(name, 'Split the refused documents', 0, 1)),
		...chain('Split the refused documents', 'Record refused documents'),
		...chain('Files with contents', 'Old or beyond the budget', 'Make room for contents'),
		to('Old or beyond the budget', 'Say that contents are gone'),
		...chain('Split the file rows', 'Record the files'),
		...chain('Split the contents', 'Record the contents'),
		...chain('Split the documents', 'Record the documents', 'Rows of other runs'),
		to('Record the documents', 'Rows that came second'),
		...chain(
			'Rows that came second',
			'Was another run first?',
			'Leave them to that run',
			'Say that another run was first',
		),
		// n8n runs a waiting node only if its first two inputs have items: every file has a row, but a
		// very large one has no contents in the ledger.
		to('Record the files', 'Wait for the ledger', 1),
		to('Record the contents', 'Wait for the ledger', 2),
		to('Was another run first?', 'Wait for the ledger', 3, 1),
		to('Wait for the ledger', 'Keep what was claimed'),
		to('Wait for the ledger', 'Claim for deposit'),
		to('Claim for deposit', 'Keep what was claimed', 1),
		...chain('Keep what was claimed', 'Deposit at the partner', 'Record the documents as sent'),
		to('Deposit at the partner', 'Record the outcome'),
		to('Record the outcome', 'Anything not delivered?'),
		to('Anything not delivered?', 'Tell who watches'),
	];
	return { nodes, connections };
}

export interface ExportPipelineOptions {
	/** Column of "Configure me". */
	readonly column: number;
	readonly settings: readonly Assignment[];
	readonly sendAgain: string;
	/** Makes the encode node at this place. */
	readonly encode: (at: readonly [number, number]) => NodeSource;
}

/** Intake, one encode node, delivery: what most exports are. */
export function exportPipeline(options: ExportPipelineOptions): Pipeline {
	const column = options.column + INTAKE_COLUMNS;
	const encode = options.encode([column, 0]);
	const parts = [
		intake({ ...options, documentsFrom: CONFIGURE }),
		delivery({ column: column + 1, filesFrom: encode.name, refusedFrom: [encode.name] }),
	];
	return {
		nodes: [
			configure([options.column, 0], options.settings),
			...parts.flatMap((part) => part.nodes),
			encode,
		],
		connections: [...parts.flatMap((part) => part.connections), ...chain(INTAKE_END, encode.name)],
	};
}

/** The white notes behind the pipeline's sections. */
export function pipelineStickies(column: number, encodeColumns = 0): StickySource[] {
	const x = column + INTAKE_COLUMNS + encodeColumns;
	return [
		{
			at: [column + 1, 0],
			size: [6, 2],
			color: 7,
			content:
				'### What is new\nThe tables are made on first use. Each document is compared with its row by key and content: the same content is skipped, other content is a change.',
		},
		{
			at: [column + 7, 0],
			size: [2 + encodeColumns, 2],
			color: 7,
			content:
				'### Encode\nGood documents go on; each refused one leaves below with the field that is missing.',
		},
		{
			at: [x + 1, 0],
			size: [5, 7],
			color: 7,
			content:
				'### Write it down first\nFile, bytes and documents are in the ledger before anything is sent. A write that is refused stops the run; so does another run that was first with a document.',
		},
		{
			at: [x + 6, 0],
			size: [6, 2],
			color: 7,
			content:
				'### Deposit\nUnder a temporary name, checked, then renamed. The outcome goes to the ledger; what failed is sent again by the replay workflow.',
		},
	];
}
