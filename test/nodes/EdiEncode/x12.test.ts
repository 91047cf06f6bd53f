import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { x12Encoder } from '../../../lib/edi/x12';
import { ERROR_CODES } from '../../../lib/errors';
import { documentHead } from '../../../lib/mapping';
import { EdiEncode } from '../../../nodes/EdiEncode/EdiEncode.node';
import { entry, entryLine, goodsReceipt, order, payment, supplier } from '../../lib/mapping/rows';
import { runWorkflow } from '../../support/runWorkflow';
import { bytesOf, encode, items, PARTNER, segmentsOf } from './support';

/** What the Exact node puts beside a record. */
const read = (row: Record<string, unknown>, change?: string) => ({
	outcome: 'read',
	...row,
	document: { ...documentHead('purchaseEntry', row), ...(change ? { change } : {}) },
});

const advice = (error: Error | undefined): string =>
	String((error as { description?: unknown } | undefined)?.description ?? '');

describe('an encoded file', () => {
	test('is an item with the facts that the next nodes need', async () => {
		const { encoded, rejected, error } = await encode([read(entry())]);
		expect(error).toBeUndefined();
		expect(rejected).toEqual([]);
		expect(encoded).toHaveLength(1);
		const [file] = encoded;
		const bytes = bytesOf(file);
		const head = documentHead('purchaseEntry', entry());
		expect(file?.json).toMatchObject({
			outcome: 'encoded',
			format: 'X12',
			transactionSet: '810',
			release: '004010',
			partner: 'ACME',
			usage: 'test',
			sender: 'MYCOMPANY',
			receiver: 'PARTNER',
			fileName: '810_ACME_000123001.edi',
			mimeType: 'application/edi-x12',
			bytes: bytes.byteLength,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			controlNumber: '000123001',
			groupControlNumbers: ['123001'],
			documentCount: 1,
			documents: [
				{
					key: head.key,
					number: 'INV-1',
					contentHash: head.contentHash,
					controlNumber: '0001',
					purpose: 'original',
				},
			],
		});
		expect(file?.binary?.data).toMatchObject({
			fileName: '810_ACME_000123001.edi',
			mimeType: 'application/edi-x12',
		});
		expect(file?.pairedItem).toEqual([{ item: 0 }]);
		const segments = segmentsOf(file);
		expect(segments[0]?.slice(5, 16)).toEqual([
			'ZZ',
			'MYCOMPANY      ',
			'ZZ',
			'PARTNER        ',
			expect.stringMatching(/^\d{6}$/),
			expect.stringMatching(/^\d{4}$/),
			'U',
			'00401',
			'000123001',
			'0',
			'T',
		]);
		expect(segments.find(([tag]) => tag === 'TDS')).toEqual(['TDS', '12100']);
	});

	test('carries its bytes as binary data alone', async () => {
		const { encoded } = await encode([read(entry())]);
		const json = JSON.stringify(encoded[0]?.json);
		expect(encoded[0]?.json).not.toHaveProperty('ledger');
		expect(json).not.toContain(bytesOf(encoded[0]).toString('base64').slice(0, 40));
	});

	test('takes its date and time from the time zone of the workflow', async () => {
		const stamp = async (timezone: string): Promise<string> => {
			const { encoded } = await encode([entry()], {}, { timezone });
			const [isa] = segmentsOf(encoded[0]);
			return `${isa?.[9]}${isa?.[10]}`;
		};
		// Kiritimati is 24 hours ahead of Honolulu: another day at any moment.
		const [east, west] = [await stamp('Pacific/Kiritimati'), await stamp('Pacific/Honolulu')];
		expect(east.slice(0, 6)).not.toBe(west.slice(0, 6));
	});

	test('is put into the field asked for, under the name asked for', async () => {
		const { encoded } = await encode([entry()], {
			options: {
				binaryPropertyName: 'file',
				fileNamePattern: '{sender}-{receiver}-{groupControlNumber:9}-{usage}.x12',
			},
		});
		expect(encoded[0]?.json.fileName).toBe('MYCOMPANY-PARTNER-000123001-test.x12');
		expect(bytesOf(encoded[0], 'file').subarray(0, 3).toString()).toBe('ISA');
	});
});

