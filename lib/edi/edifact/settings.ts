import { COMMON_SETTINGS, ID_HINT, SettingProblems } from '../partner';
import type { CodeSetting, SettingsOf, SettingsTable, TextSetting } from '../partner';
import { characterSetNames } from './characterSets';
import type { CharacterSetName } from './characterSets';
import type { AddedSettings } from '../mapping';

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
		max: 35,
	}) as const satisfies TextSetting;

const idQualifier = (label: string, at: string) =>
	({
		type: 'text',
		label,
		group: 'partner',
		help: 'Says what kind of ID it is, such as 14 for a GLN or ZZZ',
		at,
		placeholder: 'e.g. ZZ',
		otherwise: '14 where the ID is a GLN, else none',
		max: 4,
	}) as const satisfies TextSetting;

const envelope = (label: string, at: string, help: string, max: number, placeholder = '') =>
	({ type: 'text', label, group: 'envelope', help, at, max, placeholder }) as const;

const typeCode = (label: string, code: string, help: string) =>
	({
		type: 'code',
		label,
		group: 'document',
		help,
		at: 'BGM 1001',
		default: code,
		max: 3,
		listOf: ['BGM', 1, 1],
	}) as const satisfies CodeSetting;

const qualifier = (label: string, code: string, help: string) =>
	({
		type: 'code',
		label,
		group: 'document',
		help,
		at: 'RFF 1153',
		default: code,
		max: 3,
		off: true,
		listOf: ['RFF', 1, 1],
	}) as const satisfies CodeSetting;

