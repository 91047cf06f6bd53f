import { answerFile } from '../answerFile';
import type { Operation } from '../operation';
import { answer, answerOptions } from '../properties/answer';
import { binaryField } from '../properties/file';

export const generateOnBehalf: Operation = {
	name: 'Generate on Behalf',
	action: 'Generate the acknowledgment a receiver would send',
	description:
		'For a file of ours whose receiver took it but cannot acknowledge: make what it would send',
	properties: [binaryField, ...answer, answerOptions],
	execute: async (context, itemIndex, item) => await answerFile(context, itemIndex, item, true),
};
