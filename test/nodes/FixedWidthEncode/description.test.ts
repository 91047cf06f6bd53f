import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { FIELD_SETTINGS, PRESET_NAMES } from '../../../lib/flatfile';
import { FixedWidthEncode } from '../../../nodes/FixedWidthEncode/FixedWidthEncode.node';
import { PRESET_SAMPLES } from '../../lib/flatfile/presetSamples';
import { runNode } from '../../support/runWorkflow';

const { properties } = new FixedWidthEncode().description;

const named = (list: readonly INodeProperties[], name: string): INodeProperties => {
	const found = list.find((property) => property.name === name);
	if (found === undefined) throw new Error(`There is no property ${name}`);
	return found;
};
const collection = (name: string) => named(properties, name).options as INodeProperties[];
const fieldProperties = (collection('editorFields') as unknown as INodePropertyCollection[])[0]
	?.values as INodeProperties[];
const more = named(fieldProperties, 'more').options as INodeProperties[];

/** The file that the parameters make, as hexadecimal text, with its name. */
async function fileOf(parameters: IDataObject): Promise<string> {
	const options = {
		fileTime: '2026-11-25T23:30:15+00:00',
		...(parameters['options'] as IDataObject | undefined),
	};
	const items = PRESET_SAMPLES.purchaseEntry.map((json) => ({ json: json as IDataObject }));
	const result = await runNode(new FixedWidthEncode(), { ...parameters, options }, items, {
		timezone: 'Europe/Amsterdam',
	});
	expect(result.error).toBeUndefined();
	return JSON.stringify(
		result.outputs[0]?.map(({ json, binary }) => [json['fileName'], binary?.['data']?.data]),
	);
}

describe('an option that was added and left as it is', () => {
	test.each(collection('layoutOptions').map(({ name, default: value }) => [name, value]))(
		'says nothing: Layout Options, %s',
		async (name, value) => {
			const layoutOptions = { [name as string]: value };
			expect(await fileOf({ layoutOptions })).toBe(await fileOf({}));
		},
	);

	test.each(collection('csvOptions').map(({ name, default: value }) => [name, value]))(
		'says nothing: CSV Options, %s',
		async (name, value) => {
			const csvOptions = { [name as string]: value };
			expect(await fileOf({ format: 'csv', csvOptions })).toBe(await fileOf({ format: 'csv' }));
		},
	);

	test.each(
		collection('options')
			.filter(({ name }) => name !== 'fileTime')
			.map(({ name, default: value }) => [name, value]),
	)('says nothing: Options, %s', async (name, value) => {
		const options = { [name as string]: value };
		expect(await fileOf({ options })).toBe(await fileOf({}));
	});

	const FIELDS: Readonly<Record<string, IDataObject>> = {
		text: { width: 30, source: 'YourRef' },
		integer: { width: 10, source: 'EntryNumber' },
		decimal: { width: 12, source: 'AmountFC' },
		date: { width: 8, source: 'EntryDate' },
		boolean: { width: 3, source: 'none', more: { optional: true } },
		sign: { width: 1, source: 'AmountFC' },
		constant: { width: 3, value: 'ABC' },
		filler: { width: 3 },
		counter: { width: 6 },
		count: { width: 6, of: '*', record: 'trailer' },
		sum: { width: 12, sumOf: 'detail.amount', record: 'trailer' },
	};
	const settings = more.map(({ name, default: value }) => ({ name, value }));

	test.each(Object.keys(FIELDS))('says nothing: More of a field of type %s', async (type) => {
		const { [type]: field } = FIELDS;
		const fileWith = async (added: IDataObject) =>
			await fileOf({
				layoutSource: 'editor',
				editorFields: {
					fields: [
						{ record: 'detail', name: 'amount', type: 'decimal', width: 12, source: 'AmountFC' },
						{
							record: 'detail',
							name: 'field',
							type,
							...field,
							more: { ...(field?.['more'] as IDataObject | undefined), ...added },
						},
					],
				},
			});
		const without = await fileWith({});
		const own = settings.filter(
			({ name }) => name in FIELD_SETTINGS[type as keyof typeof FIELD_SETTINGS],
		);
		expect(own.length).toBeGreaterThan(3);
		for (const { name, value } of own) {
			if (field?.['more'] !== undefined && name === 'optional') continue;
			expect(await fileWith({ [name]: value as string })).toBe(without);
		}
	});
});

test('offers every preset by the name of its resource', () => {
	const options = collection('preset') as unknown as { name: string; value: string }[];
	expect(options.map(({ value }) => value).sort()).toEqual([...PRESET_NAMES].sort());
	expect(options.find(({ value }) => value === 'glAccountMapping')?.name).toBe(
		'GL Account Mapping',
	);
});

test('takes a dropped input field as a path where it reads paths', () => {
	const paths = [
		named(fieldProperties, 'source'),
		named(properties, 'linesPath'),
		named(collection('layoutOptions'), 'groupBy'),
	];
	expect(paths.map((property) => property.requiresDataPath)).toEqual(paths.map(() => 'single'));
});

test('shows every setting of a field for the types that have it, and none twice', () => {
	const names = [...fieldProperties, ...more].map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(named(fieldProperties, 'decimals').displayOptions?.show?.['type']).toEqual([
		'decimal',
		'sum',
	]);
	expect(named(more, 'storage').options?.map((option) => option.name)).toEqual([
		'Binary (COMP)',
		'Digits',
		'Packed Decimal (COMP-3)',
	]);
});
