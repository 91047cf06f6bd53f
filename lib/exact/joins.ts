import { isRecord } from '../text';
import type { JsonValue, Row } from './decode';
import { selectFields } from './fields';
import type { Reader } from './reader';
import type { ReferenceSet } from './references';
import { createReferenceSet, joinKey } from './references';
import type { Endpoint, IncludeName, Join, Resource } from './resources';
import { endpointOf, RESOURCES } from './resources';

/**
 * Joins rows of one division on this side, since `$expand` is not used. Lives as long as a run, so
 * that every reference set is read once.
 */
export interface Joiner {
	/** Attaches the included rows and, to documents, the division as `company`. */
	join(rows: readonly Row[]): Promise<void>;
	company(): Promise<Row | undefined>;
}

export function joinsFor(resource: Resource, includes: readonly IncludeName[]): readonly Join[] {
	const wanted = new Set(includes);
	// Bank accounts hang on the supplier, the rest on the lines: what carries a join is read too.
	if (wanted.has('bankAccounts')) wanted.add('supplier');
	const needsLines = resource.joins.some(
		(join) => join.at !== 'document' && join.at !== 'supplier' && wanted.has(join.include),
	);
	if (needsLines) wanted.add('lines');
	return resource.joins.filter((join) => wanted.has(join.include));
}

/** A joined row with the document it hangs on, which some joins compare with too. */
interface Place {
	readonly row: Row;
	readonly document: Row;
}

function placesAt(documents: readonly Row[], at: Join['at']): Place[] {
	if (at === 'document') return documents.map((row) => ({ row, document: row }));
	return documents.flatMap((document) => {
		const lines = Array.isArray(document.lines) ? document.lines.filter(isRecord<JsonValue>) : [];
		const rows =
			at === 'lines'
				? lines
				: at === 'supplier'
					? [document.supplier].filter(isRecord<JsonValue>)
					: lines.map((line) => line.purchaseOrderLine).filter(isRecord<JsonValue>);
		return rows.map((row) => ({ row, document }));
	});
}

function ordered(rows: readonly Row[], orderBy: string | undefined): Row[] {
	if (orderBy === undefined) return [...rows];
	return [...rows].sort((a, b) => {
		const [left, right] = [a[orderBy], b[orderBy]];
		if (typeof left === 'number' && typeof right === 'number') return left - right;
		return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
	});
}

export function createJoiner(
	reader: Reader,
	resource: Resource,
	includes: readonly IncludeName[],
): Joiner {
	const joins = joinsFor(resource, includes);
	const sets = new Map<string, ReferenceSet>();
	let company: Promise<Row | undefined> | undefined;

	function setFor(join: Join): ReferenceSet {
		const name = `${join.endpoint}.${join.to}`;
		// Lines belong to their document: one that was edited during the run is read with its new lines.
		const isPart = join.kind === 'many' && join.at === 'document';
		const known = isPart ? undefined : sets.get(name);
		if (known !== undefined) return known;
		const endpoint: Endpoint = endpointOf(join.endpoint);
		const needed = [join.to, join.orderBy, join.alsoDocument?.to].filter(
			(field) => field !== undefined,
		);
		const set = createReferenceSet(
			reader,
			endpoint,
			join.to,
			selectFields(endpoint, undefined, needed),
			{
				wholeOnly: join.byCode === true,
				single: join.kind === 'one' && join.alsoDocument === undefined,
				isPart,
			},
		);
		sets.set(name, set);
		return set;
	}

	function attach(join: Join, { row, document }: Place, set: ReferenceSet): void {
		const key = joinKey(row[join.from]);
		const found = key === undefined ? [] : set.find(key);
		if (join.kind === 'many') {
			row[join.as] = ordered(found, join.orderBy);
			return;
		}
		const also = join.alsoDocument;
		const match =
			also === undefined
				? found[0]
				: found.find((other) => joinKey(other[also.to]) === joinKey(document[also.from]));
		row[join.as] = match ?? null;
	}

	async function readCompany(): Promise<Row | undefined> {
		const division = RESOURCES.division;
		const page = await reader.page(division, {
			select: selectFields(division, undefined),
			filter: `Code eq ${reader.division}`,
		});
		const row = page.rows.find((candidate) => candidate.Code === reader.division);
		// Documents would leave without their company, which is the buyer.
		if (row === undefined) await reader.confirmRight(division);
		return row;
	}

	const joiner: Joiner = {
		async join(rows) {
			if (rows.length === 0) return;
			for (const join of joins) {
				const places = placesAt(rows, join.at);
				const set = setFor(join);
				const keys = places.map(({ row }) => joinKey(row[join.from]));
				await set.load(keys.filter((key) => key !== undefined));
				for (const place of places) attach(join, place, set);
			}
			for (const { row: line } of placesAt(rows, 'lines')) {
				// The order a line was ordered with, where people look for it: on the line.
				if (isRecord<JsonValue>(line.purchaseOrderLine)) {
					line.purchaseOrder = line.purchaseOrderLine.purchaseOrder ?? null;
				}
			}
			if (!resource.isDocument) return;
			const row = await joiner.company();
			for (const document of rows) document.company = row ?? null;
		},
		company() {
			company ??= readCompany();
			// A failure is not kept: the next document asks again.
			company.catch(() => (company = undefined));
			return company;
		},
	};
	return joiner;
}
