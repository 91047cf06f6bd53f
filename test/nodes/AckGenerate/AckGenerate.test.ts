import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { AckGenerate } from '../../../nodes/AckGenerate/AckGenerate.node';
import { answer, edifact, edifactWith, isa, x12, x12With } from '../../lib/edi/acks/samples';
import { runNode } from '../../support/runWorkflow';

function file(bytes: Uint8Array, fileName = 'in.edi', json: IDataObject = {}): INodeExecutionData {
	return {
		json,
		binary: {
			data: {
				data: Buffer.from(bytes).toString('base64'),
				mimeType: 'application/edi-x12',
				fileName,
			},
		},
	};
}

async function run(
	parameters: IDataObject,
	items: INodeExecutionData[],
	options: Parameters<typeof runNode>[3] = { executionId: '123' },
) {
	const { outputs, error } = await runNode(new AckGenerate(), parameters, items, options);
	return { items: outputs[0] ?? [], error };
}

const text = (item: INodeExecutionData | undefined): string =>
	Buffer.from(item?.binary?.['data']?.data ?? '', 'base64').toString('latin1');

describe('Generate', () => {
	test('an item with the 997, its facts, the findings and the report', async () => {
		const bad = x12With({ 3: 'CUR*BY*EURO' });
		const { items, error } = await run({ operation: 'generate' }, [
			file(bad, 'acme.edi', { path: '/outbound/acme.edi' }),
		]);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			json: {
				path: '/outbound/acme.edi',
				outcome: 'acknowledged',
				format: 'X12',
				transactionSet: '997',
				release: '004010',
				partner: 'ACME',
				sender: 'MYCOMPANY',
				receiver: 'ACME',
				usage: 'production',
				fileName: '997_ACME_000123001.edi',
				controlNumber: '000123001',
				groupControlNumber: '123001',
				verdict: 'rejected',
				fileVerdict: 'rejected',
				acknowledgmentState: 'rejected',
				onBehalf: false,
				acknowledges: {
					fileName: 'acme.edi',
					standard: 'X12',
					sender: { id: 'ACME', qualifier: 'ZZ' },
					controlNumber: '000000042',
					groupControlNumbers: ['42'],
					sets: [
						{ id: '810', controlNumber: '0001', verdict: 'rejected', documentNumber: 'INV-1' },
					],
				},
				findings: [{ level: 'element', code: 'AK403 5', segment: 'CUR', element: 2, offset: 190 }],
				uncheckedSets: [],
			},
			pairedItem: { item: 0 },
		});
		expect(items[0]?.json['report']).toBe(
			'acme.edi: X12 interchange 000000042 from ZZ:ACME to ZZ:MYCOMPANY: rejected\n' +
				'- set 810 0001 (INV-1): rejected\n' +
				'  Error, set 0001, segment 3 (CUR), byte 190: CUR02 "EURO" has 4 characters, at most 3 fit [AK403 5]',
		);
		expect(text(items[0])).toContain(
			'~AK2*810*0001~AK3*CUR*3**8~AK4*2*100*5*EURO~AK5*R*5~AK9*R*1*1*0~',
		);
		expect(items[0]?.json['bytes']).toBe(text(items[0]).length);
	});

	test('control numbers run on through items, interchanges and nodes of one execution', async () => {
		const two = Buffer.concat([
			x12(),
			x12({ header: isa({ 13: '000000043' }), end: 'IEA*1*000000043' }),
		]);
		const { items } = await run({ operation: 'generate' }, [file(two), file(edifact())]);
		expect(items.map(({ json }) => json['controlNumber'])).toEqual([
			'000123001',
			'000123002',
			'123003',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
	});

	test('numbers from the input', async () => {
		const { items } = await run(
			{ operation: 'generate', controlNumberSource: 'input', controlNumber: '={{ $json.number }}' },
			[file(x12(), 'a.edi', { number: 77 })],
		);
		expect(items[0]?.json['controlNumber']).toBe('000000077');
		const few = await run(
			{ operation: 'generate', controlNumberSource: 'input', controlNumber: '77' },
			[file(Buffer.concat([x12(), edifact()]))],
		);
		expect(few.error?.message).toMatch(/needs 2 acknowledgments with a control number each/);
	});

	test.each([
		['empty', Buffer.alloc(0), 'unreadable', 'unreadable'],
		['garbage', Buffer.from('%PDF-1.7 \u0000\u0001'), 'unreadable', 'unreadable'],
		['an acknowledgment', answer(x12()).files[0]!, 'nothing to acknowledge', 'acknowledgment'],
		['a CONTRL', answer(edifact()).files[0]!, 'nothing to acknowledge', 'acknowledgment'],
		[
			'a message without UNB',
			Buffer.from("UNH+1+ORDERS:D:96A:UN'UNT+2+1'"),
			'nothing to acknowledge',
			'rejected',
		],
	])('%s: an item that says so, with the file', async (_name, bytes, outcome, verdict) => {
		const { items, error } = await run({ operation: 'generate' }, [file(bytes)]);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ outcome, fileVerdict: verdict });
		expect(items[0]?.json['report']).toMatch(/in\.edi/);
		expect(Buffer.from(items[0]?.binary?.['data']?.data ?? '', 'base64')).toEqual(bytes);
	});

	test('a set without tables is acknowledged by its envelope, and the output says so', async () => {
		const set = ['ST*856*0001', 'BSN*00*1*20170306*0811', 'SE*3*0001'];
		const { items } = await run({ operation: 'generate' }, [
			file(x12({ group: 'GS*SH*ACME*MYCOMPANY*20170306*0811*42*X*004010', sets: [set] })),
		]);
		expect(items[0]?.json).toMatchObject({ verdict: 'accepted', uncheckedSets: ['856'] });
		expect(items[0]?.json['report']).toContain('its content was not checked');
	});

	test('options reach the reader and the writer', async () => {
		const { items } = await run(
			{
				operation: 'generate',
				partner: 'BigMart',
				functionalAcknowledgment: '999',
				options: {
					bodyErrors: 'accept with errors',
					acceptedReceivers: 'ZZ:MYCOMPANY, OTHER',
					lineBreaks: true,
					fileNamePattern: 'ack-{partner}-{controlNumber}.x12',
				},
			},
			[file(x12With({ 3: 'CUR*BY*EURO' }))],
		);
		expect(items[0]?.json).toMatchObject({
			verdict: 'accepted with errors',
			transactionSet: '999',
			fileName: 'ack-BigMart-000123001.x12',
		});
		expect(text(items[0])).toContain('~\r\nIK5*E*5~\r\n');
	});
});

