import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { forAllItems } from '../shared';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { sftpConnectionTest } from './credentialTest';
import { properties } from './description';
import { OPERATIONS } from './operations';

export class SftpDeposit implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SFTP Deposit',
		name: 'sftpDeposit',
		icon: {
			light: 'file:../../icons/sftpDeposit.svg',
			dark: 'file:../../icons/sftpDeposit.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] + ": " + ($parameter["folder"] || $parameter["toFolder"]) }}',
		description:
			"Deliver files to a trading partner's SFTP server: complete, once, to a verified host",
		defaults: { name: 'SFTP Deposit' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'sftpVerifiedApi', required: true, testedBy: 'sftpConnectionTest' },
			{ name: LEDGER_CREDENTIAL, required: false },
		],
		properties,
	};

	methods = { credentialTest: { sftpConnectionTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await forAllItems(this, async () => {
			const operation = OPERATIONS[this.getNodeParameter('operation', 0) as string];
			return [(await operation?.execute(this)) ?? []];
		});
	}
}
