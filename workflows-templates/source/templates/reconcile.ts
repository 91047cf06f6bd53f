import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import {
	enrich,
	everyDayAt,
	everyMinutes,
	filter,
	firstOfEach,
	form,
	noOperation,
	setFields,
} from '../coreNodes.ts';
import { CONFIGURE, configure, setting } from '../exportPipeline.ts';
import { createTable, getRows, TABLE_NODES, updateRows } from '../ledger.ts';
import type { RowCondition } from '../ledger.ts';
import { ackGenerate, CURRENT_DIVISION, exactOnline, sftpDeposit } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { SET_UP_EXACT, SET_UP_SFTP } from './exportEntrances.ts';

const TITLE = 'Reconcile acknowledgments from a partner with the ledger';
const SCHEDULE = 'Every hour';
const DIGEST = 'Every morning';
const FORM = 'Reconcile on demand';
const READ = 'Read the acknowledgments';
const SEND = 'Send the digest (replace me)';

const ANSWERS = "['accepted', 'accepted with errors', 'partially accepted', 'rejected']";
/** A CONTRL accepts the interchange and rejects single messages; that is a part. */
const STATE = `($json.outcome === 'accepted' && $('${READ}').all().some((item) => item.json.fileKey === $json.fileKey && item.json.level === 'message' && item.json.outcome === 'rejected') ? 'partially accepted' : $json.outcome)`;
/** The document of a rejected set, as long as nobody marked it. */
const REJECTED_DOCUMENT: readonly RowCondition[] = [
	{ column: 'file_key', value: '={{ $json.fileKey }}' },
	{ column: 'control_number', value: '={{ $json.setControlNumber }}' },
	{ column: 'state', condition: 'neq', value: 'rejected' },
];

const list = (states: string, label: string) =>
	`...((rows) => ['${label}: ' + rows.length, ...rows.slice(0, 20).map((row) => '  ' + row.file_name + (row.error ? ' (' + row.error + ')' : ''))])($('Files of the last day').all().map((row) => row.json).filter((row) => row.direction === 'outbound' && ${states}.includes(row.state)))`;

