import type { IDataObject } from 'n8n-workflow';
import { ledger } from './support';

const file = (more: IDataObject = {}): IDataObject => ({
	outcome: 'deposited',
	fileName: '810_ACME_1.edi',
	partner: 'ACME',
	documents: [
		{ number: 'INV-1', currency: 'EUR', amount: '121.00' },
		{ number: 'INV-2', currency: 'EUR', amount: '-21.50' },
		{ number: 'INV-3', currency: 'USD', amount: '5' },
	],
	...more,
});

const refused = (
	number: string,
	reason = `Invoice ${number}: the currency is missing. Book it.`,
) => ({
	outcome: 'rejected',
	reason,
	issues: [],
	document: { number },
});

async function summarize(...rows: IDataObject[]): Promise<{ output: number; json: IDataObject }> {
	const { outputs, error } = await ledger(
		'document',
		'summarize',
		{},
		rows.map((json) => ({ json })),
	);
	if (error !== undefined) throw error;
	const output = outputs.findIndex((items) => items.length > 0);
	return { output, json: outputs[output]?.[0]?.json ?? {} };
}

describe('Summarize', () => {
	test('a run in which all went well says what was sent, with sums by currency', async () => {
		const { output, json } = await summarize(file());
		expect(output).toBe(0);
		expect(json).toMatchObject({
			outcome: 'done',
			title: '3 documents in 1 file deposited',
			amounts: { EUR: '99.50', USD: '5' },
			documents: 3,
			refused: 0,
		});
	});

	test('what is refused is grouped by cause, the commonest first, and needs a look', async () => {
		const other = refused('INV-9', 'Invoice INV-9: no supplier.');
		const { output, json } = await summarize(other, refused('INV-7'), refused('INV-8'), file());
		expect(output).toBe(1);
		expect(json.title).toBe('3 documents in 1 file deposited, 3 documents refused');
		expect(String(json.text).split('\n')).toEqual([
			'3 documents in 1 file deposited, 3 documents refused',
			'Amounts',
			'- EUR 99.50',
			'- USD 5',
			'Look at',
			'- the currency is missing. Book it. (INV-7, INV-8)',
			'- no supplier. (INV-9)',
		]);
	});

	test('a file that did not arrive is named with its partner and reason', async () => {
		const { output, json } = await summarize(
			file({ outcome: 'failed', reason: 'The partner refuses the login.' }),
		);
		expect(output).toBe(1);
		expect(json).toMatchObject({ title: '1 file not delivered', undelivered: 1, documents: 0 });
		expect(json.text).toContain('810_ACME_1.edi for ACME: The partner refuses the login.');
	});

	test('what was left out says so and is no trouble', async () => {
		const reasons = { unchanged: { count: 25, numbers: ['A', 'B'] } };
		const left = { outcome: 'not taken', taken: 0, notTaken: 25, reasons };
		const { output, json } = await summarize(left, {
			outcome: 'skipped',
			document: { number: 'C' },
		});
		expect(output).toBe(0);
		expect(json).toMatchObject({ title: 'Nothing to send', notTaken: 25 });
		expect(json.text).toContain('25 unchanged (A, B, …)');
	});

	test('markup in a name stays text', async () => {
		const { json } = await summarize(refused('<img src=x>', 'Bad <b>name</b> & more'));
		expect(json.html).not.toMatch(/<img|<b>name/);
		expect(json.html).toContain('&#60;img src=x&#62;');
	});
});
