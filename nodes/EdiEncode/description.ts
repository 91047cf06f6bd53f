import type { INodeProperties } from 'n8n-workflow';
import { checkProperty } from './properties/check';
import { collectionProperties } from './properties/collections';
import { flowProperties } from './properties/flow';
import { mappingProperties } from './properties/mapping';
import { optionsProperty } from './properties/options';
import { partnerProperties } from './properties/partner';

export const properties: INodeProperties[] = [
	{
		displayName:
			"Connect the Exact Online node here, with lines and supplier chosen under 'Include'. Fill in the two IDs, run once with 'Dry Run' on, and look at the file.",
		name: 'startNotice',
		type: 'notice',
		default: '',
	},
	...partnerProperties,
	checkProperty,
	...flowProperties,
	...collectionProperties,
	...mappingProperties,
	optionsProperty,
];
