import type { INodeProperties } from 'n8n-workflow';
import { forEdifact, forX12 } from './partner';

const suffixes = [
	{ name: 'Carriage Return and Line Feed', value: 'crlf' },
	{ name: 'Line Feed', value: 'lf' },
	{ name: 'None', value: 'none' },
];

const characterPolicies = [
	{ name: 'Reject Document', value: 'reject' },
	{ name: 'Replace', value: 'replace', description: "By the 'Replacement Character'" },
	{ name: 'Transliterate', value: 'transliterate', description: 'é becomes e' },
];

const identifierPolicies = [
	{
		name: 'Reject Document',
		value: 'reject',
		description: 'X12 picks other delimiters first, where none are set here',
	},
	{
		name: 'Replace and Warn',
		value: 'replaceAndWarn',
		description: 'As in texts; two that become equal are refused',
	},
];

const longTexts = [
	{ name: 'Cut', value: 'cut' },
	{ name: 'Reject Document', value: 'reject' },
];

const text = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...more });

const acknowledgment: INodeProperties = {
	displayName: 'Request Acknowledgment',
	name: 'acknowledgmentRequested',
	type: 'boolean',
	default: false,
	description:
		'Whether to ask the partner for an interchange acknowledgment (X12 ISA14: TA1, EDIFACT UNB 0031: CONTRL)',
};

