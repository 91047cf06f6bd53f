import { readFileSync } from 'node:fs';
import path from 'node:path';
import { endpointOf, INCLUDE_NAMES, RESOURCES } from '../../../lib/exact/resources';
import { REFERENCES } from '../../../lib/exact/resources/references';
import { describeWithShared, sharedDir } from '../../support/shared';

interface Entity {
	path: string;
	key: string;
	pageSize: number;
	hasModified: boolean;
	mandatoryFilterOneOf?: string[];
	supportedFiltersOnly?: string[];
	deletedEntityType?: number;
	fields: Record<string, string>;
}

describe('resources', () => {
	test.each(Object.values(RESOURCES))('$name is whole', (resource) => {
		const { types } = resource.fields;
		for (const name of [...resource.defaultFields, resource.key, ...resource.numbers]) {
			expect(types.has(name)).toBe(true);
		}
		for (const name of Object.values(resource.filters)) expect(types.has(name)).toBe(true);
		for (const join of resource.joins) {
			expect(INCLUDE_NAMES).toContain(join.include);
			expect(endpointOf(join.endpoint).fields.types.has(join.to)).toBe(true);
			if (join.at === 'document') expect(types.has(join.from)).toBe(true);
		}
		for (const name of resource.defaultIncludes) {
			expect(resource.joins.some((join) => join.include === name)).toBe(true);
		}
		expect(resource.deltas.length).toBeGreaterThan(0);
	});
});

describeWithShared('resources against the reference of Exact', () => {
	const entities = Object.values(
		JSON.parse(readFileSync(path.join(sharedDir, 'data', 'exact-entities.json'), 'utf8')) as Record<
			string,
			Entity
		>,
	);
	const find = (wanted: string) =>
		entities.find((entity) => entity.path === `/api/v1/{division}/${wanted}`) as Entity;

	/** Not in that list: its fields are those of a client library (picqer/exact-php-client). */
	const isListed = ({ path: own }: { path: string }) => own !== 'inventory/ItemWarehouses';

	test.each([...Object.values(RESOURCES), ...Object.values(REFERENCES)].filter(isListed))(
		'$path',
		({ path: own, key, fields, large, everything }) => {
			const entity = find(own);
			expect(key).toBe(entity.key);
			for (const [name, type] of fields.types) {
				expect(entity.fields[name]?.replace('?', '')).toBe(type);
			}
			if (entity.mandatoryFilterOneOf !== undefined) expect(everything).toBeDefined();
			if (large === undefined) return;
			const bulk = find(large.path);
			const allowed = bulk.mandatoryFilterOneOf ?? bulk.supportedFiltersOnly ?? [];
			for (const name of large.filterable) expect(allowed).toContain(name);
			if (bulk.mandatoryFilterOneOf !== undefined) expect(large.everything).toBeDefined();
		},
	);

	test.each(Object.values(RESOURCES).filter(isListed))(
		'$name: how changes are found',
		(resource) => {
			const entity = find(resource.path);
			expect(resource.deletedEntityType).toBe(entity.deletedEntityType);
			for (const delta of resource.deltas) {
				if (delta.method === 'modified') expect(entity.hasModified).toBe(true);
				if (delta.method !== 'timestamp') continue;
				const sync = find(delta.path);
				expect(sync.key).toBe('Timestamp');
				if (delta.documentKey !== undefined) {
					expect(sync.fields[delta.documentKey]).toBe('Guid');
					continue;
				}
				const missing = resource.defaultFields.filter((name) => sync.fields[name] === undefined);
				expect(missing).toEqual(delta.without ?? []);
			}
		},
	);
});
