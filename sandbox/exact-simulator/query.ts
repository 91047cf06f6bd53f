import type { Entity, FieldType } from './entities.ts';
import { parseFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { badRequest } from './reply.ts';
import type { WireRow, WireValue } from './wire.ts';

export interface QueryRules {
	readonly filterNodeLimit: number;
	/** Overrides the page sizes of 60 and 1000, to page small data. */
	readonly pageSize?: number | undefined;
	/** A condition from the path: the lines of one parent. */
	readonly where?: ((row: WireRow) => boolean) | undefined;
}

export interface Page {
	readonly rows: readonly WireRow[];
	readonly select: readonly string[];
	/** `$skiptoken` of the page that follows. */
	readonly skipToken: string | undefined;
	/** `$top` that is left for the page that follows. */
	readonly topLeft: number | undefined;
	readonly count: number | undefined;
}

const typeName = (entity: Entity) => `Exact.Web.Api.Models.${entity.path.replaceAll('/', '.')}`;

function selectedFields(entity: Entity, select: string | undefined, top: string | undefined) {
	const all = [...entity.fields.keys()];
	if (select === undefined) {
		if (entity.selectRequired && top !== '1') {
			throw badRequest('Please add a $select or a $top=1 statement to the query string.');
		}
		return all;
	}
	const names = select.split(',').map((name) => name.trim());
	if (names.includes('*')) {
		if (entity.noSelectStar) throw badRequest('The $select=* is not supported for this resource.');
		return all;
	}
	for (const name of names) {
		if (!entity.fields.has(name)) {
			throw badRequest(`Could not find a property named '${name}' on type '${typeName(entity)}'.`);
		}
	}
	return names;
}

function checkedFilter(
	entity: Entity,
	text: string | undefined,
	limit: number,
): Filter | undefined {
	if (text !== undefined && text.trim() === '') {
		throw badRequest('This $filter parameter is not supported for this resource');
	}
	const filter =
		text === undefined
			? undefined
			: parseFilter(text, entity.fields, { typeName: typeName(entity), nodeLimit: limit });
	const used = filter?.fields ?? new Set<string>();
	if (entity.onlyFilters) {
		const refused = [...used].filter((field) => !entity.onlyFilters?.includes(field));
		if (refused.length > 0) {
			throw badRequest(`Filtering on these fields is not supported: ${refused.join(', ')}`);
		}
	}
	if (entity.mandatoryFilter && !entity.mandatoryFilter.some((field) => used.has(field))) {
		throw badRequest(
			'This endpoint has mandatory filtering applied. A GET request for this endpoint must have a $filter parameter with one of the following fields in the url:' +
				entity.mandatoryFilter.join(','),
		);
	}
	return filter;
}

type Order = readonly { readonly field: string; readonly descending: boolean }[];

function orderOf(entity: Entity, text: string | undefined): Order {
	const order =
		text?.split(',').map((part) => {
			const [field = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
			if (!entity.fields.has(field)) {
				throw badRequest(
					`No property '${field}' exists in type '${typeName(entity)}' at position 0.`,
				);
			}
			if (rest.length > 0 || !/^(asc|desc)$/.test(direction)) {
				throw badRequest(`Syntax error at position ${field.length + 1} in '${text}'.`);
			}
			return { field, descending: direction === 'desc' };
		}) ?? [];
	// The key makes the order total, so that a page can go on after any row.
	return [...order, { field: entity.key, descending: false }];
}

function compareValues(a: WireValue, b: WireValue): number {
	if (a === b) return 0;
	if (a === null) return -1;
	if (b === null) return 1;
	return a < b ? -1 : 1;
}

function compareRows(order: Order, a: readonly WireValue[], b: readonly WireValue[]): number {
	for (const [i, { descending }] of order.entries()) {
		const c = compareValues(a[i] ?? null, b[i] ?? null);
		if (c !== 0) return descending ? -c : c;
	}
	return 0;
}

/** The literal depends on the key: `guid'…'`, `'GMD'`, `387L`, `'10',6,2014`. Clients treat it as opaque. */
function writeToken(
	order: Order,
	values: readonly WireValue[],
	types: ReadonlyMap<string, FieldType>,
) {
	return order
		.map(({ field }, i) => {
			const value = values[i] ?? null;
			if (value === null) return 'null';
			const type = types.get(field);
			if (type === 'Guid') return `guid'${value}'`;
			if (type === 'DateTime')
				return `datetime'${new Date(Number(value)).toISOString().slice(0, -1)}'`;
			if (type === 'Int64') return `${value}L`;
			if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
			return String(value);
		})
		.join(',');
}

function readToken(text: string): WireValue[] {
	const values: WireValue[] = [];
	const pattern = /(guid|datetime)?'((?:[^']|'')*)'|null|true|false|-?[\d.]+(?:[eE][+-]?\d+)?L?/gy;
	for (;;) {
		const match = pattern.exec(text);
		if (match === null) throw badRequest(`Syntax error in $skiptoken '${text}'.`);
		const [all, prefix, quoted] = match;
		if (quoted !== undefined) {
			values.push(prefix === 'datetime' ? Date.parse(`${quoted}Z`) : quoted.replaceAll("''", "'"));
		} else if (all === 'null') values.push(null);
		else if (all === 'true' || all === 'false') values.push(all === 'true');
		else values.push(all.endsWith('L') ? BigInt(all.slice(0, -1)) : Number(all));
		if (pattern.lastIndex === text.length) return values;
		if (text[pattern.lastIndex] !== ',') throw badRequest(`Syntax error in $skiptoken '${text}'.`);
		pattern.lastIndex += 1;
	}
}

