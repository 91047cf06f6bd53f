import { CoreError } from '../errors';
import type { Row } from './decode';
import { neededFields, selectFields } from './fields';
import type { Filters, FilterPlan } from './filters';
import { planFilters } from './filters';
import { createJoiner, joinsFor } from './joins';
import type { Joiner } from './joins';
import { accountCodeLiteral, allOf, guidLiteral, integerLiteral, isGuid } from './literals';
import type { Reader, ReadTarget } from './reader';
import type { IncludeName, Resource } from './resources';
import { RESOURCES } from './resources';

export interface ReadOptions {
	readonly includes: readonly IncludeName[];
	/** Exact's names; empty: the resource's default fields. */
	readonly fields?: readonly string[];
	readonly joiner?: Joiner;
}

export interface GetManyOptions extends ReadOptions {
	readonly filters: Filters;
	/** Absent: all. */
	readonly limit?: number | undefined;
}

async function supplierIdOf(
	reader: Reader,
	supplier: string | undefined,
): Promise<string | undefined> {
	const text = supplier?.trim() ?? '';
	if (text === '' || isGuid(text)) return text === '' ? undefined : text;
	const vendors = RESOURCES.vendor;
	const page = await reader.page(vendors, {
		select: ['ID', 'Code'],
		filter: `Code eq ${accountCodeLiteral(text)}`,
	});
	const id = page.rows[0]?.ID;
	if (typeof id === 'string') return id;
	throw new CoreError(
		'EXACT_SUPPLIER_UNKNOWN',
		`No account in division ${reader.division} has the code "${text}"`,
		{ path: 'filters.supplier' },
	);
}

const REGULAR_PAGE = 60;

/** Pages of 1,000 where there are any, every filter is allowed there, and many rows are wanted. */
function targetFor(
	resource: Resource,
	plan: FilterPlan,
	limit: number | undefined,
): { target: ReadTarget; filter: string | undefined; large: boolean } {
	const { large } = resource;
	const allowed =
		large !== undefined &&
		plan.fields !== 'unknown' &&
		plan.fields.every((field) => large.filterable.includes(field)) &&
		(limit === undefined || limit > REGULAR_PAGE);
	const everything = allowed ? large.everything : resource.everything;
	return {
		target: allowed ? { ...resource, path: large.path, regularPath: resource.path } : resource,
		filter: plan.base ?? everything,
		large: allowed,
	};
}

/** Header rows and their joins, each row once, in the order Exact gives them. */
export async function getMany(
	reader: Reader,
	resource: Resource,
	options: GetManyOptions,
): Promise<Row[]> {
	const joins = joinsFor(resource, options.includes);
	const select = selectFields(resource, options.fields, neededFields(resource, joins));
	const supplierId = await supplierIdOf(reader, options.filters.supplier);
	const plan = planFilters(resource, options.filters, reader.encoding, supplierId);
	const { target, filter, large } = targetFor(resource, plan, options.limit);
	const { limit } = options;
	const found = new Map<string, Row>();
	const isFull = () => limit !== undefined && found.size >= limit;
	for (const group of plan.groups) {
		// $top is only known to work beside 60-row pages; the rest stops by itself.
		const top = !large && limit !== undefined && limit <= REGULAR_PAGE ? limit : undefined;
		for await (const page of reader.pages(target, {
			select,
			filter: group === undefined ? filter : allOf([plan.base, group]),
			top,
		})) {
			for (const row of page.rows) {
				if (!isFull()) found.set(String(row[resource.key]), row);
			}
			if (isFull()) break;
		}
		if (isFull()) break;
	}
	const rows = [...found.values()];
	if (rows.length === 0) await reader.confirmRight(resource);
	await (options.joiner ?? createJoiner(reader, resource, options.includes)).join(rows);
	return rows;
}

function keyFilter(resource: Resource, id: string): string {
	const literal =
		resource.fields.types.get(resource.key) === 'Guid'
			? guidLiteral(id.trim(), 'id')
			: integerLiteral(id, 'id');
	return `${resource.key} eq ${literal}`;
}

/** By a filter and not by key access: an ID that is not there is then no counted 404. */
export async function getOne(
	reader: Reader,
	resource: Resource,
	id: string,
	options: ReadOptions,
): Promise<Row> {
	const joins = joinsFor(resource, options.includes);
	const page = await reader.page(resource, {
		select: selectFields(resource, options.fields, neededFields(resource, joins)),
		filter: keyFilter(resource, id),
	});
	const row = page.rows[0];
	if (row === undefined) {
		await reader.confirmRight(resource);
		throw new CoreError(
			'EXACT_RECORD_NOT_FOUND',
			`No ${resource.displayName} in division ${reader.division} has the ID "${id.trim()}"`,
			{ path: 'id' },
		);
	}
	await (options.joiner ?? createJoiner(reader, resource, options.includes)).join([row]);
	return row;
}
