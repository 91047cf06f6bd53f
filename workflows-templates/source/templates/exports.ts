/** Exports of business documents: a row each, one flow for all. */
import type { WorkflowSource } from '../builder.ts';
import { exportFlow } from '../exportFlow.ts';
import type { ExportFlow } from '../exportFlow.ts';
import { ediEncode, fixedWidthEncode } from '../ownNodes.ts';

/** What an invoice is made of; whoever compares reads the same. */
export const INVOICE_INCLUDES = [
	'lines',
	'supplier',
	'glAccount',
	'costCenter',
	'vatCode',
	'paymentCondition',
];

const HOW_IT_WORKS = [
	'The trigger reads what is new or changed; the nightly run reads the last days once more, so that nothing is missed.',
	'**Take new or changed** passes on what the partner does not have yet. The agreement says who the partner is, what it gets, and in which folder.',
	'What cannot be sent is recorded with its reason; the rest goes on.',
	'The file is deposited whole or not at all. When something is to do, the run ends with an error that says what.',
];

const CUSTOMIZE = [
	'Another partner, or another format: a second agreement, and a copy of this workflow.',
	'What the partner asks for beyond the standard is in the agreement, not here.',
];

const edi = (documentType: string) => (name: string, at: readonly [number, number]) =>
	ediEncode(name, at, { documentType });

const EXPORTS: readonly ExportFlow[] = [
	{
		file: '01-export-purchase-invoices-x12',
		title: 'Send purchase invoices from Exact Online to a partner as X12 810',
		documents: 'purchase entries',
		resource: 'purchaseEntry',
		include: INVOICE_INCLUDES,
		kind: { value: 'x12-810', sentAs: 'X12 810' },
		encodeName: 'Encode as X12 810',
		encode: edi('invoice'),
		readMe: {
			whoFor:
				'Companies whose accounting is in Exact Online and whose partner, ERP or EDI gateway takes supplier invoices as X12 810 over SFTP.',
			howItWorks: [
				...HOW_IT_WORKS,
				'Each line has its G/L account and cost center (`REF*GZ`, `REF*CA`).',
			],
			customize: CUSTOMIZE,
		},
	},
	{
		file: '02-export-payments-x12',
		title: 'Send payments from Exact Online to a partner as X12 820',
		documents: 'payments',
		resource: 'payment',
		include: ['supplier', 'bankAccounts', 'invoice'],
		kind: { value: 'x12-820', sentAs: 'X12 820' },
		encodeName: 'Encode as X12 820',
		encode: edi('remittance'),
		readMe: {
			whoFor:
				'Companies that tell suppliers, or the gateway that serves them, which invoices a payment settles.',
			howItWorks: [
				...HOW_IT_WORKS,
				'Payments are grouped per supplier, currency and bank batch. The 820 advises; it never orders a payment.',
			],
			customize: CUSTOMIZE,
		},
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
		kind: { value: 'x12-850', sentAs: 'X12 850' },
		encodeName: 'Encode as X12 850',
		encode: edi('purchaseOrder'),
		readMe: {
			whoFor: 'Companies that order in Exact Online and whose suppliers take orders as X12 850.',
			howItWorks: [...HOW_IT_WORKS, 'Cancelled and unapproved orders are left out.'],
			customize: CUSTOMIZE,
		},
	},
	{
		file: '04-export-purchase-invoices-edifact',
		title: 'Send purchase invoices from Exact Online to a partner as EDIFACT INVOIC',
		documents: 'purchase entries',
		resource: 'purchaseEntry',
		include: INVOICE_INCLUDES,
		kind: { value: 'edifact-invoic', sentAs: 'EDIFACT INVOIC' },
		encodeName: 'Encode as INVOIC',
		encode: (name, at) => ediEncode(name, at, { standard: 'edifact', documentType: 'invoice' }),
		readMe: {
			whoFor:
				'Companies in Europe whose partner, ERP or EDI gateway takes supplier invoices as EDIFACT INVOIC over SFTP.',
			howItWorks: HOW_IT_WORKS,
			customize: CUSTOMIZE,
		},
	},
	{
		file: '05-export-purchase-invoices-flat-file',
		title: 'Send purchase invoices from Exact Online to a partner as flat files',
		documents: 'purchase entries',
		resource: 'purchaseEntry',
		include: INVOICE_INCLUDES,
		encodeName: 'Encode as flat file',
		encode: (name, at) =>
			fixedWidthEncode(name, at, {
				operation: 'encode',
				layoutSource: 'preset',
				preset: 'purchaseEntry',
			}),
		readMe: {
			whoFor:
				'Companies whose partner or legacy ERP takes supplier invoices as fixed-width records or CSV over SFTP.',
			howItWorks: HOW_IT_WORKS,
			customize: [
				...CUSTOMIZE,
				'The layout is a preset; a layout of the partner stands in the agreement.',
			],
		},
	},
];

export const exports: readonly WorkflowSource[] = EXPORTS.map(exportFlow);
