import { add, formatDecimal, parseDecimal, ZERO } from '../decimal';
import type { Decimal } from '../decimal';
import { html } from './html';
import type { Html } from './html';
import { table } from './layout';
import { amountText } from './times';

/** What the nodes of one run noted, for its last node; lists are cut, counts are whole. */
export interface RunNotes {
	/** Everything was made and shown, nothing was sent. */
	readonly preview: boolean;
	readonly agreements: readonly string[];
	readonly taken: Noted<DocumentNote>;
	/** Reason and count, with the first numbers. */
	readonly notTaken: Readonly<
		Record<string, { readonly count: number; readonly numbers: readonly string[] }>
	>;
	readonly refused: Noted<RefusalNote>;
	readonly files: Noted<FileNote>;
}

export interface Noted<Row> {
	readonly count: number;
	/** Amount by currency, of all and not only of the first. */
	readonly sums: Readonly<Record<string, string>>;
	readonly first: readonly Row[];
}

export interface DocumentNote {
	readonly number: string;
	readonly counterparty: string;
	readonly date: string;
	readonly amount: string;
	readonly currency: string;
	readonly change: string;
}

export interface RefusalNote {
	readonly number: string;
	readonly counterparty: string;
	readonly amount: string;
	readonly currency: string;
	readonly agreement: string;
	readonly reason: string;
}

export interface FileNote {
	readonly name: string;
	readonly agreement: string;
	readonly documents: number;
	/** Of the documents in it, as the taken ones are numbered. */
	readonly numbers: readonly string[];
	readonly outcome: string;
	/** Why it did not arrive, and what to do. */
	readonly reason: string;
	/** The beginning of the file, of a preview only. */
	readonly text: string;
}

const ARRIVED: ReadonlySet<string> = new Set([
	'deposited',
	'already there',
	'draft',
	'with another run',
]);

const isUndelivered = ({ outcome }: FileNote): boolean => !ARRIVED.has(outcome);

/** Whether somebody has to do something. A preview never asks for anything. */
export function isToDo(notes: RunNotes): boolean {
	return !notes.preview && (notes.refused.count > 0 || notes.files.first.some(isUndelivered));
}

interface Amount {
	readonly amount: string;
	readonly currency: string;
}

/** Amounts by currency, on top of what there is. */
export function addSums(
	before: Noted<unknown>['sums'],
	rows: readonly Amount[],
): Noted<unknown>['sums'] {
	const totals = new Map<string, Decimal>(
		Object.entries(before).map(([currency, total]) => [currency, parseDecimal(total) ?? ZERO]),
	);
	for (const { amount, currency } of rows) {
		const value = parseDecimal(amount);
		if (value !== undefined) totals.set(currency, add(totals.get(currency) ?? ZERO, value));
	}
	return Object.fromEntries(
		[...totals].map(([currency, total]) => [currency, formatDecimal(total)]),
	);
}

const sumsText = (sums: Noted<unknown>['sums']): string =>
	Object.entries(sums)
		.map(([currency, total]) => `${currency} ${amountText(total)}`.trim())
		.join(', ');

const sumsOf = (rows: readonly Amount[]): string => sumsText(addSums({}, rows));

/** What is in a file, where the run took all of it; a file of a replay was taken by another run. */
function amountsIn(file: FileNote, taken: Noted<DocumentNote>): string {
	const numbers = new Set(file.numbers);
	const rows = taken.first.filter(({ number }) => numbers.has(number));
	return rows.length === file.documents ? sumsOf(rows) : '';
}

/** By cause, the commonest first, so that forty refusals for one reason are one line. */
function causes(rows: readonly RefusalNote[]): { reason: string; rows: RefusalNote[] }[] {
	const groups = new Map<string, RefusalNote[]>();
	for (const row of rows) {
		// The number in front of a reason is the document's own.
		const cause = row.reason.startsWith(`${row.number}: `)
			? row.reason.slice(row.number.length + 2)
			: row.reason;
		groups.set(cause, [...(groups.get(cause) ?? []), row]);
	}
	return [...groups]
		.map(([reason, members]) => ({ reason, rows: members }))
		.sort((a, b) => b.rows.length - a.rows.length);
}

const NUMBERS_SHOWN = 10;

