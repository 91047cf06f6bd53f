import { releaseHeld } from '../../../lib/ledger';
import { asOutput } from '../outputs';
import { choice, reason, text } from '../fields';
import type { LedgerOperation } from '../operation';
import { readNumbers } from '../readNumbers';

export const releaseOperation: LedgerOperation = {
	name: 'Release',
	action: 'Release held documents',
	description: 'Decide about documents that are held: send them after all, or never',
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
				{ name: 'Never', value: 'never', description: 'The partner keeps what it has' },
				{ name: 'Original', value: 'original', description: 'As if it were new' },
				{ name: 'Replacement', value: 'replacement', description: 'Of what was sent before' },
			],
			'What the partner gets. The next run of the export sends it.',
			{ default: 'replacement' },
		),
		reason(),
	],
	execute: async ({ context, ledger, actor }) => {
		const versions = readNumbers(context, 'version', 'Document Version');
		const as = context.getNodeParameter('releaseAs', 0) as 'replacement' | 'original' | 'never';
		const why = (context.getNodeParameter('reason', 0) as string).trim();
		await releaseHeld(ledger, versions, as, why, actor);
		const released = versions.map((version) => ({ json: { outcome: 'released', version, as } }));
		return [asOutput(context, released)];
	},
};
