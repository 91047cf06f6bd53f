import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { ExactOnline } from '../../../nodes/ExactOnline/ExactOnline.node';
import type { ExactSimulator } from '../../../sandbox/exact-simulator';
import { startExactSimulator } from '../../../sandbox/exact-simulator';
import { exactCredential } from '../../support/exactCredential';
import { ENTRY, entryRow, guid, orderedCompany } from '../../support/madeUpCompany';
import { runNode } from '../../support/runWorkflow';

const DOCUMENT = 20;
const ATTACHMENT = 21;

const withScans = () => ({
	...orderedCompany(3),
	'purchase-entries': [1, 2, 3].map((number) =>
		entryRow(number, number === 1 ? { Document: guid(DOCUMENT, 1) } : {}),
	),
	documents: [{ ID: guid(DOCUMENT, 1), HID: 77, Subject: 'Scan', Division: 700_001 }],
	'document-attachments': [
		{
			ID: guid(ATTACHMENT, 1),
			Document: guid(DOCUMENT, 1),
			FileName: '../Rechnung März/7.PDF',
			FileSize: 70_000,
		},
		{ ID: guid(ATTACHMENT, 2), Document: guid(DOCUMENT, 1), FileName: 'annex.xml', FileSize: 12 },
	],
	'goods-receipts': [{ ID: guid(22, 1), ReceiptNumber: 5, ReceiptDate: '2026-01-05' }],
	'goods-receipt-lines': [
		{ ID: guid(23, 1), GoodsReceiptID: guid(22, 1), LineNumber: 1, QuantityReceived: 4 },
	],
	'stock-positions': [{ ID: guid(24, 1), ItemCode: 'A', CurrentStock: 3 }],
});

describe('Exact Online reads more', () => {
	let simulator: ExactSimulator;
	beforeEach(async () => {
		simulator = await startExactSimulator({ data: withScans(), latencyMs: 0 });
	});
	afterEach(async () => {
		await simulator.close();
	});

	const run = async (parameters: IDataObject, items: IDataObject[] = [{}]) =>
		await runNode(
			new ExactOnline(),
			{
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
				operation: 'getMany',
				...parameters,
			},
			items.map((json) => ({ json })),
			{ credentials: exactCredential(simulator) },
		);
	const itemsOf = (result: Awaited<ReturnType<typeof run>>) => result.outputs[0] ?? [];

	test('the attachments of an entry leave as files with safe names', async () => {
		const entries = itemsOf(await run({ resource: 'purchaseEntry', include: ['attachments'] }));
		const [first] = entries.map(({ json }) => json);
		expect((first?.attachments as IDataObject[]).map(({ FileName }) => FileName)).toEqual([
			'../Rechnung März/7.PDF',
			'annex.xml',
		]);
		const downloaded = itemsOf(
			await run(
				{
					resource: 'purchaseEntry',
					operation: 'download',
					documentId: '={{ $json.Document }}',
					fileName: '{number}-{n}-{name}',
				},
				entries.map(({ json }) => json),
			),
		);
		expect(downloaded.map(({ json }) => [json.outcome, json.fileName])).toEqual([
			['downloaded', 'INV-1-1-._Rechnung_Marz_7.pdf'],
			['downloaded', 'INV-1-2-annex.xml'],
			['no attachments', undefined],
			['no attachments', undefined],
		]);
		expect(downloaded[0]?.binary?.data).toMatchObject({
			mimeType: 'application/pdf',
			bytes: 70_000,
		});
	});

	test('an attachment whose address is not that of Exact is not asked for', async () => {
		await simulator.close();
		simulator = await startExactSimulator({
			data: withScans(),
			latencyMs: 0,
			// Where Exact believes that it is reached: the token goes to the credential's own host all the same.
			publicOrigin: 'https://start.exactonline.nl',
		});
		const parameters = {
			resource: 'document',
			operation: 'download',
			documentId: guid(DOCUMENT, 1),
		};
		expect(itemsOf(await run(parameters)).map(({ json }) => json.outcome)).toEqual([
			'downloaded',
			'downloaded',
		]);
		expect(simulator.calls.filter(({ endpoint }) => endpoint === 'attachment')).toHaveLength(2);
	});

	test.each([
		['goodsReceipt', 1],
		['stockPosition', 1],
		['document', 1],
		['journal', 0],
		['vatCode', 0],
		['paymentCondition', 0],
		['address', 0],
		['item', 0],
		['supplierItem', 0],
		['glClassification', 0],
	])('%s is a row to read', async (resource, count) => {
		const result = await run({ resource, include: resource === 'goodsReceipt' ? ['lines'] : [] });
		expect(result.error).toBeUndefined();
		expect(itemsOf(result)).toHaveLength(count);
		if (resource === 'goodsReceipt') {
			expect(itemsOf(result)[0]?.json.lines).toEqual([
				expect.objectContaining({ QuantityReceived: 4 }),
			]);
		}
	});

	test('any path is one read below the division, with all its pages', async () => {
		const result = await run({
			resource: 'anyPath',
			path: "purchaseentry/PurchaseEntries?$select=EntryID,YourRef,EntryDate&$filter=YourRef ne 'INV-2'",
			returnAll: true,
		});
		expect(itemsOf(result).map(({ json }) => [json.outcome, json.YourRef, json.EntryDate])).toEqual(
			[
				['read', 'INV-1', '2026-01-05'],
				['read', 'INV-3', '2026-01-05'],
			],
		);
	});

	test.each([
		'../5/crm/Accounts',
		'crm/..%2f..%2f5/crm/Accounts',
		'crm/%252e%252e/Accounts',
		'//evil.example/x',
		'crm//Accounts',
		'https://evil.example/api/v1/5/crm/Accounts',
		'/api/oauth2/token',
		'oauth2/token',
		'crm/Accounts?$expand=BankAccounts',
		'crm/Accounts?%24expand=BankAccounts',
		'crm/Accounts?access_token=x',
		'crm\\Accounts',
		'crm/Accounts#x',
		'crm/%zz',
	])('the path %j is refused before anything is sent', async (path) => {
		const calls = simulator.calls.length;
		const result = await run({ resource: 'anyPath', path });
		expect(String(result.error?.message)).toMatch(/The path ".*" is not read|Path.*required/);
		expect(simulator.calls.slice(calls).filter(({ division }) => division !== undefined)).toEqual(
			[],
		);
	});

	test('what was deleted in Exact is found among the items, and a lost right deletes nothing', async () => {
		const entries = itemsOf(await run({ resource: 'purchaseEntry', include: [] })).map(
			({ json }) => json,
		);
		simulator.controls.remove('purchase-entries', guid(ENTRY, 2));
		const find = { resource: 'purchaseEntry', operation: 'findDeleted' };
		const key = { documentKey: '={{ $json.document.key }}' };
		const found = itemsOf(await run({ ...find, ...key }, entries));
		expect(found.map(({ json }) => [json.outcome, (json.document as IDataObject).number])).toEqual([
			['deleted', 'INV-2'],
		]);
		simulator.controls.denyRights('purchaseentry/PurchaseEntries');
		const lost = await run({ ...find, ...key }, entries);
		expect(lost.error?.message).toContain('may not read purchaseentry/PurchaseEntries');
	});
});

