import { addSums, runHtml, runText } from '../../../lib/page';
import type { FileNote, RunNotes } from '../../../lib/page';

const NOTHING: RunNotes = {
	preview: false,
	agreements: ['Jansen BV to ACME: X12 810'],
	taken: { count: 0, sums: {}, first: [] },
	notTaken: {},
	refused: { count: 0, sums: {}, first: [] },
	files: { count: 0, sums: {}, first: [] },
};

const taken = (number: string, amount: string, currency = 'EUR') => ({
	number,
	counterparty: 'Supplier',
	date: '2026-11-27',
	amount,
	currency,
	change: 'new',
});

function undelivered(numbers: readonly string[]): RunNotes['files'] {
	const file: FileNote = {
		name: '810_ACME_1.edi',
		agreement: 'Jansen BV to ACME: X12 810',
		documents: numbers.length,
		numbers,
		outcome: 'failed',
		reason: 'The login was refused. Ask the partner for the password.',
		text: '',
	};
	return { count: 1, sums: {}, first: [file] };
}

test('what was not delivered is told with partner, amounts, reason and numbers', () => {
	const rows = [taken('INV-1', '100.10'), taken('INV-2', '0.20'), taken('INV-3', '7', 'GBP')];
	const notes = {
		...NOTHING,
		taken: { count: 3, sums: {}, first: rows },
		files: undelivered(['INV-1', 'INV-2', 'INV-3']),
	};
	expect(runText(notes)).toBe(
		'Not delivered: 810_ACME_1.edi (Jansen BV to ACME: X12 810, 3 documents, EUR 100.30, GBP 7.00): The login was refused. Ask the partner for the password. (INV-1, INV-2, INV-3)',
	);
});

test('an amount that is not known whole is left out: a replay took nothing itself', () => {
	expect(runText({ ...NOTHING, files: undelivered(['INV-1']) })).toContain(
		'(Jansen BV to ACME: X12 810, 1 document):',
	);
});

test('the sum is of all that was taken, also where only the first are listed', () => {
	const notes = {
		...NOTHING,
		taken: { count: 2_000, sums: { EUR: '2000.50' }, first: [taken('INV-1', '1')] },
	};
	const { text } = runHtml(notes);
	expect(text.replace(/\s+/g, ' ')).toContain('New or changed: 2000 (EUR 2,000.50)');
	expect(text).toContain('… and 1999 more');
});

test('sums are exact, by currency, and leave out what is no amount', () => {
	const rows = [taken('1', '0.10'), taken('2', '0.20'), taken('3', '-5', 'GBP'), taken('4', '')];
	expect(addSums({ EUR: '1' }, rows)).toEqual({ EUR: '1.30', GBP: '-5' });
});
