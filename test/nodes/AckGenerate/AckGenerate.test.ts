import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { AckGenerate } from '../../../nodes/AckGenerate/AckGenerate.node';
import {
	answer,
	edifact,
	edifactWith,
	isa,
	SET_810,
	x12,
	x12With,
} from '../../lib/edi/acks/samples';
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
	// Acknowledgments by the first output, other files by the second.
	const place = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
	return { items: outputs.flat().sort((a, b) => place(a) - place(b)), error };
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
				groupControlNumbers: ['123001'],
				verdict: 'rejected',
				fileVerdict: 'rejected',
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
		const set = ['ST*864*0001', 'BMG*00', 'SE*3*0001'];
		const { items } = await run({ operation: 'generate' }, [
			file(x12({ group: 'GS*TX*ACME*MYCOMPANY*20170306*0811*42*X*004010', sets: [set] })),
		]);
		expect(items[0]?.json).toMatchObject({ verdict: 'accepted', uncheckedSets: ['864'] });
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

describe('one bad file stops no other', () => {
	const CONTROLS = ['\n', '\r', '\0', '\u0007', '\u0085', '\u009f', '\ufeff', '\u2028'];
	const spoilt = (char: string): INodeExecutionData[] => {
		const head = isa({ 6: `AC${char}ME`.padEnd(15), 8: `MY${char}`.padEnd(15) });
		const unb = `UNB+UNOC:3+AC${char}ME:14+MY${char}:14+170306:0811+REF${char}`;
		const group = `GS*IN*AC${char}ME*MY*20170306*0811*42*X*004010`;
		const of = (text: string) => file(Buffer.from(text, 'utf8'));
		return [
			of(`${head}~${x12().subarray(107).toString('latin1')}`),
			of(x12({ group: '#' }).toString('latin1').replace('#', group)),
			of(edifact({ header: '#' }).toString('latin1').replace('#', unb)),
			of(answer(x12()).files[0]!.toString('latin1').replace('MYCOMPANY', `MY${char}COMPAN`)),
			of(answer(edifact()).files[0]!.toString('latin1').replaceAll('MYCOMPANY', `MY${char}`)),
			file(x12()),
		];
	};

	test.each(
		['generate', 'generateOnBehalf', 'reconcile'].flatMap((operation) =>
			CONTROLS.map((char) => [operation, char] as const),
		),
	)('%s, %j in headers', async (operation, char) => {
		const { items, error } = await run({ operation }, spoilt(char));
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(6);
		for (const { json } of items) {
			expect(json['outcome']).toEqual(expect.any(String));
			for (const name of ['fileName', 'partner', 'sender', 'receiver', 'summary']) {
				// eslint-disable-next-line no-control-regex -- controls are what is looked for
				expect(String(json[name] ?? '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\ufeff\u2028]/);
			}
		}
		if (operation !== 'reconcile') expect(items.at(-1)?.json['outcome']).toBe('acknowledged');
	});

	test('IDs of any length make names that files can have', async () => {
		const header = `UNB+UNOC:3+${'A'.repeat(2_000)}:14+${'B'.repeat(2_000)}:14+170306:0811+REF42`;
		const { items, error } = await run({ operation: 'generate' }, [
			file(edifact({ header })),
			file(x12({ header: isa({ 6: 'L'.repeat(300) }) })),
			file(edifact()),
		]);
		expect(error).toBeUndefined();
		expect(items.at(-1)?.json['outcome']).toBe('acknowledged');
	});

	test('more interchanges than a run has numbers for', async () => {
		const many = Array.from({ length: 1_000 }, (_none, index) => {
			const number = String(index + 1).padStart(9, '0');
			return x12({ header: isa({ 13: number }), end: `IEA*1*${number}` });
		});
		const { items, error } = await run({ operation: 'generate' }, [
			file(Buffer.concat(many)),
			file(x12()),
			file(Buffer.concat(many.slice(0, 998))),
			file(Buffer.concat(many.slice(0, 2))),
			file(edifact()),
		]);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			outcome: 'unreadable',
			issues: [{ code: 'ACK_TOO_MANY_ANSWERS' }],
		});
		expect(items[1]?.json['outcome']).toBe('acknowledged');
		// Those after it wait for the next run.
		expect(items.slice(-2).map(({ json }) => json['outcome'])).toEqual(['postponed', 'postponed']);
		expect(items.at(-1)?.json).toMatchObject({
			issues: [{ code: 'SYNTAX_CONTROL_NUMBER_EXHAUSTED' }],
			report: expect.stringContaining('left for the next run') as string,
		});
	});
});

