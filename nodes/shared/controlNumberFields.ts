import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

interface Words {
	readonly from: string;
	readonly description: string;
	readonly number: string;
	readonly displayOptions?: IDisplayOptions;
}

/** Where control numbers come from: the same choice for files and for acknowledgments. */
export const controlNumberFields = ({
	from,
	description,
	number,
	displayOptions,
}: Words): INodeProperties[] => [
	{
		displayName: 'Control Numbers',
		name: 'controlNumberSource',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: `From the ledger for ${from}, else from the execution ID`,
			},
			{
				name: 'Execution',
				value: 'execution',
				description:
					'From the execution ID: unique without any set-up, also with several workers, but with gaps',
			},
			{ name: 'From Input', value: 'input', description: 'Your own' },
			{
				name: 'From Ledger',
				value: 'ledger',
				description: 'Consecutive for each sender and receiver; unused ones are on record',
			},
		],
		default: 'automatic',
		...(displayOptions === undefined ? {} : { displayOptions }),
		description,
	},
	{
		displayName: 'Control Number',
		name: 'controlNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.controlNumber }}',
		displayOptions: {
			...displayOptions,
			show: { ...displayOptions?.show, controlNumberSource: ['input'] },
		},
		description: number,
	},
];
