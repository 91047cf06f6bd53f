import { COMMON_SETTINGS, ID_HINT, SettingProblems } from '../partner';
import type { CodeSetting, SettingsOf, SettingsTable, TextSetting } from '../partner';
import type { AddedSettings } from '../mapping';
import { CODE_LISTS } from './schema/codes';

const codesOf = (list: string): readonly string[] => (CODE_LISTS[list] ?? '').split(' ');

const qualifier = (label: string, code: string, help: string) =>
	({
		type: 'code',
		label,
		group: 'document',
		help,
		at: 'REF01',
		default: code,
		min: 2,
		max: 3,
		off: true,
		listOf: ['REF', 1],
	}) as const satisfies CodeSetting;

const id = (label: string, at: string, help: string, placeholder: string) =>
	({
		type: 'text',
		label,
		group: 'partner',
		help,
		at,
		placeholder,
		hint: ID_HINT,
		required: true,
		min: 1,
		max: 15,
		ascii: true,
	}) as const satisfies TextSetting;

const applicationId = (label: string, at: string, otherwise: string) =>
	({
		type: 'text',
		label,
		group: 'envelope',
		help: 'Where it is not the ID of the interchange',
		at,
		otherwise,
		min: 2,
		max: 15,
		ascii: true,
	}) as const satisfies TextSetting;

