import type { WorkflowSource } from '../builder.ts';
import { COMMON_SETTINGS, exportPipeline, pipelineStickies, setting } from '../exportPipeline.ts';
import { ediEncode } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { exportEntrances, SEND_AGAIN } from './exportEntrances.ts';

const TITLE = 'Send purchase invoices from Exact Online to a partner as X12 810';

const entrances = exportEntrances({
	triggerName: 'When purchase entries change',
	readName: 'Read purchase entries',
	resource: 'purchaseEntry',
	include: ['lines', 'supplier', 'glAccounts', 'costCenters', 'vatCodes', 'paymentConditions'],
	formTitle: 'Export purchase invoices',
	formDescription:
		'Sends the purchase invoices of these dates, or these numbers. What the partner already has is skipped, unless you send it again.',
});

const pipeline = exportPipeline({
	column: 2,
	sendAgain: SEND_AGAIN,
	settings: [
		{ name: 'config.partner', value: 'PARTNER' },
		{ name: 'config.senderQualifier', value: 'ZZ' },
		{ name: 'config.senderId', value: 'MYCOMPANY' },
		{ name: 'config.receiverQualifier', value: 'ZZ' },
		{ name: 'config.receiverId', value: 'PARTNER' },
		{ name: 'config.usage', value: 'test' },
		{ name: 'config.changedDocuments', value: 'replacement' },
		...COMMON_SETTINGS,
	],
	encode: (at) =>
		ediEncode('Encode as X12 810', at, {
			standard: 'x12',
			partner: `={{ ${setting('partner')} }}`,
			senderQualifier: `={{ ${setting('senderQualifier')} }}`,
			senderId: `={{ ${setting('senderId')} }}`,
			receiverQualifier: `={{ ${setting('receiverQualifier')} }}`,
			receiverId: `={{ ${setting('receiverId')} }}`,
			usage: `={{ ${setting('usage')} }}`,
			changedDocuments: `={{ ${setting('changedDocuments')} }}`,
		}),
});

export const exportPurchaseInvoicesX12: WorkflowSource = {
	file: '01-export-purchase-invoices-x12',
	title: TITLE,
	nodes: [...entrances.nodes, ...pipeline.nodes],
	connections: [...entrances.connections, ...pipeline.connections],
	stickies: [
		{
			at: [-3, 0],
			size: [2.8, 5],
			color: 1,
			content: renderReadMe(TITLE, {
				whoFor:
					'Companies whose accounting is in Exact Online and whose partner, ERP or EDI gateway takes supplier invoices as X12 810 over SFTP.',
				howItWorks: [
					'Every morning the trigger reads purchase entries that are new or changed, with their lines, supplier, G/L accounts and cost centers.',
					'What the ledger has with the same content is skipped; a changed one becomes a replacement.',
					'Valid documents become one 810 interchange; a document that cannot make a valid 810 is recorded with the field that is missing.',
					"The file is deposited in the partner's folder and the outcome recorded.",
				],
				setUp: [
					'Connect the credential **Exact Online OAuth2 API**.',
					"Connect the credential **SFTP (Host Key Verified)** with the partner's host-key fingerprint.",
					'Fill in **Configure me**: the IDs agreed with the partner, and the folder.',
					'Run the form with a few document numbers and look at the file, then activate the workflow.',
					'When the partner has accepted test files, set `config.usage` to `production`.',
				],
				requirements: [
					'n8n 2.36 or later with Data Tables',
					'An Exact Online app registration (client ID and secret)',
					"The partner's IDs, SFTP account and host-key fingerprint",
				],
				customize: [
					'Qualifiers, code maps and extra segments are in **Encode as X12 810**.',
					'The schedule is in the trigger; another partner is a copy of this workflow.',
					"Set the workflow **Raise an alert** as this workflow's error workflow.",
				],
			}),
		},
		{
			at: [0, 0],
			size: [2, 2],
			color: 7,
			content:
				'### Entrances\nThe trigger for every day; the form for a date range, single documents, the first backfill, or sending again.',
		},
		...pipelineStickies(2),
	],
};
