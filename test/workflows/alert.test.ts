import { DataTables } from '../support/dataTables';
import { itemsFrom, readTemplate, runError, runTemplate } from '../support/runTemplate';

const template = readTemplate('12-alert-on-failure');

const failure = {
	workflow: { id: '7', name: 'Send purchase invoices' },
	execution: {
		id: '42',
		url: 'http://127.0.0.1/execution/42',
		lastNodeExecuted: 'Deposit at the partner',
		error: {
			message: '810_PARTNER_000042001.edi: failed',
			description: 'Check the host key with the partner.',
		},
	},
};

async function alertFor(tables: DataTables, json: object) {
	const run = await runTemplate(template, 'When a workflow fails', [{ json: json as never }], {
		additionalData: tables.additionalData as never,
	});
	expect(runError(run)).toBe('');
	const items = itemsFrom(run, 'Send the alert (replace me)');
	expect(items).toHaveLength(1);
	return items[0]!.json as { subject: string; text: string; recipient: string };
}

test('says what failed, for which files and documents, and what to do', async () => {
	const tables = new DataTables();
	await alertFor(tables, failure);
	tables.insert('exact_edi_files', {
		file_name: '810_PARTNER_000042001.edi',
		state: 'failed',
		error: 'The host key is unknown.',
		execution_id: '42',
	});
	tables.insert('exact_edi_documents', {
		document_key: 'exact:1:purchaseEntry:a',
		document_number: 'INV-1',
		state: 'rejected',
		issues: 'It has no lines.',
		execution_id: '42',
	});
	tables.insert('exact_edi_files', {
		file_name: 'of-another-run.edi',
		state: 'failed',
		execution_id: '41',
	});
	const { subject, text, recipient } = await alertFor(tables, failure);
	expect(subject).toBe('[Exact Online EDI] Send purchase invoices failed');
	expect(recipient).toBe('accounting@example.com');
	expect(text).toContain('Step: Deposit at the partner');
	expect(text).toContain('Check the host key with the partner.');
	expect(text).toContain('810_PARTNER_000042001.edi is failed (The host key is unknown.)');
	expect(text).toContain('INV-1 is rejected (It has no lines.)');
	expect(text).not.toContain('of-another-run.edi');
});

test('works for a trigger that failed, which has no execution', async () => {
	const { text } = await alertFor(new DataTables(), {
		workflow: { id: '7', name: 'Send purchase invoices' },
		trigger: { error: { message: 'The refresh token has expired.' } },
	});
	expect(text).toContain('The refresh token has expired.');
});