test('Generate on Behalf answers a file of ours as its receiver would', async () => {
	const { items } = await run(
		{ operation: 'generateOnBehalf', options: { acceptedReceivers: 'SOMEONE ELSE' } },
		[file(x12())],
	);
	expect(items[0]?.json).toMatchObject({
		outcome: 'acknowledged',
		partner: 'MYCOMPANY',
		onBehalf: true,
		acknowledgmentState: 'accepted (on behalf)',
	});
	expect(text(items[0])).toContain('*ZZ*MYCOMPANY      *ZZ*ACME           *');
	expect(text(items[0])).toContain('~AK1*IN*42~');
});

describe('Reconcile', () => {
	test('one item for each thing acknowledged, with the key of the file in the ledger', async () => {
		const ack = answer(x12With({ 13: '' })).files[0]!;
		const { items, error } = await run({ operation: 'reconcile' }, [file(ack, '997.edi')]);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toMatchObject([
			{
				outcome: 'rejected',
				level: 'group',
				acknowledgment: '997',
				groupControlNumber: '42',
				fileKey: 'X12:ACME:MYCOMPANY:000000042',
				fileName: '997.edi',
			},
			{
				outcome: 'rejected',
				level: 'set',
				setControlNumber: '0001',
				summary: '810 0001 rejected by MYCOMPANY: TDS at segment 13: mandatory segment missing',
			},
		]);
		const contrl = answer(edifactWith({ 10: '' })).files[0]!;
		const edi = await run({ operation: 'reconcile' }, [file(contrl)]);
		expect(edi.items.map(({ json }) => [json['outcome'], json['fileKey']])).toEqual([
			['partially accepted', 'EDIFACT:ACME:MYCOMPANY:REF42'],
			['rejected', 'EDIFACT:ACME:MYCOMPANY:REF42'],
		]);
	});

	test('a file that is none says what it is', async () => {
		const { items } = await run({ operation: 'reconcile' }, [file(x12()), file(Buffer.from('x'))]);
		expect(items.map(({ json }) => [json['outcome'], json['summary']])).toEqual([
			['not an acknowledgment', 'in.edi holds 810 and no acknowledgment'],
			['unreadable', 'in.edi holds no acknowledgment that could be read'],
		]);
	});
});

test('an interchange that is too old is refused, unless it is our own', async () => {
	const options = { maxAgeDays: 365 };
	const [old] = (await run({ operation: 'generate', options }, [file(edifact())])).items;
	expect(old!.json).toMatchObject({ verdict: 'rejected', findings: [{ code: '0085 24' }] });
	const ours = await run({ operation: 'generateOnBehalf', options }, [file(edifact())]);
	expect(ours.items[0]!.json).toMatchObject({ verdict: 'accepted' });
	const unlimited = await run({ operation: 'generate' }, [file(edifact())]);
	expect(unlimited.items[0]!.json).toMatchObject({ verdict: 'accepted' });
});

describe('settings that cannot be used', () => {
	test.each([
		[{ options: { bodyErrors: 'maybe' } }, /'On Content Errors' is 'maybe'/],
		[{ options: { characterSet: 'klingon' } }, /The character set 'klingon' is not known/],
		[{ options: { contrlIdentifier: 'D' } }, /must look like D:3:UN/],
		[{ options: { maxAgeDays: 1.5 } }, /'Oldest Accepted \(Days\)' is '1.5'/],
	])('%j', async (parameters, message) => {
		const { error } = await run({ operation: 'generate', ...parameters }, [file(x12())]);
		expect(error?.message).toMatch(message);
	});

	test('with On Error: Continue the item leaves with its issues', async () => {
		const { items, error } = await run(
			{ operation: 'generate', options: { characterSet: 'klingon' } },
			[file(x12())],
			{ executionId: '123', onError: 'continueRegularOutput' },
		);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			outcome: 'failed',
			issues: [{ code: 'ACK_INVALID_OPTION' }],
		});
	});
});
