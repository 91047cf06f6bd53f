import type { Html } from '../html';
import { html, link } from '../html';
import { filterForm, nextPage, state, table } from '../layout';
import type { FilterChoices } from '../layout';
import type { PageRequest, View } from '../request';
import type { DocumentRow, FileRow, Paged, ToDo, ToDoKind, Totals } from '../../ledger';
import { amountText } from '../times';

type Time = (iso: string) => string;

const money = (row: { readonly currency: string; readonly amount: string }) =>
	row.amount === '' ? '' : `${row.currency} ${amountText(row.amount)}`.trim();

/** `X12 810 004010`, `csv`. */
export const sentAs = ({ format, transactionSet, release }: FileRow): string =>
	[format, transactionSet, release].filter(Boolean).join(' ');

export function documentTable(rows: readonly DocumentRow[], time: Time): Html {
	return table(
		'Documents',
		[
			{
				title: 'Number',
				cell: (row) =>
					link(row.number || row.ownNumber || '(none)', { view: 'document', id: row.id }),
			},
			{ title: 'In Exact', cell: (row) => row.ownNumber },
			{ title: 'Counterparty', cell: (row) => row.counterparty },
			{ title: 'Date', cell: (row) => row.date },
			{ title: 'Amount', number: true, cell: money },
			{
				title: 'Agreement',
				cell: (row) => `${row.agreement}${row.usage === 'test' ? ' (test)' : ''}`,
			},
			{ title: 'State', cell: (row) => state(row.state) },
			{
				title: 'File',
				cell: (row) => (row.fileId === 0 ? '' : link(row.file, { view: 'file', id: row.fileId })),
			},
			{ title: 'Taken', cell: (row) => time(row.takenAt) },
		],
		rows,
	);
}

export function documentsView(
	request: PageRequest,
	list: Paged<DocumentRow>,
	choices: FilterChoices,
	time: Time,
): Html {
	return html`${filterForm(request, choices)}${documentTable(list.rows, time)}${nextPage(
		request,
		list.next,
	)}`;
}

export function filesView(
	request: PageRequest,
	list: Paged<FileRow>,
	choices: FilterChoices,
	time: Time,
): Html {
	const files = table(
		'Files',
		[
			{ title: 'File', cell: (row) => link(row.name, { view: 'file', id: row.id }) },
			{
				title: 'Agreement',
				cell: (row) => `${row.agreement}${row.usage === 'test' ? ' (test)' : ''}`,
			},
			{ title: 'As', cell: (row) => sentAs(row) },
			{ title: 'Control number', cell: (row) => row.controlNumber },
			{ title: 'Documents', number: true, cell: (row) => row.documentCount },
			{ title: 'State', cell: (row) => state(row.state) },
			{ title: 'Recorded', cell: (row) => time(row.recordedAt) },
			{ title: 'Deposited', cell: (row) => time(row.depositedAt) },
			{ title: 'What went wrong', cell: (row) => row.error },
		],
		list.rows,
	);
	return html`${filterForm(request, choices)}${files}${nextPage(request, list.next)}`;
}

/** Where the list of it is, for what has one. */
const LISTS: Partial<Record<ToDoKind, { readonly view: View; readonly state: string }>> = {
	'files failed': { view: 'files', state: 'failed' },
	'files stranded': { view: 'files', state: 'depositing' },
	'files in doubt': { view: 'files', state: 'in doubt' },
	'files overdue': { view: 'files', state: 'overdue' },
	'files rejected': { view: 'files', state: 'rejected' },
	'documents refused': { view: 'documents', state: 'refused' },
	'documents rejected': { view: 'documents', state: 'rejected' },
	'documents held': { view: 'documents', state: 'held' },
	'documents left behind': { view: 'documents', state: 'reserved' },
};

export function toDoView(rows: readonly ToDo[]): Html {
	if (rows.length === 0) return html`<p class="good">Nothing waits for anybody.</p>`;
	return table(
		'To do',
		[
			{
				title: 'What',
				cell: ({ kind }) => {
					const list = LISTS[kind];
					return list === undefined ? state(kind) : link(kind, list);
				},
			},
			{ title: 'How many', number: true, cell: ({ count }) => count },
			{ title: 'What to do', cell: ({ message }) => message },
			{
				title: 'Which',
				cell: ({ count, examples }) =>
					`${examples.join(', ')}${count > examples.length ? ', …' : ''}`,
			},
		],
		rows,
	);
}

/** Links to the lists of what may wait, without counts. */
export function toDoLists(): Html {
	return html`<ul>
		${Object.entries(LISTS).map(([kind, list]) => html`<li>${link(kind, list)}</li>`)}
	</ul>`;
}

export function totalsView(
	request: PageRequest,
	byDay: readonly Totals[],
	byPartner: readonly Totals[],
): Html {
	const form = html`<form method="get">
		<input type="hidden" name="view" value="totals" />
		<label>From<input type="date" name="from" value="${request.from}" /></label>
		<label>To<input type="date" name="to" value="${request.to}" /></label><button>Show</button>
	</form>`;
	const totalsBy = (caption: string, title: string, rows: readonly Totals[]) =>
		html`<h2>${caption}</h2>
			${table(
				caption,
				[
					{ title, cell: (row) => row.of },
					{ title: 'Documents', number: true, cell: (row) => row.documents },
					{ title: 'Amount', number: true, cell: money },
				],
				rows,
			)}`;
	return html`${form}
		<p class="soft">
			What the partners have, in production: each document once; what they rejected does not count.
		</p>
		${totalsBy('Per day', 'Day', byDay)}${totalsBy('Per partner', 'Partner', byPartner)}`;
}
