import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { ResourceName } from '../../lib/exact';
import { forAllItems, forEachItem } from '../shared';
import { CREDENTIAL, choiceFields, searchDivisions } from '../shared/exactOnline';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { properties } from './description';
import { findDeleted } from './findDeleted';
import { SUBTITLE } from './operations';
import { readItem, reportQuota, startRun } from './readItems';

export class ExactOnline implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Exact Online',
		name: 'exactOnline',
		icon: {
			light: 'file:../../icons/exactOnline.svg',
			dark: 'file:../../icons/exactOnline.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Read purchase, payment and ledger data from Exact Online',
		defaults: { name: 'Exact Online' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: CREDENTIAL, required: true },
			{ name: LEDGER_CREDENTIAL, required: false },
		],
		properties,
	};

	methods = {
		listSearch: { searchDivisions },
		loadOptions: {
			async getFields(this: ILoadOptionsFunctions) {
				return choiceFields(this.getCurrentNodeParameter('resource') as ResourceName);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await forAllItems(this, async () => {
			const run = await startRun(this);
			const items =
				this.getNodeParameter('operation', 0) === 'findDeleted'
					? await findDeleted(this, run)
					: await forEachItem(this, async (itemIndex) => await readItem(this, run, itemIndex));
			reportQuota(this, run, items);
			return [items];
		});
	}
}
