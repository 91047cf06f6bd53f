import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { Issue } from '../../lib/errors';
import { reasonOf } from '../shared';
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
		hints.push({ type: 'warning', location: 'outputPane', message: commonestReason(refused) });
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

/** One fault in many documents is one line: the issue of most documents, with its fix. */
function commonestReason(refused: readonly INodeExecutionData[]): string {
	const byKind = new Map<string, { readonly first: Issue; documents: number }>();
	for (const { json } of refused) {
		const seen = new Set<string>();
		for (const issue of json['issues'] as unknown as readonly Issue[]) {
			const kind = `${issue.code} ${issue.path?.replaceAll(/\[\d+\]/g, '') ?? ''}`;
			if (seen.has(kind)) continue;
			seen.add(kind);
			const known = byKind.get(kind) ?? { first: issue, documents: 0 };
			known.documents += 1;
			byKind.set(kind, known);
		}
	}
	const [commonest] = [...byKind.values()].sort((a, b) => b.documents - a.documents);
	const count = `${refused.length} ${refused.length === 1 ? 'document was' : 'documents were'} rejected`;
	if (commonest === undefined) return `${count}; the output 'Rejected' says why.`;
	const share = refused.length === 1 ? '' : `, ${commonest.documents} of them for this reason`;
	return `${count}${share}: ${reasonOf([commonest.first])}`;
}
