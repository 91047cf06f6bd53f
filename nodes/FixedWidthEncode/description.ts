import type { INodeProperties } from 'n8n-workflow';
import { operationField, operationProperties } from '../shared';
import { OPERATIONS } from './operations';

const notice: INodeProperties = {
	displayName:
		"Connect the Exact Online node here, with lines and supplier chosen under 'Include' for documents. Run once and compare 'preview' in the output with the partner's specification.",
	name: 'startNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { operation: ['encode'] } },
};

export const properties: INodeProperties[] = [notice, operationField(OPERATIONS, 'encode'), ...operationProperties(OPERATIONS)];
