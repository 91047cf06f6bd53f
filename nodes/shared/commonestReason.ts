import type { Issue } from '../../lib/errors';
import { reasonOf } from './fileItem';

/** What happened to one, and to several, such as `document was rejected`. */
interface Words {
	readonly one: string;
	readonly many: string;
	/** The output that says the rest. */
	readonly output: string;
}

/** One fault in many documents is one line: the issue of most of them, with its fix. */
export function commonestReason(
	refused: readonly { readonly issues: readonly object[] }[],
	{ one, many, output }: Words,
): string {
	const byKind = new Map<string, { readonly first: Issue; count: number }>();
	for (const { issues } of refused) {
		const seen = new Set<string>();
		for (const issue of issues as readonly Issue[]) {
			const kind = `${issue.code} ${issue.path?.replaceAll(/\[\d+\]/g, '') ?? ''}`;
			if (seen.has(kind)) continue;
			seen.add(kind);
			const known = byKind.get(kind) ?? { first: issue, count: 0 };
			known.count += 1;
			byKind.set(kind, known);
		}
	}
	const [commonest] = [...byKind.values()].sort((a, b) => b.count - a.count);
	const count = `${refused.length} ${refused.length === 1 ? one : many}`;
	if (commonest === undefined) return `${count}; the output '${output}' says why.`;
	const share = refused.length === 1 ? '' : `, ${commonest.count} of them for this reason`;
	return `${count}${share}: ${reasonOf([commonest.first])}`;
}
