import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import {
	enrich,
	everyMinutes,
	filter,
	form,
	setFields,
	switchBy,
	toTextFile,
	waitFor,
} from '../coreNodes.ts';
import { CONFIGURE, configure, setting } from '../exportPipeline.ts';
import { createTable, getRows, TABLE_NODES, upsertRows } from '../ledger.ts';
import { ackGenerate, sftpDeposit } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { ACK_DEPOSITED, depositAcknowledgments } from './acknowledgmentFiles.ts';
import { SET_UP_SFTP } from './exportEntrances.ts';

const TITLE = 'Acknowledge EDI files from a partner with 997 or CONTRL';
const SCHEDULE = 'Every 15 minutes';
const FORM = 'Acknowledge on demand';
const PICK_UP = 'Pick up files';
const KIND = 'What is it?';
const GENERATE = 'Check and acknowledge';

const acks = depositAcknowledgments(KIND, 9, 0);

/** A file of acknowledgments is left where it is: the reconcile workflow reads it. */
export const acknowledge: WorkflowSource = {
	file: '07-acknowledge-inbound-files',
	title: TITLE,
	nodes: [
		everyMinutes(SCHEDULE, [0, 0], 15),
		form(
			FORM,
			[0, 1],
			'Acknowledge files',
			'Picks up what the partner has put there, and answers it.',
			[],
		),
		configure(
			[1, 0],
			[
				{ name: 'config.pickUpFolder', value: '/outbound' },
				{ name: 'config.pattern', value: '*' },
				{ name: 'config.acksFolder', value: '/acks' },
				{ name: 'config.processedFolder', value: '/processed' },
				{ name: 'config.errorFolder', value: '/error' },
			],
		),
		createTable('files', [2, 0]),
		createTable('contents', [3, 0]),
		sftpDeposit(PICK_UP, [4, 0], {
			operation: 'pickUp',
			folder: `={{ ${setting('pickUpFolder')} }}`,
			pattern: `={{ ${setting('pattern')} }}`,
		}),
		filter(
			'Files that came',
			[4, 1],
			[{ left: '={{ $json.outcome }}', operator: 'equals', right: 'picked up' }],
		),
		setFields(
			'Know it by its content',
			[5, 0],
			[{ name: 'received_key', value: "={{ 'received:' + $json.sha256 }}" }],
		),
		{
			...getRows('Acknowledged before?', {
				table: 'files',
				at: [6, 1],
				where: [{ column: 'acknowledgment_file', value: '={{ $json.received_key }}' }],
				limit: 1,
			}),
			alwaysOutputData: true,
		},
		enrich('Join with the ledger', [7, 0], 'received_key', 'acknowledgment_file'),
		filter('Not yet', [7, 1], [{ left: "={{ $json.file_key ?? '' }}", operator: 'empty' }]),
		ackGenerate(GENERATE, [8, 0], { operation: 'generate' }),
		switchBy(KIND, [8, 1], '$json.outcome', [
			'acknowledged',
			'unreadable',
			'nothing to acknowledge',
		]),
		...acks.nodes,

		// One row for each file that came in, whatever it was.
		upsertRows('Record the received files', {
			table: 'files',
			at: [16, 0],
			where: [{ column: 'file_key', value: `={{ $('${GENERATE}').item.json.subjectKey }}` }],
			values: {
				file_key: `={{ $('${GENERATE}').item.json.subjectKey }}`,
				file_name: `={{ $('${GENERATE}').item.json.acknowledges.fileName }}`,
				direction: 'inbound',
				state: `={{ $('${GENERATE}').item.json.fileVerdict }}`,
				sha256: `={{ $('${GENERATE}').item.json.acknowledges.sha256 }}`,
				bytes: `={{ $('${GENERATE}').item.json.acknowledges.bytes }}`,
				path: `={{ $('${GENERATE}').item.json.path }}`,
				error: `={{ $('${GENERATE}').item.json.fileVerdict === 'accepted' ? '' : $('${GENERATE}').item.json.report.slice(0, 2000) }}`,
				execution_id: '={{ $execution.id }}',
			},
		}),
		toTextFile(
			'Write the report',
			[10, 4],
			'report',
			"={{ $json.acknowledges.fileName + '.report.txt' }}",
		),
		sftpDeposit('Put the report beside it', [11, 4], {
			operation: 'deposit',
			folder: `={{ ${setting('errorFolder')} }}`,
			fileName: '={{ $binary.data.fileName }}',
			ifFileExists: 'overwrite',
		}),
		filter(
			'With findings',
			[9, 4],
			[
				{
					left: "={{ !['accepted', 'acknowledgment', 'postponed'].includes($json.fileVerdict) }}",
					operator: 'true',
					type: 'boolean',
				},
				{
					left: '={{ $input.all().findIndex((item) => item.json.path === $json.path) === $itemIndex }}',
					operator: 'true',
					type: 'boolean',
				},
			],
		),

		// The file goes last: until then a crash leaves it where it is, and the ledger knows it.
		waitFor('Wait for the answers', [17, 1], 3),
		filter(
			'Answered',
			[18, 1],
			[
				{
					left: `={{ !!$json.file_key || ($('${GENERATE}').isExecuted && $('${GENERATE}').all().some((item) => item.json.path === $json.path && !['nothing to acknowledge', 'postponed'].includes(item.json.outcome))) }}`,
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		sftpDeposit('Move the file', [19, 1], {
			operation: 'move',
			path: '={{ $json.path }}',
			toFolder: `={{ ($json.acknowledgment_state || ($('${GENERATE}').isExecuted ? $('${GENERATE}').all().find((item) => item.json.path === $json.path)?.json.fileVerdict : '')) === 'rejected' || ($('${GENERATE}').isExecuted && $('${GENERATE}').all().find((item) => item.json.path === $json.path)?.json.outcome === 'unreadable') ? ${setting('errorFolder')} : ${setting('processedFolder')} }}`,
		}),
	],
	connections: [
		{ from: SCHEDULE, to: CONFIGURE },
		{ from: FORM, to: CONFIGURE },
		...chain(
			CONFIGURE,
			TABLE_NODES.files,
			TABLE_NODES.contents,
			PICK_UP,
			'Files that came',
			'Know it by its content',
		),
		{ from: 'Know it by its content', to: 'Join with the ledger' },
		{ from: 'Know it by its content', to: 'Acknowledged before?' },
		{ from: 'Acknowledged before?', to: 'Join with the ledger', input: 1 },
		{ from: 'Join with the ledger', to: 'Not yet' },
		{ from: 'Join with the ledger', to: 'Wait for the answers' },
		...chain('Not yet', GENERATE, KIND),
		...acks.connections,
		{ from: GENERATE, to: 'With findings' },
		...chain('With findings', 'Write the report', 'Put the report beside it'),
		{ from: ACK_DEPOSITED, to: 'Record the received files' },
		{ from: KIND, to: 'Record the received files', output: 1 },
		// The second input must have items for n8n to go on; the third may stay empty.
		{ from: 'Acknowledged before?', to: 'Wait for the answers', input: 1 },
		{ from: 'Record the received files', to: 'Wait for the answers', input: 2 },
		...chain('Wait for the answers', 'Answered', 'Move the file'),
	],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5.5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Companies whose partner sends orders or other EDI files and wants to know that they arrived and were right.',
				howItWorks: [
					"It picks up new files from the partner's folder; files that still grow are left.",
					'Each file is checked against the tables of the standard; the answer (TA1, 997, 999 or CONTRL) says what is wrong, by segment and element.',
					'The answer is written down, deposited in `acks/`, and the file moved to `processed/`, or to `error/` with a report beside it.',
					'A file that is seen twice is answered once. Acknowledgments are never acknowledged.',
				],
				setUp: [
					SET_UP_SFTP,
					'In **Configure me** set the folders.',
					'Put a file of the partner into the folder, run the form, and look at the answer.',
				],
				requirements: [
					'n8n 2.36 or later with Data Tables',
					"The partner's SFTP account and host-key fingerprint",
				],
				customize: [
					`Rules (reject, or accept with errors), 999 instead of 997, and versions are options of **${GENERATE}**.`,
					'What your ERP does with the files starts from `processed/`.',
				],
			}),
		},
		{
			at: [4, 0],
			size: [4, 2],
			color: 7,
			content:
				'### New files\nKnown by their content: what the ledger has an answer for is only moved.',
		},
		{
			at: [9, 0],
			size: [7, 3],
			color: 7,
			content:
				'### The answer\nIts bytes and row are in the ledger before it is sent; a replay finishes what was interrupted.',
		},
	],
};
