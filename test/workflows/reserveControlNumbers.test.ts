import { DataTables } from '../support/dataTables';
import { itemsFrom, readTemplate, runError, runTemplate } from '../support/runTemplate';

const template = readTemplate('S1-reserve-control-numbers');
const TABLE = 'exact_edi_control_numbers';

async function reserve(tables: DataTables, partner: string, count: number) {
	const run = await runTemplate(
		template,
		'When called with a partner and a count',
		[{ json: { partner, count } }],
		{
			additionalData: tables.additionalData as never,
		},
	);
	expect(runError(run)).toBe('');
	return itemsFrom(run, 'Return the numbers').map((item) => item.json);
}

test('numbers follow each other without a gap, each partner from 1', async () => {
	const tables = new DataTables();
	expect(await reserve(tables, 'ACME', 1)).toEqual([
		{ partner: 'ACME', count: 1, controlNumber: '000000001', lastControlNumber: '000000001' },
	]);
	expect(await reserve(tables, 'ACME', 5)).toEqual([
		{ partner: 'ACME', count: 5, controlNumber: '000000002', lastControlNumber: '000000006' },
	]);
	expect(await reserve(tables, 'OTHER', 1)).toMatchObject([{ controlNumber: '000000001' }]);
	expect(tables.rows(TABLE).map((row) => [row.partner, row.next_number])).toEqual([
		['ACME', 7],
		['OTHER', 2],
	]);
});

test('calls at the same time get different numbers, none skipped', async () => {
	const tables = new DataTables();
	await reserve(tables, 'ACME', 1);
	const reserved = await Promise.all(Array.from({ length: 12 }, () => reserve(tables, 'ACME', 3)));
	const firsts = reserved.map(([one]) => Number(one?.controlNumber)).sort((a, b) => a - b);
	expect(firsts).toEqual(Array.from({ length: 12 }, (_, index) => 2 + 3 * index));
});

test('first calls at the same time share one counter', async () => {
	const tables = new DataTables();
	const reserved = await Promise.all([reserve(tables, 'NEW', 1), reserve(tables, 'NEW', 1)]);
	expect(reserved.map(([one]) => one?.controlNumber).sort()).toEqual(['000000001', '000000002']);
});

test('after 999999999 the count begins anew', async () => {
	const tables = new DataTables();
	await reserve(tables, 'ACME', 1);
	Object.assign(tables.rows(TABLE)[0]!, { next_number: 999_999_998 });
	expect(await reserve(tables, 'ACME', 2)).toMatchObject([
		{ controlNumber: '999999998', lastControlNumber: '999999999' },
	]);
	expect(await reserve(tables, 'ACME', 2)).toMatchObject([
		{ controlNumber: '000000001', lastControlNumber: '000000002' },
	]);
});
