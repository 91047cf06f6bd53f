import { html, Html, link } from '../html';
import { filterForm, nextPage, state, table, type FilterChoices } from '../layout';
import type { PageRequest } from '../request';
import type { DocumentRow, FileRow, Paged, ToDo, Total } from '../../ledger';
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
			{ title: 'Number', cell: (row) => link(row.number || row.ownNumber || '(none)', { view: 'document', id: row.id }) },
			{ title: 'In Exact', cell: (row) => row.ownNumber },
			{ title: 'Counterparty', cell: (row) => row.counterparty },
			{ title: 'Date', cell: (row) => row.date },
			{ title: 'Amount', number: true, cell: money },
			{ title: 'Agreement', cell: (row) => `${row.agreement}${row.usage === 'test' ? ' (test)' : ''}` },
			{ title: 'State', cell: (row) => state(row.state) },
			{
				title: 'File',
				cell: (row) =>
					row.fileId === 0 ? '' : link(row.file, { view: 'file', id: row.fileId }),
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
	return html`${filterForm(request, choices)}${documentTable(list.rows, time)}${nextPage(request, list.next)}`;
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
			{ title: 'Agreement', cell: (row) => `${row.agreement}${row.usage === 'test' ? ' (test)' : ''}` },
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

export function toDoView(rows: readonly ToDo[], time: Time): Html {
	if (rows.length === 0) return html`<p class="good">Nothing waits for anybody.</p>`;
	return table(
		'To do',
		[
			{ title: 'What', cell: (row) => state(row.what) },
			{
				title: 'Which',
				cell: (row) => {
					if (row.documentId !== undefined) {
						return link(row.subject, { view: 'document', id: row.documentId });
					}
					if (row.fileId !== undefined) return link(row.subject, { view: 'file', id: row.fileId });
					return row.subject;
				},
			},
			{ title: 'Amount', number: true, cell: money },
			{ title: 'Agreement', cell: (row) => row.agreement },
			{ title: 'Why, and what to do', cell: (row) => row.why },
			{ title: 'Since', cell: (row) => time(row.since) },
		],
		rows,
	);
}

export function totalsView(request: PageRequest, rows: readonly Total[]): Html {
	const form = html`<form method="get"><input type="hidden" name="view" value="totals">
<label>From<input type="date" name="from" value="${request.from}"></label>
<label>To<input type="date" name="to" value="${request.to}"></label><button>Show</button></form>`;
	const totals = table(
		'Totals per day and partner',
		[
			{ title: 'Day', cell: (row) => row.day },
			{ title: 'Partner', cell: (row) => row.partner },
			{ title: 'Documents', number: true, cell: (row) => row.documents },
			{ title: 'Amount', number: true, cell: money },
			{ title: 'Accepted', number: true, cell: (row) => row.accepted },
			{ title: 'No answer yet', number: true, cell: (row) => row.waiting },
			{ title: 'Rejected', number: true, cell: (row) => row.rejected },
		],
		rows,
	);
	return html`${form}${totals}`;
}