const KNOWN = new Set([
	'$select', '$filter', '$top', '$orderby', '$skiptoken', '$inlinecount', '$format',
]); // prettier-ignore

export function runQuery(
	entity: Entity,
	rows: Iterable<WireRow>,
	params: URLSearchParams,
	rules: QueryRules,
): Page {
	for (const name of params.keys()) {
		if (name.startsWith('$') && !KNOWN.has(name)) {
			throw badRequest(`The query parameter '${name}' is not supported for this resource.`);
		}
	}
	const topText = params.get('$top') ?? undefined;
	if (topText !== undefined && !/^\d+$/.test(topText)) {
		throw badRequest(`Incorrect format for $top argument '${topText}'.`);
	}
	const select = selectedFields(entity, params.get('$select') ?? undefined, topText);
	const filter = checkedFilter(entity, params.get('$filter') ?? undefined, rules.filterNodeLimit);
	const order = orderOf(entity, params.get('$orderby') ?? undefined);
	const token = params.get('$skiptoken');
	const after = token === null ? undefined : readToken(token);

	const matching: { key: WireValue[]; row: WireRow }[] = [];
	for (const row of rows) {
		if (rules.where?.(row) === false) continue;
		if (filter && !filter.test(row)) continue;
		matching.push({ key: order.map(({ field }) => row[field] ?? null), row });
	}
	matching.sort((a, b) => compareRows(order, a.key, b.key));
	const rest = after ? matching.filter(({ key }) => compareRows(order, key, after) > 0) : matching;

	// `$top=2000` on a sync endpoint did not limit anything.
	const top = topText === undefined || entity.kind === 'sync' ? undefined : Number(topText);
	const size = rules.pageSize ?? entity.pageSize;
	const wanted = top === undefined ? rest.length : Math.min(top, rest.length);
	const page = rest.slice(0, Math.min(size, wanted));
	const more = wanted > page.length;
	const last = page.at(-1);
	return {
		rows: page.map(({ row }) => row),
		select,
		skipToken: more && last ? writeToken(order, last.key, entity.fields) : undefined,
		topLeft: top === undefined ? undefined : top - page.length,
		count: params.get('$inlinecount') === 'allpages' ? matching.length : undefined,
	};
}