const collection = (
	displayName: string,
	displayOptions: INodeProperties['displayOptions'],
	name: string,
	options: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	...(displayOptions === undefined ? {} : { displayOptions }),
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/** What the partner's guideline may ask for beyond the IDs. Names are those of the profiles. */
export const collectionProperties: INodeProperties[] = [
	collection('Envelope Options', forX12, 'envelopeOptions', [
		acknowledgment,
		text('Authorization Information', 'authorizationInformation', 'ISA02'),
		text('Authorization Qualifier', 'authorizationQualifier', 'ISA01', { default: '00' }),
		{
			displayName: 'Group Date Format',
			name: 'groupDateFormat',
			type: 'options',
			options: [
				{ name: 'CCYYMMDD', value: 'CCYYMMDD' },
				{ name: 'YYMMDD', value: 'YYMMDD' },
			],
			default: 'CCYYMMDD',
			description: 'GS04',
		},
		text('Group Version', 'groupVersion', 'GS08, where it is not the release', {
			placeholder: 'e.g. 004010VICS',
		}),
		text(
			'Interchange Version',
			'interchangeVersion',
			'ISA12, where it is not that of the release',
			{
				placeholder: 'e.g. 00401',
			},
		),
		text(
			'Receiver Application ID',
			'receiverApplicationId',
			'GS03, where it is not the receiver ID',
		),
		text('Security Information', 'securityInformation', 'ISA04, as agreed with the partner'),
		text('Security Qualifier', 'securityQualifier', 'ISA03', { default: '00' }),
		text('Sender Application ID', 'senderApplicationId', 'GS02, where it is not the sender ID'),
	]),
	collection('Envelope Options', forEdifact, 'envelopeOptions', [
		acknowledgment,
		text('Application Reference', 'applicationReference', 'UNB 0026, often the message type', {
			placeholder: 'e.g. INVOIC',
		}),
		text('Association Code', 'associationCode', 'UNH 0057', { placeholder: 'e.g. EAN008' }),
		{
			displayName: 'Functional Groups',
			name: 'groups',
			type: 'boolean',
			default: false,
			description: 'Whether to put UNG and UNE around the messages of one type',
		},
		text('Interchange Agreement', 'agreementId', 'UNB 0032'),
		text('Receiver Internal ID', 'receiverInternalId', 'UNB 0014'),
		text('Recipient Reference', 'recipientReference', 'UNB 0022'),
		text('Sender Internal ID', 'senderInternalId', 'UNB 0008'),
		{
			displayName: 'Syntax Version',
			name: 'syntaxVersion',
			type: 'options',
			options: [
				{ name: '3', value: 3 },
				{ name: '4', value: 4 },
			],
			default: 3,
			description: 'UNB 0002',
		},
	]),
	collection('Characters and Delimiters', forX12, 'characterOptions', [
		{
			displayName: 'Character Set',
			name: 'characterSet',
			type: 'options',
			options: [
				{ name: 'Basic', value: 'basic', description: 'Capital letters, digits and few signs' },
				{ name: 'Extended', value: 'extended', description: 'Small letters and more signs' },
				{ name: 'UTF-8', value: 'utf8', description: 'All characters, where the partner agreed' },
			],
			default: 'extended',
			description: 'Characters that may stand in the file',
		},
		{
			displayName: 'Characters Outside the Set',
			name: 'charactersOutside',
			type: 'options',
			options: characterPolicies,
			default: 'transliterate',
			description: 'What becomes of characters the set does not have',
		},
		text('Component Separator', 'componentSeparator', 'ISA16', { default: '>' }),
		{
			displayName: 'Delimiter in Data',
			name: 'delimiterInData',
			type: 'options',
			options: [
				{ name: 'Pick Other Delimiters', value: 'pick' },
				{ name: 'Reject Document', value: 'reject' },
				{ name: 'Replace', value: 'replace', description: "By the 'Replacement Character'" },
			],
			default: 'replace',
			description: 'X12 cannot escape: what becomes of a delimiter that occurs in a text',
		},
		text('Element Separator', 'elementSeparator', 'Between elements', { default: '*' }),
		{
			displayName: 'Identifiers That Do Not Fit',
			name: 'identifierPolicy',
			type: 'options',
			options: identifierPolicies,
			default: 'reject',
			description:
				'What becomes of a number or code that the file cannot hold as it is. A code map says it for single ones.',
		},
		{
			displayName: 'Long Text',
			name: 'longText',
			type: 'options',
			options: longTexts,
			default: 'reject',
			description: 'What becomes of descriptions that do not fit. Numbers are never cut.',
		},
		text('Repetition Separator', 'repetitionSeparator', 'ISA11, from release 005010 on', {
			default: '^',
		}),
		text('Replacement Character', 'replacementCharacter', 'A space if empty'),
		{
			displayName: 'Segment Suffix',
			name: 'segmentSuffix',
			type: 'options',
			options: suffixes,
			default: 'none',
			description: 'What follows each segment terminator',
		},
		text('Segment Terminator', 'segmentTerminator', 'At the end of each segment', {
			default: '~',
		}),
	]),
	collection('Characters and Delimiters', forEdifact, 'characterOptions', [
		text(
			'Character Set',
			'characterSet',
			'UNB 0001: UNOA, UNOB, UNOC (ISO 8859-1) … UNOY (UTF-8)',
			{
				default: 'UNOC',
			},
		),
		{
			displayName: 'Characters Outside the Set',
			name: 'charactersOutside',
			type: 'options',
			options: characterPolicies,
			default: 'transliterate',
			description: 'What becomes of characters the set does not have',
		},
		text('Component Separator', 'componentSeparator', 'Between components', { default: ':' }),
		{
			displayName: 'Decimal Mark',
			name: 'decimalMark',
			type: 'options',
			options: [
				{ name: 'Comma', value: ',' },
				{ name: 'Point', value: '.' },
			],
			default: '.',
		},
		text('Element Separator', 'elementSeparator', 'Between elements', { default: '+' }),
		{
			displayName: 'Identifiers That Do Not Fit',
			name: 'identifierPolicy',
			type: 'options',
			options: identifierPolicies,
			default: 'reject',
			description:
				'What becomes of a number or code that the file cannot hold as it is. A code map says it for single ones.',
		},
		{
			displayName: 'Long Text',
			name: 'longText',
			type: 'options',
			options: longTexts,
			default: 'reject',
			description: 'What becomes of descriptions that do not fit. Numbers are never cut.',
		},
		text('Release Character', 'releaseCharacter', 'Before a delimiter in data', { default: '?' }),
		text('Replacement Character', 'replacementCharacter', 'A space if empty'),
		{
			displayName: 'Segment Suffix',
			name: 'segmentSuffix',
			type: 'options',
			options: suffixes,
			default: 'none',
			description: 'What follows each segment terminator',
		},
		text('Segment Terminator', 'segmentTerminator', 'At the end of each segment', {
			default: "'",
		}),
		{
			displayName: 'Service String Advice',
			name: 'serviceStringAdvice',
			type: 'options',
			options: [
				{ name: 'Always', value: 'always' },
				{ name: 'When Needed', value: 'whenNeeded' },
			],
			default: 'always',
			description: 'When the UNA segment is sent',
		},
	]),
	collection('Document Options', undefined, 'documentOptions', [
		{
			displayName: 'Credit Note Amounts',
			name: 'creditNoteAmounts',
			type: 'options',
			options: [
				{ name: 'Negative', value: 'negative' },
				{ name: 'Positive', value: 'positive', description: 'The type says what they are' },
			],
			default: 'positive',
			description: 'Sign of the amounts of a credit note',
		},
		text('Cost Center Qualifier', 'costCenterQualifier', 'X12 CA and EDIFACT CR if empty'),
		text('Cost Unit Qualifier', 'costUnitQualifier', 'The cost unit is not sent if empty'),
		text('Credit Note Type Code', 'creditNoteTypeCode', 'X12 BIG07 (CR), EDIFACT BGM 1001 (381)'),
		text('G/L Account Qualifier', 'glAccountQualifier', 'X12 GZ and EDIFACT ADE if empty'),
		text('Invoice Type Code', 'invoiceTypeCode', 'X12 BIG07 (none), EDIFACT BGM 1001 (380)'),
		text('Order Type Code', 'orderTypeCode', 'X12 BEG02 (SA), EDIFACT BGM 1001 (220)'),
		text('Own Number Qualifier', 'ownNumberQualifier', 'X12 VV and EDIFACT ABO if empty'),
		text('Project Qualifier', 'projectQualifier', 'The project is not sent if empty'),
		text('Segments to Leave Out', 'omitSegments', 'Names from the mapping reference, with commas', {
			placeholder: 'e.g. PID, N1*SE/REF*VX',
		}),
		text(
			'Segments to Send as Well',
			'sendSegments',
			'Names from the mapping reference, with commas',
		),
	]),
];
