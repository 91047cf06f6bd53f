import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { ResourceName } from '../../lib/exact';
import { forAllItems, forEachItem } from '../shared';
import { choiceFields, searchDivisions } from '../shared/exactOnline';
import { description } from './description';
import { readItem, reportQuota, startRun } from './readItems';

export class ExactOnline implements INodeType {
	description: INodeTypeDescription = description;

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
			const items = await forEachItem(
				this,
				async (itemIndex) => await readItem(this, run, itemIndex),
			);
			reportQuota(this, run, items);
			return [items];
		});
	}
}
