import { CoreError } from '../errors';
import type { ExactClient, ExactResponse } from './client';
import type { Row } from './decode';
import { decodeRow } from './decode';
import type { Query } from './literals';
import { queryUrl } from './literals';
import type { Trail } from './nextPage';
import { createTrail } from './nextPage';
import type { Endpoint, FieldTable } from './resources';
import { confirmRight } from './rights';
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
	page(endpoint: ReadTarget, query: Query, trail?: Trail): Promise<RowPage>;
	nextPage(endpoint: ReadTarget, next: string, trail?: Trail): Promise<RowPage>;
	pages(endpoint: ReadTarget, query: Query): AsyncGenerator<RowPage>;
	/** True where Exact confirms the right to read it; throws where there is none. */
	confirmRight(endpoint: ReadTarget): Promise<boolean>;
	rawOf(row: Row): Row | undefined;
}

export type ReadTarget = Pick<Endpoint, 'path' | 'withoutDivision'> & {
	readonly fields: FieldTable;
	/** Where the rights are kept, when `path` is a sync or bulk endpoint of it. */
	readonly regularPath?: string;
};

const UNKNOWN_FIELD = /property named '(\w+)'/i;

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
				`Exact answered for ${target.path} in division ${division} with a row of division ${String(foreign.Division)}`,
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

	/** The field that Exact does not know, where the read can do without it. */
	function leaveOut(target: ReadTarget, query: Query, error: unknown): boolean {
		if (!(error instanceof CoreError) || error.code !== 'EXACT_REQUEST_REFUSED') return false;
		const name = UNKNOWN_FIELD.exec(error.message)?.[1] ?? '';
		const isNeeded =
			new RegExp(`\\b${name}\\b`).test(query.filter ?? '') || query.select[0] === name;
		const absent = client.absentFields(division, target.path);
		if (!query.select.includes(name) || isNeeded || absent.has(name)) return false;
		absent.add(name);
		const message = `${target.path} in division ${division} has no field ${name}: it is left out.`;
		client.notices.push({ code: 'EXACT_FIELD_LEFT_OUT', message, path: `fields.${name}` });
		client.log.warn(`Exact Online: ${message}`);
		return true;
	}

	const page: Reader['page'] = async (target, query, trail) => {
		for (;;) {
			const absent = client.absentFields(division, target.path);
			const select = query.select.filter((name) => !absent.has(name));
			const path = queryUrl(`${division}/${target.path}`, { ...query, select });
			try {
				const response = await client.get(path);
				trail?.step(path);
				return decode(target, response);
			} catch (error) {
				if (!leaveOut(target, query, error)) throw error;
			}
		}
	};

	const confirm: Reader['confirmRight'] = async (target) =>
		await confirmRight(client, division, target.regularPath ?? target.path);

	const nextPage: Reader['nextPage'] = async (target, next, trail) => {
		const path = client.following(next, `${division}/${target.path}`);
		trail?.step(path);
		const found = decode(target, await client.get(path));
		if (found.rows.length > 0) return found;
		// Exact names a following page because there are rows on it: none means that the right was lost.
		await confirm(target);
		return decode(target, await client.get(path));
	};

	return {
		client,
		division,
		encoding,
		page,
		nextPage,
		async *pages(target, query) {
			const trail = createTrail();
			let current = await page(target, query, trail);
			yield current;
			while (current.next !== undefined) {
				current = await nextPage(target, current.next, trail);
				yield current;
			}
		},
		confirmRight: confirm,
		rawOf: (row) => raws.get(row),
	};
}

export function assertDivision(value: unknown, path = 'division'): number {
	const text = String(value ?? '').trim();
	if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
	throw new CoreError(
		'EXACT_DIVISION_INVALID',
		text === '' ? 'No division is given' : `"${text}" is not a division number`,
		{ path },
	);
}