/** Every setting of an EDIFACT partner, one row each, with X12's names where the idea is the same. */
export const EDIFACT_SETTINGS = {
	partner: {
		type: 'text',
		label: 'Partner',
		group: 'partner',
		help: 'Short name for file names, the ledger and messages',
		placeholder: 'e.g. ACME',
		otherwise: 'the receiver ID',
		max: 60,
	},
	release: {
		type: 'choice',
		label: 'Directory',
		group: 'partner',
		help: 'Directory of the messages, as the guideline of the partner says',
		at: 'UNH 0052, 0054',
		choices: [
			{ value: 'D.01B', label: 'D.01B' },
			{ value: 'D.96A', label: 'D.96A', help: 'What most partners use' },
		],
		default: 'D.96A',
	},
	senderQualifier: idQualifier('Sender Qualifier', 'UNB 0007'),
	senderId: id('Sender ID', 'UNB 0004', 'Your ID, as agreed with the partner', 'e.g. MYCOMPANY'),
	receiverQualifier: idQualifier('Receiver Qualifier', 'UNB 0007'),
	receiverId: id(
		'Receiver ID',
		'UNB 0010',
		'ID of the partner, as the partner gave it',
		'e.g. PARTNER',
	),
	usage: {
		type: 'choice',
		label: 'Usage',
		group: 'partner',
		help: 'Usage indicator of the interchange. Stay on Test until the partner has accepted your files.',
		at: 'UNB 0035',
		choices: [
			{ value: 'production', label: 'Production', help: 'The partner books what it receives' },
			{ value: 'test', label: 'Test', help: 'The partner checks and books nothing' },
		],
		default: 'test',
	},

	acknowledgmentRequested: {
		type: 'flag',
		label: 'Request Acknowledgment',
		group: 'envelope',
		help: 'Whether to ask the partner for an interchange acknowledgment (CONTRL)',
		at: 'UNB 0031',
		default: false,
	},
	syntaxVersion: {
		type: 'choice',
		label: 'Syntax Version',
		group: 'envelope',
		help: 'Of the service segments',
		at: 'UNB 0002',
		choices: [
			{ value: 3, label: '3' },
			{ value: 4, label: '4' },
		],
		default: 3,
	},
	senderInternalId: envelope('Sender Internal ID', 'UNB 0008', 'For reverse routing', 35),
	receiverInternalId: envelope('Receiver Internal ID', 'UNB 0014', 'For reverse routing', 35),
	recipientReference: envelope(
		'Recipient Reference',
		'UNB 0022',
		'A reference the recipient asks for',
		14,
	),
	recipientReferenceQualifier: {
		...envelope('Recipient Reference Qualifier', 'UNB 0025', 'AA reference, BB password', 2),
		placeholder: 'e.g. AA',
		pattern: { form: /^[0-9A-Z]{2}$/, words: 'two letters or digits' },
	},
	applicationReference: envelope(
		'Application Reference',
		'UNB 0026',
		'Many partners want the message type',
		14,
		'e.g. INVOIC',
	),
	priority: {
		type: 'text',
		label: 'Priority',
		group: 'envelope',
		help: 'Processing priority, one letter',
		at: 'UNB 0029',
		max: 1,
		pattern: { form: /^[A-Z]$/, words: 'a capital letter' },
	},
	agreementId: envelope('Interchange Agreement', 'UNB 0032', 'As agreed with the partner', 35),
	associationCode: envelope(
		'Association Code',
		'UNH 0057',
		"As the partner's guideline says",
		6,
		'e.g. EAN008',
	),
	groups: {
		type: 'flag',
		label: 'Functional Groups',
		group: 'envelope',
		help: 'Whether to put UNG and UNE around the messages of one type',
		at: 'UNG',
		default: false,
	},
	senderApplicationId: {
		...envelope('Sender Application ID', 'UNG 0040', 'Only with functional groups', 35),
		otherwise: 'the sender ID',
	},
	receiverApplicationId: {
		...envelope('Receiver Application ID', 'UNG 0044', 'Only with functional groups', 35),
		otherwise: 'the receiver ID',
	},

	elementSeparator: {
		type: 'delimiter',
		label: 'Element Separator',
		group: 'characters',
		help: 'Between elements',
		at: 'UNA',
		default: '+',
	},
	componentSeparator: {
		type: 'delimiter',
		label: 'Component Separator',
		group: 'characters',
		help: 'Between components',
		at: 'UNA',
		default: ':',
	},
	releaseCharacter: {
		type: 'delimiter',
		label: 'Release Character',
		group: 'characters',
		help: 'Before a delimiter in data',
		at: 'UNA',
		default: '?',
	},
	repetitionSeparator: {
		type: 'delimiter',
		label: 'Repetition Separator',
		group: 'characters',
		help: 'Syntax version 4 only',
		at: 'UNA',
		default: '*',
	},
	segmentTerminator: {
		type: 'delimiter',
		label: 'Segment Terminator',
		group: 'characters',
		help: 'At the end of each segment',
		at: 'UNA',
		default: "'",
	},
	segmentSuffix: COMMON_SETTINGS.segmentSuffix,
	decimalMark: {
		type: 'choice',
		label: 'Decimal Mark',
		group: 'characters',
		help: 'Of numbers',
		at: 'UNA',
		choices: [
			{ value: ',', label: 'Comma' },
			{ value: '.', label: 'Point' },
		],
		default: '.',
	},
	serviceStringAdvice: {
		type: 'choice',
		label: 'Service String Advice',
		group: 'characters',
		help: 'When the UNA segment is sent',
		at: 'UNA',
		choices: [
			{ value: 'always', label: 'Always' },
			{ value: 'whenNeeded', label: 'When Needed' },
		],
		default: 'always',
	},
	characterSet: {
		type: 'choice',
		label: 'Character Set',
		group: 'characters',
		help: 'Characters that may stand in the file; UNOC is ISO 8859-1, UNOY is UTF-8',
		at: 'UNB 0001',
		choices: characterSetNames.map((value): { value: CharacterSetName; label: string } => ({
			value,
			label: value,
		})),
		default: 'UNOC',
	},
	charactersOutside: COMMON_SETTINGS.charactersOutside,
	replacementCharacter: COMMON_SETTINGS.replacementCharacter,
	identifierPolicy: COMMON_SETTINGS.identifierPolicy,
	capitalLetters: COMMON_SETTINGS.capitalLetters,
	longText: COMMON_SETTINGS.longText,

	creditNoteAmounts: COMMON_SETTINGS.creditNoteAmounts,
	changedOrders: COMMON_SETTINGS.changedOrders,
	remittanceCreditAmounts: {
		type: 'choice',
		label: 'Remittance Credit Amounts',
		group: 'document',
		help: 'Sign of the amounts of credit notes in a remittance advice',
		choices: COMMON_SETTINGS.creditNoteAmounts.choices,
		default: 'positive',
	},
	invoiceTypeCode: typeCode('Invoice Type Code', '380', 'Of an invoice'),
	creditNoteTypeCode: typeCode('Credit Note Type Code', '381', 'Of a credit note'),
	orderTypeCode: typeCode('Order Type Code', '220', 'Of an order'),
	remittanceTypeCode: typeCode('Remittance Type Code', '481', 'Of a remittance advice'),
	ownNumberQualifier: qualifier(
		'Own Number Qualifier',
		'ABO',
		"Of your own number, Exact's entry number",
	),
	glAccountQualifier: qualifier('G/L Account Qualifier', 'ADE', 'Of the G/L account of a line'),
	costCenterQualifier: qualifier('Cost Center Qualifier', 'CR', 'Of the cost center of a line'),
	costUnitQualifier: qualifier('Cost Unit Qualifier', '', 'The cost unit is not sent if empty'),
	projectQualifier: qualifier('Project Qualifier', '', 'The project is not sent if empty'),
	supplierAgency: {
		type: 'code',
		label: 'Supplier Agency',
		group: 'document',
		help: "Of a supplier's code; 92 is assigned by the buyer",
		at: 'NAD 3055',
		default: '92',
		max: 3,
		listOf: ['NAD', 2, 3],
	},
	buyerAgency: {
		type: 'code',
		label: 'Buyer Agency',
		group: 'document',
		help: 'Of your own code; your number at the supplier goes as 91',
		at: 'NAD 3055',
		default: '92',
		max: 3,
		listOf: ['NAD', 2, 3],
	},
	gtinType: {
		type: 'code',
		label: 'GTIN Type',
		group: 'document',
		help: 'Of the GTIN of a line',
		at: 'LIN 7143',
		otherwise: 'EN in D.96A, SRV in D.01B',
		default: '',
		max: 3,
		listOf: ['LIN', 3, 2],
	},
	reverseChargeCategory: {
		type: 'code',
		label: 'Reverse Charge Category',
		group: 'document',
		help: 'B is VAT not paid to the supplier; AE is in neither directory and goes where it is set',
		at: 'TAX 5305',
		default: 'B',
		max: 3,
	},
	reverseChargeText: {
		type: 'text',
		label: 'Reverse Charge Text',
		group: 'document',
		help: 'What is said of reverse charge where the VAT code has no description',
		at: 'FTX+TXD',
		default: 'Reverse charge',
		max: 70,
	},
	omitSegments: COMMON_SETTINGS.omitSegments,
	sendSegments: COMMON_SETTINGS.sendSegments,
	additionalCodes: {
		type: 'names',
		label: 'Additional Codes',
		group: 'document',
		help: "Codes agreed beyond the directory's lists, element and code, with commas",
		placeholder: 'e.g. 1153:API',
	},
	codeMaps: COMMON_SETTINGS.codeMaps,
	guideline: COMMON_SETTINGS.guideline,
	defaults: COMMON_SETTINGS.defaults,
	extraSegments: COMMON_SETTINGS.extraSegments,
} as const satisfies SettingsTable;

/** How settings of EDIFACT that cannot be used are named. */
export const problems = new SettingProblems('EDIFACT', 'EDIFACT_INVALID_OPTION', EDIFACT_SETTINGS);

/** An extra segment; `message` is INVOIC, ORDERS or REMADV, empty for every message that has it there. */
export type ExtraSegmentSettings = Omit<AddedSettings, 'set' | 'inside'> & {
	readonly message?: string;
};

/**
 * The settings of a partner, plain JSON. Only the two IDs are required. Unknown names are refused,
 * so that a misspelt setting is not silently ignored.
 */
export interface EdifactProfileSettings
	extends Omit<SettingsOf<typeof EDIFACT_SETTINGS>, 'defaults' | 'extraSegments'> {
	defaults?: Readonly<Record<string, string>>;
	extraSegments?: readonly ExtraSegmentSettings[];
}