function numbersText(numbers: readonly string[], count: number): string {
	const shown = numbers.slice(0, NUMBERS_SHOWN).join(', ');
	return count > NUMBERS_SHOWN ? `${shown} and ${count - NUMBERS_SHOWN} more` : shown;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** For a mail or an error: plain text, most urgent first. */
export function runText(notes: RunNotes): string {
	const lines: string[] = [];
	const undelivered = notes.files.first.filter(isUndelivered);
	const delivered = notes.files.first.filter((file) => !isUndelivered(file));
	for (const file of undelivered) {
		const about = [
			file.agreement,
			plural(file.documents, 'document'),
			amountsIn(file, notes.taken),
		].filter(Boolean);
		const which =
			file.numbers.length === 0 ? '' : ` (${numbersText(file.numbers, file.documents)})`;
		lines.push(
			`Not delivered: ${file.name} (${about.join(', ')}): ${file.reason || file.outcome}${which}`,
		);
	}
	for (const { reason, rows } of causes(notes.refused.first)) {
		const amounts = sumsOf(rows);
		const agreements = [...new Set(rows.map(({ agreement }) => agreement))].join(', ');
		lines.push(
			`Refused, ${plural(rows.length, 'document')} for ${agreements}${amounts === '' ? '' : ` (${amounts})`}: ${reason} (${numbersText(
				rows.map(({ number }) => number),
				rows.length,
			)})`,
		);
	}
	const unseen = notes.refused.count - notes.refused.first.length;
	if (unseen > 0) lines.push(`${unseen} more were refused; the ledger page has them all.`);
	if (delivered.length > 0) {
		lines.push(
			`Delivered: ${delivered.map(({ name, documents }) => `${name} (${plural(documents, 'document')})`).join(', ')}`,
		);
	}
	if (lines.length === 0) lines.push('Nothing was sent: there was nothing new or changed.');
	return lines.join('\n');
}

/** How many documents the files hold; nothing where not all of the files are listed. */
function inFiles({ count, first }: Noted<FileNote>): string {
	const documents = first.reduce((sum, file) => sum + file.documents, 0);
	return documents === 0 || first.length < count ? '' : `, with ${plural(documents, 'document')}`;
}

/** For the last page of a form. */
export function runHtml(notes: RunNotes): Html {
	const { preview, taken, refused, files } = notes;
	const title = preview
		? 'This would be sent. Nothing was sent, and no number was used.'
		: files.count === 0
			? 'Nothing was sent.'
			: 'This is what happened.';
	const skipped = Object.entries(notes.notTaken);
	return html`<h2>${title}</h2>
		<p>${notes.agreements.join(', ')}</p>
		<h3>New or changed: ${taken.count}${taken.count > 0 ? ` (${sumsText(taken.sums)})` : ''}</h3>
		${table(
			'Documents',
			[
				{ title: 'Number', cell: (row) => row.number },
				{ title: 'Counterparty', cell: (row) => row.counterparty },
				{ title: 'Date', cell: (row) => row.date },
				{
					title: 'Amount',
					number: true,
					cell: (row) => `${row.currency} ${amountText(row.amount)}`.trim(),
				},
				{ title: 'Is', cell: (row) => row.change },
			],
			taken.first,
		)}
		${taken.count > taken.first.length
			? html`<p>… and ${taken.count - taken.first.length} more</p>`
			: ''}
		<h3>Refused: ${refused.count}</h3>
		${table(
			'Refused',
			[
				{ title: 'Number', cell: (row) => row.number },
				{ title: 'Counterparty', cell: (row) => row.counterparty },
				{ title: 'Why, and what to do', cell: (row) => row.reason },
			],
			refused.first,
		)}
		<h3>Left out</h3>
		${skipped.length === 0
			? html`<p>Nothing.</p>`
			: html`<ul>
					${skipped.map(
						([reason, { count, numbers }]) =>
							html`<li>${count} ${reason}: ${numbersText(numbers, count)}</li>`,
					)}
				</ul>`}
		<h3>Files: ${files.count}${inFiles(files)}</h3>
		${table(
			'Files',
			[
				{ title: 'Name', cell: (row) => row.name },
				{ title: 'Documents', number: true, cell: (row) => row.documents },
				{
					title: 'What happened',
					cell: (row) => [row.outcome, row.reason].filter(Boolean).join(': '),
				},
			],
			files.first,
		)}
		${files.first
			.filter(({ text }) => text !== '')
			.map(
				({ name, text }) =>
					html`<h3>${name}</h3>
						<pre>${text}</pre>`,
			)}`;
}