test('while a large file is read and answered, other work has its turn', async () => {
	const sets = Array.from({ length: 20_000 }, (_none, index) => [
		`ST*810*${String(index + 1).padStart(4, '0')}`,
		...SET_810.slice(1, -1),
		`SE*15*${String(index + 1).padStart(4, '0')}`,
	]);
	const large = x12({ sets, groupEnd: `GE*${sets.length}*42` });
	let turns = 0;
	let isOver = false;
	const turn = (): void => {
		turns += 1;
		if (!isOver) setImmediate(turn);
	};
	setImmediate(turn);
	const { items, error } = await run({ operation: 'generate' }, [file(large)]);
	isOver = true;
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ verdict: 'accepted', acknowledges: { setCount: 20_000 } });
	expect(turns).toBeGreaterThan(20);
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
	});
	expect(text(items[0])).toContain('*ZZ*MYCOMPANY      *ZZ*ACME           *');
	expect(text(items[0])).toContain('~AK1*IN*42~');
});

describe('Reconcile', () => {
	test('one item for each thing acknowledged, with what its file is found by', async () => {
		const ack = answer(x12With({ 13: '' })).files[0]!;
		const { items, error } = await run({ operation: 'reconcile' }, [file(ack, '997.edi')]);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toMatchObject([
			{
				outcome: 'rejected',
				level: 'group',
				acknowledgment: '997',
				groupControlNumber: '42',
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
		expect(edi.items.map(({ json }) => [json['outcome'], json['interchangeControlNumber']])).toEqual([
			['partially accepted', 'REF42'],
			['rejected', 'REF42'],
		]);
	});

	test('an answer of the application is acknowledged, and can be left to Reconcile', async () => {
		const set = ['ST*824*0001', 'BGN*11*1*20170306', 'OTI*TR*IV*INV-1', 'TED*024*Duplicate', 'SE*5*0001'];
		const group = 'GS*AG*ACME*MYCOMPANY*20170306*0811*42*X*004010';
		const advice = file(x12({ group, sets: [set] }));
		const error = ['UNH+1+APERAK:D:96A:UN', 'BGM++AP-1+27', 'RFF+IV:INV-1', 'ERC+12', 'UNT+5+1'];
		const files = [advice, file(edifact({ messages: [error] }))];
		const outcomes = async (parameters: IDataObject) =>
			(await run(parameters, files)).items.map(({ json }) => json['outcome']);
		expect(await outcomes({ operation: 'generate' })).toEqual(['acknowledged', 'acknowledged']);
		const options = { leaveApplicationAnswers: true };
		expect(await outcomes({ operation: 'generate', options })).toEqual([
			'nothing to acknowledge',
			'nothing to acknowledge',
		]);
		expect(await outcomes({ operation: 'reconcile' })).toEqual(['rejected', 'rejected']);
	});

	test('a file that is none says what it is', async () => {
		const { items } = await run({ operation: 'reconcile' }, [file(x12()), file(Buffer.from('x'))]);
		expect(items.map(({ json }) => [json['outcome'], json['summary']])).toEqual([
			['not an acknowledgment', 'in.edi holds 810 and no acknowledgment'],
			[
				'unreadable',
				'in.edi holds no acknowledgment that could be read: byte 0: data outside an interchange is not read: "x"',
			],
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
		[{ options: { bodyErrors: 'maybe' } }, /'On Content Errors' is "maybe"/],
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
