/** Exports of business documents as EDI: one row each, one pipeline for all. */
import type { NodeSource, WorkflowSource } from '../builder.ts';
import type { Assignment } from '../coreNodes.ts';
import { COMMON_SETTINGS, exportPipeline, pipelineStickies, setting } from '../exportPipeline.ts';
import { ediEncode } from '../ownNodes.ts';
import { renderReadMe } from '../readMe.ts';
import { exportEntrances, SEND_AGAIN, SET_UP_EXACT, SET_UP_SFTP } from './exportEntrances.ts';

export interface EdiExport {
	readonly file: string;
	readonly title: string;
	/** What the user calls the documents. */
	readonly documents: string;
	readonly resource: string;
	readonly include: readonly string[];
	readonly standard: 'x12' | 'edifact';
	readonly documentType: string;
	/** `810`, `INVOIC`. */
	readonly message: string;
	readonly whoFor: string;
	/** What is special in reading or encoding these documents. */
	readonly special: string;
}

const INVOICE_INCLUDES = [
	'lines',
	'supplier',
	'glAccount',
	'costCenter',
	'vatCode',
	'paymentCondition',
];

export const EDI_EXPORTS: readonly EdiExport[] = [
	{
		file: '01-export-purchase-invoices-x12',
		title: 'Send purchase invoices from Exact Online to a partner as X12 810',
		documents: 'purchase entries',
		resource: 'purchaseEntry',
		include: INVOICE_INCLUDES,
		standard: 'x12',
		documentType: 'invoice',
		message: '810',
		whoFor:
			'Companies whose accounting is in Exact Online and whose partner, ERP or EDI gateway takes supplier invoices as X12 810 over SFTP.',
		special:
			'G/L account and cost center stand in each line (`REF*GZ`, `REF*CA`), so that the receiver routes the invoice.',
	},
	{
		file: '02-export-payments-x12',
		title: 'Send payments from Exact Online to a partner as X12 820',
		documents: 'payments',
		resource: 'payment',
		include: ['supplier', 'bankAccounts', 'invoice'],
		standard: 'x12',
		documentType: 'remittance',
		message: '820',
		whoFor:
			'Companies that tell suppliers, or the gateway that serves them, which invoices a payment settles.',
		special:
			'Processed and matched payments are grouped per supplier, currency and bank batch. The 820 advises; it never orders a payment.',
	},
	{
		file: '03-export-purchase-orders-x12',
		title: 'Send purchase orders from Exact Online to a partner as X12 850',
		documents: 'purchase orders',
		resource: 'purchaseOrder',
		include: [
			'lines',
			'supplier',
			'item',
			'supplierItem',
			'vatCode',
			'costCenter',
			'paymentCondition',
			'deliveryAddress',
		],
		standard: 'x12',
		documentType: 'purchaseOrder',
		message: '850',
		whoFor: 'Companies that order in Exact Online and whose suppliers take orders as X12 850.',
		special: 'Cancelled and unapproved orders are left out. A changed order becomes a replacement.',
	},
	{
		file: '04-export-purchase-invoices-edifact',
		title: 'Send purchase invoices from Exact Online to a partner as EDIFACT INVOIC',
		documents: 'purchase entries',
		resource: 'purchaseEntry',
		include: INVOICE_INCLUDES,
		standard: 'edifact',
		documentType: 'invoice',
		message: 'INVOIC',
		whoFor:
			'Companies in Europe whose partner, ERP or EDI gateway takes supplier invoices as EDIFACT INVOIC over SFTP.',
		special:
			'Release, character set and association code (such as EAN008) follow the partner’s guideline.',
	},
];

export const INVOICES_X12 = EDI_EXPORTS[0] as EdiExport;

/** What "Configure me" holds for such an export. */
export function ediSettings(row: EdiExport): Assignment[] {
	const qualifier = row.standard === 'x12' ? 'ZZ' : 'ZZZ';
	return [
		// Another partner to the ledger than the X12 one: both may get the same invoices.
		{ name: 'config.partner', value: row.standard === 'x12' ? 'PARTNER' : 'PARTNER-EDIFACT' },
		{ name: 'config.senderQualifier', value: qualifier },
		{ name: 'config.senderId', value: 'MYCOMPANY' },
		{ name: 'config.receiverQualifier', value: qualifier },
		{ name: 'config.receiverId', value: 'PARTNER' },
		{ name: 'config.usage', value: 'test' },
		{ name: 'config.changedDocuments', value: 'replacement' },
		...COMMON_SETTINGS,
	];
}

/** The encode node, set by "Configure me". */
export function encodeWithSettings(row: EdiExport, at: readonly [number, number]): NodeSource {
	const fields = [
		'partner',
		'senderQualifier',
		'senderId',
		'receiverQualifier',
		'receiverId',
		'usage',
		'changedDocuments',
	];
	return ediEncode(encodeName(row), at, {
		standard: row.standard,
		documentType: row.documentType,
		// One partner: its settings are read once, not for every document.
		batching: 'perRun',
		...Object.fromEntries(fields.map((field) => [field, `={{ ${setting(field)} }}`])),
	});
}

function encodeName(row: EdiExport): string {
	return `Encode as ${row.standard === 'x12' ? 'X12' : 'EDIFACT'} ${row.message}`;
}

function ediExport(row: EdiExport): WorkflowSource {
	const trigger = `When ${row.documents} change`;
	const read = `Read ${row.documents}`;
	const entrances = exportEntrances({
		triggerName: trigger,
		readName: read,
		resource: row.resource,
		include: row.include,
		formTitle: `Send ${row.documents}`,
		formDescription: `Sends the ${row.documents} of these dates, or these numbers. What the partner already has is skipped, unless you send it again.`,
	});
	const pipeline = exportPipeline({
		column: 2,
		sendAgain: SEND_AGAIN,
		settings: ediSettings(row),
		encode: (at) => encodeWithSettings(row, at),
	});
	return {
		file: row.file,
		title: row.title,
		nodes: [...entrances.nodes, ...pipeline.nodes],
		connections: [...entrances.connections, ...pipeline.connections],
		stickies: [
			{
				at: [-3, 0],
				size: [2.8, 5.5],
				color: 1,
				content: renderReadMe(row.title, {
					whoFor: row.whoFor,
					howItWorks: [
						`Every morning the trigger reads ${row.documents} that are new or changed.`,
						'What the ledger has with the same content is skipped; a changed document follows `config.changedDocuments` (`replacement`, `original` or `hold`).',
						`Valid documents become one ${row.message} interchange; one that cannot make a valid ${row.message} is recorded with the field that is missing. ${row.special}`,
						"The file is deposited in the partner's folder and the outcome recorded.",
					],
					setUp: [
						SET_UP_EXACT,
						SET_UP_SFTP,
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
						`Code maps, extra segments and options are in **${encodeName(row)}**.`,
						'The schedule is in the trigger; another partner is a copy of this workflow.',
						"Set the alert template as this workflow's error workflow.",
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
}

export const ediExports: readonly WorkflowSource[] = EDI_EXPORTS.map(ediExport);