export const reconcileAcknowledgments: WorkflowSource = {
	file: '08-reconcile-acknowledgments',
	title: TITLE,
	nodes: [
		everyMinutes(SCHEDULE, [0, 0], 60),
		form(
			FORM,
			[0, 1],
			'Reconcile',
			'Reads the acknowledgments that came, flags overdue files and writes the digest.',
			[],
		),
		everyDayAt(DIGEST, [0, 2], 8),
		configure(
			[1, 0],
			[
				{ name: 'config.pickUpFolder', value: '/outbound' },
				{ name: 'config.pattern', value: '*' },
				{ name: 'config.processedFolder', value: '/processed' },
				{ name: 'config.partnerAcknowledges', value: true },
				{ name: 'config.overdueHours', value: 24 },
				{ name: 'config.recipient', value: 'accounting@example.com' },
			],
		),
		createTable('documents', [2, 0]),
		createTable('files', [3, 0]),
		sftpDeposit('Pick up acknowledgments', [4, 0], {
			operation: 'pickUp',
			folder: `={{ ${setting('pickUpFolder')} }}`,
			pattern: `={{ ${setting('pattern')} }}`,
		}),
		filter(
			'Files that came',
			[5, 0],
			[{ left: '={{ $json.outcome }}', operator: 'equals', right: 'picked up' }],
		),
		ackGenerate(READ, [6, 0], { operation: 'reconcile' }),
		filter(
			'About our files',
			[7, 0],
			[{ left: "={{ $json.fileKey ?? '' }}", operator: 'notEmpty' }],
		),
		filter(
			'About a whole file',
			[8, 0],
			[
				{
					left: `={{ ['group', 'interchange'].includes($json.level) && ${ANSWERS}.includes($json.outcome) && !($json.acknowledgment === 'TA1' && $json.outcome !== 'rejected') }}`,
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		{
			...getRows('Find our file', {
				table: 'files',
				at: [9, 1],
				where: [{ column: 'file_key', value: '={{ $json.fileKey }}' }],
				limit: 1,
			}),
			alwaysOutputData: true,
		},
		enrich('Answer and file', [10, 0], 'fileKey', 'file_key'),
		setFields(
			'Tell what it is',
			[11, 0],
			[
				{
					name: 'reconciliation',
					value: `={{ !$json.file_key ? 'unknown file' : $json.acknowledgment_file === $json.acknowledgmentControlNumber ? 'duplicate' : $json.state === 'overdue' ? 'late' : 'new' }}`,
				},
			],
		),
		filter(
			'To record',
			[12, 0],
			[
				{
					left: "={{ ['new', 'late'].includes($json.reconciliation) }}",
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		updateRows('Record the answer', {
			table: 'files',
			at: [13, 0],
			where: [
				{ column: 'file_key', value: '={{ $json.file_key }}' },
				{ column: 'state', value: '={{ $json.state }}' },
			],
			values: {
				state: `={{ ${STATE} }}`,
				acknowledgment_state: `={{ ${STATE} }}`,
				acknowledged_at: '={{ $json.acknowledgedAt }}',
				acknowledgment_file: '={{ $json.acknowledgmentControlNumber }}',
				error: "={{ $json.outcome === 'accepted' ? '' : $json.summary }}",
			},
		}),
		filter(
			'Rejected sets',
			[8, 2],
			[
				{
					left: "={{ ['set', 'message'].includes($json.level) && $json.outcome === 'rejected' }}",
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		// Rejected documents are encoded anew when they are read again, linked to this file.
		updateRows('Mark the rejected originals', {
			table: 'documents',
			at: [9, 2],
			where: [...REJECTED_DOCUMENT, { column: 'purpose', value: 'original' }],
			values: {
				state: 'rejected',
				issues: '={{ $json.summary }}',
				// The partner has no version of it, so the next one is an original again.
				purpose: 'rejected by the partner',
			},
		}),
		updateRows('Mark the rejected replacements', {
			table: 'documents',
			at: [9, 3],
			where: REJECTED_DOCUMENT,
			values: { state: 'rejected', issues: '={{ $json.summary }}' },
		}),
		firstOfEach('One item of each file', [6, 3], 'path'),
		filter(
			'Nothing but acknowledgments',
			[7, 3],
			[
				{
					left: '={{ !!$json.fileKey && ($json.otherSets ?? []).length === 0 }}',
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		sftpDeposit('Move the acknowledgments', [8, 3], {
			operation: 'move',
			path: '={{ $json.path }}',
			toFolder: `={{ ${setting('processedFolder')} }}`,
		}),

		// Overdue: a partner that acknowledges and did not.
		{
			...getRows('Files without an answer', {
				table: 'files',
				at: [4, 4],
				where: [
					{ column: 'state', value: 'deposited' },
					{ column: 'direction', value: 'outbound' },
				],
			}),
			executeOnce: true,
		},
		filter(
			'Overdue',
			[5, 4],
			[
				{
					left: `={{ ${setting('partnerAcknowledges')} && ['X12', 'EDIFACT'].includes($json.format) && !['997', '999', 'TA1', 'CONTRL'].includes($json.transaction_set) && !!$json.deposited_at && $now.diff(DateTime.fromISO($json.deposited_at), 'hours').hours > ${setting('overdueHours')} }}`,
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		updateRows('Mark as overdue', {
			table: 'files',
			at: [6, 4],
			where: [
				{ column: 'id', value: '={{ $json.id }}' },
				{ column: 'state', value: 'deposited' },
			],
			values: { state: 'overdue' },
		}),

		// The digest, once a day or when a person asks.
		{
			...filter(
				'Time for the digest',
				[4, 5],
				[
					{
						left: `={{ $('${DIGEST}').isExecuted || $('${FORM}').isExecuted }}`,
						operator: 'true',
						type: 'boolean',
					},
				],
			),
			executeOnce: true,
		},
		{
			...exactOnline('Quota left at Exact', [5, 5], {
				resource: 'division',
				operation: 'getMany',
				division: CURRENT_DIVISION,
				limit: 1,
			}),
			alwaysOutputData: true,
			onError: 'continueRegularOutput',
		},
		{
			...getRows('Files of the last day', {
				table: 'files',
				at: [6, 5],
				where: [
					{
						column: 'updatedAt',
						condition: 'gte',
						value: '={{ $now.minus({ days: 1 }).toUTC().toISO() }}',
					},
				],
			}),
			alwaysOutputData: true,
			executeOnce: true,
		},
		{
			...getRows('Refused documents of the last day', {
				table: 'documents',
				at: [7, 5],
				where: [
					{ column: 'state', value: 'rejected' },
					{
						column: 'updatedAt',
						condition: 'gte',
						value: '={{ $now.minus({ days: 1 }).toUTC().toISO() }}',
					},
				],
			}),
			alwaysOutputData: true,
			executeOnce: true,
		},
		{
			...setFields(
				'Write the digest',
				[8, 5],
				[
					{ name: 'recipient', value: `={{ ${setting('recipient')} }}` },
					{ name: 'subject', value: "={{ 'EDI digest of ' + $now.toISODate() }}" },
					{
						name: 'text',
						value: `={{ [
  ${list("['deposited', 'picked up', 'accepted', 'accepted with errors', 'partially accepted', 'rejected', 'overdue']", 'Sent')},
  ${list("['accepted', 'accepted with errors']", 'Accepted')},
  ${list("['partially accepted', 'rejected']", 'Rejected')},
  ${list("['overdue']", 'Overdue')},
  ${list("['in doubt', 'failed', 'depositing']", 'Not delivered or in doubt')},
  ...((rows) => ['Documents that were not sent: ' + rows.length, ...rows.slice(0, 20).map((row) => '  ' + row.document_number + ': ' + row.issues)])($('Refused documents of the last day').all().map((row) => row.json).filter((row) => row.document_key)),
  'Exact Online calls left today: ' + ($('Quota left at Exact').first().json.quota?.dailyRemaining ?? 'unknown'),
].join('\\n') }}`,
					},
				],
				false,
			),
			executeOnce: true,
		},
		noOperation(SEND, [9, 5]),
	],
	connections: [
		{ from: SCHEDULE, to: CONFIGURE },
		{ from: FORM, to: CONFIGURE },
		{ from: DIGEST, to: CONFIGURE },
		...chain(
			CONFIGURE,
			TABLE_NODES.documents,
			TABLE_NODES.files,
			'Pick up acknowledgments',
			'Files that came',
			READ,
			'About our files',
		),
		...chain(
			'About our files',
			'About a whole file',
			'Answer and file',
			'Tell what it is',
			'To record',
			'Record the answer',
		),
		{ from: 'About a whole file', to: 'Find our file' },
		{ from: 'Find our file', to: 'Answer and file', input: 1 },
		...chain('About our files', 'Rejected sets', 'Mark the rejected originals'),
		{ from: 'Rejected sets', to: 'Mark the rejected replacements' },
		...chain(
			READ,
			'One item of each file',
			'Nothing but acknowledgments',
			'Move the acknowledgments',
		),
		...chain(TABLE_NODES.files, 'Files without an answer', 'Overdue', 'Mark as overdue'),
		...chain(
			TABLE_NODES.files,
			'Time for the digest',
			'Quota left at Exact',
			'Files of the last day',
			'Refused documents of the last day',
			'Write the digest',
			SEND,
		),
	],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5.5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'The controller who must know which files the partner accepted, rejected, or never answered.',
				howItWorks: [
					'It picks up 997, 999, TA1 and CONTRL files and reads them; other files are left for the acknowledge workflow.',
					'Each answer is matched with its file in the ledger by parties and control number: new, late, duplicate, or about an unknown file.',
					'Documents of rejected sets are marked; read again from Exact, they are sent anew and linked to the rejected file.',
					'Files without an answer become overdue. Every morning a digest tells all of it.',
				],
				setUp: [
					SET_UP_SFTP,
					SET_UP_EXACT,
					'In **Configure me** set the folders, and `config.partnerAcknowledges` to `false` for a partner that never answers.',
					`Replace **${SEND}** by your e-mail or chat node; map \`recipient\`, \`subject\` and \`text\`.`,
				],
				requirements: [
					'n8n 2.36 or later with Data Tables',
					'The export templates in the same project',
				],
				customize: [
					'`config.overdueHours` says when an answer is overdue.',
					'The wording is in **Write the digest**.',
				],
			}),
		},
		{
			at: [4, 0],
			size: [10, 2],
			color: 7,
			content:
				'### Answers\nThe update names the state it expects; late answers to overdue files still count.',
		},
		{
			at: [4, 4],
			size: [3, 1],
			color: 7,
			content: '### Overdue\nDelivered, and no answer within the hours of "Configure me".',
		},
		{
			at: [4, 5],
			size: [6, 1],
			color: 7,
			content:
				'### Digest\nSent, accepted, rejected, overdue, in doubt, and the quota left at Exact Online.',
		},
	],
};
