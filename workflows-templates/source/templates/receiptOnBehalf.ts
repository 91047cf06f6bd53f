import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import {
	everyMinutes,
	filter,
	form,
	setFields,
	sideBySide,
	toFile,
	waitFor,
} from '../coreNodes.ts';
import { CONFIGURE, configure, setting } from '../exportPipeline.ts';
import { createTable, getRows, TABLE_NODES, updateRows } from '../ledger.ts';
import { ackGenerate, sftpDeposit } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { depositAcknowledgments } from './acknowledgmentFiles.ts';
import { SET_UP_SFTP } from './exportEntrances.ts';

const TITLE = 'Make receipts on behalf of a receiver that took our EDI files';
const SCHEDULE = 'Every 15 minutes';
const FORM = 'Look on demand';
const FILES = 'Delivered files';
const CLAIM = 'Record the evidence';
const GENERATE = 'Acknowledge on behalf';

const acks = depositAcknowledgments('Acknowledgments', 14, 0);

function look(name: string, row: number, folder: string) {
	return {
		...sftpDeposit(name, [5, row], {
			operation: 'pickUp',
			folder: `={{ ${setting(folder)} }}`,
			pattern: '={{ $json.file_name }}',
			options: { stableFor: 0 },
		}),
		alwaysOutputData: true,
	};
}

const seen = (node: string) =>
	`$('${node}').all().some((item) => item.json.fileName === $json.file_name && (item.json.sha256 === $json.sha256 || item.json.outcome === 'left'))`;
const failed = (node: string) =>
	`$('${node}').all().some((item) => item.json.outcome === 'failed')`;

