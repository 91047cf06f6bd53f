import type { INodeProperties } from 'n8n-workflow';
import { controlNumberFields } from '../../shared';

/** Trying it out, and the numbers. */
export const flowProperties: INodeProperties[] = [
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			"Whether to encode without using up control numbers, to look at the result. The outcome is 'dry run' and nothing is recorded in the ledger.",
	},
	...controlNumberFields({
		from: "documents of 'Take New or Changed'",
		description: 'Where the numbers of interchanges and groups come from',
		number:
			'A whole number from 1 to 999999999, read from the first item of each interchange. An interchange with several functional groups needs a list with one for each.',
	}),
];

/** Files, and what happens to documents that do not fit: of *Options*, by name. */
export const flowOptions: INodeProperties[] = [
	{
		displayName: 'Batching',
		name: 'batching',
		type: 'options',
		options: [
			{
				name: 'One Interchange per Document',
				value: 'perDocument',
				description: 'A file for each document; at most 999 in one execution',
			},
			{
				name: 'One Interchange per Partner',
				value: 'perPartner',
				description: 'Documents with the same partner settings share a file',
			},
			{
				name: 'One Interchange per Run',
				value: 'perRun',
				description: 'All documents go to the partner that the first item names',
			},
		],
		default: 'perPartner',
		description: 'Which documents share a file',
	},
	{
		displayName: 'Changed Documents',
		name: 'changedDocuments',
		type: 'options',
		options: [
			{
				name: 'Hold',
				value: 'hold',
				description: "Leave by 'Rejected' with outcome 'held', for a person to decide",
			},
			{
				name: 'Send as Original',
				value: 'original',
				description: 'As if it were new, for partners that take the last version',
			},
			{
				name: 'Send as Replacement',
				value: 'replacement',
				description:
					'X12 BIG08 or BEG01 05, EDIFACT BGM 5. Payments cannot be replaced and are held.',
			},
		],
		default: 'replacement',
		description: 'What a document becomes that was sent before with other content',
	},
	{
		displayName: 'Document Change',
		name: 'documentChange',
		type: 'string',
		default: '',
		placeholder: "e.g. {{ $json.known ? 'changed' : 'new' }}",
		description:
			"What the document is to the partner: 'new', 'changed' (an earlier version was sent) or 'unchanged' (left out). Empty: the field document.change of the item, which the templates fill from the ledger.",
	},
	{
		displayName: 'File Name',
		name: 'fileNamePattern',
		type: 'string',
		default: '{transactionSet}_{partner}_{controlNumber}.edi',
		placeholder: 'e.g. {transactionSet}_{partner}_{controlNumber}.edi',
		hint: 'Available: {transactionSet}, {partner}, {controlNumber}, {groupControlNumber}, {release}, {format}, {sender}, {receiver}, {usage}',
		description:
			'Pattern of the file name. There is no date in it, so that a file sent again keeps its name.',
	},
	{
		displayName: 'On Invalid Document',
		name: 'onInvalidDocument',
		type: 'options',
		options: [
			{
				name: 'Reject Document',
				value: 'reject',
				description: "The others go on; the invalid one leaves by 'Rejected' with its issues",
			},
			{ name: 'Stop', value: 'stop', description: 'The run fails before anything is encoded' },
		],
		default: 'reject',
		description: 'What happens when a document cannot be a valid set or message',
	},
];
