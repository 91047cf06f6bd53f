import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { Ledger } from '../../lib/ledger';
import { forAllItems } from '../shared';
import { actorOf, ledgerOf } from '../shared/ledger';
import { ediLedgerTest } from './credentialTest';
import { outputs, properties, subtitle } from './description';
import { searchAgreements, searchCompanies, searchPartners } from './listSearch';
import { RESOURCES } from './resources';

export class EdiLedger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EDI Ledger',
		name: 'ediLedger',
		icon: { light: 'file:../../icons/ediLedger.svg', dark: 'file:../../icons/ediLedger.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description:
			'What was sent to which partner, whether it arrived and was accepted; sees that nothing is sent twice',
		defaults: { name: 'EDI Ledger' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials: [{ name: 'ediLedgerApi', required: false, testedBy: 'ediLedgerTest' }],
		properties,
	};

	methods = {
		credentialTest: { ediLedgerTest },
		listSearch: {
			search_agreement: searchAgreements,
			search_company: searchCompanies,
			search_partner: searchPartners,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = RESOURCES[this.getNodeParameter('resource', 0) as string];
		const operation = resource?.operations[this.getNodeParameter('operation', 0) as string];
		if (operation === undefined) return [];
		const work = async () => {
			const run = { context: this, actor: actorOf(this), items: this.getInputData() };
			if (operation.repair !== undefined) return await operation.repair(run);
			const ledger =
				operation.needsLedger === false ? (undefined as unknown as Ledger) : await ledgerOf(this);
			return await operation.execute({ ...run, ledger });
		};
		const { onFailure } = operation;
		if (onFailure === undefined) return await forAllItems(this, work, operation.failureOutput);
		return await work().catch(async (error: unknown) => await onFailure(this, error));
	}
}
