/** Acknowledgments: ours for what came in, the partner's for what we sent, and receipts on behalf. */
import type { WorkflowSource } from '../builder.ts';
import { chain, COLUMN } from '../builder.ts';
import { everyDayAt, everyMinutes, sendEmail, stopWithError } from '../coreNodes.ts';
import { REPORT, STOP } from '../exportFlow.ts';
import { ackGenerate, ediLedger, sftpDeposit } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';

const SFTP_ONLY = [
	'n8n 2.41 or later',
	"The credential **SFTP (Verified Host) API** (the partner's server and its host key)",
];
const SET_UP_SERVER = [
	"Connect the partner's SFTP account in every SFTP node.",
	'Check the folders in the SFTP nodes.',
	'*Settings → Error workflow*: template 12. Publish.',
];

const report = ediLedger(REPORT, [5, 1], 'ledger', 'reportRun');
const stop = stopWithError(STOP, [6, 1], '={{ $json.text }}');

const MOVE = 'Move the file';

const INBOUND_TITLE = 'Acknowledge EDI files from a partner with 997 or CONTRL';
const LOOK = 'Look for files';
const RECORD = 'Record received';
const ANSWER = 'Check and answer';
const DEPOSIT_ANSWER = 'Deposit the answer';
const RECORD_ANSWERED = 'Settle received';

/** Seven columns fit on a screen when they stand closer than usual. */
const CLOSE = 208 / COLUMN;

const acknowledge: WorkflowSource = {
	file: '07-acknowledge-inbound-files',
	title: INBOUND_TITLE,
	nodes: [
		everyMinutes('Every 15 minutes', [0, 0], 15),
		sftpDeposit(LOOK, [CLOSE, 0], { operation: 'pickUp', folder: '/outbound', pattern: '*' }),
		ediLedger(
			RECORD,
			[2 * CLOSE, 0],
			'file',
			'recordReceived',
			{},
			{ onError: 'continueRegularOutput' },
		),
		{
			...ackGenerate(ANSWER, [3 * CLOSE, 0], {
				operation: 'generate',
				options: { leaveApplicationAnswers: true },
			}),
			onError: 'continueRegularOutput',
		},
		sftpDeposit(DEPOSIT_ANSWER, [4 * CLOSE, 0], { operation: 'deposit', folder: '/acks' }),
		ediLedger(RECORD_ANSWERED, [5 * CLOSE, 0], 'file', 'settleReceived'),
		sftpDeposit(MOVE, [6 * CLOSE, 0], {
			operation: 'move',
			path: '={{ $json.path }}',
			toFolder: '=/{{ $json.moveTo }}',
		}),
		{ ...report, at: [3 * CLOSE, 1] },
		{ ...stop, at: [4 * CLOSE, 1] },
	],
	connections: [
		...chain('Every 15 minutes', LOOK, RECORD, ANSWER, DEPOSIT_ANSWER, RECORD_ANSWERED, MOVE),
		{ from: ANSWER, to: RECORD_ANSWERED, output: 1 },
		{ from: RECORD_ANSWERED, to: REPORT, output: 1 },
		{ from: REPORT, to: STOP, output: 1 },
	],
	stickies: [
		readMeNote(INBOUND_TITLE, {
			whoFor: 'Whoever gets EDI files from a partner that expects an acknowledgment for each.',
			howItWorks: [
				"New files in the partner's `outbound` folder are read and recorded; each is answered once, however many runs overlap.",
				'A 997, 999, TA1 or CONTRL says which sets are accepted, with every error found.',
				'The answer goes into `acks`; then the file is moved to `processed`, or to `error` when it was refused.',
				"The partner's own acknowledgments and application answers (824, APERAK) stay where they are: template 08 reads them.",
			],
			setUp: SET_UP_SERVER,
			requirements: SFTP_ONLY,
			customize: ['999 in place of 997, and what is checked, are in **Check and answer**.'],
		}),
	],
};

const RECONCILE_TITLE = 'Reconcile acknowledgments of a partner and tell what is overdue';
const READ = 'Read acknowledgments';
const RECORD_ANSWERS = 'Record what they say';
const DIGEST = 'Write the digest';
const SEND_DIGEST = 'Send the digest';

