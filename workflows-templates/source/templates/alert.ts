import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { noOperation, setFields } from '../coreNodes.ts';
import { CONFIGURE, setting } from '../exportPipeline.ts';
import { createTable, getRows, TABLE_NODES } from '../ledger.ts';
import { renderReadMe } from '../readMe.ts';

const TITLE = 'Raise an alert when an Exact Online to EDI workflow fails';
const ERROR = 'When a workflow fails';
const SEND = 'Send the alert (replace me)';

const failed = (path: string) => `$('${ERROR}').first().json.${path}`;

/** The error workflow of all others. */
export const alert: WorkflowSource = {
	file: '12-alert-on-failure',
	title: TITLE,
	nodes: [
		{
			name: ERROR,
			type: 'n8n-nodes-base.errorTrigger',
			typeVersion: 1,
			at: [0, 0],
			parameters: {},
		},
		setFields(
			CONFIGURE,
			[1, 0],
			[
				{ name: 'config.subjectPrefix', value: '[Exact Online EDI]' },
				{ name: 'config.recipient', value: 'accounting@example.com' },
			],
		),
		createTable('documents', [2, 0]),
		createTable('files', [3, 0]),
		{
			...getRows('Files of the run', {
				table: 'files',
				at: [4, 0],
				where: [{ column: 'execution_id', value: `={{ ${failed("execution?.id ?? 'none'")} }}` }],
			}),
			alwaysOutputData: true,
			executeOnce: true,
		},
		{
			...getRows('Documents of the run', {
				table: 'documents',
				at: [5, 0],
				where: [{ column: 'execution_id', value: `={{ ${failed("execution?.id ?? 'none'")} }}` }],
			}),
			alwaysOutputData: true,
			executeOnce: true,
		},
		{
			...setFields(
				'Write the alert',
				[6, 0],
				[
					{ name: 'recipient', value: `={{ ${setting('recipient')} }}` },
					{
						name: 'subject',
						value: `={{ ${setting('subjectPrefix')} + ' ' + ${failed('workflow.name')} + ' failed' }}`,
					},
					{
						name: 'text',
						value: `={{ [
  'Workflow: ' + ${failed('workflow.name')},
  'Step: ' + (${failed('execution?.lastNodeExecuted')} ?? 'the trigger'),
  'What happened: ' + (${failed('execution?.error?.message')} ?? ${failed('trigger?.error?.message')} ?? 'unknown'),
  'What to do: ' + (${failed('execution?.error?.description')} ?? 'Open the execution and read the step.'),
  ...$('Files of the run').all().filter((row) => row.json.file_name).map((row) => 'File: ' + row.json.file_name + ' is ' + row.json.state + (row.json.error ? ' (' + row.json.error + ')' : '')),
  ...$('Documents of the run').all().filter((row) => row.json.document_key).map((row) => 'Document: ' + row.json.document_number + ' is ' + row.json.state + (row.json.issues ? ' (' + row.json.issues + ')' : '')),
  'Nothing is lost: failed files are sent again by the replay workflow, missing documents are found by the sweep.',
  'Execution: ' + (${failed('execution?.url')} ?? ''),
].join('\\n') }}`,
					},
				],
				false,
			),
			executeOnce: true,
		},
		noOperation(SEND, [7, 0]),
	],
	connections: chain(
		ERROR,
		CONFIGURE,
		TABLE_NODES.documents,
		TABLE_NODES.files,
		'Files of the run',
		'Documents of the run',
		'Write the alert',
		SEND,
	),
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Whoever must know in the morning that an export, a replay or an acknowledgment did not work.',
				howItWorks: [
					'n8n starts this workflow when one that names it as error workflow fails.',
					'It looks up the files and documents of the failed run in the ledger.',
					'It writes a subject and a text: what failed, for which documents, what to do.',
				],
				setUp: [
					`Replace **${SEND}** by your e-mail, Slack or Teams node; map \`recipient\`, \`subject\` and \`text\`.`,
					'Fill in **Configure me**.',
					'In each export, replay and acknowledgment workflow: *Settings → Error workflow* → this one.',
				],
				requirements: ['n8n 2.36 or later with Data Tables', 'An account for the node that sends'],
				customize: ['The wording is in **Write the alert**.'],
			}),
		},
		{
			at: [2, 0],
			size: [4, 1.6],
			color: 7,
			content:
				'### What the ledger knows\nFiles and documents of the run that failed, so that the alert names them.',
		},
	],
};
