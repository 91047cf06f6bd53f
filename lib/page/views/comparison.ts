import { needsLook } from '../../ledger';
import type { ComparedTotal, ComparisonHead, SourceComparison } from '../../ledger';
import { html, link } from '../html';
import type { Html } from '../html';
import { facts, state, table } from '../layout';
import { amountText } from '../times';

type Time = (iso: string) => string;

const ROWS_SHOWN = 200;

const money = ({ currency, amount }: { readonly currency: string; readonly amount: string }) =>
	`${currency} ${amountText(amount)}`.trim();

const period = ({ from, to }: ComparisonHead): string => `${from} to ${to}`;

export const comparisonName = ({ agreement, usage }: ComparisonHead): string =>
	`${agreement}${usage === 'test' ? ' (test)' : ''}`;

export const lookText = ({ compared, toLookAt }: ComparisonHead): string =>
	toLookAt === 0
		? `${compared} documents, nothing to look at`
		: `${compared} documents, ${toLookAt} to look at`;

export function comparisonsView(rows: readonly ComparisonHead[], time: Time): Html {
	if (rows.length === 0) {
		return html`<p class="soft">
			Nothing was compared yet: the workflow "Compare the ledger with Exact Online" does it every
			night, and on demand.
		</p>`;
	}
	return table(
		'Comparisons',
		[
			{
				title: 'Period',
				cell: (row) =>
					link(period(row), { view: 'comparison', agreement: row.agreement, from: row.from }),
			},
			{ title: 'Agreement', cell: comparisonName },
			{ title: 'Documents in Exact', number: true, cell: ({ compared }) => compared },
			{
				title: 'To look at',
				number: true,
				cell: ({ toLookAt }) =>
					html`<span class="${toLookAt === 0 ? 'good' : 'bad'}">${toLookAt}</span>`,
			},
			{ title: 'Compared', cell: ({ madeAt }) => time(madeAt) },
		],
		rows,
	);
}

export function totalsTable(totals: readonly ComparedTotal[]): Html {
	return table(
		'What became of them',
		[
			{ title: 'What became of them', cell: ({ says }) => state(says) },
			{ title: 'Documents', number: true, cell: ({ documents }) => documents },
			{ title: 'Amount', number: true, cell: money },
		],
		totals,
	);
}

/** What somebody has to look at, by Exact's own entry number. */
export function lookTable({ documents }: SourceComparison): Html {
	const rows = documents.filter(needsLook);
	const more = rows.length - ROWS_SHOWN;
	return html`${table(
		'To look at',
		[
			{ title: 'Entry in Exact', cell: (row) => row.ownNumber },
			{ title: 'Number', cell: (row) => row.number },
			{ title: 'Counterparty', cell: (row) => row.counterparty },
			{ title: 'Date', cell: (row) => row.date.slice(0, 10) },
			{ title: 'Amount', number: true, cell: money },
			{ title: 'What became of it', cell: (row) => state(row.says) },
			{ title: 'File', cell: (row) => row.file },
		],
		rows.slice(0, ROWS_SHOWN),
	)}${more > 0 ? html`<p>… and ${more} more, in the list.</p>` : ''}`;
}

export function comparisonView(comparison: SourceComparison, time: Time): Html {
	const { agreement, from, documents, totals } = comparison;
	const kept = totals.reduce((sum, row) => sum + row.documents, 0);
	const list = link('All documents, for a spreadsheet', {
		view: 'raw',
		of: 'comparison',
		agreement,
		from,
	});
	return html`${facts([
			['Agreement', comparisonName(comparison)],
			['Document dates', period(comparison)],
			['Result', lookText(comparison)],
			['Compared', time(comparison.madeAt)],
			[
				'List',
				kept === documents.length ? list : html`${list} (${documents.length} of ${kept} are kept)`,
			],
		])}
		<h2>What became of them</h2>
		${totalsTable(totals)}
		<h2>To look at</h2>
		${lookTable(comparison)}`;
}

/** The last page of a form. */
export function comparedHtml(comparison: SourceComparison): Html {
	return html`<h2>${lookText(comparison)}</h2>
		<p>${comparisonName(comparison)}, ${period(comparison)}</p>
		${totalsTable(comparison.totals)}
		<h3>To look at</h3>
		${lookTable(comparison)}
		<p>All documents are in a list for a spreadsheet, on the ledger page.</p>`;
}
