import { itemsFrom, readTemplate, runError, runTemplate } from '../support/runTemplate';

const template = readTemplate('12-alert-on-failure');

const failure = {
	workflow: { id: '7', name: 'Send purchase invoices' },
	execution: {
		id: '42',
		url: 'http://127.0.0.1/execution/42',
		lastNodeExecuted: 'Stop with what to do',
		error: {
			message:
				'Not delivered: 810_PARTNER_000042001.edi (PARTNER 810, 3 documents): wrong host key',
			description: 'Check the host key with the partner.',
		},
	},
};

async function mailFor(json: object) {
	const run = await runTemplate(template, 'When a workflow fails', [{ json: json as never }]);
	expect(runError(run)).toBe('');
	const items = itemsFrom(run, 'Send the alert');
	expect(items).toHaveLength(1);
	return items[0]!.json as { subject: string; text: string };
}

test('one mail says what failed and what to do', async () => {
	const { subject, text } = await mailFor(failure);
	expect(subject).toBe('EDI: Send purchase invoices needs you');
	expect(text).toContain('810_PARTNER_000042001.edi');
	expect(text).toContain('What to do: Check the host key with the partner.');
	expect(text).toContain('http://127.0.0.1/execution/42');
	expect(text).not.toMatch(/undefined|null|replay|sweep/);
});

test('a trigger that fails is told as one: nothing in it is empty', async () => {
	const { subject, text } = await mailFor({
		workflow: { id: '7', name: 'Send purchase invoices' },
		trigger: {
			mode: 'trigger',
			error: { message: 'Exact refuses the login', description: 'Connect the account anew.' },
		},
	});
	expect(subject).toContain('Send purchase invoices');
	expect(text).toContain('Step: its trigger');
	expect(text).toContain('What happened: Exact refuses the login');
	expect(text).toContain('What to do: Connect the account anew.');
});
