import type { INodeProperties } from 'n8n-workflow';
import { operationField, operationProperties } from '../shared';
import { OPERATIONS } from './operations';

export const properties: INodeProperties[] = [
	operationField(OPERATIONS, 'deposit'),
	...operationProperties(OPERATIONS),
];
