import type { Row } from './decode';
import { literalFor } from './filters';
import { anyOf, groupTerms, queryUrl } from './literals';
import type { Reader, ReadTarget, RowPage } from './reader';
import type { Endpoint } from './resources';

/** Compared as text: GUIDs without case, codes without Exact's padding. */
export function joinKey(value: unknown): string | undefined {
	if (value === null || value === undefined) return undefined;
	const text = String(value).trim().toLowerCase();
	return text === '' ? undefined : text;
}

/**
 * More groups than this, in all of the run so far, are worth a look at the size of the whole set, which
 * costs one call. The parts of documents are many: they are looked at for one load only, and later.
 */
const LOOK_BEYOND = { part: 6, regular: 3, large: 1 } as const;

const LARGE_PAGE = 1_000;
/** Suppliers without a bank account are no news: the right is asked for once in a while. */
const CONFIRM_EVERY = 60_000;

/**
 * Rows of one endpoint by one field, kept for the run: every row is read once, in the fewest calls.
 * Few keys are asked for in groups of alternatives. For many keys the first page of the whole set is
 * read with its total count, which says what is cheaper: the rest of the set, or the groups.
 */
export interface ReferenceSet {
	/** Makes sure that the rows of these keys are there. */
	load(keys: Iterable<string>): Promise<void>;
	find(key: string): readonly Row[];
}

export function createReferenceSet(
	reader: Reader,
	endpoint: Endpoint,
	field: string,
	select: readonly string[],
	options: { readonly wholeOnly: boolean; readonly single: boolean; readonly isPart: boolean },
): ReferenceSet {
	const rowsByKey = new Map<string, Row[]>();
	const seen = new Set<string>();
	const settled = new Set<string>();
	let complete = false;
	let looked = false;
	let asked = 0;

	const regular: ReadTarget = endpoint;
	const large: ReadTarget | undefined =
		endpoint.large === undefined
			? undefined
			: { ...endpoint, path: endpoint.large.path, regularPath: endpoint.path };
	const wholeTarget = large ?? regular;
	const wholeFilter = (endpoint.large ?? endpoint).everything;
	const wholePageSize = large === undefined ? endpoint.pageSize : LARGE_PAGE;

	function keep(page: RowPage): void {
		for (const row of page.rows) {
			const key = joinKey(row[field]);
			const id = joinKey(row[endpoint.key]) ?? '';
			if (key === undefined || seen.has(id)) continue;
			seen.add(id);
			const rows = rowsByKey.get(key);
			if (rows === undefined) rowsByKey.set(key, [row]);
			else rows.push(row);
			// One row is all there is for a unique key; of several the rest may be on another page.
			if (options.single) settled.add(key);
		}
	}

	/** The rest of the whole set, if that takes no more calls than `groups` would. */
	async function readWhole(groups: number): Promise<void> {
		looked = true;
		const first = await reader.page(wholeTarget, {
			select,
			filter: wholeFilter,
			inlineCount: !options.wholeOnly,
		});
		if (first.rows.length === 0) await confirmEmpty();
		keep(first);
		const pages =
			first.total === undefined ? Number.POSITIVE_INFINITY : Math.ceil(first.total / wholePageSize);
		if (first.next !== undefined && !options.wholeOnly && pages - 1 > groups) return;
		let page = first;
		while (page.next !== undefined) {
			page = await reader.nextPage(wholeTarget, page.next);
			keep(page);
		}
		// A mandatory filter leaves rows out, so a key that is missing is still asked for by itself.
		complete = wholeFilter === undefined;
	}

	let confirmedAt = -CONFIRM_EVERY;

	/**
	 * Rows point here, and none is there: a right that was lost looks the same. The parts of a document
	 * are never taken to be absent on the word of an hour ago. True: asked just now.
	 */
	async function confirmEmpty(): Promise<boolean> {
		const now = reader.client.clock.now();
		if (!options.isPart && now - confirmedAt < CONFIRM_EVERY) return false;
		await reader.confirmRight(regular);
		confirmedAt = now;
		return true;
	}

	const termOf = (key: string) => `${field} eq ${literalFor(endpoint, field, key, field)}`;
	const groupsOf = (keys: readonly string[]) =>
		groupTerms(keys.map(termOf), (terms) =>
			queryUrl(`${reader.division}/${regular.path}`, { select, filter: anyOf(terms) }),
		);

	return {
		async load(keys) {
			const isMissing = (key: string) => !complete && !settled.has(key);
			const wanted = [...keys].map(joinKey).filter((key) => key !== undefined);
			let missing = [...new Set(wanted)].filter(isMissing);
			if (missing.length === 0) return;
			const kind = options.isPart ? 'part' : large === undefined ? 'regular' : 'large';
			const groups = options.wholeOnly ? 0 : groupsOf(missing).length;
			asked += groups;
			if (options.wholeOnly || (!looked && asked > LOOK_BEYOND[kind])) {
				await readWhole(groups);
				missing = missing.filter(isMissing);
			}
			for (const group of groupsOf(missing)) {
				let found = 0;
				const read = async () => {
					for await (const page of reader.pages(regular, { select, filter: anyOf(group) })) {
						found += page.rows.length;
						keep(page);
					}
				};
				await read();
				if (found === 0 && (await confirmEmpty())) await read();
			}
			// Asked for and not there: absent for the rest of the run.
			for (const key of missing) settled.add(key);
		},
		find: (key) => rowsByKey.get(key) ?? [],
	};
}
