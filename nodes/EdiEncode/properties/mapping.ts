import type { INodeProperties } from 'n8n-workflow';

const code = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
});

const pairs = (displayName: string, name: string, from: string, to: string) => ({
	displayName,
	name,
	values: [code('Your Code', 'from', from), code('Code of the Partner', 'to', to)],
});

/** How the company's data becomes the partner's. */
export const mappingProperties: INodeProperties[] = [
	{
		displayName: 'Code Maps',
		name: 'codeMaps',
		type: 'fixedCollection',
		placeholder: 'Add Code',
		default: {},
		typeOptions: { multipleValues: true },
		description: "The partner's codes for yours",
		options: [
			{
				displayName: 'Party ID',
				name: 'parties',
				values: [
					{
						...code('Your Code', 'from', 'e.g. 20013168'),
						description: 'Account code, GLN or VAT number of the party',
					},
					{
						...code('Qualifier', 'qualifier', 'e.g. 92'),
						description: 'X12 N103 or EDIFACT 3055',
					},
					code('ID at the Partner', 'id', 'e.g. V-10023'),
				],
			},
			pairs('Number or Code', 'identifiers', 'e.g. INV*1', 'e.g. INV-1'),
			pairs('Payment Term', 'paymentTerms', 'e.g. 30', 'e.g. 01'),
			pairs('Unit', 'units', 'e.g. pc', 'e.g. EA'),
			pairs('VAT Code', 'vatCodes', 'e.g. 4', 'e.g. S in EDIFACT, VA in X12'),
		],
	},
	{
		displayName: 'Default Values',
		name: 'defaults',
		type: 'fixedCollection',
		placeholder: 'Add Default',
		default: {},
		typeOptions: { multipleValues: true },
		description: 'Values for fields that documents do not have',
		options: [
			{
				displayName: 'Default',
				name: 'default',
				values: [
					{
						...code('Field', 'field', 'e.g. lines.unit'),
						description: 'Path in the document, as the mapping reference lists it',
					},
					code('Value', 'value', 'e.g. EA'),
				],
			},
		],
	},
	{
		displayName: 'Extra Segments',
		name: 'extraSegments',
		type: 'fixedCollection',
		placeholder: 'Add Segment',
		default: {},
		typeOptions: { multipleValues: true, sortable: true },
		description: 'Segments that the partner wants beyond the default ones',
		options: [
			{
				displayName: 'Segment',
				name: 'segment',
				values: [
					{
						...code('Applies To', 'appliesTo', 'e.g. 810'),
						description: 'Set or message, such as 810 or INVOIC. Empty: all that have the segment.',
					},
					{
						...code('Condition', 'condition', 'e.g. purchaseOrderNumber'),
						description:
							'Sent only if this holds: a field that has a value, or a comparison such as kind = creditNote. Empty: always.',
					},
					{
						displayName: 'Level',
						name: 'level',
						type: 'options',
						options: [
							{ name: 'Header', value: 'header' },
							{ name: 'Line', value: 'line' },
							{ name: 'Summary', value: 'summary' },
						],
						default: 'header',
						description: 'Where it stands; a line segment stands in every line',
					},
					{
						...code('Template', 'template', 'e.g. REF*ZZ*{ownNumber}'),
						description:
							'The segment with paths of the document in braces. Write * and > for X12, + and : for EDIFACT, whatever delimiters the file has.',
					},
					{
						...code('Within', 'within', 'e.g. N1*SE'),
						description: 'Beginning of the loop or segment group it belongs to, if it is in one',
					},
				],
			},
		],
	},
	{
		displayName: 'Source Options',
		name: 'sourceOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Unapproved Orders',
				name: 'includeUnapprovedOrders',
				type: 'boolean',
				default: false,
				description: 'Whether to send purchase orders that still wait for approval',
			},
			{
				displayName: 'Payment Sign',
				name: 'paymentSign',
				type: 'options',
				options: [
					{ name: 'As Booked', value: 'as booked' },
					{ name: 'Inverted', value: 'inverted' },
				],
				default: 'as booked',
				description: "Choose 'Inverted' if your division has the payments of invoices negative",
			},
			{
				displayName: 'Payment Statuses',
				name: 'paymentStatuses',
				type: 'multiOptions',
				options: [
					{ name: 'Matched', value: 50 },
					{ name: 'Open', value: 20 },
					{ name: 'Processed', value: 40 },
					{ name: 'Selected', value: 30 },
				],
				default: [40, 50],
				description: 'Payments with another status are skipped',
			},
			{
				displayName: 'Price For',
				name: 'priceFor',
				type: 'options',
				options: [
					{
						name: 'One Item Unit',
						value: 'itemUnit',
						description:
							'The price of a piece, where boxes of pieces are ordered; it is multiplied by the pieces in a box',
					},
					{
						name: 'One Purchase Unit',
						value: 'purchaseUnit',
						description: 'What the reference of Exact Online says',
					},
				],
				default: 'purchaseUnit',
				description: 'What the price of a purchase line in Exact Online is for',
			},
			{
				displayName: 'Purchase Entry Statuses',
				name: 'purchaseEntryStatuses',
				type: 'multiOptions',
				options: [
					{ name: 'Open', value: 20 },
					{ name: 'Processed', value: 50 },
					{ name: 'Rejected', value: 5 },
				],
				default: [20, 50],
				description: 'Purchase entries with another status are skipped',
			},
			{
				displayName: 'Purchase Invoice Statuses',
				name: 'purchaseInvoiceStatuses',
				type: 'multiOptions',
				options: [
					{ name: 'Draft', value: 10 },
					{ name: 'Open', value: 20 },
					{ name: 'Processed', value: 50 },
				],
				default: [20, 50],
				description: 'Purchase invoices with another status are skipped',
			},
			{
				displayName: 'Purchase Order Statuses',
				name: 'purchaseOrderStatuses',
				type: 'multiOptions',
				options: [
					{ name: 'Cancelled', value: 40 },
					{ name: 'Complete', value: 30 },
					{ name: 'Open', value: 10 },
					{ name: 'Partial', value: 20 },
				],
				default: [10, 20, 30],
				description: 'Purchase orders with another status are skipped',
			},
		],
	},
	{
		displayName: 'Guideline',
		name: 'guideline',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. VICS 004010',
		description:
			"What the partner's guideline wants, as a table in JSON or the name of a shipped one (EANCOM D.96A, EANCOM D.01B, VICS 004010, VICS 005010)",
	},
	{
		displayName: 'Partner Profile',
		name: 'partnerProfile',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {{ $json.partnerProfile }}',
		description:
			'Settings of the partner as a JSON object, for example from a table with a row for each partner. They win over the fields above and have the names in the documentation of this node.',
	},
];
