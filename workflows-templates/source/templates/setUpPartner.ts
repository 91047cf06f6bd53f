import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { form, formEnding, formPage } from '../coreNodes.ts';
import { ediLedger } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';

const TITLE = 'Set up a trading partner for Exact Online to EDI';
const FORM = 'Set up a partner';
const ASK = 'Ask before saving';
const SET_UP = 'Set up the agreements';

const field = (label: string) => `={{ $('${FORM}').first().json['${label}'] }}`;

/** What the form offers, and the name of it in the node. */
const KINDS = {
	'Purchase invoices as X12 810': 'x12-810',
	'Payments as X12 820': 'x12-820',
	'Purchase orders as X12 850': 'x12-850',
	'Purchase invoices as EDIFACT INVOIC': 'edifact-invoic',
	'Purchase orders as EDIFACT ORDERS': 'edifact-orders',
	'Payments as EDIFACT REMADV': 'edifact-remadv',
	'Fixed-width file': 'fixed-width',
	'CSV file': 'csv',
} as const;

const DRAFT = 'Draft: nothing is sent';
const STAGES = [DRAFT, 'Test', 'Production'];

export const setUpPartner: WorkflowSource = {
	file: '00-set-up-partner',
	title: TITLE,
	nodes: [
		form(
			FORM,
			[0, 0],
			'Set up a partner',
			'Who gets files from you, and as what. The next page asks before anything is saved. The same names again change what is there.',
			[
				{ label: 'Your company', type: 'text', required: true, placeholder: 'e.g. Jansen BV' },
				{ label: 'Your ID', type: 'text', required: true, placeholder: 'e.g. MYCOMPANY' },
				{ label: 'Partner', type: 'text', required: true, placeholder: 'e.g. ACME' },
				{ label: 'Partner ID', type: 'text', required: true, placeholder: 'e.g. ACME' },
				{ label: 'What it gets', type: 'checkbox', options: Object.keys(KINDS), required: true },
				{ label: 'Folder on its server', type: 'text', value: '/inbound', required: true },
				{ label: 'Send documents from', type: 'date' },
				{ label: 'Stage', type: 'radio', options: STAGES, value: DRAFT, required: true },
			],
		),
		formPage(ASK, [1, 0], 'Save this?', 'Go on', [
			{
				label: 'what',
				type: 'html',
				html: `=<p><b>{{ $json['Your company'] }}</b> ({{ $json['Your ID'] }}) to <b>{{ $json['Partner'] }}</b> ({{ $json['Partner ID'] }})</p><p>{{ $json['What it gets'].join(', ') }}, into {{ $json['Folder on its server'] }}. Stage: {{ $json['Stage'] }}</p><p>Documents of {{ $json['Send documents from'] || 'today, or the day that was said before,' }} and later; older ones are never sent.</p>`,
			},
			{ label: 'Save it?', type: 'radio', options: ['No', 'Yes'], value: 'No', required: true },
		]),
		{
			...ediLedger(SET_UP, [2, 0], 'agreement', 'setUp', {
				goAheadOnlyOnYes: "={{ $json['Save it?'] }}",
				companyName: field('Your company'),
				companyIdentification: field('Your ID'),
				partnerName: field('Partner'),
				partnerIdentification: `={{ $('${FORM}').first().json['Partner ID'] }}`,
				kinds: `={{ $('${FORM}').first().json['What it gets'].map((what) => (${JSON.stringify(KINDS)})[what]) }}`,
				settings: {
					folder: field('Folder on its server'),
					sendFrom: field('Send documents from'),
					stage: `={{ $('${FORM}').first().json['Stage'].split(':')[0].toLowerCase() }}`,
				},
			}),
			onError: 'continueRegularOutput' as const,
		},
		formEnding('Show the agreements', [3, 0], '={{ $json.html ?? $json.reason }}'),
	],
	connections: chain(FORM, ASK, SET_UP, 'Show the agreements'),
	stickies: [
		readMeNote(TITLE, {
			whoFor: 'Whoever agrees with a partner what it gets. This comes first.',
			howItWorks: [
				'The form asks for your company, the partner, their IDs, and what the partner gets.',
				'It begins as *Draft*: everything is made and shown, nothing is sent, and no number is used.',
				'The same names again change the agreements: the way to *Test* and *Production*.',
			],
			setUp: [
				'*Execute workflow* opens the form. Publish the workflow, and its form has an address for others, too.',
				'A production set, in the order of publishing: 12 (alert), 00, the exports you need (01 to 06), 10 (replay), 07 and 08 (acknowledgments), 11 (ledger page). 09 only where a receiver never acknowledges.',
			],
			requirements: ['n8n 2.41 or later', 'A login to this n8n for whoever opens the form'],
			customize: [
				"What a partner's guideline asks for beyond this is in the node **EDI Ledger**, *Agreement: Save*.",
				'A ledger of its own with an access key, or PostgreSQL: the credential **EDI Ledger API**.',
			],
		}),
	],
};