const reconcile: WorkflowSource = {
	file: '08-reconcile-acknowledgments',
	title: RECONCILE_TITLE,
	nodes: [
		everyMinutes('Every 15 minutes', [0, 0], 15),
		sftpDeposit(LOOK, [1, 0], { operation: 'pickUp', folder: '/outbound', pattern: '*' }),
		{ ...ackGenerate(READ, [2, 0], { operation: 'reconcile' }), onError: 'continueRegularOutput' },
		ediLedger(RECORD_ANSWERS, [3, 0], 'file', 'recordAcknowledgment'),
		sftpDeposit(MOVE, [4, 0], {
			operation: 'move',
			path: '={{ $json.path }}',
			toFolder: '/processed',
		}),
		everyDayAt('Every morning', [0, 1], 7),
		ediLedger('Mark what is overdue', [1, 1], 'file', 'getOverdue', {}, { alwaysOutputData: true }),
		ediLedger(DIGEST, [2, 1], 'ledger', 'digest', {}, { executeOnce: true }),
		sendEmail(SEND_DIGEST, [3, 1], 'accounting@example.com'),
	],
	connections: [
		...chain('Every 15 minutes', LOOK, READ, RECORD_ANSWERS, MOVE),
		...chain('Every morning', 'Mark what is overdue', DIGEST, SEND_DIGEST),
	],
	stickies: [
		readMeNote(RECONCILE_TITLE, {
			whoFor: 'Whoever must know what the partner accepted, refused, or never answered.',
			howItWorks: [
				"The partner's 997, 999, TA1 and CONTRL, and what its application says (824, APERAK), are read and written beside the files and documents they answer.",
				'A rejected document is sent anew by its export after it was mended in Exact Online.',
				"Every morning a digest says what was sent, what waits, and the ledger's head: keep these mails, they prove the history.",
			],
			setUp: [
				...SET_UP_SERVER.slice(0, 2),
				'Choose the SMTP account and the address in **Send the digest**.',
				...SET_UP_SERVER.slice(2),
			],
			requirements: [...SFTP_ONLY, 'An SMTP account'],
			customize: ['The hour of the digest is in **Every morning**.'],
		}),
	],
};

const BEHALF_TITLE = 'Receipt on behalf of a receiver that took a file of ours';
const ON_BEHALF = 'Write its receipt';
const DEPOSIT_RECEIPT = 'Deposit the receipt';

const receiptOnBehalf: WorkflowSource = {
	file: '09-receipt-on-behalf',
	title: BEHALF_TITLE,
	nodes: [
		everyMinutes('Every hour', [0, 0], 60),
		sftpDeposit('Look what was taken', [1, 0], {
			operation: 'pickUp',
			folder: '/processed',
			pattern: '*',
		}),
		ediLedger('Record pick-up', [2, 0], 'file', 'recordPickUp', { knownBy: 'content' }),
		{
			...ackGenerate(ON_BEHALF, [3, 0], { operation: 'generateOnBehalf' }),
			onError: 'continueRegularOutput',
		},
		sftpDeposit(DEPOSIT_RECEIPT, [4, 0], { operation: 'deposit', folder: '/acks' }),
	],
	connections: chain(
		'Every hour',
		'Look what was taken',
		'Record pick-up',
		ON_BEHALF,
		DEPOSIT_RECEIPT,
	),
	stickies: [
		readMeNote(BEHALF_TITLE, {
			whoFor:
				'Companies whose receiver takes the files but never acknowledges, while somebody asks for a receipt.',
			howItWorks: [
				'A file of ours that the receiver moved to `processed` is recorded as picked up.',
				'The receipt its receiver would have sent is written into `acks`, once for each file.',
				'It is evidence of its own: a file without a real answer still becomes overdue.',
			],
			setUp: SET_UP_SERVER,
			requirements: SFTP_ONLY,
			customize: ['The folder where your receiver puts what it took.'],
		}),
	],
};

export const acknowledgments: readonly WorkflowSource[] = [acknowledge, reconcile, receiptOnBehalf];
