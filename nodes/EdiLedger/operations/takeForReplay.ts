import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { takeForReplay } from '../../../lib/ledger';
import { writeBinaryFile } from '../../shared';
import { runToken } from '../../shared/ledger';
import { choice, flag, reason, text, whole } from '../fields';
import { binaryField, fileJson } from '../fileRows';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';
import { readNumbers } from '../readNumbers';

const asked = { displayOptions: { show: { which: ['files'] } } };

export const takeForReplayOperation: LedgerOperation = {
	name: 'Take for Replay',
	action: 'Take files for replay',
	description:
		'Hand out files to be deposited again, with the same bytes and name. SFTP Deposit settles them.',
	properties: [
		choice(
			'Which Files',
			'which',
			[
				{
					name: 'Failed and Stranded',
					value: 'automatic',
					description: 'All that did not arrive and that a setting allows to send again',
				},
				{ name: 'Files I Name', value: 'files', description: 'Also files that arrived before' },
			],
			'Which files are deposited again',
		),
		text('File', 'file', "Number of the file in the ledger, as 'Get Many' gives it", {
			required: true,
			default: '={{ $json.file ?? $json.id }}',
			...asked,
		}),
		flag(
			'Even if Overtaken',
			'evenIfOvertaken',
			'Whether to send a file although a later one has newer versions of its documents',
			asked,
		),
		{ ...reason(), ...asked },
		binaryField,
		whole(
			'Reserved For (Minutes)',
			'leaseMinutes',
			10,
			'After that time another run may take the files that this one did not deposit',
			{ typeOptions: { minValue: 1 } },
		),
	],
	execute: async ({ context, ledger, actor }) => {
		const automatic = context.getNodeParameter('which', 0) === 'automatic';
		const field = context.getNodeParameter('binaryPropertyName', 0) as string;
		const taken = await takeForReplay(
			ledger,
			automatic
				? { automatic: true }
				: {
						fileIds: readNumbers(context, 'file', 'File'),
						evenIfOvertaken: context.getNodeParameter('evenIfOvertaken', 0, false) === true,
						reason: (context.getNodeParameter('reason', 0) as string).trim(),
					},
			{
				token: runToken(context, 'replay'),
				leaseSeconds: Number(context.getNodeParameter('leaseMinutes', 0, 10)) * 60,
			},
			actor,
		);
		const output: INodeExecutionData[] = [];
		for (const { file, bytes, token } of taken) {
			const binary = await writeBinaryFile(context, bytes, file.name, file.mimeType);
			const json = {
				outcome: 'to replay',
				...fileJson(file),
				ledger: {
					id: ledger.id,
					agreement: file.agreement,
					agreementVersion: file.agreementVersionId,
					usage: file.usage,
					folder: file.folder,
					file: file.id,
					state: file.state,
					claim: token,
				},
			} as unknown as IDataObject;
			output.push({ json, binary: { [field]: binary } });
		}
		return [asOutput(context, output)];
	},
};
