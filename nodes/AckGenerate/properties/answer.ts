import type { INodeProperties } from 'n8n-workflow';
import { controlNumberFields } from '../../shared';
import { characterSet } from './file';

/** What *Generate* and *Generate on Behalf* ask for. */
export const answer: INodeProperties[] = [
	{
		displayName: 'Partner',
		name: 'partner',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME',
		description: 'Short name for the file name; by default the ID of the partner in the file',
	},
	{
		displayName: 'X12 Acknowledgment',
		name: 'functionalAcknowledgment',
		type: 'options',
		options: [
			{
				name: '997 Functional Acknowledgment',
				value: '997',
				description: 'In the release of the file that is acknowledged',
			},
			{
				name: '999 Implementation Acknowledgment',
				value: '999',
				description: 'Of 005010 only; names an 820 by its trace number',
			},
		],
		default: '997',
		description: 'What X12 groups are answered with. EDIFACT is answered with CONTRL.',
	},
	...controlNumberFields({
		from: "files of 'Record Received'",
		description: 'Where the numbers of the acknowledgments come from',
		number:
			'A whole number from 1 to 999999999; a list with commas where one file holds several interchanges',
	}),
];

const rejectOrAccept = [
	{ name: 'Accept with Errors', value: 'accept with errors' },
	{ name: 'Reject', value: 'reject' },
];

export const answerOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Accept Any Code',
			name: 'anyCode',
			type: 'boolean',
			default: false,
			description:
				'Whether values outside of the code lists are fine, as with partners that have their own',
		},
		{
			displayName: 'Accepted Receivers',
			name: 'acceptedReceivers',
			type: 'string',
			default: '',
			placeholder: 'e.g. ZZ:MYCOMPANY, 8712345000004',
			description:
				'IDs that are ours, with or without qualifier. Interchanges for others are rejected.',
		},
		{
			displayName: 'Accepted Senders',
			name: 'acceptedSenders',
			type: 'string',
			default: '',
			placeholder: 'e.g. ZZ:ACME',
			description: 'IDs of partners. Interchanges of others are rejected.',
		},
		{
			displayName: 'All or Nothing',
			name: 'allOrNothing',
			type: 'boolean',
			default: false,
			description:
				'Whether one bad set rejects its whole group (X12), one bad message its interchange (EDIFACT)',
		},
		characterSet,
		{
			displayName: 'Check Character Repertoire',
			name: 'checkRepertoire',
			type: 'boolean',
			default: false,
			description: 'Whether characters that UNOA or UNOB does not have are errors',
		},
		{
			displayName: 'CONTRL',
			name: 'contrl',
			type: 'options',
			options: [
				{ name: 'Acknowledgment', value: 'acknowledgment', description: 'Action 7 or 4' },
				{ name: 'Receipt', value: 'receipt', description: 'Action 8: it came in, nothing more' },
				{ name: 'Receipt and Acknowledgment', value: 'both' },
			],
			default: 'acknowledgment',
			description: 'What EDIFACT interchanges are answered with',
		},
		{
			displayName: 'CONTRL Version',
			name: 'contrlIdentifier',
			type: 'string',
			default: 'D:3:UN',
			placeholder: 'e.g. D:3:UN:2.0b',
			description: 'Version, release, agency and association code of CONTRL in syntax 1 to 3',
		},
		{
			displayName: 'Control Number Offset',
			name: 'controlNumberOffset',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Added to the execution ID, for a database that was moved or reset',
		},
		{
			displayName: 'Error Details',
			name: 'detail',
			type: 'boolean',
			default: true,
			description: 'Whether segments and elements in error are listed in the acknowledgment',
		},
		{
			displayName: 'File Name',
			name: 'fileNamePattern',
			type: 'string',
			default: '{transactionSet}_{partner}_{controlNumber}.edi',
			description: 'Of the acknowledgment; from its facts, never from the clock',
		},
		{
			displayName: 'Leave Application Answers',
			name: 'leaveApplicationAnswers',
			type: 'boolean',
			default: false,
			description:
				"Whether 824 and APERAK are left to 'Reconcile', as 997 and CONTRL are. They ask for an acknowledgment of their own, which most partners do not miss.",
		},
		{
			displayName: 'Line Breaks',
			name: 'lineBreaks',
			type: 'boolean',
			default: false,
			description: 'Whether each segment stands on a line of its own',
		},
		{
			displayName: 'List Accepted',
			name: 'listAccepted',
			type: 'boolean',
			default: true,
			description: 'Whether accepted sets and messages are named as well as rejected ones',
		},
		{
			displayName: 'Oldest Accepted (Days)',
			name: 'maxAgeDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'EDIFACT interchanges and groups that were prepared more days ago are rejected as too old; 0 for no limit',
		},
		{
			displayName: 'On Content Errors',
			name: 'bodyErrors',
			type: 'options',
			options: rejectOrAccept,
			default: 'reject',
			description:
				'What becomes of a set or message with errors in its segments. CONTRL knows no acceptance with errors: it then says nothing of them.',
		},
		{
			displayName: 'On Envelope Errors',
			name: 'envelopeErrors',
			type: 'options',
			options: rejectOrAccept,
			default: 'reject',
			description: 'What becomes of wrong counts, control numbers and headers',
		},
		{
			displayName: 'Production Only',
			name: 'productionOnly',
			type: 'boolean',
			default: false,
			description: 'Whether test interchanges are rejected',
		},
		{
			displayName: 'Reject What Cannot Be Checked',
			name: 'rejectUnsupported',
			type: 'boolean',
			default: false,
			description:
				'Whether sets and messages without tables are rejected. By default their envelope alone is acknowledged.',
		},
		{
			displayName: 'Release of the 997',
			name: 'release',
			type: 'options',
			options: [
				{ name: '004010', value: '004010' },
				{ name: '005010', value: '005010' },
				{ name: 'As Received', value: 'as received' },
			],
			default: 'as received',
		},
		{
			displayName: 'Send CONTRL',
			name: 'contrlWhen',
			type: 'options',
			options: [
				{ name: 'Always', value: 'always' },
				{ name: 'When Requested', value: 'when requested' },
			],
			default: 'always',
		},
		{
			displayName: 'TA1',
			name: 'ta1',
			type: 'options',
			options: [
				{ name: 'Always', value: 'always' },
				{ name: 'Never', value: 'never' },
				{ name: 'When Requested or in Error', value: 'when requested' },
			],
			default: 'when requested',
			description:
				'When the interchange envelope is acknowledged by itself. Its errors stand in no other answer.',
		},
	],
};
