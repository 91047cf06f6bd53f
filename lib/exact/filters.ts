import { CoreError } from '../errors';
import {
	accountCodeLiteral,
	allOf,
	anyOf,
	dateTimeLiteral,
	groupTerms,
	guidLiteral,
	integerLiteral,
	textLiteral,
} from './literals';
import type { Endpoint, Resource } from './resources';
import type { DateEncoding } from './wallClock';
import { dayWallClock, sinceWallClock } from './wallClock';

/** What people filter by. Days are calendar days and both ends are included. */
export interface Filters {
	readonly modifiedSince?: string | undefined;
	readonly dateFrom?: string | undefined;
	readonly dateTo?: string | undefined;
	readonly status?: readonly string[] | undefined;
	/** Account code or account ID. */
	readonly supplier?: string | undefined;
	readonly journal?: string | undefined;
	/** Supplier's numbers or own numbers. */
	readonly documentNumbers?: readonly string[] | undefined;
	/** OData as Exact takes it, in addition to the others. */
	readonly raw?: string | undefined;
}

const DAY = 86_400_000;

function fieldFor(resource: Resource, filter: keyof Resource['filters'], label: string): string {
	const field = resource.filters[filter];
	if (field !== undefined) return field;
	throw new CoreError(
		'EXACT_FILTER_UNSUPPORTED',
		`${resource.displayName} cannot be filtered by '${label}'`,
		{ path: `filters.${filter}` },
	);
}

/** A literal in the type of the field. */
export function literalFor(endpoint: Endpoint, field: string, value: string, path: string): string {
	switch (endpoint.fields.types.get(field)) {
		case 'Guid':
			return guidLiteral(value, path);
		case 'Int16':
		case 'Int32':
			return integerLiteral(value, path);
		default:
			return textLiteral(value);
	}
}

function numberTerms(resource: Resource, number: string): string[] {
	return resource.numbers.flatMap((field) => {
		const type = resource.fields.types.get(field);
		if (type === 'String') {
			const isAccountCode = resource.name === 'vendor' && field === 'Code';
			return [`${field} eq ${isAccountCode ? accountCodeLiteral(number) : textLiteral(number)}`];
		}
		return /^\d{1,9}$/.test(number) ? [`${field} eq ${number}`] : [];
	});
}

export interface FilterPlan {
	/** Holds for every call. */
	readonly base: string | undefined;
	/** One call for each group of alternatives; a single `undefined` where there are none. */
	readonly groups: ReadonlyArray<string | undefined>;
	/** Fields that are filtered; with a raw filter they cannot be known. */
	readonly fields: readonly string[] | 'unknown';
}

export function planFilters(
	resource: Resource,
	filters: Filters,
	encoding: DateEncoding,
	/** ID of the supplier, where the filter names one by code. */
	supplierId: string | undefined,
): FilterPlan {
	const terms: string[] = [];
	const fields: string[] = [];
	const add = (field: string, term: string) => {
		fields.push(field);
		terms.push(term);
	};
	if (resource.baseFilter !== undefined) {
		add(resource.baseFilter.split(' ')[0] ?? '', resource.baseFilter);
	}
	if (filters.modifiedSince) {
		const field = fieldFor(resource, 'modified', 'Modified Since');
		const wall = sinceWallClock(filters.modifiedSince, encoding, 'filters.modifiedSince');
		add(field, `${field} ge ${dateTimeLiteral(wall)}`);
	}
	if (filters.dateFrom) {
		const field = fieldFor(resource, 'date', 'From Date');
		const day = dayWallClock(filters.dateFrom, encoding, 'filters.dateFrom');
		add(field, `${field} ge ${dateTimeLiteral(day)}`);
	}
	if (filters.dateTo) {
		const field = fieldFor(resource, 'date', 'To Date');
		const day = dayWallClock(filters.dateTo, encoding, 'filters.dateTo');
		add(field, `${field} lt ${dateTimeLiteral(day + DAY)}`);
	}
	if (filters.status !== undefined && filters.status.length > 0) {
		const field = fieldFor(resource, 'status', 'Status');
		const values = filters.status.map(
			(value) => `${field} eq ${literalFor(resource, field, value, 'filters.status')}`,
		);
		add(field, anyOf(values));
	}
	if (supplierId !== undefined) {
		const field = fieldFor(resource, 'supplier', 'Supplier');
		add(field, `${field} eq ${guidLiteral(supplierId, 'filters.supplier')}`);
	}
	if (filters.journal) {
		const field = fieldFor(resource, 'journal', 'Journal');
		add(field, `${field} eq ${textLiteral(filters.journal.trim())}`);
	}
	const raw = filters.raw?.trim() ?? '';
	if (raw !== '') terms.push(`(${raw})`);
	const base = allOf(terms);

	const numbers = [...new Set((filters.documentNumbers ?? []).map((text) => text.trim()))];
	const alternatives = numbers
		.filter((number) => number !== '')
		.flatMap((number) => numberTerms(resource, number));
	if (numbers.some((number) => number !== '')) fields.push(...resource.numbers);
	const groups =
		alternatives.length === 0
			? [undefined]
			: groupTerms(
					alternatives,
					(group) => encodeURIComponent(allOf([base, anyOf(group)]) ?? ''),
					15,
				).map((group) => anyOf(group));
	return { base, groups, fields: raw === '' ? fields : 'unknown' };
}