describe('batching', () => {
	const rows = ['e1', 'e2', 'e3'].map((EntryID) => entry({ EntryID, YourRef: `INV-${EntryID}` }));

	test('one interchange per partner by default, paired with all its items', async () => {
		const { encoded } = await encode(rows);
		expect(encoded).toHaveLength(1);
		expect(encoded[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(encoded[0]?.json.documents).toMatchObject([
			{ number: 'INV-e1', controlNumber: '0001' },
			{ number: 'INV-e2', controlNumber: '0002' },
			{ number: 'INV-e3', controlNumber: '0003' },
		]);
	});

	test('one per document', async () => {
		const { encoded } = await encode(rows, { options: { batching: 'perDocument' } });
		expect(encoded.map((file) => file.json.controlNumber)).toEqual([
			'000123001',
			'000123002',
			'000123003',
		]);
	});

	test('three partners in one run by an expression', async () => {
		const partners = rows.map((row, index) => ({ ...row, partnerId: `P${index % 2}` }));
		const parameters = { receiverId: '={{ $json.partnerId }}', partner: '={{ $json.partnerId }}' };
		const { encoded } = await encode(partners, parameters);
		expect(encoded.map((file) => [file.json.partner, file.json.documentCount])).toEqual([
			['P0', 2],
			['P1', 1],
		]);
		const perRun = await encode(partners, { ...parameters, options: { batching: 'perRun' } });
		expect(perRun.encoded.map((file) => [file.json.partner, file.json.documentCount])).toEqual([
			['P0', 3],
		]);
	});

	test('a partner profile from a table wins over the fields', async () => {
		const { encoded } = await encode(
			[{ ...entry(), profile: { release: '005010', usage: 'production', receiverId: 'OTHER' } }],
			{ partnerProfile: '={{ $json.profile }}' },
		);
		expect(encoded[0]?.json).toMatchObject({
			release: '005010',
			usage: 'production',
			receiver: 'OTHER',
		});
	});

	test('sets of several kinds are groups of one interchange, each with its number', async () => {
		const { encoded, rejected } = await encode([entry(), order(), payment()], {
			codeMaps: { units: [{ from: 'pc', to: 'EA' }] },
		});
		expect(rejected.map((item) => item.json.issues)).toEqual([]);
		expect(encoded[0]?.json).toMatchObject({
			transactionSet: '810-850-820',
			groupControlNumbers: ['123001', '123002', '123003'],
		});
	});
});

describe('control numbers', () => {
	test('go on over encode nodes of one execution', async () => {
		const node = (name: string, height: number) => ({
			id: name,
			name,
			type: 'ediEncode',
			typeVersion: 1,
			position: [0, height] as [number, number],
			parameters: { ...PARTNER, options: { batching: 'perDocument' } } as never,
		});
		const source = { ...node('Source', 0), type: 'source', parameters: {} };
		const main = (target: string) => ({ node: target, type: 'main' as const, index: 0 });
		const run = await runWorkflow(
			[source, node('One', 0), node('Two', 100)],
			{ Source: { main: [[main('One'), main('Two')]] } },
			{
				ediEncode: new EdiEncode(),
				source: {
					description: { ...new EdiEncode().description, name: 'source', properties: [] },
					async execute() {
						return [this.getInputData()];
					},
				},
			},
			'Source',
			items(entry(), entry({ EntryID: 'e2' })),
			{ executionId: '1000777' },
		);
		const numbers = ['One', 'Two'].flatMap((name) =>
			(run.data.resultData.runData[name]?.[0]?.data?.main?.[0] ?? []).map(
				(file) => file.json.controlNumber,
			),
		);
		expect(numbers).toEqual(['000777001', '000777002', '000777003', '000777004']);
	});

	test('are refused beyond 999 in one execution', async () => {
		const rows = Array.from({ length: 1000 }, (_, index) => entry({ EntryID: `e${index}` }));
		const { error } = await encode(rows, { options: { batching: 'perDocument' } });
		expect(error?.message).toBe(
			'This execution needs 1000 control numbers; there are 999 for one execution',
		);
		expect(advice(error)).toContain('Batching');
	});

	test('are refused without a numeric execution id', async () => {
		const { error } = await encode([entry()], {}, { executionId: 'abc' });
		expect(error?.message).toContain('execution id "abc"');
	});

	test('can be moved by an offset', async () => {
		const { encoded } = await encode([entry()], { options: { controlNumberOffset: 500_000 } });
		expect(encoded[0]?.json.controlNumber).toBe('500123001');
	});

	test('come from the input', async () => {
		const parameters = { controlNumberSource: 'input', controlNumber: '={{ $json.next }}' };
		const { encoded } = await encode([{ ...entry(), next: '000000042' }], parameters);
		expect(encoded[0]?.json).toMatchObject({
			controlNumber: '000000042',
			groupControlNumbers: ['42'],
		});
		const twice = await encode(
			[
				{ ...entry(), next: 42 },
				{ ...entry({ EntryID: 'e2' }), next: 42 },
			],
			{ ...parameters, options: { batching: 'perDocument' } },
		);
		expect(twice.error?.message).toBe('The control number 42 for ACME is used twice in this run');
		const none = await encode([entry()], parameters);
		expect(none.error?.message).toContain('it must be a whole number from 1 to 999999999');
		const groups = await encode([{ ...entry(), next: 42 }, order()], {
			...parameters,
			codeMaps: { units: [{ from: 'pc', to: 'EA' }] },
		});
		expect(groups.error?.message).toContain('has 2 functional groups and needs 2 control numbers');
	});

	test('a dry run uses none', async () => {
		const { encoded } = await encode([entry()], { dryRun: true }, { executionId: 'abc' });
		expect(encoded[0]?.json).toMatchObject({
			outcome: 'dry run',
			controlNumber: '000000001',
		});
	});
});

describe('documents that are not encoded', () => {
	const broken = entry({ EntryID: 'e2', YourRef: 'INV-2', EntryDate: null });

	test('leave by Rejected with their issues; the others go on', async () => {
		const { encoded, rejected, error } = await encode([entry(), read(broken)]);
		expect(error).toBeUndefined();
		expect(encoded[0]?.json.documentCount).toBe(1);
		expect(rejected).toHaveLength(1);
		expect(rejected[0]).toMatchObject({
			pairedItem: { item: 1 },
			json: {
				outcome: 'rejected',
				EntryID: 'e2',
				document: { key: 'exact:4711:purchaseEntry:e2', number: 'INV-2' },
				issues: [
					{
						code: 'MAPPING_FIELD_MISSING',
						message: "Purchase entry INV-2: the invoice date is missing ('EntryDate' is empty)",
					},
				],
			},
		});
	});

	test('are told in a hint: the commonest reason, and what was left out', async () => {
		const { run } = await encode([entry(), broken, entry({ EntryID: 'e3', Status: 5 })]);
		expect(run.data.resultData.runData.Subject?.[0]?.hints).toMatchObject([
			{
				message: expect.stringMatching(
					/^1 document was rejected: Purchase entry INV-2: the invoice date is missing .* Not encoded: 1 skipped\.$/,
				),
			},
			{ message: expect.stringContaining("Set 'Usage' to 'Production'") },
		]);
	});

	test('stop the run before anything leaves, if that is wanted', async () => {
		const { error, encoded } = await encode([entry(), broken], { options: { onInvalidDocument: 'stop' } });
		expect(error?.message).toBe('1 of 2 documents cannot be encoded');
		expect(advice(error)).toContain(ERROR_CODES.DOCUMENT_REFUSED.action);
		expect(advice(error)).toContain('EntryDate');
		expect(encoded).toEqual([]);
	});

	test('a status that is not sent is skipped and not recorded', async () => {
		const { rejected, error } = await encode([entry({ Status: 5 })], { options: { onInvalidDocument: 'stop' } });
		expect(error).toBeUndefined();
		expect(rejected[0]?.json).toMatchObject({ outcome: 'skipped' });
	});

	test('the encoder has its say: a number longer than 22 characters', async () => {
		const YourRef = 'INV-2017-000000000000000001';
		const { rejected } = await encode([entry({ YourRef })]);
		expect(rejected[0]?.json).toMatchObject({ outcome: 'rejected', document: { number: YourRef } });
		expect(JSON.stringify(rejected[0]?.json.issues)).toContain('22');
	});

	test('a goods receipt is an 861 with the received quantities, and has no amount', async () => {
		const { encoded, rejected } = await encode([goodsReceipt()], { documentType: 'receipt' });
		expect(rejected).toEqual([]);
		expect(encoded[0]?.json).toMatchObject({
			transactionSet: '861',
			documents: [{ number: '40017', purpose: 'original' }],
		});
		expect(segmentsOf(encoded[0])).toEqual(
			expect.arrayContaining([
				['BRA', '40017', '20170314', '00', '2'],
				['N1', 'ST', 'Rotterdam'],
				['RCD', '1', '18', 'EA'],
				['PRF', '900001'],
			]),
		);
	});

	test('the last of two versions counts', async () => {
		const { encoded, rejected } = await encode([
			entry(),
			entry({ AmountFC: 242, VATAmountFC: 42, lines: [entryLine(), entryLine()] }),
		]);
		expect(encoded[0]?.json.documentCount).toBe(1);
		expect(segmentsOf(encoded[0]).find(([tag]) => tag === 'TDS')).toEqual(['TDS', '24200']);
		expect(rejected).toMatchObject([
			{
				pairedItem: { item: 0 },
				json: { outcome: 'skipped', issues: [{ code: 'DOCUMENT_REPEATED' }] },
			},
		]);
	});

	test('other types than wanted, and what is no document at all', async () => {
		const { rejected } = await encode([order(), { name: 'x' }], { documentType: 'invoice' });
		expect(rejected.map((item) => (item.json.issues as IDataObject[])[0]?.code)).toEqual([
			'DOCUMENT_TYPE_UNEXPECTED',
			'DOCUMENT_TYPE_UNEXPECTED',
		]);
		const auto = await encode([{ name: 'x' }]);
		expect(auto.rejected[0]?.json.issues).toMatchObject([{ code: 'DOCUMENT_TYPE_UNKNOWN' }]);
	});

	test('a group of payments that is not positive, each payment on its own', async () => {
		const { rejected, encoded } = await encode([
			payment(),
			payment({ ID: 'p2', TransactionType: 31, AmountFC: -121 }),
		]);
		expect(encoded).toEqual([]);
		expect(rejected.map((item) => item.json.document)).toMatchObject([
			{ key: 'exact:4711:payment:p1' },
			{ key: 'exact:4711:payment:p2' },
		]);
	});

	test('an empty run makes nothing', async () => {
		const { outputs, error } = await encode([]);
		expect(error).toBeUndefined();
		expect(outputs.flat()).toEqual([]);
	});
});

describe('changed documents', () => {
	const purposes = async (parameters: IDataObject): Promise<unknown> => {
		const { encoded, rejected } = await encode([read(entry(), 'changed')], parameters);
		return [
			segmentsOf(encoded[0]).find(([tag]) => tag === 'BIG')?.[8],
			(encoded[0]?.json.documents as IDataObject[] | undefined)?.[0]?.purpose,
			rejected[0]?.json.outcome,
		];
	};

	test('are sent as replacement, as original, or held', async () => {
		expect(await purposes({})).toEqual(['05', 'replacement', undefined]);
		expect(await purposes({ options: { changedDocuments: 'original' } })).toEqual([
			undefined,
			'original',
			undefined,
		]);
		expect(await purposes({ options: { changedDocuments: 'hold' } })).toEqual([undefined, undefined, 'held']);
	});

	test('held ones and unchanged ones leave by Rejected, each with its reason', async () => {
		const { rejected } = await encode([read(entry(), 'changed')], { options: { changedDocuments: 'hold' } });
		expect(rejected[0]?.json).toMatchObject({
			issues: [{ code: 'DOCUMENT_HELD' }],
		});
		const unchanged = await encode([read(entry(), 'unchanged')]);
		expect(unchanged.encoded).toEqual([]);
		expect(unchanged.rejected[0]?.json).toMatchObject({
			outcome: 'unchanged',
			issues: [{ code: 'DOCUMENT_UNCHANGED' }],
		});
	});

	test('a changed payment is held: nothing can replace it', async () => {
		const row = {
			...payment(),
			document: { ...documentHead('payment', payment()), change: 'changed' },
		};
		const { rejected } = await encode([row]);
		expect(rejected[0]?.json).toMatchObject({ outcome: 'held' });
		const original = await encode([row], { options: { changedDocuments: 'original' } });
		expect(original.encoded).toHaveLength(1);
	});
});

describe('settings', () => {
	test.each<[string, IDataObject, string]>([
		['a sender ID longer than 15', { senderId: 'A'.repeat(16) }, '15'],
		['no receiver ID', { receiverId: '={{ "" }}' }, 'receiverId'],
		[
			'the same character for two delimiters',
			{ characterOptions: { componentSeparator: '*' } },
			'*',
		],
		['a profile that is no object', { partnerProfile: '[1]' }, "'Partner Profile'"],
		['a misspelt setting in the profile', { partnerProfile: '{"sendrId": "X"}' }, 'sendrId'],
		[
			'a default for no field',
			{ defaults: { default: [{ field: 'suplier.gln', value: '1' }] } },
			'suplier.gln',
		],
		['an unknown standard', { standard: 'tradacoms' }, 'tradacoms'],
		['a change that is none', { options: { documentChange: 'old' } }, "'Document Change'"],
		['a file name with a folder', { options: { fileNamePattern: '../{controlNumber}' } }, '..'],
		[
			'a G/L account qualifier that is none',
			{ documentOptions: { glAccountQualifier: 'G2Z' } },
			`'glAccountQualifier' is "G2Z", which is none of`,
		],
		[
			'a cost center qualifier that is none',
			{ documentOptions: { costCenterQualifier: 'cA' } },
			`'costCenterQualifier' is "cA", which is not a code`,
		],
		[
			'a unit of the partner that is no code of X12',
			{ codeMaps: { units: [{ from: 'PC', to: 'PCS' }] } },
			'to "PCS", which has 3 characters, at most 2 fit (PO103, DE355)',
		],
		[
			'an extra segment with a qualifier that is none',
			{ extraSegments: { segment: [{ template: 'REF*ZQQ*{ownNumber}' }] } },
			'REF01 "ZQQ" is none of the',
		],
	])('%s: one clear message, no file', async (_words, parameters, part) => {
		const { error, encoded } = await encode([entry()], parameters);
		expect(error?.message).toContain(part);
		expect(encoded).toEqual([]);
	});

	test('reach the encoder: code maps, extra segments, defaults, omitted segments', async () => {
		const { encoded, rejected } = await encode([order()], {
			codeMaps: {
				units: [{ from: 'PC', to: 'EA' }],
				parties: [{ from: '70001', qualifier: '91', id: 'V-1' }],
			},
			extraSegments: {
				segment: [{ level: 'header', template: 'REF*ZZ*{ownNumber}', appliesTo: '850' }],
			},
			defaults: { default: [{ field: 'buyer.gln', value: '4012345000009' }] },
			documentOptions: { omitSegments: 'N1*SE/REF*VX, N1*BY/REF*VX' },
		});
		expect(rejected.map((item) => item.json.issues)).toEqual([]);
		const segments = segmentsOf(encoded[0]).map((segment) => segment.join('*'));
		expect(segments).toContain('REF*ZZ*900001');
		expect(segments.some((segment) => /^N1\*(?:SE|VN|SU)\*.*\*91\*V-1$/.test(segment))).toBe(true);
		expect(
			segments.some(
				(segment) => segment.startsWith('N1*BY*') && segment.endsWith('*UL*4012345000009'),
			),
		).toBe(true);
		expect(segments.some((segment) => segment.startsWith('REF*VX'))).toBe(false);
		expect(segments.some((segment) => /^PO1\*1\*2\*EA\*100/.test(segment))).toBe(true);
	});

	test('G/L account and cost center stand in the line by default, and can be re-qualified', async () => {
		const rows = [entry()];
		const referencesOf = async (parameters: IDataObject): Promise<string[]> => {
			const { encoded } = await encode(rows, parameters);
			return segmentsOf(encoded[0])
				.map((segment) => segment.join('*'))
				.filter((segment) => /^REF\*(?:GZ|CA|12|ZZ)\*/.test(segment));
		};
		const standard = await referencesOf({});
		expect(standard).toContain('REF*GZ*4500*Office furniture');
		expect(standard).toContain('REF*CA*CC1*Head office');
		const other = await referencesOf({
			documentOptions: { glAccountQualifier: '12', costCenterQualifier: 'ZZ' },
		});
		expect(other).toEqual(
			standard.map((segment) => segment.replace('*GZ*', '*12*').replace('*CA*', '*ZZ*')),
		);
	});

	test('statuses to send', async () => {
		const { encoded } = await encode([entry({ Status: 5 })], {
			sourceOptions: { purchaseEntryStatuses: [5, 20, 50] },
		});
		expect(encoded).toHaveLength(1);
	});
});

test('an interchange that reads back differently never leaves', async () => {
	const difference = {
		code: 'X12_READ_BACK',
		severity: 'error',
		path: 'TDS',
		message: 'TDS01 differs',
	};
	const verify = jest.spyOn(x12Encoder, 'verify').mockResolvedValue([difference as never]);
	try {
		const { error, encoded } = await encode([entry()]);
		expect(error?.message).toBe(
			'The interchange for ACME reads back differently from what was meant: TDS01 differs',
		);
		expect(advice(error)).toContain(ERROR_CODES.SYNTAX_VERIFY_FAILED.action);
		expect(encoded).toEqual([]);
		verify.mockClear();
		const unverified = await encode([entry()], { options: { verifyOutput: false } });
		expect(unverified.encoded).toHaveLength(1);
		expect(verify).not.toHaveBeenCalled();
	} finally {
		verify.mockRestore();
	}
});

test('a setting that cannot be used has its code', async () => {
	const { error } = await encode([entry()], { standard: 'tradacoms' });
	expect(advice(error)).toContain(ERROR_CODES.DOCUMENT_SETTING_INVALID.action);
});

describe('with On Error: Continue nothing is thrown', () => {
	const onError = 'continueRegularOutput' as const;

	test('a partner that cannot be used fails its items only', async () => {
		const rows = [
			{ ...entry(), receiver: 'PARTNER' },
			{ ...entry({ EntryID: 'e2' }), receiver: 'A'.repeat(16) },
		];
		const { encoded, rejected, error } = await encode(
			rows,
			{ receiverId: '={{ $json.receiver }}' },
			{ onError },
		);
		expect(error).toBeUndefined();
		expect(encoded[0]?.json.documentCount).toBe(1);
		expect(rejected).toMatchObject([
			{ pairedItem: { item: 1 }, json: { outcome: 'failed', EntryID: 'e2' } },
		]);
		expect(JSON.stringify(rejected[0]?.json.issues)).toContain('15');
	});

	test('what concerns all leaves by Rejected', async () => {
		const { encoded, rejected, error } = await encode(
			[entry(), entry({ EntryID: 'e2' })],
			{ defaults: { default: [{ field: 'nothing', value: '1' }] } },
			{ onError },
		);
		expect(error).toBeUndefined();
		expect(encoded).toEqual([]);
		expect(rejected.map((item) => [item.json.outcome, item.pairedItem])).toEqual([
			['failed', { item: 0 }],
			['failed', { item: 1 }],
		]);
	});

	test('numbers that are used up fail the documents that have none', async () => {
		const rows = Array.from({ length: 1001 }, (_, index) => entry({ EntryID: `e${index}` }));
		const { encoded, rejected } = await encode(rows, { options: { batching: 'perDocument' } }, { onError });
		expect([encoded.length, rejected.length]).toEqual([999, 2]);
		expect(rejected[0]?.json.outcome).toBe('failed');
	});
});

test('names with delimiters and accents survive by the default policy', async () => {
	const odd = { ...supplier, Name: "Müller*Söhne ~ & O'Neill: Café" };
	const { encoded } = await encode([entry({ supplier: odd })]);
	const seller = segmentsOf(encoded[0]).find(([tag, code]) => tag === 'N1' && code === 'SE');
	expect(seller?.[2]).toBe("Muller Sohne & O'Neill: Cafe");
});

describe('numbers with a delimiter in them', () => {
	const rows = ['INV*1', 'INV 1'].map((YourRef, at) => read(entry({ EntryID: `e${at}`, YourRef })));
	const invoiceNumbers = (item: Parameters<typeof segmentsOf>[0]): (string | undefined)[] =>
		segmentsOf(item)
			.filter(([tag]) => tag === 'BIG')
			.map((segment) => segment[2]);

	test('are sent as they are, with other delimiters', async () => {
		const { encoded, rejected } = await encode(rows);
		expect(rejected).toEqual([]);
		const text = bytesOf(encoded[0]).toString();
		expect(text).toContain('BIG|20170305|INV*1');
		expect(text).toContain('BIG|20170305|INV 1');
	});

	test('are refused where the delimiters are agreed', async () => {
		const { encoded, rejected } = await encode(rows, {
			characterOptions: { elementSeparator: '*' },
		});
		expect(invoiceNumbers(encoded[0])).toEqual(['INV 1']);
		expect(rejected).toMatchObject([
			{ json: { outcome: 'rejected', issues: [{ code: 'X12_DELIMITER_IN_DATA' }] } },
		]);
	});

	test('that become equal in one file are refused', async () => {
		const { encoded, rejected } = await encode(rows, {
			characterOptions: { identifierPolicy: 'replaceAndWarn' },
		});
		expect(invoiceNumbers(encoded[0])).toEqual(['INV 1']);
		expect(rejected).toMatchObject([
			{ json: { outcome: 'rejected', issues: [{ code: 'SYNTAX_IDENTIFIERS_EQUAL' }] } },
		]);
	});

	test('are mapped by a code map', async () => {
		const { encoded, rejected } = await encode(rows, {
			codeMaps: { identifiers: [{ from: 'INV*1', to: 'INV-1' }] },
		});
		expect(rejected).toEqual([]);
		expect(invoiceNumbers(encoded[0])).toEqual(['INV-1', 'INV 1']);
	});
});
