import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { takeForReplay } from '../../../lib/ledger';
import { reasonOf, writeBinaryFile } from '../../shared';
import { noteRun, runToken } from '../../shared/ledger';
import type { FileLedger } from '../../shared/ledger';
import { choice, flag, goAheadOnlyOnYes, isAsked, isDeclined, reason, whole } from '../fields';
import { binaryField, fileJson, fileNumber } from '../fileRows';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';
import { readNumbers } from '../readNumbers';

const asked = { displayOptions: { show: { which: ['files'] } } };

export const takeForReplayOperation: LedgerOperation = {
	name: 'Take for Replay',
	action: 'Take files for replay',
	description:
		'Hand out files to be deposited again, with the same bytes and name. SFTP Deposit settles them.',
	outputs: ['To Deposit', 'Summary'],
	failureOutput: 1,
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
		{ ...fileNumber, ...asked },
		flag(
			'Even if Overtaken',
			'evenIfOvertaken',
			'Whether to send a file although a later one has newer versions of its documents',
			asked,
		),
		{ ...reason(), ...asked },
		goAheadOnlyOnYes,
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
		if (isDeclined(context)) return [[], [summaryItem(context, 0, 0)]];
		const automatic = context.getNodeParameter('which', 0) === 'automatic';
		const field = context.getNodeParameter('binaryPropertyName', 0) as string;
		// A person said Yes to a page on which nothing was found.
		const askedFor = context.getNodeParameter('file', 0, '') as unknown;
		if (!automatic && askedFor === '' && isAsked(context))
			return [[], [summaryItem(context, 0, 0)]];
		const { files, refused } = await takeForReplay(
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
		for (const { file, bytes, token } of files) {
			const binary = await writeBinaryFile(context, bytes, file.name, file.mimeType);
			const ledgerFacts: FileLedger = {
				id: ledger.id,
				agreement: file.agreement,
				agreementVersion: file.agreementVersionId,
				usage: file.usage === 'production' ? 'production' : 'test',
				folder: file.folder,
				file: file.id,
				state: file.state,
				claim: token,
			};
			const json = { outcome: 'to replay', issues: [], ...fileJson(file), ledger: ledgerFacts };
			output.push({ json: json as unknown as IDataObject, binary: { [field]: binary } });
		}
		// One item, whatever was found, so that what hangs on it runs once and last.
		noteRun(context, {
			files: refused.map(({ name, refused: code, message }) => ({
				name,
				agreement: '',
				documents: 0,
				numbers: [],
				outcome: 'not sent',
				reason: reasonOf([{ code, message }]),
				text: '',
			})),
		});
		return [asOutput(context, output), [summaryItem(context, files.length, refused.length)]];
	},
};

function summaryItem(
	context: IExecuteFunctions,
	taken: number,
	refused: number,
): INodeExecutionData {
	const json = { outcome: 'summary', taken, refused };
	return { json, pairedItem: context.getInputData().map((_, item) => ({ item })) };
}
