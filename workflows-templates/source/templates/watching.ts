/** What people see without an execution: the ledger page and the mails. */
import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { errorTrigger, everyMinutes, respondWithPage, sendEmail, webhook } from '../coreNodes.ts';
import { ediLedger } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';

const PAGE_TITLE = 'Show the ledger of Exact Online to EDI as a web page';
const OPENED = 'When the page is opened';
const MAKE = 'Make the page';
const SHOW = 'Show the page';

const ledgerPage: WorkflowSource = {
	file: '11-ledger-page',
	title: PAGE_TITLE,
	// n8n would keep the password of every visitor with the headers of the request.
	savesNoExecutions: true,
	nodes: [
		webhook(OPENED, [0, 0], 'edi-ledger'),
		ediLedger(MAKE, [1, 0], 'ledger', 'page', { query: '={{ $json.query }}' }),
		respondWithPage(SHOW, [2, 0]),
	],
	connections: chain(OPENED, MAKE, SHOW),
	stickies: [
		readMeNote(PAGE_TITLE, {
			whoFor: 'The controller, the auditor, and whoever is asked what was sent.',
			howItWorks: [
				'The page shows what is to do, documents and files with their history, contents in words, and the answers of the partner.',
				'It changes nothing. *Send again* opens the form of template 10, which asks.',
			],
			setUp: [
				'Choose a Basic Auth credential in **When the page is opened**: whoever knows it sees the ledger.',
				'Publish, and open the production address of the webhook.',
			],
			requirements: ['n8n 2.41 or later'],
			customize: [
				'*Only Company* and *Only Partner* in **Make the page** show a part of the ledger.',
				'The address of the replay form is a field of **Make the page**.',
			],
		}),
	],
};

const ALERT_TITLE = 'Raise an alert when an Exact Online to EDI workflow fails';
const FAILED = 'When a workflow fails';
const DESCRIBE = 'Say what happened';
const SCHEDULE = 'Every hour';
const TO_DO = 'What is new to do';
const SEND_ALERT = 'Send the alert';
const SEND_TO_DO = 'Send what is to do';

const alert: WorkflowSource = {
	file: '12-alert-on-failure',
	title: ALERT_TITLE,
	nodes: [
		errorTrigger(FAILED, [0, 0]),
		ediLedger(DESCRIBE, [1, 0], 'ledger', 'describeFailure'),
		sendEmail(SEND_ALERT, [2, 0], 'accounting@example.com'),
		everyMinutes(SCHEDULE, [0, 1], 60),
		ediLedger(TO_DO, [1, 1], 'ledger', 'tellToDo'),
		sendEmail(SEND_TO_DO, [2, 1], 'accounting@example.com'),
	],
	connections: [...chain(FAILED, DESCRIBE, SEND_ALERT), ...chain(SCHEDULE, TO_DO, SEND_TO_DO)],
	stickies: [
		readMeNote(ALERT_TITLE, {
			whoFor: 'Whoever must know in the morning that something was not sent.',
			howItWorks: [
				'n8n starts this workflow when one that names it as error workflow fails: one mail says what happened, for which documents, and what to do.',
				'n8n tells nobody of a run that was stopped, timed out or killed: every hour the ledger is asked what is to do, and each thing is told once.',
			],
			setUp: [
				'Choose your SMTP account and the address in both mail nodes.',
				'Publish this workflow first: only then can others name it.',
				'In each other workflow: *Settings → Error workflow* → this one.',
			],
			requirements: ['n8n 2.41 or later', 'An SMTP account'],
			customize: ['Slack or Teams in place of mail: map `subject` and `text`.'],
		}),
	],
};

export const watching: readonly WorkflowSource[] = [ledgerPage, alert];
