import { createHash } from 'node:crypto';
import { CoreError } from '../errors';

const unreadable = (next: string) =>
	new CoreError(
		'EXACT_FOREIGN_PAGE',
		`The address of the next page cannot be read: "${next.slice(0, 80)}"`,
	);

/**
 * The path of a following page below `/api/v1/`. Only its path and query are taken: the request goes
 * to the credential's own host, through its proxy where there is one, and only for the list that is
 * being read.
 */
export function followingPath(next: string, root: string, list: string): string {
	let url: URL;
	try {
		url = new URL(next, root + list);
	} catch {
		throw unreadable(next);
	}
	const marker = '/api/v1/';
	const at = url.pathname.toLowerCase().indexOf(marker);
	const path = at < 0 ? '' : url.pathname.slice(at + marker.length);
	if (path.toLowerCase() !== list.toLowerCase()) {
		if (url.host === '') throw unreadable(next);
		throw new CoreError(
			'EXACT_FOREIGN_PAGE',
			`The next page of ${list} is said to be at ${url.host}${url.pathname.slice(0, 80)}`,
		);
	}
	return list + url.search;
}

function plain(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch (error) {
		if (error instanceof URIError) return path;
		throw error;
	}
}

/** The pages of one reading: a page that points at itself or back would be read for ever. */
export interface Trail {
	/** Throws where the page was read before. */
	step(path: string): void;
	readonly marks: readonly string[];
}

export function createTrail(known: readonly string[] = []): Trail {
	const marks = new Set(known);
	return {
		get marks() {
			return [...marks];
		},
		step(path) {
			const mark = createHash('sha256').update(plain(path)).digest('base64url').slice(0, 10);
			if (marks.has(mark)) {
				throw new CoreError(
					'EXACT_PAGE_LOOP',
					`Exact says that the next page of ${path.split('?')[0] ?? path} is one that was read already`,
					{ failure: { cause: 'temporarily-unavailable' } },
				);
			}
			marks.add(mark);
		},
	};
}