describe('the editor', () => {
	const { description } = new ExactOnline();
	const shown = (parameters: IDataObject) => {
		const values = NodeHelpers.getNodeParameters(
			description.properties,
			parameters as never,
			true,
			false,
			{ typeVersion: 1 },
			description,
		);
		return description.properties.filter((property: INodeProperties) =>
			NodeHelpers.displayParameter(values ?? {}, property, { typeVersion: 1 }, description),
		);
	};

	test('an operation says what it does, in words', () => {
		const actions = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => (options ?? []) as { action?: string }[])
			.map(({ action }) => action);
		expect(actions).toEqual(
			expect.arrayContaining([
				'Get many purchase entries',
				'Get a purchase entry',
				'Get an item',
				'Get many GL accounts',
				'Check the connection',
			]),
		);
	});

	test('only what has an effect is shown', () => {
		const names = (parameters: IDataObject) => shown(parameters).map(({ name }) => name);
		expect(names({ resource: 'connection', operation: 'checkConnection' })).toEqual([
			'resource',
			'operation',
			'division',
		]);
		expect(names({ resource: 'anyPath', operation: 'getMany' })).toEqual([
			'resource',
			'operation',
			'division',
			'path',
			'returnAll',
			'limit',
		]);
		expect(names({ resource: 'purchaseEntry', operation: 'findDeleted' })).toEqual([
			'resource',
			'operation',
			'documentKey',
		]);
		expect(names({})).toContain('include');
	});

	test('nothing is chosen for the division', () => {
		const division = description.properties.find(({ name }) => name === 'division');
		expect(division?.default).toEqual({ mode: 'list', value: '' });
	});

	test('any path is for people, not for agents', () => {
		const resource = description.properties.find(({ name }) => name === 'resource');
		const options = (resource?.options ?? []) as { value: string; displayOptions?: object }[];
		expect(options.find(({ value }) => value === 'anyPath')?.displayOptions).toEqual({
			show: { '@tool': [false] },
		});
	});
});
