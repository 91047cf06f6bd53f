import type { ConnectionSource, WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import {
	branch,
	everyMinutes,
	filter,
	form,
	setFields,
	sideBySide,
	stopWithError,
	toFile,
	waitFor,
} from '../coreNodes.ts';
import {
	CONFIGURE,
	configure,
	setting,
	STATE_OF_OUTCOME,
	stateOfOutcome,
} from '../exportPipeline.ts';
import type { RowCondition } from '../ledger.ts';
import {
	createTable,
	DELIVERED,
	deleteRows,
	getRows,
	REFUSED,
	TABLE_NODES,
	updateRows,
} from '../ledger.ts';
import { sftpDeposit } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { SET_UP_SFTP } from './exportEntrances.ts';

const TITLE = 'Send failed or chosen files again to a partner with the same bytes';
const SCHEDULE = 'Every 15 minutes';
const FORM = 'Send again on demand';
const WHICH = 'File name, control number or document number';
const DELIVERED_TOO = 'Also when it was delivered';

const asked = `$('${FORM}').isExecuted`;
const answer = (label: string) => `$('${FORM}').first().json['${label}']`;

/** Minutes since the row last changed. */
const idle = "$now.diff(DateTime.fromISO($json.updatedAt), 'minutes').minutes";
const backoff = `Math.min(${setting('backoffMinutes')} * 2 ** ($json.attempts ?? 0), 360)`;

const AUTOMATIC = `(
  ($json.state === 'failed' && ($json.attempts ?? 0) < ${setting('maxAttempts')} && ${idle} >= ${backoff})
  || (['encoded', 'depositing'].includes($json.state) && ${idle} >= ${setting('strandedMinutes')})
  || ($json.state === 'in doubt' && ${setting('whenInDoubt')} === 'sendAgain' && ($json.attempts ?? 0) < ${setting('maxAttempts')} && ${idle} >= ${backoff})
)`;
const BY_HAND = `($json.state !== 'superseded' && (['failed', 'in doubt', 'encoded', 'depositing'].includes($json.state) || ${answer(DELIVERED_TOO)} === 'Yes'))`;

const WHOLE = 'Bytes complete?';

/** The state of the file before it was claimed. */
const earlierState =
	"$('Remember the state').all().find((row) => row.json.id === $json.id)?.json.earlier_state";
/** The partner had the file and has it still: nothing was sent, and what it answered stays true. */
const nothingSent = `($json.outcome === 'already there' && ${JSON.stringify(DELIVERED).replaceAll('"', "'")}.includes(${earlierState}))`;

/** Same bytes, same name, same control numbers; each file claimed by compare-and-set. */
export const replay: WorkflowSource = {
	file: '10-replay-files',
	title: TITLE,
	nodes: [
		everyMinutes(SCHEDULE, [0, 0], 15),
		form(
			FORM,
			[0, 1],
			'Send a file again',
			'Sends a file of the ledger once more, with the same bytes and control numbers. For a new file with new numbers, use "Send again" in the form of the export.',
			[
				{ label: WHICH, name: 'which', type: 'text', required: true },
				{ label: DELIVERED_TOO, name: 'delivered', type: 'dropdown', options: ['No', 'Yes'] },
			],
		),
		configure(
			[1, 0],
			[
				{ name: 'config.maxAttempts', value: 8 },
				{ name: 'config.backoffMinutes', value: 5 },
				{ name: 'config.strandedMinutes', value: 30 },
				{ name: 'config.whenInDoubt', value: 'hold' },
			],
		),
		createTable('documents', [2, 0]),
		createTable('files', [3, 0]),
		createTable('contents', [4, 0]),
		branch('By hand?', [5, 0], [{ left: `={{ ${asked} }}`, operator: 'true', type: 'boolean' }]),
		getRows('Find the file', {
			table: 'files',
			at: [6, 0],
			any: true,
			where: [
				{ column: 'file_name', value: `={{ ${answer(WHICH)} }}` },
				{ column: 'interchange_control_number', value: `={{ ${answer(WHICH)}.padStart(9, '0') }}` },
				{
					column: 'documents',
					condition: 'like',
					value: `={{ '%"number":' + JSON.stringify(${answer(WHICH)}) + '%' }}`,
				},
			],
		}),
		getRows('Files that are not delivered', {
			table: 'files',
			at: [6, 1],
			any: true,
			where: ['encoded', 'depositing', 'failed', 'in doubt'].map((value) => ({
				column: 'state',
				value,
			})),
		}),
		filter(
			'Due',
			[7, 0],
			[
				{
					left: `={{ $json.direction === 'outbound' && (${asked} ? ${BY_HAND} : ${AUTOMATIC}) }}`,
					operator: 'true',
					type: 'boolean',
				},
			],
		),
		branch(
			'Never left?',
			[8, 0],
			[{ left: '={{ $json.state }}', operator: 'equals', right: 'encoded' }],
		),

		// It never reached the partner: its documents are exported anew. First no run can claim it any
		// more; the file comes last, because one that is still `encoded` is looked at again.
		updateRows('Take it from its run', {
			table: 'files',
			at: [9, 1],
			where: [
				{ column: 'id', value: '={{ $json.id }}' },
				{ column: 'state', value: 'encoded' },
			],
			values: { attempts: '={{ ($json.attempts ?? 0) + 1 }}' },
		}),
		deleteRows('Let its documents be exported anew', {
			table: 'documents',
			at: [10, 1],
			where: [
				{ column: 'file_key', value: '={{ $json.file_key }}' },
				{ column: 'state', value: 'encoded' },
				{ column: 'purpose', condition: 'neq', value: 'replacement' },
			],
		}),
		// The partner has an earlier version: without its row the next file would say "original".
		updateRows('Let its replacements be exported anew', {
			table: 'documents',
			at: [10, 2],
			where: [
				{ column: 'file_key', value: '={{ $json.file_key }}' },
				{ column: 'state', value: 'encoded' },
			],
			values: { content_hash: '', modified: '' },
		}),
		updateRows('Give the file up', {
			table: 'files',
			at: [10, 3],
			where: [
				{ column: 'id', value: '={{ $json.id }}' },
				{ column: 'state', value: 'encoded' },
			],
			values: {
				state: 'superseded',
				error: 'The run was interrupted before the deposit. The documents are exported anew.',
			},
		}),

		setFields(
			'Remember the state',
			[9, 0],
			[{ name: 'earlier_state', value: '={{ $json.state }}' }],
		),
		updateRows('Claim', {
			table: 'files',
			at: [10, 0],
			where: [
				{ column: 'id', value: '={{ $json.id }}' },
				{ column: 'state', value: '={{ $json.state }}' },
				{ column: 'attempts', value: '={{ $json.attempts }}' },
			],
			values: { state: 'depositing', attempts: '={{ ($json.attempts ?? 0) + 1 }}' },
		}),
		{
			...getRows('Read the bytes', {
				table: 'contents',
				at: [11, 1],
				where: [{ column: 'file_key', value: '={{ $json.file_key }}' }],
			}),
			alwaysOutputData: true,
		},
		waitFor('Wait for the bytes', [12, 0]),
		setFields(
			'Put the parts together',
			[13, 0],
			[
				{
					name: 'content',
					value:
						"={{ $('Read the bytes').all().map((part) => part.json).filter((part) => part.file_key === $json.file_key && part.sha256 === $json.sha256).sort((a, b) => a.part - b.part).map((part) => part.content).join('') }}",
				},
				{
					name: 'parts_missing',
					type: 'boolean',
					value:
						"={{ ((parts) => parts.length === 0 || parts.length < parts[0].parts)($('Read the bytes').all().map((part) => part.json).filter((part) => part.file_key === $json.file_key && part.sha256 === $json.sha256)) }}",
				},
			],
		),
		branch(
			WHOLE,
			[14, 0],
			[{ left: '={{ $json.parts_missing }}', operator: 'false', type: 'boolean' }],
		),
		updateRows('Say that the bytes are gone', {
			table: 'files',
			at: [15, 1],
			where: [
				{ column: 'id', value: '={{ $json.id }}' },
				{ column: 'state', value: 'depositing' },
			],
			values: {
				state: 'failed',
				attempts: `={{ ${setting('maxAttempts')} }}`,
				error:
					'The bytes are no longer in the ledger. Send the documents anew with "Send again" in the form of the export.',
			},
		}),
		toFile('Make the file', [15, 0.5], 'content', '={{ $json.file_name }}'),
		sideBySide('File and row', [16, 0]),
		sftpDeposit('Deposit at the partner', [17, 0], {
			operation: 'deposit',
			folder: "={{ $json.folder || '/inbound' }}",
			fileName: '={{ $json.file_name }}',
			options: {
				earlierAttempt: `={{ ['depositing', 'in doubt'].includes(${earlierState}) }}`,
				whenInDoubt: `={{ ${setting('whenInDoubt')} }}`,
			},
		}),
		// Documents before their file, as in the export. One that the partner rejected stays rejected: the
		// same bytes are no answer to that.
		filter(
			'Something was sent',
			[18, 0],
			[{ left: `={{ ${nothingSent} }}`, operator: 'false', type: 'boolean' }],
		),
		updateRows('Record the documents as sent', {
			table: 'documents',
			at: [19, 0],
			where: [
				{ column: 'file_key', value: '={{ $json.file_key }}' },
				{ column: 'state', condition: 'neq', value: STATE_OF_OUTCOME },
				...REFUSED.map((value): RowCondition => ({ column: 'state', condition: 'neq', value })),
			],
			values: { state: STATE_OF_OUTCOME },
		}),
		updateRows('Record the outcome', {
			table: 'files',
			at: [18, 1],
			where: [
				{ column: 'file_key', value: '={{ $json.file_key }}' },
				{ column: 'state', value: 'depositing' },
			],
			values: {
				state: `={{ ${nothingSent} ? ${earlierState} : ${stateOfOutcome} }}`,
				path: "={{ $json.receipt?.path ?? '' }}",
				host_key: "={{ $json.receipt?.hostKeyFingerprint ?? '' }}",
				deposited_at: `={{ ${nothingSent} ? $json.deposited_at : ($json.receipt?.finishedAt ?? '') }}`,
				error: "={{ ($json.issues ?? []).map((issue) => issue.message).join(' ') }}",
			},
		}),
		{
			...branch(
				'For a person?',
				[19, 1],
				[
					{
						left: `={{ $('Record the outcome').all().some((file) => file.json.state === 'in doubt' || (file.json.state === 'failed' && (${asked} || file.json.attempts >= ${setting('maxAttempts')}))) }}`,
						operator: 'true',
						type: 'boolean',
					},
				],
			),
			executeOnce: true,
		},
		stopWithError(
			'Tell who watches',
			[20, 1],
			"={{ $('Record the outcome').all().filter((file) => ['failed', 'in doubt'].includes(file.json.state)).map((file) => file.json.file_name + ': ' + file.json.state + ' after ' + file.json.attempts + ' attempts. ' + file.json.error).join('\\n') }}",
		),
	],
	connections: [
		{ from: SCHEDULE, to: CONFIGURE },
		{ from: FORM, to: CONFIGURE },
		...chain(CONFIGURE, TABLE_NODES.documents, TABLE_NODES.files, TABLE_NODES.contents, 'By hand?'),
		{ from: 'By hand?', to: 'Find the file' },
		{ from: 'By hand?', to: 'Files that are not delivered', output: 1 },
		{ from: 'Find the file', to: 'Due' },
		{ from: 'Files that are not delivered', to: 'Due' },
		...chain('Due', 'Never left?', 'Take it from its run', 'Let its documents be exported anew'),
		{ from: 'Take it from its run', to: 'Let its replacements be exported anew' },
		{ from: 'Take it from its run', to: 'Give the file up' },
		{ from: 'Never left?', to: 'Remember the state', output: 1 },
		...chain('Remember the state', 'Claim'),
		{ from: 'Claim', to: 'Wait for the bytes' },
		...chain('Claim', 'Read the bytes'),
		{ from: 'Read the bytes', to: 'Wait for the bytes', input: 1 },
		...chain('Wait for the bytes', 'Put the parts together', WHOLE),
		{ from: WHOLE, to: 'File and row' },
		{ from: WHOLE, to: 'Make the file' },
		{ from: 'Make the file', to: 'File and row', input: 1 },
		{ from: WHOLE, to: 'Say that the bytes are gone', output: 1 },
		...chain(
			'File and row',
			'Deposit at the partner',
			'Something was sent',
			'Record the documents as sent',
		),
		{ from: 'Deposit at the partner', to: 'Record the outcome' },
		{ from: 'Record the outcome', to: 'For a person?' },
		{ from: 'For a person?', to: 'Tell who watches' },
	] satisfies ConnectionSource[],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5.5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Everyone who runs the export templates: it finishes what a broken connection or a crash left behind.',
				howItWorks: [
					'Every 15 minutes it looks for files that failed, are in doubt, or were left in mid-flow, and waits longer after each attempt.',
					'Each file is claimed, so that of two replays one sends it. The bytes come from the ledger: same content, name and control numbers.',
					'A file that never left is given up; the sweep exports its documents anew.',
					'With the form a person sends any file again, by its name, control number or a document number.',
				],
				setUp: [
					SET_UP_SFTP,
					'In **Configure me** choose `config.whenInDoubt` for this partner: `hold` (a person decides) or `sendAgain`.',
					'Activate it beside the exports, in the same project.',
				],
				requirements: [
					'n8n 2.36 or later with Data Tables',
					"The partner's SFTP account and host-key fingerprint",
				],
				customize: [
					'One workflow for each partner server: add a condition on `partner` to **Due**.',
					"Set the alert template as this workflow's error workflow.",
				],
			}),
		},
		{
			at: [5, 0],
			size: [4, 2],
			color: 7,
			content:
				'### Which files\nFailed ones after a growing wait, stranded ones after half an hour; or what a person asked for.',
		},
		{
			at: [9, 0],
			size: [8, 2],
			color: 7,
			content:
				'### Claim, then the same bytes\nThe update names the state it expects. Of two replays one wins.',
		},
		{
			at: [17, 0],
			size: [4, 2],
			color: 7,
			content:
				'### Deposit\nA file that already arrived is recognised by its content and not sent twice.',
		},
	],
};
