import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { saveAgreement } from '../../../lib/ledger';
import { openWith } from '../../../nodes/shared/ledger';
import {
	ACME,
	encodeTaken,
	invoice,
	invoices,
	ledger,
	numbersOf,
	only,
	setUp,
	take,
	useOwnFolder,
} from './support';

useOwnFolder();

const descriptionOf = (error: Error | undefined): string =>
	(error as { description?: string } | undefined)?.description ?? '';

const ledgerOfItem = (item: INodeExecutionData | undefined): IDataObject =>
	(item?.json.ledger ?? {}) as IDataObject;

describe('Take New or Changed', () => {
	test('passes documents on with what the next nodes need, and everything they had', async () => {
		await setUp();
		const { taken, left } = await take(invoices(1, 2));
		// The summary is always there: what hangs on it runs once, and last.
		expect(left).toMatchObject({ taken: 2, notTaken: 0 });
		expect(numbersOf(taken)).toEqual(['INV-1', 'INV-2']);
		const [first] = taken;
		expect(Object.keys(first?.json ?? {}).slice(0, 2)).toEqual(['outcome', 'issues']);
		expect(first?.json).toMatchObject({ outcome: 'taken', EntryNumber: 20170001 });
		expect(first?.json.lines).toHaveLength(1);
		expect(ledgerOfItem(first)).toEqual({
			id: expect.stringMatching(/^[0-9a-f]{32}$/),
			agreement: ACME,
			agreementVersion: expect.any(Number),
			version: expect.any(Number),
			reservation: expect.any(String),
			usage: 'test',
			change: 'new',
			purpose: 'original',
			supersedes: '',
		});
		expect(taken.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('leaves the others as one item with counts and numbers by reason', async () => {
		await setUp({}, { stage: 'test', sendFrom: '2017-03-05' });
		await take(invoices(1), {}, { executionId: '1', mode: 'trigger' });
		const old = invoice(9, { EntryDate: '2017-03-04' });
		const { taken, left } = await take(
			[...invoices(1, 2), old],
			{},
			{ executionId: '2', mode: 'trigger' },
		);
		expect(numbersOf(taken)).toEqual(['INV-2']);
		expect(left).toMatchObject({
			outcome: 'not taken',
			taken: 1,
			notTaken: 2,
			reasons: {
				'reserved elsewhere': { count: 1, numbers: ['INV-1'] },
				'before start': { count: 1, numbers: ['INV-9'] },
			},
		});
	});

	test('tried again by the same execution it takes the same; another one takes nothing', async () => {
		await setUp();
		const first = await take(invoices(1, 2), {}, { executionId: '7', mode: 'trigger' });
		const again = await take(invoices(1, 2), {}, { executionId: '7', mode: 'trigger' });
		expect(again.taken.map(ledgerOfItem)).toEqual(first.taken.map(ledgerOfItem));
		const other = await take(invoices(1, 2), {}, { executionId: '8', mode: 'trigger' });
		expect(other.taken).toEqual([]);
		expect(other.left).toMatchObject({ notTaken: 2 });
	});

	test('a manual run takes over what an earlier manual run of the workflow reserved', async () => {
		await setUp();
		const first = await take(invoices(1), {}, { executionId: '7', mode: 'manual' });
		const second = await take(invoices(1), {}, { executionId: '8', mode: 'manual' });
		expect(second.taken).toHaveLength(1);
		expect(ledgerOfItem(second.taken[0]).reservation).not.toBe(
			ledgerOfItem(first.taken[0]).reservation,
		);
	});

	test('two at once share the documents, and neither gives way', async () => {
		await setUp();
		const all = invoices(...Array.from({ length: 300 }, (_, index) => index + 1));
		const [one, two] = await Promise.all([
			take(all, {}, { executionId: '1', mode: 'trigger' }),
			take([...all].reverse(), {}, { executionId: '2', mode: 'trigger' }),
		]);
		expect(one.error).toBeUndefined();
		expect(two.error).toBeUndefined();
		expect([...numbersOf(one.taken), ...numbersOf(two.taken)].sort()).toEqual(numbersOf(all));
	});

	test('an expression chooses the agreement of each item', async () => {
		await setUp();
		await setUp({ partnerName: 'Globex', partnerIdentification: 'GLOBEX' });
		const items = invoices(1, 2, 3).map((item, index) => ({
			json: { ...item.json, to: index === 1 ? 'Jansen BV to Globex: X12 810' : ACME },
		}));
		const agreement = { mode: 'name', value: '={{ $json.to }}' };
		const { taken } = await take(items, { agreement });
		expect(taken.map((item) => ledgerOfItem(item).agreement)).toEqual([
			ACME,
			'Jansen BV to Globex: X12 810',
			ACME,
		]);
		const { encoded } = await encodeTaken(taken);
		expect(encoded.map(({ json }) => [json.receiver, json.documentCount])).toEqual([
			['ACMEID', 2],
			['GLOBEX', 1],
		]);
	});

	test('an expression that gives nothing for one item stops the run before anything is taken', async () => {
		await setUp();
		const items = invoices(1, 2).map((item, index) => ({
			json: { ...item.json, ...(index === 0 ? { to: ACME } : {}) },
		}));
		const agreement = { mode: 'name', value: '={{ $json.to }}' };
		const { error, taken } = await take(items, { agreement }, { executionId: '1' });
		expect(error?.message).toContain('No agreement is chosen for INV-2');
		expect(taken).toEqual([]);
		expect((await take(invoices(1, 2), {}, { executionId: '2' })).taken).toHaveLength(2);
	});

	test('on error it never passes an item on to be encoded', async () => {
		await setUp();
		const nobody = { agreement: { mode: 'name', value: 'Nobody' } };
		const { outputs } = await ledger('document', 'take', nobody, invoices(1), {
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			outcome: 'failed',
			issues: [{ code: 'LEDGER_UNKNOWN' }],
		});
	});

	test('what the trigger found deleted is not passed on, and held where it was sent', async () => {
		await setUp();
		const { document } = invoice(1).json as { document: IDataObject };
		const gone = { json: { outcome: 'deleted', document: { key: document.key } } };
		const { taken, left } = await take([gone, invoice(2)]);
		expect(numbersOf(taken)).toEqual(['INV-2']);
		expect(left).toMatchObject({ reasons: { 'deleted: unknown': { count: 1 } } });
	});

	test('an item that is no document is told, not taken', async () => {
		await setUp();
		const { error } = await take([{ json: { some: 'thing' } }]);
		expect(error?.message).toContain('is no document');
	});

	test('a preview reserves nothing', async () => {
		await setUp();
		const preview = await take(invoices(1), { preview: true }, { executionId: '1' });
		expect(preview.taken[0]?.json).toMatchObject({
			outcome: 'preview',
			ledger: { usage: 'draft' },
		});
		const { encoded } = await encodeTaken(preview.taken);
		expect(encoded[0]?.json).toMatchObject({ outcome: 'draft', ledger: { usage: 'draft' } });
		expect((await take(invoices(1), {}, { executionId: '2' })).taken).toHaveLength(1);
		const { outputs } = await ledger('document', 'getMany', { returnAll: true });
		expect(outputs[0]).toHaveLength(1);
	});

	test('what it looks documents up by stands in the ledger', async () => {
		await setUp();
		await take(invoices(1));
		expect(only(await ledger('document', 'getMany'))).toMatchObject({
			number: 'INV-1',
			ownNumber: '20170001',
			counterparty: 'Büromöbel & Söhne GmbH',
			date: '2017-03-05',
			currency: 'EUR',
			amount: '121',
		});
	});
});

describe('The Only One There Is', () => {
	const only810 = { agreementBy: 'only', kind: 'x12-810' };
	const ofDivision = (number: number, division: number): INodeExecutionData =>
		invoice(number, { Division: division, company: { Code: division } });
	const seek = async (...items: INodeExecutionData[]) => await take(items, only810);

	test('finds the agreement for these documents among those for others', async () => {
		await setUp({ kinds: ['x12-810', 'x12-820', 'csv'] });
		const { taken, error } = await seek(invoice(1));
		expect(error).toBeUndefined();
		expect(taken.map((item) => ledgerOfItem(item).agreement)).toEqual([ACME]);
	});

	test('without one it says what to do', async () => {
		await setUp({ kinds: ['x12-820'] });
		const { error, taken } = await seek(invoice(1));
		expect(taken).toEqual([]);
		expect(error?.message).toBe('Nobody gets Purchase Invoices as X12 810 of division 4711');
		expect(descriptionOf(error)).toContain('template 00');
		const { outputs } = await ledger('document', 'take', only810, [invoice(1)], {
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.[0]?.json).toMatchObject({
			outcome: 'failed',
			issues: [{ code: 'LEDGER_AGREEMENT_NOT_ONE' }],
		});
	});

	test('with two it stops before anything is taken, and names them', async () => {
		await setUp();
		await setUp({ partnerName: 'Globex', partnerIdentification: 'GLOBEX' });
		const { error, taken } = await seek(invoice(1));
		expect(taken).toEqual([]);
		expect(error?.message).toContain(`'${ACME}', 'Jansen BV to Globex: X12 810'`);
		expect(descriptionOf(error)).toContain('Chosen Here');
	});

	test('a retired one does not count', async () => {
		await setUp();
		await setUp({ partnerName: 'Globex', partnerIdentification: 'GLOBEX' });
		only(await ledger('agreement', 'retire', { agreement: { mode: 'name', value: ACME } }));
		const { taken } = await seek(invoice(1));
		expect(ledgerOfItem(taken[0]).agreement).toBe('Jansen BV to Globex: X12 810');
	});

	test("no other company's documents go out under the name of the one that has begun", async () => {
		await setUp();
		expect((await seek(ofDivision(1, 4711))).taken).toHaveLength(1);
		const jansen = await ledger('company', 'get', { company: { mode: 'name', value: 'Jansen BV' } });
		expect(only(jansen)).toMatchObject({ division: '4711' });
		const other = await seek(ofDivision(2, 4712));
		expect(other.taken).toEqual([]);
		expect(other.error?.message).toContain('of division 4712');
		await setUp({ companyName: 'Other BV', companyIdentification: 'OTHER' });
		const found = await seek(ofDivision(2, 4712), ofDivision(3, 4711));
		expect(found.taken.map((item) => ledgerOfItem(item).agreement)).toEqual([
			'Other BV to ACME: X12 810',
			ACME,
		]);
	});

	test('nor do two divisions of one run', async () => {
		await setUp();
		const { error, taken } = await seek(ofDivision(1, 4711), ofDivision(2, 4712));
		expect(taken).toEqual([]);
		expect(error?.message).toContain('of division 4712');
	});

	test.each([
		['a draft', { stage: 'draft' }, {}],
		['a preview', { stage: 'test' }, { preview: true }],
	])('%s binds no division', async (_what, settings, parameters) => {
		await setUp({}, { ...settings, sendFrom: '2017-01-01' });
		await take([ofDivision(1, 4711)], { ...only810, ...parameters });
		const jansen = await ledger('company', 'get', { company: { mode: 'name', value: 'Jansen BV' } });
		expect(only(jansen)).not.toHaveProperty('division');
	});
});

describe('EDI Encode behind it', () => {
	test('takes settings, numbers and the folder from the agreement', async () => {
		await setUp({}, { stage: 'test', folder: '/edi/in' });
		const first = await take(invoices(1), {}, { executionId: '1' });
		const one = await encodeTaken(first.taken, { executionId: '1' });
		expect(one.error).toBeUndefined();
		expect(one.encoded[0]?.json).toMatchObject({
			outcome: 'encoded',
			issues: [],
			partner: 'ACME',
			sender: 'JANSEN',
			receiver: 'ACMEID',
			usage: 'test',
			controlNumber: '000000001',
			groupControlNumbers: ['1'],
			fileName: '810_ACME_000000001.edi',
			ledger: {
				id: ledgerOfItem(first.taken[0]).id,
				agreement: ACME,
				agreementVersion: ledgerOfItem(first.taken[0]).agreementVersion,
				usage: 'test',
				folder: '/edi/in',
			},
			documents: [
				{
					number: 'INV-1',
					purpose: 'original',
					sources: [
						{
							number: 'INV-1',
							version: ledgerOfItem(first.taken[0]).version,
							reservation: ledgerOfItem(first.taken[0]).reservation,
						},
					],
				},
			],
		});
		expect(one.encoded[0]?.json).not.toHaveProperty('fileKey');
		const second = await take(invoices(2), {}, { executionId: '2' });
		const two = await encodeTaken(second.taken, { executionId: '2' });
		expect(two.encoded[0]?.json.controlNumber).toBe('000000002');
		// Tried again, the same documents of the same execution have the number they had.
		const again = await encodeTaken(second.taken, { executionId: '2' });
		expect(again.encoded[0]?.json.controlNumber).toBe('000000002');
	});

	test('a draft is made and shown, and uses no number', async () => {
		await setUp({}, { stage: 'draft' });
		const { taken } = await take(invoices(1), {}, { executionId: '1' });
		const { encoded } = await encodeTaken(taken);
		expect(encoded[0]?.json).toMatchObject({ outcome: 'draft', usage: 'test' });
		await setUp({}, { stage: 'test' });
		const real = await take(invoices(1), {}, { executionId: '2' });
		const file = await encodeTaken(real.taken, { executionId: '2' });
		expect(file.encoded[0]?.json.controlNumber).toBe('000000001');
	});

	test('in production the file says so', async () => {
		await setUp({}, { stage: 'production' });
		const { taken } = await take(invoices(1));
		const { encoded } = await encodeTaken(taken);
		expect(encoded[0]?.json).toMatchObject({
			usage: 'production',
			ledger: { usage: 'production' },
		});
	});

	test('pinned items of an earlier execution are encoded by the agreement they were taken under', async () => {
		await setUp();
		const { taken } = await take(invoices(1), {}, { executionId: '1' });
		const pinned = structuredClone(taken);
		await setUp({ partnerIdentification: 'NEWID' });
		const { encoded } = await encodeTaken(pinned, { executionId: '99', mode: 'manual' });
		expect(encoded[0]?.json.receiver).toBe('ACMEID');
	});

	test('a setting that a later version of the package saved is named, and nothing is made', async () => {
		await setUp();
		const open = await openWith(undefined);
		const settings = { standard: 'x12', release: '004010', profile: { ofTomorrow: true } };
		const names = { name: ACME, company: 'Jansen BV', partner: 'ACME' };
		const actor = {
			workflowId: 'w',
			workflowName: 'A later version',
			executionId: '0',
			node: 'Save',
			mode: 'manual',
		} as const;
		await saveAgreement(open, { ...names, settings }, actor);
		const { taken } = await take(invoices(1));
		const { encoded, error } = await encodeTaken(taken);
		expect(encoded).toEqual([]);
		expect(error?.message).toContain('ofTomorrow');
	});

	test('what it refuses is recorded with the reason, and not taken again unchanged', async () => {
		await setUp();
		const bad = invoice(1, { Currency: 'EURO' });
		const { taken } = await take([bad, invoice(2)], {}, { executionId: '1' });
		const { encoded, rejected } = await encodeTaken(taken, { executionId: '1' });
		expect(encoded).toHaveLength(1);
		expect(Object.keys(rejected[0]?.json ?? {}).slice(0, 3)).toEqual([
			'outcome',
			'issues',
			'reason',
		]);
		const recorded = await ledger('document', 'recordRefused', {}, rejected);
		expect(only(recorded)).toMatchObject({ outcome: 'rejected', recorded: true });
		const again = await take([bad], {}, { executionId: '2' });
		expect(again.left).toMatchObject({ reasons: { 'refused before, unchanged': { count: 1 } } });
		const mended = await take([invoice(1)], {}, { executionId: '3' });
		expect(mended.taken).toHaveLength(1);
	});

	test('a document of another kind than the agreement is about is refused', async () => {
		await setUp({ kinds: ['x12-850'], agreementName: 'orders' });
		const agreement = { mode: 'name', value: 'orders' };
		const { taken } = await take(invoices(1), { agreement });
		const { rejected } = await encodeTaken(taken);
		expect(rejected[0]?.json.reason).toMatch(/INV-1.*agreement 'orders' is 'purchaseOrder'/);
	});

	test('an agreement about a flat file is told to go to the other node', async () => {
		await setUp({ kinds: ['csv'], exactResource: 'purchaseEntry', agreementName: 'flat' });
		const agreement = { mode: 'name', value: 'flat' };
		const { taken } = await take(invoices(1), { agreement });
		expect(taken).toHaveLength(1);
		const { error } = await encodeTaken(taken);
		expect(error?.message).toContain("kind 'csv'");
		expect((error as { description?: string }).description).toContain('Fixed-Width Encode');
	});

	test('items of another ledger are refused', async () => {
		await setUp();
		const { taken } = await take(invoices(1));
		const foreign = taken.map(({ json }) => ({
			json: { ...json, ledger: { ...(json.ledger as IDataObject), id: 'f'.repeat(32) } },
		}));
		const { encoded, rejected } = await encodeTaken(foreign, { onError: 'continueRegularOutput' });
		expect(encoded).toEqual([]);
		expect(rejected[0]?.json.issues).toMatchObject([{ code: 'LEDGER_OTHER' }]);
		const recorded = await ledger('document', 'recordRefused', {}, [
			{ json: { ...foreign[0]?.json, outcome: 'rejected', issues: [] } as IDataObject },
		]);
		expect(recorded.error?.message).toContain('another ledger');
	});
});
