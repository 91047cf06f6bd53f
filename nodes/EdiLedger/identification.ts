import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { choice, collection, text } from './fields';

/** X12 I05 (ISA05, ISA07): what partners use; every other code is typed by an expression. */
const X12_QUALIFIERS: INodePropertyOptions[] = [
	{ name: '01: DUNS Number', value: '01' },
	{ name: '02: SCAC (Carrier)', value: '02' },
	{ name: '04: IATA', value: '04' },
	{ name: '07: Global Location Number (GLN)', value: '07' },
	{ name: '08: UCC Communications ID', value: '08' },
	{ name: '09: X.121', value: '09' },
	{ name: '12: Telephone Number', value: '12' },
	{ name: '14: DUNS Number and Suffix', value: '14' },
	{ name: '16: DUNS Number and 4 Characters', value: '16' },
	{ name: '20: Health Industry Number', value: '20' },
	{ name: '30: Federal Tax Identification Number', value: '30' },
	{ name: 'ZZ: Mutually Defined', value: 'ZZ' },
];

/** EDIFACT 0007 (UNB S002 and S003). */
const EDIFACT_QUALIFIERS: INodePropertyOptions[] = [
	{ name: '1: DUNS Number', value: '1' },
	{ name: '14: Global Location Number (GLN)', value: '14' },
	{ name: '30: ISO 6523 Organization', value: '30' },
	{ name: 'Automatic', value: '', description: '14 where the ID is a GLN, else none' },
	{ name: 'ZZZ: Mutually Defined', value: 'ZZZ' },
];

type Side = 'sender' | 'receiver';

/** Our ID (the sender of what we send), or the partner's. */
export const identification = (side: Side, prefix = ''): INodeProperties[] => [
	choice(
		side === 'sender' ? 'Our Qualifier' : "Partner's Qualifier",
		prefix === '' ? 'qualifier' : `${prefix}Qualifier`,
		X12_QUALIFIERS,
		'What kind of ID it is in X12 (ISA05, ISA07)',
		{ default: 'ZZ' },
	),
	text(
		side === 'sender' ? 'Our ID' : "Partner's ID",
		prefix === '' ? 'identification' : `${prefix}Identification`,
		side === 'sender'
			? 'Your ID as agreed with the partner, often your GLN or DUNS number (X12 ISA06, EDIFACT UNB 0004)'
			: 'The ID of the partner, as the partner gave it (X12 ISA08, EDIFACT UNB 0010)',
		{ required: true, placeholder: side === 'sender' ? 'e.g. MYCOMPANY' : 'e.g. ACME' },
	),
];

/** Where EDIFACT knows the same party by another ID. */
const edifact: readonly INodeProperties[] = [
	choice(
		'EDIFACT Qualifier',
		'edifactQualifier',
		EDIFACT_QUALIFIERS,
		'What kind of ID it is in EDIFACT (UNB 0007)',
		{ default: '' },
	),
	text('EDIFACT ID', 'edifactId', 'Where it is another one than in X12', {
		placeholder: 'e.g. 8712345000004',
	}),
];

const secret = (displayName: string, name: string, description: string): INodeProperties =>
	text(displayName, name, description, { typeOptions: { password: true } });

export const companyFields = collection('Additional Fields', 'additionalFields', 'Add Field', [
	...edifact,
	text('Application ID', 'applicationId', 'GS02, where it is not the ID'),
	text('Division', 'division', 'The division in Exact Online whose documents these are', {
		placeholder: 'e.g. 123456',
	}),
	text('GLN', 'gln', 'Global Location Number of the company', {
		placeholder: 'e.g. 8712345000004',
	}),
	text('VAT Number', 'vatNumber', 'With its country', { placeholder: 'e.g. NL001234567B01' }),
]);

export const partnerFields = collection('Additional Fields', 'additionalFields', 'Add Field', [
	...edifact,
	text('Application ID', 'applicationId', 'GS03, where it is not the ID'),
	secret('Authorization Information', 'authorizationInformation', 'ISA02'),
	secret('Password', 'securityInformation', 'ISA04, as the partner gave it'),
	secret('Recipient Reference', 'recipientReference', 'UNB 0022, as the partner gave it'),
]);

const SECRETS = ['authorizationInformation', 'securityInformation', 'recipientReference'] as const;

/** Additional fields that are settings, and what they are called in the directory. */
const MORE = ['EdifactQualifier', 'EdifactId', 'ApplicationId'] as const;

const given = (fields: IDataObject, name: string): string | undefined => {
	const value = fields[name];
	return value === undefined || value === null ? undefined : String(value).trim();
};

export interface PartyInput {
	readonly settings: IDataObject;
	readonly secrets: IDataObject;
}

/**
 * The settings of a company or partner, under the names that `encoderSettings` reads. A field that
 * was not added stays as it was; one that was added and left empty is taken away.
 */
export function partySettings(
	side: Side,
	known: Readonly<Record<string, unknown>> | undefined,
	ids: { readonly qualifier: string; readonly identification: string },
	more: IDataObject,
): PartyInput {
	const settings: Record<string, unknown> = {
		...known,
		[`${side}Qualifier`]: ids.qualifier,
		[`${side}Id`]: ids.identification.trim(),
	};
	for (const name of MORE) {
		const value = given(more, name.charAt(0).toLowerCase() + name.slice(1));
		if (value !== undefined) settings[`${side}${name}`] = value;
		if (value === '') delete settings[`${side}${name}`];
	}
	const secrets = Object.fromEntries(
		SECRETS.flatMap((name) => {
			const value = more[name];
			return typeof value === 'string' ? [[name, value]] : [];
		}),
	);
	return { settings: settings as IDataObject, secrets };
}
