import type { ExactClient } from '../../lib/exact';
import { assertDivision, listDivisions } from '../../lib/exact';
import { CoreError } from '../../lib/errors';
import { CURRENT_DIVISION, divisionOfUser } from '../shared/exactOnline';
import type { DivisionChoice } from './settings';

/** Kept between polls, so that what is watched does not follow the user's browser. */
export interface Watched {
	/** Which choice the list is of. */
	readonly choice: string;
	readonly at: number;
	readonly codes: readonly number[];
}

/** New companies of an accountant are found within the hour; the list takes a call per 60 of them. */
const LIST_EVERY = 3_600_000;

const plain = (text: string) => text.normalize('NFKD').toLowerCase();

/** Part of the name; `*` stands for anything. No regular expression of the user's. */
export function matchesName(name: string, pattern: string): boolean {
	let rest = plain(name);
	for (const part of plain(pattern).split('*')) {
		const at = rest.indexOf(part);
		if (at < 0) return false;
		rest = rest.slice(at + part.length);
	}
	return true;
}

export async function watchedDivisions(
	client: ExactClient,
	choice: DivisionChoice,
	before: Watched | undefined,
): Promise<Watched> {
	const key = JSON.stringify(choice);
	const now = client.clock.now();
	const known = before?.choice === key ? before : undefined;
	switch (choice.kind) {
		case 'several':
			return { choice: key, at: now, codes: choice.codes };
		case 'one': {
			// The user's current division follows their browser: a trigger that silently changed companies
			// would send one company's invoices as another's.
			const isCurrent = choice.value === CURRENT_DIVISION;
			if (isCurrent && known !== undefined) return known;
			const code = isCurrent ? await divisionOfUser(client) : assertDivision(choice.value);
			return { choice: key, at: now, codes: [code] };
		}
		default: {
			if (known !== undefined && now - known.at < LIST_EVERY) return known;
			const list = await listDivisions(client, 'amsterdam');
			// Without a list it would be one company where all were meant.
			if (list.source === 'current/Me') {
				if (known !== undefined) return known;
				throw new CoreError(
					'EXACT_DIVISION_SCOPE',
					list.note ?? 'Exact gives no list of divisions.',
				);
			}
			const codes = list.divisions
				.filter(({ active }) => active)
				.filter(({ name }) => choice.kind === 'all' || matchesName(name, choice.pattern))
				.map(({ code }) => code);
			if (codes.length > 0) return { choice: key, at: now, codes };
			throw new CoreError(
				'EXACT_DIVISION_INVALID',
				choice.kind === 'all'
					? 'The connected user has no active division'
					: `None of the ${list.divisions.length} divisions has a name like "${choice.pattern}"`,
				{ path: 'divisionPattern' },
			);
		}
	}
}