/** The ledger says "picked up" or "accepted (on behalf)", never plain "accepted". */
export const receiptOnBehalf: WorkflowSource = {
	file: '09-receipt-on-behalf',
	title: TITLE,
	nodes: [
		everyMinutes(SCHEDULE, [0, 0], 15),
		form(
			FORM,
			[0, 1],
			'Receipts on behalf',
			'Looks which of our files the receiver has taken.',
			[],
		),
		configure(
			[1, 0],
			[
				{ name: 'config.partner', value: 'PARTNER' },
				{ name: 'config.folder', value: '/inbound' },
				{ name: 'config.processedFolder', value: '/processed' },
				{ name: 'config.errorFolder', value: '/error' },
				{ name: 'config.acksFolder', value: '/acks' },
			],
		),
		createTable('files', [2, 0]),
		createTable('contents', [3, 0]),
		getRows(FILES, {
			table: 'files',
			at: [4, 0],
			where: [
				{ column: 'state', value: 'deposited' },
				{ column: 'direction', value: 'outbound' },
				{ column: 'partner', value: `={{ ${setting('partner')} }}` },
			],
			limit: 100,
			oldestFirst: true,
		}),
		filter(
			'EDI files',
			[4, 1],
			[
				{
					left: "={{ ['X12', 'EDIFACT'].includes($json.format) && !['997', '999', 'TA1', 'CONTRL'].includes($json.transaction_set) }}",
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		look('Still in inbound?', 1, 'folder'),
		look('In processed?', 2, 'processedFolder'),
		look('In error?', 3, 'errorFolder'),
		waitFor('Wait for the looks', [6, 0], 4),
		setFields(
			'What happened to it',
			[7, 0],
			[
				{
					name: 'evidence',
					value: `={{ ${failed('Still in inbound?')} ? 'unknown' : ${seen('In error?')} ? 'rejected' : ${seen('In processed?')} ? 'processed' : ${seen('Still in inbound?')} ? 'waiting' : 'gone' }}`,
				},
			],
		),
		filter(
			'Taken',
			[8, 0],
			[
				{
					left: "={{ ['processed', 'gone', 'rejected'].includes($json.evidence) }}",
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		{
			...getRows('Read the bytes', {
				table: 'contents',
				at: [9, 1],
				where: [{ column: 'file_key', value: '={{ $json.file_key }}' }],
			}),
			alwaysOutputData: true,
		},
		waitFor('Wait for the bytes', [10, 0]),
		updateRows(CLAIM, {
			table: 'files',
			at: [11, 0],
			where: [
				{ column: 'id', value: '={{ $json.id }}' },
				{ column: 'state', value: 'deposited' },
			],
			values: {
				state: "={{ $json.evidence === 'rejected' ? 'rejected' : 'picked up' }}",
				acknowledgment_state:
					"={{ ({ rejected: 'rejected (on behalf)', processed: 'accepted (on behalf)', gone: 'picked up' })[$json.evidence] }}",
				acknowledged_at: '={{ $now.toUTC().toISO() }}',
				error:
					"={{ $json.evidence === 'rejected' ? 'The receiver put the file into its error folder. Ask it why; send the documents again when it is mended.' : '' }}",
			},
		}),
		filter(
			'To be acknowledged',
			[11, 1],
			[{ left: '={{ $json.state }}', operator: 'equals', right: 'picked up' }],
		),
		setFields(
			'Put the parts together',
			[12, 0],
			[
				{
					name: 'content',
					value:
						"={{ $('Read the bytes').all().map((part) => part.json).filter((part) => part.file_key === $json.file_key).sort((a, b) => a.part - b.part).map((part) => part.content).join('') }}",
				},
			],
		),
		filter('Bytes are kept', [12, 1], [{ left: '={{ $json.content }}', operator: 'notEmpty' }]),
		toFile('Make the file', [13, 1], 'content', '={{ $json.file_name }}'),
		sideBySide('File and row', [13, 0]),
		ackGenerate(GENERATE, [13, -1], { operation: 'generateOnBehalf' }),
		filter(
			'Acknowledgments',
			[14, -1],
			[{ left: '={{ $json.outcome }}', operator: 'equals', right: 'acknowledged' }],
		),
		...acks.nodes,
	],
	connections: [
		{ from: SCHEDULE, to: CONFIGURE },
		{ from: FORM, to: CONFIGURE },
		...chain(CONFIGURE, TABLE_NODES.files, TABLE_NODES.contents, FILES, 'EDI files'),
		{ from: 'EDI files', to: 'Wait for the looks' },
		...['Still in inbound?', 'In processed?', 'In error?'].flatMap((name, index) => [
			{ from: 'EDI files', to: name },
			{ from: name, to: 'Wait for the looks', input: index + 1 },
		]),
		...chain('Wait for the looks', 'What happened to it', 'Taken', 'Wait for the bytes'),
		{ from: 'Taken', to: 'Read the bytes' },
		{ from: 'Read the bytes', to: 'Wait for the bytes', input: 1 },
		...chain(
			'Wait for the bytes',
			CLAIM,
			'To be acknowledged',
			'Put the parts together',
			'Bytes are kept',
		),
		{ from: 'Bytes are kept', to: 'File and row' },
		{ from: 'Bytes are kept', to: 'Make the file' },
		{ from: 'Make the file', to: 'File and row', input: 1 },
		...chain('File and row', GENERATE, 'Acknowledgments'),
		...acks.connections,
	],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5.5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Companies whose receiver is a legacy system that takes files and never acknowledges, while somebody wants the 997 or CONTRL.',
				howItWorks: [
					'It looks where our delivered files are: still in `inbound/`, in `processed/`, in `error/`, or gone. Content is compared where the file can be read.',
					'For a file that was taken it makes the acknowledgment its receiver would send, into `acks/`.',
					'The ledger says *picked up* or *accepted (on behalf)*, never plain *accepted*.',
				],
				setUp: [
					SET_UP_SFTP,
					"In **Configure me** set the partner's name as in the export, and the folders.",
					'Do not use it for a partner that acknowledges by itself.',
				],
				requirements: [
					'The export templates in the same project',
					'n8n 2.36 or later with Data Tables',
				],
				customize: [`Version and options of the acknowledgment are in **${GENERATE}**.`],
			}),
		},
		{
			at: [4, 0],
			size: [5, 4],
			color: 7,
			content:
				'### Where is it?\nThree looks for each delivered file. A folder that cannot be read proves nothing.',
		},
		{
			at: [14, 0],
			size: [7, 3],
			color: 7,
			content:
				'### The receipt\nWritten down first, then deposited; a replay finishes what was interrupted.',
		},
	],
};
