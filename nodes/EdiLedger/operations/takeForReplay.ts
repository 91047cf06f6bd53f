import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readAgreement, takeForReplay } from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { withOutcome, writeBinaryFile } from '../../shared';
import { runToken } from '../../shared/ledger';
import type { FileLedger } from '../../shared/ledger';
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
	outputs: ['To Deposit', 'Left'],
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
		const agreementOf = agreementNames(ledger);
		for (const { file, bytes, token } of files) {
			const binary = await writeBinaryFile(context, bytes, file.name, file.mime_type);
			const ledgerFacts: FileLedger = {
				id: ledger.id,
				agreement: await agreementOf(file.agreement_version_id),
				agreementVersion: file.agreement_version_id,
				usage: file.usage === 'production' ? 'production' : 'test',
				folder: file.folder,
				file: file.id,
				state: file.state,
				claim: token,
			};
			const json = { outcome: 'to replay', issues: [], ...fileJson(file), ledger: ledgerFacts };
			output.push({ json: json as unknown as IDataObject, binary: { [field]: binary } });
		}
		const left = refused.map(({ fileId, name, refused: code, message }) => ({
			json: withOutcome({ file: fileId, fileName: name }, 'refused', [{ code, message, path: '' }]),
		}));
		return [asOutput(context, output), asOutput(context, left)];
	},
};

/** Of each version of an agreement the name, read once. */
function agreementNames(ledger: Ledger): (versionId: number) => Promise<string> {
	const names = new Map<number, string>();
	return async (versionId) => {
		const known = names.get(versionId);
		if (known !== undefined) return known;
		const { name } = await readAgreement(ledger, { versionId });
		names.set(versionId, name);
		return name;
	};
}
