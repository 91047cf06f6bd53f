import type { IDataObject, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';

import { FixedWidthEncode } from '../../../nodes/FixedWidthEncode/FixedWidthEncode.node';
import { PRESET_SAMPLES } from '../../lib/flatfile/presetSamples';
import { runNode } from '../../support/runWorkflow';
import type { NodeRun } from '../../support/runWorkflow';

const toItems = (rows: readonly object[]): INodeExecutionData[] =>
	rows.map((json) => ({ json: json as IDataObject }));

const entries = toItems(PRESET_SAMPLES.purchaseEntry);

const fileTime = '2026-11-25T23:30:15+00:00';

const run = async (
	parameters: IDataObject,
	items: INodeExecutionData[] = entries,
	more: Parameters<typeof runNode>[3] = {},
): Promise<NodeRun> => {
	const options = { fileTime, ...(parameters['options'] as IDataObject | undefined) };
	return await runNode(new FixedWidthEncode(), { ...parameters, options }, items, {
		timezone: 'Europe/Amsterdam',
		executionId: '77',
		...more,
	});
};

/** What the tests read of an encoded item; the rest is compared whole. */
type EncodedJson = IDataObject & {
	sha256: string;
	preview: string[];
};

const encodedOf = (result: NodeRun) => {
	expect(result.error).toBeUndefined();
	return (result.outputs[0] ?? []).map((item) => item.json as EncodedJson);
};

const textOf = (result: NodeRun, index = 0, field = 'data') =>
	Buffer.from(result.outputs[0]?.[index]?.binary?.[field]?.data ?? '', 'base64').toString('latin1');

describe('with its defaults', () => {
	test('writes the preset of purchase entries on the first run', async () => {
		const result = await run({});
		const [json] = encodedOf(result);
		expect(json).toMatchObject({
			outcome: 'encoded',
			format: 'fixed-width',
			layout: 'PURCH-ENTRY',
			transactionSet: 'PURCH-ENTRY',
			partner: '',
			fileName: 'PURCH-ENTRY_20261126_000077.txt',
			mimeType: 'text/plain; charset=windows-1252',
			documentCount: 2,
			recordCount: 7,
			records: { header: 1, invoice: 2, line: 3, trailer: 1 },
			sums: { 'invoice.amount': '229.90', 'line.lineAmount': '190.00' },
			documents: [
				{
					key: 'exact:920172:purchaseEntry:e1',
					number: 'INV-001',
					contentHash: 'hash-e1',
					purpose: 'original',
				},
				{ key: 'exact:920172:purchaseEntry:e2', number: 'CN-002' },
			],
			warnings: [],
		});
		const bytes = Buffer.from(result.outputs[0]?.[0]?.binary?.data?.data ?? '', 'base64');
		expect(json?.bytes).toBe(bytes.length);
		expect(json?.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(json?.preview[1]).toMatch(/^1234567890/);
		expect(textOf(result)).toMatch(/^HPURCH-ENTRY 000092017220261126003015/);
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(result.outputs[1]).toEqual([]);
	});

	test('takes the time of the run where none is given', async () => {
		const result = await runNode(new FixedWidthEncode(), {}, entries, { timezone: 'UTC' });
		expect(encodedOf(result)[0]?.['fileName']).toMatch(/^PURCH-ENTRY_20\d{6}_000001\.txt$/);
	});

	test.each(['editor', 'json'])(
		'writes a file with the example layout of %s',
		async (layoutSource) => {
			const result = await run({ layoutSource });
			expect(encodedOf(result)[0]).toMatchObject({ outcome: 'encoded', documentCount: 2 });
			expect(textOf(result)).toBe('DINV-001             \r\nDCN-002              \r\n');
		},
	);

	test('writes the same bytes for the same time: a replay is the same file', async () => {
		const once = encodedOf(await run({}));
		const again = encodedOf(await run({}));
		expect(again[0]?.sha256).toBe(once[0]?.sha256);
	});
});

describe('CSV', () => {
	test('is one choice away', async () => {
		const result = await run({ format: 'csv', csvOptions: { delimiter: ';' } });
		const [json] = encodedOf(result);
		expect(json).toMatchObject({
			format: 'csv',
			fileName: 'PURCH-ENTRY_20261126_000077.csv',
			recordCount: 3,
			mimeType: 'text/csv; charset=windows-1252',
		});
		expect(textOf(result).split('\r\n')[1]).toMatch(
			/^26700001;INV-001;30;40001;M.ller & S.n GmbH;/,
		);
	});
});

describe('documents that do not fit', () => {
	const wrong = { ...PRESET_SAMPLES.purchaseEntry[0], YourRef: 'X'.repeat(31) };
	const items = toItems([PRESET_SAMPLES.purchaseEntry[1] as object, wrong]);

	test('leave by Rejected with their issues, the others are written', async () => {
		const result = await run({ partner: 'ACME' }, items);
		expect(encodedOf(result)[0]).toMatchObject({ documentCount: 1 });
		const [rejected] = result.outputs[1] ?? [];
		expect(rejected?.pairedItem).toEqual({ item: 1 });
		expect(rejected?.json).toMatchObject({
			outcome: 'rejected',
			EntryNumber: 26700001,
			document: { key: 'exact:920172:purchaseEntry:e1', number: 'INV-001' },
			issues: [
				{
					code: 'FLATFILE_VALUE_TOO_LONG',
					path: 'YourRef',
					message: expect.stringContaining(
						"Document INV-001, record 'invoice', field 'invoiceNumber': ",
					),
				},
			],
		});
	});

	test('stop the run before anything leaves the node, where that is asked for', async () => {
		const result = await run({ onInvalidDocument: 'stop' }, items);
		expect(result.error?.message).toBe(
			'1 document does not fit the layout, and nothing was written',
		);
		expect((result.error as unknown as { description: string }).description).toContain(
			"field 'invoiceNumber'",
		);
	});

	test('never throw where errors continue', async () => {
		const result = await run({ onInvalidDocument: 'stop' }, items, {
			onError: 'continueRegularOutput',
		});
		expect(result.error).toBeUndefined();
		expect(result.outputs[1]?.map((item) => item.json['outcome'])).toEqual(['failed', 'failed']);
	});

	test('are all refused where the trailer cannot be written', async () => {
		const layout = {
			name: 'x',
			records: [
				{ name: 'r', kind: 'detail', fields: [{ name: 'n', type: 'integer', width: 3 }] },
				{
					name: 't',
					kind: 'trailer',
					fields: [{ name: 's', type: 'sum', of: 'r.n', decimals: 0, width: 3 }],
				},
			],
		};
		const parameters = { layoutSource: 'json', layoutJson: JSON.stringify(layout) };
		const rows = toItems([{ n: 999 }, { n: 1 }]);
		const result = await run(parameters, rows);
		expect(encodedOf(result)).toEqual([]);
		expect(result.outputs[1]).toHaveLength(2);
		expect(result.outputs[1]?.[0]?.json['issues']).toEqual([
			expect.objectContaining({ message: expect.stringContaining("File, record 't', field 's'") }),
		]);
		const stopped = await run({ ...parameters, onInvalidDocument: 'stop' }, rows);
		expect(stopped.error?.message).toContain('The trailer of the file cannot be written');
	});

	test('are left out when unchanged, where only changes are wanted', async () => {
		const [first, second] = PRESET_SAMPLES.costCenter.concat(PRESET_SAMPLES.costCenter);
		const unchanged = {
			...first,
			document: { ...(first?.['document'] as object), change: 'unchanged' },
		};
		const changed = {
			...second,
			document: { ...(second?.['document'] as object), change: 'changed' },
		};
		const parameters = { preset: 'costCenter', options: { skipUnchanged: true } };
		const result = await run(parameters, toItems([unchanged, changed]));
		expect(encodedOf(result)[0]).toMatchObject({
			documentCount: 1,
			documents: [{ purpose: 'replacement' }],
		});
		expect(result.outputs[1]?.[0]?.json).toMatchObject({ outcome: 'unchanged', issues: [] });
		const snapshot = await run({ preset: 'costCenter' }, toItems([unchanged, changed]));
		expect(encodedOf(snapshot)[0]).toMatchObject({ documentCount: 2 });
	});
});

describe('what the editor says above the output', () => {
	const long = { ...PRESET_SAMPLES.purchaseEntry[0], YourRef: 'X'.repeat(31) };
	const hintsOf = ({ run: whole }: NodeRun) =>
		whole.data.resultData.runData['Subject']?.[0]?.hints?.map(({ message }) => message);

	test('is where to look at first', async () => {
		expect(hintsOf(await run({}))).toEqual([expect.stringContaining("Look at 'preview'")]);
		expect(hintsOf(await run({ format: 'csv' }))).toEqual([]);
	});

	test('is the commonest reason of those that were rejected, with its fix', async () => {
		const late = { ...PRESET_SAMPLES.purchaseEntry[1], DueDate: 'soon' };
		const result = await run({}, toItems([late, long, { ...long, EntryNumber: 2 }]));
		expect(hintsOf(result)).toEqual([
			expect.stringMatching(
				/^3 documents were rejected, 2 of them for this reason: Document INV-001, .*Widen the field/,
			),
		]);
	});

	test('is nothing of a run that failed', async () => {
		const result = await run({ onInvalidDocument: 'stop' }, toItems([long]));
		expect(result.error).toBeDefined();
		expect(hintsOf(result)).toEqual([]);
	});

	test('begins every item with the outcome, its issues and the plain reason', async () => {
		const result = await run({}, toItems([PRESET_SAMPLES.purchaseEntry[1] as object, long]));
		const [encoded, rejected] = result.outputs.map((output) => output[0]?.json ?? {});
		expect(Object.keys(encoded ?? {}).slice(0, 2)).toEqual(['outcome', 'issues']);
		expect(Object.keys(rejected ?? {}).slice(0, 3)).toEqual(['outcome', 'issues', 'reason']);
		expect(rejected?.['reason']).toContain("field 'invoiceNumber'");
	});
});

describe('files', () => {
	const rows = toItems([
		{ ...PRESET_SAMPLES.vendor[0], partner: 'A' },
		{ ...PRESET_SAMPLES.vendor[1], partner: 'B' },
		{ ...PRESET_SAMPLES.vendor[1], partner: 'A' },
	]);
	const perPartner = {
		preset: 'vendor',
		filePer: 'partner',
		partner: '={{ $json.partner }}',
		fileNamePattern:
			'{layout}_{partner}_{date}{time}_{documents}_{records}_{sequence:4}.{extension}',
		sequence: '12',
	};

	test('are one per partner, named by the pattern', async () => {
		const result = await run(perPartner, rows);
		expect(encodedOf(result).map((json) => json['fileName'])).toEqual([
			'VENDOR_A_20261126003015_2_4_0012.txt',
			'VENDOR_B_20261126003015_1_3_0012.txt',
		]);
		expect(result.outputs[0]?.map((item) => item.pairedItem)).toEqual([
			[{ item: 0 }, { item: 2 }],
			[{ item: 1 }],
		]);
		expect(textOf(result, 1)).toContain('B       ');
	});

	test.each([
		[{ filePer: 'run' }, "'Partner' differs between the items ('A', 'B')"],
		[{ fileNamePattern: 'same.txt' }, 'Two files of this run would be named "same.txt"'],
		[{ fileNamePattern: '{what}.txt' }, 'The placeholder {what} of the file-name pattern'],
		[{ options: { fileTime: 'yesterday' } }, "'File Time' must be an ISO date and time"],
		[{ format: 'pdf' }, `'Format' must be csv or fixed-width, not "pdf"`],
		[{ preset: 'invoice' }, "There is no preset layout 'invoice'."],
	])('%j: %s', async (parameters, message) => {
		const result = await run({ ...perPartner, ...parameters } as IDataObject, rows);
		expect(result.error?.message).toContain(message);
	});

	test('leave no item without an issue where errors continue', async () => {
		const parameters = { ...perPartner, fileNamePattern: 'same.txt' };
		const result = await run(parameters, rows, { onError: 'continueRegularOutput' });
		expect(result.outputs[0]).toEqual([]);
		expect(result.outputs[1]?.map((item) => item.json['issues'])).toEqual(
			rows.map(() => [expect.objectContaining({ code: 'FLATFILE_OPTION_INVALID' })]),
		);
	});

	test('have a control file behind them, where one is wanted', async () => {
		const options = { controlFile: true, controlFileName: '{file}.ctl', binaryField: 'file' };
		const result = await run({ preset: 'vendor', options }, rows);
		const [file, control] = encodedOf(result);
		expect(control).toMatchObject({
			outcome: 'encoded',
			format: 'control',
			controls: 'VENDOR_20261126_000077.txt',
			fileName: 'VENDOR_20261126_000077.txt.ctl',
			documentCount: 0,
			documents: [],
		});
		const text = textOf(result, 1, 'file');
		expect(text).toContain(`sha256=${String(file?.['sha256'])}\r\n`);
		expect(text).toContain(`bytes=${String(file?.['bytes'])}\r\n`);
		expect(text).toContain('documents=3\r\n');
	});
});

const EDITOR = {
	layoutSource: 'editor',
	layoutName: 'mine',
	layoutOptions: { recordSeparator: 'LF' },
	editorFields: {
		fields: [
			{ record: 'trailer', name: 'type', type: 'constant', width: 1, value: 'T' },
			{ record: 'trailer', name: 'lines', type: 'count', width: 3, of: 'line' },
			{ record: 'trailer', name: 'total', type: 'sum', width: 9, sumOf: 'line.amount' },
			{ record: 'detail', name: 'type', type: 'constant', width: 1, value: 'D' },
			{ record: 'detail', name: 'number', type: 'text', width: 8, source: 'YourRef' },
			{
				record: 'detail',
				name: 'status',
				type: 'text',
				width: 4,
				source: 'Type',
				more: { codes: '{"30": "INV", "31": "CRN"}' },
			},
			{ record: 'subDetail', name: 'type', type: 'constant', width: 1, value: 'L' },
			{
				record: 'subDetail',
				name: 'amount',
				type: 'decimal',
				width: 9,
				source: 'AmountFC',
				point: 'implied',
				sign: 'trailing',
				more: { pad: ' ' },
			},
		],
	},
};

describe('a layout defined in the editor', () => {
	test('writes records in the order of a file', async () => {
		const result = await run(EDITOR);
		expect(encodedOf(result)[0]).toMatchObject({ layout: 'mine' });
		expect(textOf(result)).toBe(
			[
				'DINV-001 INV ',
				'L   15050 ',
				'L    4950 ',
				'DCN-002  CRN ',
				'L    1000-',
				'T003000190.00',
				'',
			].join('\n'),
		);
	});

	test('is exported and pasted into another node', async () => {
		const exported = await run({ ...EDITOR, operation: 'exportLayout' });
		const [json] = encodedOf(exported);
		expect(json).toMatchObject({ outcome: 'exported', name: 'mine' });
		const pasted = await run({ layoutSource: 'json', layoutJson: json?.['layoutJson'] });
		expect(textOf(pasted)).toBe(textOf(await run(EDITOR)));
	});

	test.each([
		[{ more: { codes: '{' } }, "'Code List' of field 'x' is not JSON"],
		[{ width: 0 }, "'width' of the field 'x' of record 'detail'"],
		[{ more: { start: 3 } }, "The field 'x' of record 'detail' starts at position 3"],
	])('%j: %s', async (more, message) => {
		const field = { record: 'detail', name: 'x', type: 'text', width: 3, ...more };
		const result = await run({ ...EDITOR, editorFields: { fields: [field] } });
		expect(result.error?.message).toContain(message);
	});
});

describe("a layout made of a partner's field list", () => {
	const rows = toItems([
		{ Feldname: 'Invoice Number', Von: '1', Bis: '12', Typ: 'AN' },
		{ Feldname: 'Amount', Von: '13', Bis: '24', Typ: 'N', Nachkommastellen: '2' },
	]);
	const make = async (items: INodeExecutionData[], more: IDataObject = {}) =>
		await run({ operation: 'makeLayout', layoutName: 'ACME', ...more }, items);
	const hintOf = ({ run: whole }: NodeRun) =>
		whole.data.resultData.runData['Subject']?.[0]?.hints?.[0]?.message;

	test('says what is to be checked, and can be pasted into the node that writes', async () => {
		const made = await make(rows, { sourcesFrom: 'purchaseEntry' });
		const [json] = encodedOf(made);
		expect(Object.keys(json ?? {}).slice(0, 3)).toEqual(['outcome', 'issues', 'reason']);
		expect(json).toMatchObject({
			outcome: 'to be checked',
			name: 'ACME',
			preview: [
				'record: detail, 24 wide',
				'    1-12    Invoice Number  text, from YourRef',
				'   13-24    Amount          decimal, 2 decimals, from AmountFC',
			],
		});
		expect(json?.['reason']).toContain('whether the decimal point is written');
		expect(hintOf(made)).toContain('Look at this before the layout is used');
		for (const layoutJson of [json?.['layoutJson'], json?.['layout']]) {
			const pasted = await run({ layoutSource: 'json', layoutJson });
			expect(encodedOf(pasted)[0]).toMatchObject({ layout: 'ACME' });
			expect(textOf(pasted)).toBe('INV-001     000000242.00\r\nCN-002      -00000012.10\r\n');
		}
	});

	test('takes the layout options', async () => {
		const [json] = encodedOf(await make(rows, { layoutOptions: { encoding: 'cp500' } }));
		expect(json?.['layout']).toMatchObject({ encoding: 'cp500' });
	});

	test('leaves by Rejected where it cannot be used', async () => {
		const overlapping = toItems([
			{ name: 'a', start: 1, length: 5, type: 'X' },
			{ name: 'b', start: 4, length: 5, type: 'X' },
		]);
		const made = await make(overlapping);
		expect(made.outputs[0]).toEqual([]);
		expect(made.outputs[1]?.[0]?.json).toMatchObject({
			outcome: 'not usable',
			reason: expect.stringContaining("Field 'b' of record 'record' starts at position 4"),
		});
		expect(hintOf(made)).toContain('The layout cannot be used: ');
	});

	test('is nothing without a list', async () => {
		const result = await make(toItems([{ foo: 1 }]));
		expect(result.error?.message).toContain('Its columns are: foo.');
	});
});

describe('a layout as JSON', () => {
	test.each(['{"name": ', '[1]', ''])('%p is refused by name', async (layoutJson) => {
		const result = await run({ layoutSource: 'json', layoutJson });
		expect(result.error?.message).toContain("'Layout JSON' is not ");
	});
});

describe('mapped values', () => {
	const layoutJson = JSON.stringify({
		name: 'x',
		recordSeparator: 'none',
		records: [
			{
				name: 'r',
				kind: 'detail',
				fields: [
					{ name: 'a', type: 'text', width: 4 },
					{ name: 'b', type: 'decimal', width: 7 },
					{ name: 'c', type: 'constant', width: 1, value: '.' },
				],
			},
			{ name: 'l', kind: 'subDetail', fields: [{ name: 'd', type: 'text', width: 2 }] },
		],
	});
	const base = { layoutSource: 'json', layoutJson, valuesFrom: 'mapper' };
	const rows = toItems([{ name: 'one', sum: 1.5, lines: [{ d: 'x' }], a: 'auto', b: '2' }]);

	test('come from the mapper, lines from their source paths', async () => {
		const columns = {
			mappingMode: 'defineBelow',
			value: { 'r/a': '={{ $json.name }}', 'r/b': '={{ $json.sum }}' },
			schema: [],
		};
		expect(textOf(await run({ ...base, columns }, rows))).toBe('one 0001.50.x ');
	});

	test('come from the input by name', async () => {
		const columns = { mappingMode: 'autoMapInputData', value: null, schema: [] };
		expect(textOf(await run({ ...base, columns }, rows))).toBe('auto0002.00.x ');
	});

	test('has the fields of the layout as columns', async () => {
		const { getLayoutFields } = new FixedWidthEncode().methods.resourceMapping;
		const parameters: IDataObject = { ...base, format: 'fixed-width' };
		const context = {
			getCurrentNodeParameter: (name: string) => parameters[name],
		} as unknown as ILoadOptionsFunctions;
		const { fields } = await getLayoutFields.call(context);
		expect(fields.map(({ id, displayName, type }) => [id, displayName, type])).toEqual([
			['r/a', 'r: a (text, 4 wide)', 'string'],
			['r/b', 'r: b (decimal, 7 wide)', 'string'],
		]);
		parameters['layoutJson'] = '{';
		await expect(getLayoutFields.call(context)).rejects.toThrow("'Layout JSON' is not JSON");
	});
});
