import type { Agreement, FileDetails } from '../ledger';
import { html } from './html';
import type { Html } from './html';
import { table } from './layout';
import { amountText } from './times';
import { sentAs } from './views/lists';

const DOCUMENTS_SHOWN = 50;

/** For the page that asks: every file that would be sent again, with all that goes along. */
export function foundFilesHtml(found: readonly FileDetails[], search: string): Html {
	if (found.length === 0) {
		return html`<p>
			Nothing was found for <b>${search}</b>. Write the beginning of a file name, a control number,
			or the number of a document as the supplier wrote it.
		</p>`;
	}
	return html`${found.map(
		({ file, documents }) =>
			html`<h3>${file.name}</h3>
				<p>
					${sentAs(file)} to ${file.partner}${file.usage === 'test' ? ' (test)' : ''}:
					<b>${file.state}</b>, ${file.attempts} attempts. The same bytes go
					again${file.contents === 'kept'
						? ''
						: `, but they are ${file.contents}: it cannot be sent`}.
				</p>
				${table(
					'Documents in it',
					[
						{ title: 'Number', cell: (row) => row.number },
						{ title: 'Counterparty', cell: (row) => row.counterparty },
						{
							title: 'Amount',
							number: true,
							cell: (row) => `${row.currency} ${amountText(row.amount)}`.trim(),
						},
						{ title: 'State', cell: (row) => row.state },
					],
					documents.slice(0, DOCUMENTS_SHOWN),
				)}
				${documents.length > DOCUMENTS_SHOWN
					? html`<p>… and ${documents.length - DOCUMENTS_SHOWN} more</p>`
					: ''}`,
	)}`;
}

const STAGES = {
	draft: 'Draft: everything is made and shown, nothing is sent and no number is used.',
	test: 'Test: files go to the partner, marked as test.',
	production: 'Production: the partner books what it gets.',
} as const;

/** The last page of setting up a partner. */
export function settingUpHtml(agreements: readonly Agreement[]): Html {
	if (agreements.length === 0) return html`<h2>Nothing was saved</h2>`;
	return html`${agreements.map(
			({ name, stage, folder, sendFrom }) =>
				html`<h2>Saved: ${name}</h2>
					<p>${STAGES[stage]}</p>
					<p>
						Into ${folder} on the partner's server. Documents of before ${sendFrom} are not sent.
					</p>`,
		)}
		<p>
			An export finds its agreement by itself. Only where a company has several of one kind, choose
			one in <b>Take new or changed</b>.
		</p>`;
}
