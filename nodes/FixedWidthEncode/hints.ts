import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { Issue } from '../../lib/errors';
import { commonestReason } from '../shared';
import type { RunSettings } from './settings';

/** What the editor says above the output once the run is through. */
export function hintsOf(
	settings: RunSettings,
	files: number,
	rejected: readonly INodeExecutionData[],
): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	const refused = rejected.filter(({ json }) => json['outcome'] === 'rejected');
	if (refused.length > 0) {
		const message = commonestReason(
			refused.map(({ json }) => ({ issues: json['issues'] as unknown as readonly Issue[] })),
			{ one: 'document was rejected', many: 'documents were rejected', output: 'Rejected' },
		);
		hints.push({ type: 'warning', location: 'outputPane', message });
	}
	if (files > 0 && settings.format === 'fixed-width') {
		hints.push({
			type: 'info',
			location: 'outputPane',
			message:
				"Look at 'preview' in the output: it shows the first records under a column ruler, with a dot for each space",
		});
	}
	return hints;
}
