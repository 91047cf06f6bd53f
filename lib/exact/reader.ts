import { CoreError } from '../errors';
import type { ExactClient, ExactResponse } from './client';
import type { Row } from './decode';
import { decodeRow } from './decode';
import type { Query } from './literals';
import { queryUrl } from './literals';
import type { Endpoint, FieldTable } from './resources';
import type { DateEncoding } from './wallClock';

/** A page of decoded rows; `raw` gives the row as Exact sent it. */
export interface RowPage {
	readonly rows: readonly Row[];
	readonly next: string | undefined;
	readonly total: number | undefined;
	readonly serverTime: number;
	/** On Exact's wall clock, as it came: for cursors, which must not depend on how it is read. */
	readonly raw: readonly Row[];
}

export interface Reader {
	readonly client: ExactClient;
	readonly division: number;
	readonly encoding: DateEncoding;
	page(endpoint: ReadTarget, query: Query): Promise<RowPage>;
	nextPage(endpoint: ReadTarget, next: string): Promise<RowPage>;
	pages(endpoint: ReadTarget, query: Query): AsyncGenerator<RowPage>;
	rawOf(row: Row): Row | undefined;
}

export type ReadTarget = Pick<Endpoint, 'path' | 'withoutDivision'> & {
	readonly fields: FieldTable;
};

export function createReader(
	client: ExactClient,
	division: number,
	encoding: DateEncoding,
): Reader {
	const raws = new WeakMap<Row, Row>();

	function decode(target: ReadTarget, response: ExactResponse): RowPage {
		const rows = response.rows.map((raw) => {
			const row = decodeRow(raw, target.fields, encoding);
			raws.set(row, raw);
			return row;
		});
		// Exact has answered with another division's rows before (2021, 2024): never pass those on.
		const foreign = target.withoutDivision
			? undefined
			: rows.find((row) => typeof row.Division === 'number' && row.Division !== division);
		if (foreign !== undefined) {
			throw new CoreError(
				'EXACT_DIVISION_MISMATCH',
				`Exact answered for ${target.path} in division ${division} with a row of division ${String(foreign.Division)}.`,
			);
		}
		return {
			rows,
			raw: response.rows,
			next: response.next,
			total: response.total,
			serverTime: response.serverTime,
		};
	}

	const nextPage: Reader['nextPage'] = async (target, next) =>
		decode(target, await client.get(next));
	const page: Reader['page'] = async (target, query) =>
		decode(target, await client.get(queryUrl(`${division}/${target.path}`, query)));

	return {
		client,
		division,
		encoding,
		page,
		nextPage,
		async *pages(target, query) {
			let current = await page(target, query);
			yield current;
			while (current.next !== undefined) {
				current = await nextPage(target, current.next);
				yield current;
			}
		},
		rawOf: (row) => raws.get(row),
	};
}

export function assertDivision(value: unknown, path = 'division'): number {
	const text = String(value ?? '').trim();
	if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
	throw new CoreError(
		'EXACT_DIVISION_INVALID',
		text === '' ? 'No division is given.' : `'${text}' is not a division number.`,
		{ path },
	);
}
