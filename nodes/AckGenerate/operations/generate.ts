import { answerFile } from '../answerFile';
import type { Operation } from '../operation';
import { answer, answerOptions } from '../properties/answer';
import { binaryField } from '../properties/file';

export const generate: Operation = {
	name: 'Generate',
	action: 'Generate acknowledgments for files that came in',
	description: "Check a partner's file and make the 997, 999, TA1 or CONTRL that answers it",
	properties: [binaryField, ...answer, answerOptions],
	execute: async (context, itemIndex, item) => await answerFile(context, itemIndex, item, false),
};
