import type { IDataObject } from 'n8n-workflow';
import { releaseHeld } from '../../../lib/ledger';
import type { ReleaseAs } from '../../../lib/ledger';
import { asOutput } from '../outputs';
import { choice, reason, text } from '../fields';
import type { LedgerOperation } from '../operation';
import { readNumbers } from '../readNumbers';

export const releaseOperation: LedgerOperation = {
	name: 'Release',
	action: 'Release held documents',
	description:
		'Decide about documents that are held: send them after all, or never. Released ones leave as they were, to be taken.',
	properties: [
		text(
			'Document Version',
			'version',
			"Number of the held version, as 'Get To-Do' and 'Get Many' give it",
			{ required: true, default: '={{ $json.version }}' },
		),
		choice(
			'Release As',
			'releaseAs',
			[
				{
					name: 'Cancellation',
					value: 'cancellation',
					description: 'Of a document that is gone at the source: what was sent is taken back',
				},
				{ name: 'Never', value: 'never', description: 'The partner keeps what it has' },
				{ name: 'Original', value: 'original', description: 'As if it were new' },
				{ name: 'Replacement', value: 'replacement', description: 'Of what was sent before' },
			],
			'What the partner gets. Take New or Changed sends it: behind this node, or the next time it is read.',
			{ default: 'replacement' },
		),
		reason(),
	],
	execute: async ({ context, ledger, actor }) => {
		const versions = readNumbers(context, 'version', 'Document Version');
		const as = context.getNodeParameter('releaseAs', 0) as ReleaseAs;
		const why = (context.getNodeParameter('reason', 0) as string).trim();
		const documents = await releaseHeld(ledger, versions, as, why, actor);
		const released = documents.map(({ state, versionId, document, agreement, ...facts }) => ({
			// As it was when it was held, or sent, so that it can be taken and sent at once.
			json: {
				...document,
				outcome: state,
				document: {
					...((document as IDataObject | undefined)?.document as IDataObject),
					...facts,
				},
				agreement,
				version: versionId,
			} as IDataObject,
		}));
		return [asOutput(context, released)];
	},
};
