import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { RESOURCES } from '../../lib/exact';
import { CoreError } from '../../lib/errors';
import { AGREEMENT_KINDS, isAgreementKind } from '../shared/ledger';
import type { AgreementKind, AgreementKindName } from '../shared/ledger';
import { choice, collection, date, flag, text, whole } from './fields';

const KINDS = Object.entries(AGREEMENT_KINDS)
	.map(([value, { name }]) => ({ name, value }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

const FIRST_KIND: AgreementKindName = 'x12-810';

export const kindField = choice('Documents', 'kind', KINDS, 'What the partner gets, and as what', {
	default: FIRST_KIND,
});

export const kindsField: INodeProperties = {
	displayName: 'Documents',
	name: 'kinds',
	type: 'multiOptions',
	options: KINDS,
	default: [FIRST_KIND],
	required: true,
	description: 'What the partner gets, and as what. Each is an agreement of its own.',
};

const FLAT = ['fixed-width', 'csv'];
const kindsOf = (standard: string) =>
	Object.entries(AGREEMENT_KINDS).flatMap(([value, kind]) =>
		'standard' in kind && kind.standard === standard ? [value] : [],
	);

type Shown = NonNullable<IDisplayOptions['show']>;

const resourceOfKind = (show: Shown): INodeProperties =>
	choice(
		'Resource',
		'exactResource',
		Object.values(RESOURCES)
			.map(({ name, displayName }) => ({ name: displayName, value: name }))
			.sort((a, b) => a.name.localeCompare(b.name, 'en')),
		'What of Exact Online is in the file',
		{ default: 'purchaseEntry', displayOptions: { show } },
	);

/** What belongs to the kind: the release of the standard, or the resource of a flat file. */
export const kindDetails = (field: 'kind' | 'kinds'): INodeProperties[] => [
	choice(
		'Release',
		'release',
		[
			{ name: '004010', value: '004010', description: 'What most partners use' },
			{ name: '005010', value: '005010' },
		],
		'Release of X12, as the guideline of the partner says',
		{ displayOptions: { show: { [field]: kindsOf('x12') } } },
	),
	choice(
		'Directory',
		'release',
		[
			{ name: 'D.01B', value: 'D.01B' },
			{ name: 'D.96A', value: 'D.96A', description: 'What most partners use' },
		],
		'Directory of EDIFACT, as the guideline of the partner says',
		{ default: 'D.96A', displayOptions: { show: { [field]: kindsOf('edifact') } } },
	),
	resourceOfKind({ [field]: FLAT }),
];

/** What an agreement is of, for whoever looks for the one there is. */
export const kindSought = (show: Shown): INodeProperties[] => [
	{ ...kindField, displayOptions: { show } },
	resourceOfKind({ ...show, kind: FLAT }),
];

export const folderField = text(
	'Folder',
	'folder',
	"Folder on the partner's server, from its root",
	{ default: '/inbound', placeholder: 'e.g. /inbound' },
);

/** Everything of an agreement that has a default. A field that is not added stays as it is. */
export const agreementSettings: INodeProperties = collection(
	'Settings',
	'settings',
	'Add Setting',
	[
		folderField,
		text('Acknowledgments Folder', 'acksFolder', 'Where the partner puts its acknowledgments', {
			default: '/acks',
			placeholder: 'e.g. /acks',
		}),
		choice(
			'Stage',
			'stage',
			[
				{
					name: 'Draft',
					value: 'draft',
					description: 'Everything is made and shown; nothing is sent and no number is used',
				},
				{ name: 'Test', value: 'test', description: 'Sent as test files' },
				{ name: 'Production', value: 'production', description: 'The partner books what it gets' },
			],
			'How far you are with the partner',
		),
		choice(
			'Changed Documents',
			'changePolicy',
			[
				{ name: 'Hold', value: 'hold', description: 'Wait until a person has decided' },
				{ name: 'Send as Original', value: 'original' },
				{
					name: 'Send as Replacement',
					value: 'replacement',
					description: 'X12 BIG08 or BEG01 05, EDIFACT BGM 5',
				},
			],
			'What becomes of a document that was sent before with other content. Payments are always held.',
			{ default: 'replacement' },
		),
		choice(
			'Deleted Documents',
			'onDeleted',
			[
				{ name: 'Hold', value: 'hold', description: 'Wait until a person has decided' },
				{
					name: 'Cancel',
					value: 'cancel',
					description: 'X12 BIG08 or BEG01 01, EDIFACT BGM 1. Payments and flat files are held.',
				},
			],
			'What happens with a document that was sent and is gone in Exact Online',
		),
		choice(
			'Refused Payment',
			'onRefusedPayment',
			[
				{ name: 'Hold the Advice', value: 'hold advice' },
				{ name: 'Send Without It', value: 'without it' },
			],
			'What happens with an advice when one of its payments is refused',
		),
		date(
			'Send From',
			'sendFrom',
			'Older documents are never sent. By default the day it was made.',
		),
		choice(
			'When in Doubt',
			'whenInDoubt',
			[
				{ name: 'Hold', value: 'hold', description: 'Wait until a person has looked' },
				{ name: 'Send Again', value: 'send again', description: 'The same bytes once more' },
			],
			'What happens with a file of which nobody knows whether it arrived',
		),
		flag(
			'Expect Acknowledgments',
			'acknowledgmentExpected',
			'Whether the partner answers each file with a 997, 999 or CONTRL',
		),
		whole(
			'Acknowledged Within (Hours)',
			'acknowledgedWithinHours',
			24,
			'After that many hours without an answer a file is overdue',
		),
		text('File Name', 'fileNamePattern', 'Pattern; empty for the pattern of the encode node', {
			placeholder: 'e.g. {transactionSet}_{partner}_{controlNumber}.edi',
		}),
		{
			displayName: 'Encoding Settings',
			name: 'profile',
			type: 'json',
			default: '{}',
			description:
				"What the partner's guideline asks for beyond the IDs, under the names of the page 'Settings of a partner'",
		},
		{
			displayName: 'Layout',
			name: 'layout',
			type: 'json',
			default: '{}',
			description: "Of a flat file, as Fixed-Width Encode's 'Export Layout' gives it",
		},
	],
);

export function jsonObject(value: unknown, label: string): IDataObject | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	let parsed: unknown = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			parsed = undefined;
		}
	}
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
		return Object.keys(parsed).length === 0 ? undefined : (parsed as IDataObject);
	}
	throw new CoreError('LEDGER_SETTING_INVALID', `The setting '${label}' is not a JSON object`, {
		path: label,
		hint: 'Write it as {"name": "value"}.',
	});
}

