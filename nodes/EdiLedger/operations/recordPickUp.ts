import type { LedgerOperation } from '../operation';

export const recordPickUpOperation: LedgerOperation = {
	name: 'Record Pick-Up',
	action: 'Record that files were picked up',
	description: 'Keep that the partner took a file from its folder',
	properties: [],
	execute: async ({ items }) => [[...items]],
};
