import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { documentHead } from '../../../lib/mapping';
import { FixedWidthEncode } from '../../../nodes/FixedWidthEncode/FixedWidthEncode.node';
import { runNode } from '../../support/runWorkflow';
import type { WorkflowRunOptions } from '../../support/runWorkflow';
import { invoice, invoices, setUp, take, useOwnFolder } from './support';

useOwnFolder();

const FLAT = { mode: 'name', value: 'flat' };

const flat = async (
	kind: string,
	settings: IDataObject = { stage: 'test' },
): Promise<IDataObject> =>
	await setUp({
		kinds: [kind],
		exactResource: 'purchaseEntry',
		agreementName: 'flat',
		settings: { sendFrom: '2017-01-01', ...settings },
	});

async function encodeFlat(
	items: INodeExecutionData[],
	options: WorkflowRunOptions = {},
	parameters: IDataObject = {},
): Promise<{ encoded: INodeExecutionData[]; rejected: INodeExecutionData[]; error?: Error }> {
	const run = await runNode(new FixedWidthEncode(), parameters, items, options);
	const [encoded = [], rejected = []] = run.outputs;
	return { encoded, rejected, ...(run.error === undefined ? {} : { error: run.error }) };
}

const textOf = (item: INodeExecutionData | undefined): string =>
	Buffer.from(item?.binary?.data?.data ?? '', 'base64').toString('utf8');

describe('Fixed-Width Encode behind Take New or Changed', () => {
	test('writes what the agreement says, and counts the files', async () => {
		await flat('csv', { stage: 'test', folder: '/csv' });
		const first = await take(invoices(1, 2), { agreement: FLAT }, { executionId: '1' });
		const one = await encodeFlat(first.taken, { executionId: '1' });
		expect(one.error).toBeUndefined();
		expect(one.encoded).toHaveLength(1);
		expect(one.encoded[0]?.json).toMatchObject({
			outcome: 'encoded',
			issues: [],
			format: 'csv',
			partner: 'ACME',
			usage: 'test',
			sender: 'Jansen BV',
			receiver: 'flat',
			controlNumber: '1',
			ledger: { agreement: 'flat', folder: '/csv', usage: 'test' },
			documents: [{ number: 'INV-1', sources: [{ version: expect.any(Number) }] }, {}],
		});
		expect(one.encoded[0]?.json).not.toHaveProperty('fileKey');
		expect(one.encoded[0]?.json.fileName).toMatch(/_000001\.csv$/);
		const second = await take(invoices(3), { agreement: FLAT }, { executionId: '2' });
		const two = await encodeFlat(second.taken, { executionId: '2' });
		expect(two.encoded[0]?.json.fileName).toMatch(/_000002\.csv$/);
	});

	test('takes the layout of the agreement before that of the node', async () => {
		const layout = {
			name: 'mine',
			records: [
				{
					name: 'detail',
					kind: 'detail',
					fields: [{ name: 'ref', type: 'text', source: 'YourRef', width: 10 }],
				},
			],
		};
		await flat('fixed-width', { stage: 'test', layout: JSON.stringify(layout) });
		const { taken } = await take(invoices(1), { agreement: FLAT });
		const { encoded } = await encodeFlat(taken);
		expect(textOf(encoded[0])).toMatch(/^INV-1 {5}\r?\n/);
	});

	test('what is refused keeps its ledger, and a file with nothing in it gives its number back', async () => {
		await flat('fixed-width');
		const long = invoice(1, { YourRef: 'X'.repeat(31) });
		const { taken } = await take([long], { agreement: FLAT }, { executionId: '1' });
		const { encoded, rejected } = await encodeFlat(taken, { executionId: '1' });
		expect(encoded).toEqual([]);
		expect(rejected[0]?.json).toMatchObject({ outcome: 'rejected', ledger: taken[0]?.json.ledger });
		const next = await take(invoices(2), { agreement: FLAT }, { executionId: '2' });
		const two = await encodeFlat(next.taken, { executionId: '2' });
		expect(two.encoded[0]?.json.controlNumber).toBe('2');
	});

	test('a draft uses no number', async () => {
		await flat('csv', { stage: 'draft' });
		const draft = await take(invoices(1), { agreement: FLAT }, { executionId: '1' });
		const shown = await encodeFlat(draft.taken, { executionId: '1' });
		expect(shown.encoded[0]?.json).toMatchObject({ outcome: 'draft', ledger: { usage: 'draft' } });
		await flat('csv');
		const real = await take(invoices(1), { agreement: FLAT }, { executionId: '2' });
		const { encoded } = await encodeFlat(real.taken, { executionId: '2' });
		expect(encoded[0]?.json.controlNumber).toBe('1');
	});

	test('master data has no date, and is not before the start', async () => {
		await flat('csv', { stage: 'test', sendFrom: '2026-01-01' });
		const row = { ID: 'v1', Code: '70001', Name: 'Muster', Division: 4711 };
		const document = documentHead('vendor', row);
		const vendor = { json: { outcome: 'read', ...row, document } as unknown as IDataObject };
		const { taken, left } = await take([vendor, ...invoices(1)], { agreement: FLAT });
		expect(taken).toHaveLength(1);
		expect(left).toMatchObject({ reasons: { 'before start': { count: 1 } } });
	});

	test('an agreement about an interchange is told to go to the other node', async () => {
		await setUp({ agreementName: 'flat' });
		const { taken } = await take(invoices(1), { agreement: FLAT });
		const { error } = await encodeFlat(taken);
		expect(error?.message).toContain("kind 'X12 810'");
		expect((error as { description?: string }).description).toContain('EDI Encode');
	});
});