export interface KindChoice {
	readonly kind: AgreementKind;
	readonly documentType: string;
	readonly settings: IDataObject;
}

/** The first is what most partners use. */
const RELEASES: Readonly<Record<'x12' | 'edifact', readonly string[]>> = {
	x12: ['004010', '005010'],
	edifact: ['D.96A', 'D.01B'],
};
const OTHER = { x12: 'edifact', edifact: 'x12' } as const;

/** What the fields `kind`, `release` and `exactResource` say. */
export function readKind(
	read: (name: string) => unknown,
	value = String(read('kind') ?? ''),
): KindChoice {
	if (!isAgreementKind(value)) {
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			`The setting 'Documents' is "${value}"; it must be one of ${Object.keys(AGREEMENT_KINDS).join(', ')}`,
			{ path: 'kind' },
		);
	}
	const kind: AgreementKind = AGREEMENT_KINDS[value];
	if (kind.standard === undefined) {
		return { kind, documentType: String(read('exactResource') ?? ''), settings: {} };
	}
	const { standard } = kind;
	const given = String(read('release') ?? '');
	// Where 'Documents' is an expression, n8n gives the default of either field.
	const release = RELEASES[OTHER[standard]].includes(given) ? RELEASES[standard][0] : given;
	return { kind, documentType: kind.documentType, settings: { standard, release } };
}

/** What the fields `kinds`, `release` and `exactResource` say. */
export function readKinds(read: (name: string) => unknown): KindChoice[] {
	const given = read('kinds');
	const values = Array.isArray(given) ? given : [given];
	if (values.length === 0) {
		throw new CoreError('LEDGER_SETTING_INVALID', "Nothing is chosen in 'Documents'", {
			path: 'kinds',
			hint: 'Choose what the partner gets.',
		});
	}
	return values.map((value) => readKind(read, String(value ?? '')));
}
