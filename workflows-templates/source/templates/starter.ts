import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { agreement, ediEncode, ediLedger, exactTrigger, sftpDeposit } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';

const TITLE = 'Start here: purchase invoices from Exact Online to a partner';
const TRIGGER = 'When purchase entries change';

/** The shortest flow that sends each document once. */
export const starter: WorkflowSource = {
	file: '00-start-here',
	title: TITLE,
	nodes: [
		exactTrigger(TRIGGER, [0, 0], {
			resource: 'purchaseEntry',
			include: ['lines', 'supplier', 'glAccount', 'costCenter', 'vatCode', 'paymentCondition'],
			pollTimes: { item: [{ mode: 'everyX', value: 15, unit: 'minutes' }] },
		}),
		ediLedger('Take new or changed', [1, 0], 'document', 'take', {
			agreementBy: 'only',
			kind: 'x12-810',
			agreement,
		}),
		ediEncode('Encode', [2, 0], {}),
		{ ...sftpDeposit('Deposit at the partner', [3, 0], {}), onError: 'stopWorkflow' as const },
	],
	connections: chain(TRIGGER, 'Take new or changed', 'Encode', 'Deposit at the partner'),
	stickies: [
		readMeNote(TITLE, {
			whoFor: 'Whoever builds a flow of the own, or wants to see how little it takes.',
			howItWorks: [
				'The trigger reads what is new or changed in Exact Online.',
				'**Take new or changed** passes on what the partner does not have yet.',
				'The file is made, checked and deposited: whole or not at all, and once.',
			],
			setUp: [
				'Set up the partner with template 00 (*Set up a trading partner*).',
				'Make the two credentials and choose your division in the trigger. **Take new or changed** finds the agreement by itself; with several of one kind, choose it there.',
				'Run it by hand: an agreement in *Draft* shows the file and sends nothing.',
			],
			requirements: [
				'n8n 2.41 or later',
				'The credentials **Exact Online OAuth2 API** and **SFTP (Verified Host) API**',
			],
			customize: [
				'Templates 01 to 06 add the nightly run, the form, and what to do when something fails.',
			],
		}),
	],
};
