import { html, Html, link, query } from './html';
import type { Piece } from './html';
import { filtersOf } from './request';
import type { PageRequest, View } from './request';
import { STYLE } from './style';

/**
 * The page's own policy, because n8n's can be switched off: no script, nothing from elsewhere, and
 * forms only to itself.
 */
const POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TABS: readonly { readonly view: View; readonly title: string }[] = [
	{ view: 'todo', title: 'To do' },
	{ view: 'documents', title: 'Documents' },
	{ view: 'files', title: 'Files' },
	{ view: 'totals', title: 'Totals' },
	{ view: 'comparisons', title: 'Compared with Exact' },
];

export interface Frame {
	readonly ledgerName: string;
	readonly request: PageRequest;
	readonly timeZone: string;
	/** When it was made, in that zone. */
	readonly madeAt: string;
	/** Fixed in the node: only this company or partner is shown. */
	readonly only: string;
}

export function page(frame: Frame, title: string, body: Piece): Html {
	const tabs = TABS.map(({ view, title: name }) => {
		const current = view === frame.request.view;
		return html`<li>
			<a href="${query({ view })}" ${current ? html` aria-current="page"` : ''}>${name}</a>
		</li>`;
	});
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="referrer" content="no-referrer" />
				<title>${title} · ${frame.ledgerName}</title>
				<style>
					${new Html(STYLE)}
				</style>
			</head>
			<body>
				<a class="skip" href="#content">To the content</a>
				<header>
					<p class="soft">
						Ledger ${frame.ledgerName}${frame.only === '' ? '' : html` · only ${frame.only}`}
					</p>
					<nav aria-label="Pages">
						<ul>
							${tabs}
						</ul>
					</nav>
				</header>
				<main id="content">
					<h1>${title}</h1>
					${body}
				</main>
				<footer>
					<p class="soft">
						Times are in ${frame.timeZone}. Made ${frame.madeAt}. This page changes nothing.
					</p>
				</footer>
			</body>
		</html> `;
}

export interface Column<Row> {
	readonly title: string;
	readonly cell: (row: Row) => Piece;
	readonly number?: boolean;
}

/** On a phone each row becomes a small card, whose labels are the column titles. */
export function table<Row>(
	caption: string,
	columns: readonly Column<Row>[],
	rows: readonly Row[],
): Html {
	if (rows.length === 0) return html`<p class="soft">${caption}: nothing.</p>`;
	const kind = (column: Column<Row>) => (column.number === true ? html` class="number"` : '');
	return html`<div class="wide">
		<table class="stack">
			<caption class="skip">
				${caption}
			</caption>
			<thead>
				<tr>
					${columns.map((column) => html`<th scope="col" ${kind(column)}>${column.title}</th>`)}
				</tr>
			</thead>
			<tbody>
				${rows.map(
					(row) =>
						html`<tr>
							${columns.map(
								(column) =>
									html`<td${kind(column)} data-label="${column.title}">${column.cell(row)}</td>`,
							)}
						</tr> `,
				)}
			</tbody>
		</table>
	</div>`;
}

export function facts(entries: readonly (readonly [string, Piece])[]): Html {
	const shown = entries.filter(([, value]) => value !== '' && value !== undefined);
	return html`<dl>
		${shown.map(
			([name, value]) =>
				html`<dt>${name}</dt>
					<dd>${value}</dd>`,
		)}
	</dl>`;
}

/** The next page of a list, keeping its filters. */
export function nextPage(request: PageRequest, next: string | undefined): Html {
	if (next === undefined) return html``;
	return html`<p>
		${link('Older ones', { view: request.view, ...filtersOf(request), after: next })}
	</p>`;
}

export interface FilterChoices {
	readonly agreements: readonly string[];
	readonly companies: readonly string[];
	readonly partners: readonly string[];
	readonly states: readonly string[];
}

function select(label: string, name: string, choices: readonly string[], chosen: string): Html {
	const options = choices.map(
		(choice) => html`<option${choice === chosen ? html` selected` : ''}>${choice}</option>`,
	);
	return html`<label
		>${label}<select name="${name}">
			<option value="">All</option>
			${options}
		</select></label
	>`;
}

/** A GET form: it only asks for another view of the same page. */
export function filterForm(request: PageRequest, choices: FilterChoices): Html {
	return html`<form method="get" role="search">
		<input type="hidden" name="view" value="${request.view}" />
		<label
			>Number or file name<input
				name="search"
				value="${request.search}"
				placeholder="Its beginning is enough"
		/></label>
		${select('Agreement', 'agreement', choices.agreements, request.agreement)}
		${select('Partner', 'partner', choices.partners, request.partner)}
		${choices.companies.length > 1
			? select('Company', 'company', choices.companies, request.company)
			: ''}
		${select('State', 'state', choices.states, request.state)}
		<label>From<input type="date" name="from" value="${request.from}" /></label>
		<label>To<input type="date" name="to" value="${request.to}" /></label>
		<button>Show</button>
	</form>`;
}

const GOOD = new Set(['deposited', 'picked up', 'accepted', 'answered', 'sent']);
const BAD = new Set([
	'rejected',
	'failed',
	'refused',
	'in doubt',
	'overdue',
	'partially accepted',
	'changed since',
	'gone',
	'not taken',
]);

/** A state in words; the color only repeats what the word says. */
export function state(name: string): Html {
	const kind = GOOD.has(name) ? 'good' : BAD.has(name) ? 'bad' : 'warn';
	return html`<span class="${kind}">${name}</span>`;
}