/** Every setting of an X12 partner, one row each. */
export const X12_SETTINGS = {
	partner: {
		type: 'text',
		label: 'Partner',
		group: 'partner',
		help: 'Short name for file names, the ledger and messages',
		placeholder: 'e.g. ACME',
		otherwise: 'the receiver ID',
	},
	release: {
		type: 'choice',
		label: 'Release',
		group: 'partner',
		help: 'Release of the standard, as the guideline of the partner says',
		at: 'GS08',
		choices: [
			{ value: '004010', label: '004010', help: 'What most partners use' },
			{ value: '005010', label: '005010' },
		],
		default: '004010',
	},
	senderQualifier: {
		type: 'code',
		label: 'Sender Qualifier',
		group: 'partner',
		help: 'Says what kind of ID the sender ID is: ZZ, 01, 08, 12, 14 …',
		at: 'ISA05',
		placeholder: 'e.g. ZZ',
		default: 'ZZ',
		max: 2,
		codes: codesOf('I05'),
	},
	senderId: id('Sender ID', 'ISA06', 'Your ID, as agreed with the partner', 'e.g. MYCOMPANY'),
	receiverQualifier: {
		type: 'code',
		label: 'Receiver Qualifier',
		group: 'partner',
		help: 'Says what kind of ID the receiver ID is',
		at: 'ISA07',
		placeholder: 'e.g. ZZ',
		default: 'ZZ',
		max: 2,
		codes: codesOf('I05'),
	},
	receiverId: id(
		'Receiver ID',
		'ISA08',
		'ID of the partner, as the partner gave it',
		'e.g. PARTNER',
	),
	usage: {
		type: 'choice',
		label: 'Usage',
		group: 'partner',
		help: 'Usage indicator of the interchange. Stay on Test until the partner has accepted your files.',
		at: 'ISA15',
		choices: [
			{ value: 'production', label: 'Production', help: 'The partner books what it receives' },
			{ value: 'test', label: 'Test', help: 'The partner checks and books nothing' },
			{
				value: 'information',
				label: 'Information',
				help: 'Neither, where the partner asks for it',
			},
		],
		default: 'test',
	},

	acknowledgmentRequested: {
		type: 'flag',
		label: 'Request Acknowledgment',
		group: 'envelope',
		help: 'Whether to ask the partner for an interchange acknowledgment (TA1)',
		at: 'ISA14',
		default: false,
	},
	interchangeVersion: {
		type: 'text',
		label: 'Interchange Version',
		group: 'envelope',
		help: 'Where it is not that of the release',
		at: 'ISA12',
		placeholder: 'e.g. 00401',
		otherwise: 'that of the release',
		min: 5,
		max: 5,
		pattern: { form: /^\d{5}$/, words: 'five digits' },
	},
	groupVersion: {
		type: 'text',
		label: 'Group Version',
		group: 'envelope',
		help: 'Where it is not the release',
		at: 'GS08',
		placeholder: 'e.g. 004010VICS',
		otherwise: 'the release',
		min: 1,
		max: 12,
		ascii: true,
	},
	senderApplicationId: applicationId('Sender Application ID', 'GS02', 'the sender ID'),
	receiverApplicationId: applicationId('Receiver Application ID', 'GS03', 'the receiver ID'),
	authorizationQualifier: {
		type: 'code',
		label: 'Authorization Qualifier',
		group: 'envelope',
		help: 'As agreed with the partner',
		at: 'ISA01',
		default: '00',
		max: 2,
		codes: codesOf('I01'),
	},
	authorizationInformation: {
		type: 'text',
		label: 'Authorization Information',
		group: 'envelope',
		help: 'As agreed with the partner',
		at: 'ISA02',
		max: 10,
		ascii: true,
	},
	securityQualifier: {
		type: 'code',
		label: 'Security Qualifier',
		group: 'envelope',
		help: 'As agreed with the partner',
		at: 'ISA03',
		default: '00',
		max: 2,
		codes: codesOf('I03'),
	},
	securityInformation: {
		type: 'text',
		label: 'Security Information',
		group: 'envelope',
		help: 'As agreed with the partner',
		at: 'ISA04',
		max: 10,
		ascii: true,
	},
	groupDateFormat: {
		type: 'choice',
		label: 'Group Date Format',
		group: 'envelope',
		help: 'Six digits for partners that ask for them',
		at: 'GS04',
		choices: [
			{ value: 'CCYYMMDD', label: 'CCYYMMDD' },
			{ value: 'YYMMDD', label: 'YYMMDD' },
		],
		default: 'CCYYMMDD',
	},
	groupTimeFormat: {
		type: 'choice',
		label: 'Group Time Format',
		group: 'envelope',
		help: 'With seconds for partners that ask for them',
		at: 'GS05',
		choices: [
			{ value: 'HHMM', label: 'HHMM' },
			{ value: 'HHMMSS', label: 'HHMMSS' },
		],
		default: 'HHMM',
	},

	elementSeparator: {
		type: 'delimiter',
		label: 'Element Separator',
		group: 'characters',
		help: 'Between elements',
		default: '*',
	},
	componentSeparator: {
		type: 'delimiter',
		label: 'Component Separator',
		group: 'characters',
		help: 'Between components; a colon occurs in ordinary text',
		at: 'ISA16',
		default: '>',
	},
	repetitionSeparator: {
		type: 'delimiter',
		label: 'Repetition Separator',
		group: 'characters',
		help: 'From release 005010 on',
		at: 'ISA11',
		default: '^',
	},
	segmentTerminator: {
		type: 'delimiter',
		label: 'Segment Terminator',
		group: 'characters',
		help: 'At the end of each segment',
		default: '~',
	},
	segmentSuffix: COMMON_SETTINGS.segmentSuffix,
	delimiterInData: {
		type: 'choice',
		label: 'Delimiter in Data',
		group: 'characters',
		help: 'X12 cannot escape: what becomes of a delimiter that occurs in a text',
		choices: [
			{ value: 'pick', label: 'Pick Other Delimiters' },
			{ value: 'reject', label: 'Reject Document' },
			{ value: 'replace', label: 'Replace', help: "By the 'Replacement Character'" },
		],
		default: 'replace',
	},
	characterSet: {
		type: 'choice',
		label: 'Character Set',
		group: 'characters',
		help: 'Characters that may stand in the file',
		choices: [
			{ value: 'basic', label: 'Basic', help: 'Capital letters, digits and few signs' },
			{ value: 'extended', label: 'Extended', help: 'Small letters and more signs' },
			{ value: 'utf8', label: 'UTF-8', help: 'All characters, where the partner agreed' },
		],
		default: 'extended',
	},
	charactersOutside: COMMON_SETTINGS.charactersOutside,
	replacementCharacter: COMMON_SETTINGS.replacementCharacter,
	identifierPolicy: COMMON_SETTINGS.identifierPolicy,
	capitalLetters: COMMON_SETTINGS.capitalLetters,
	longText: COMMON_SETTINGS.longText,

	creditNoteAmounts: COMMON_SETTINGS.creditNoteAmounts,
	changedOrders: COMMON_SETTINGS.changedOrders,
	invoiceTypeCode: {
		type: 'code',
		label: 'Invoice Type Code',
		group: 'document',
		help: 'Of an invoice; none if empty',
		at: 'BIG07',
		default: '',
		min: 2,
		max: 2,
		off: true,
		listOf: ['BIG', 7],
	},
	creditNoteTypeCode: {
		type: 'code',
		label: 'Credit Note Type Code',
		group: 'document',
		help: 'Of a credit note',
		at: 'BIG07',
		default: 'CR',
		min: 2,
		max: 2,
		off: true,
		listOf: ['BIG', 7],
	},
	orderTypeCode: {
		type: 'code',
		label: 'Order Type Code',
		group: 'document',
		help: 'SA is a stand-alone order',
		at: 'BEG02',
		default: 'SA',
		min: 2,
		max: 2,
		off: true,
		listOf: ['BEG', 2],
	},
	ownNumberQualifier: qualifier(
		'Own Number Qualifier',
		'VV',
		"Of your own number, Exact's entry number",
	),
	glAccountQualifier: qualifier('G/L Account Qualifier', 'GZ', 'Of the G/L account of a line'),
	costCenterQualifier: qualifier('Cost Center Qualifier', 'CA', 'Of the cost center of a line'),
	costUnitQualifier: qualifier('Cost Unit Qualifier', '', 'The cost unit is not sent if empty'),
	projectQualifier: qualifier('Project Qualifier', '', 'The project is not sent if empty'),
	partyQualifier: {
		type: 'code',
		label: 'Party Qualifier',
		group: 'document',
		help: 'Of the code of a party that has no GLN; 92 is assigned by the buyer',
		at: 'N103',
		default: '92',
		min: 1,
		max: 2,
		off: true,
		listOf: ['N1', 3],
	},
	remittanceInvoiceQualifier: {
		type: 'code',
		label: 'Remittance Invoice Qualifier',
		group: 'document',
		help: 'Of an invoice in a remittance advice',
		at: 'RMR01',
		default: 'IV',
		min: 2,
		max: 3,
		off: true,
		listOf: ['RMR', 1],
	},
	remittanceCreditQualifier: {
		type: 'code',
		label: 'Remittance Credit Qualifier',
		group: 'document',
		help: 'Of a credit note in a remittance advice; some partners want CL or CM',
		at: 'RMR01',
		default: 'IV',
		min: 2,
		max: 3,
		off: true,
		listOf: ['RMR', 1],
	},
	omitSegments: COMMON_SETTINGS.omitSegments,
	sendSegments: COMMON_SETTINGS.sendSegments,
	codeMaps: COMMON_SETTINGS.codeMaps,
	guideline: COMMON_SETTINGS.guideline,
	defaults: COMMON_SETTINGS.defaults,
	extraSegments: COMMON_SETTINGS.extraSegments,
} as const satisfies SettingsTable;

/** How settings of X12 that cannot be used are named. */
export const problems = new SettingProblems('X12', 'X12_INVALID_OPTION', X12_SETTINGS);

/** An extra segment; `transactionSet` is 810, 820 or 850, empty for every set that has it there. */
export type ExtraSegmentSettings = Omit<AddedSettings, 'set' | 'inside'> & {
	readonly transactionSet?: string;
};

/**
 * The settings of a partner, plain JSON. Only the two IDs are required. Unknown names are refused,
 * so that a misspelt setting is not silently ignored.
 */
export interface X12ProfileSettings
	extends Omit<SettingsOf<typeof X12_SETTINGS>, 'defaults' | 'extraSegments'> {
	defaults?: Readonly<Record<string, string>>;
	extraSegments?: readonly ExtraSegmentSettings[];
}
