import type { Html } from '../html';
import { html, link } from '../html';
import { facts, state, table } from '../layout';
import type { AnswerRow, DocumentHistory, FileDetails, TrailEvent } from '../../ledger';
import { amountText } from '../times';
import { documentTable, sentAs } from './lists';

type Time = (iso: string) => string;

function eventTable(rows: readonly TrailEvent[], time: Time): Html {
	return table(
		'History',
		[
			{ title: 'When', cell: (row) => time(row.at) },
			{ title: 'What', cell: (row) => row.subject },
			{
				title: 'State',
				cell: (row) => (row.from === '' ? state(row.to) : html`${row.from} → ${state(row.to)}`),
			},
			{ title: 'Who', cell: (row) => row.user },
			{
				title: 'By',
				cell: (row) =>
					[row.workflow, row.node, row.executionId && `execution ${row.executionId}`]
						.filter(Boolean)
						.join(', '),
			},
			{ title: 'Why', cell: (row) => row.reason },
		],
		rows,
	);
}

function answerTable(rows: readonly AnswerRow[]): Html {
	return table(
		'Acknowledgments',
		[
			{
				title: 'Acknowledgment',
				cell: (row) =>
					row.onBehalf ? `${row.acknowledgment} (receipt on behalf)` : row.acknowledgment,
			},
			{ title: 'Of', cell: (row) => `${row.level} ${row.setControlNumber}`.trim() },
			{ title: 'Says', cell: (row) => state(row.outcome) },
			{ title: 'In words', cell: (row) => [row.summary, row.note].filter(Boolean).join(' — ') },
			{ title: "Partner's own time", cell: (row) => row.acknowledgedAt },
			{
				title: 'As it came',
				cell: (row) =>
					row.receivedId === 0
						? ''
						: link('Download', { view: 'raw', of: 'received', id: row.receivedId }),
			},
		],
		rows,
	);
}

/** `source`: the document as it was read, or why there is none. */
export function documentView(history: DocumentHistory, source: Html, time: Time): Html {
	const { document, versions, events } = history;
	return html`${facts([
			['State', state(document.state)],
			['Counterparty', document.counterparty],
			["Supplier's number", document.number],
			['Number in Exact', document.ownNumber],
			['Date', document.date],
			['Amount', `${document.currency} ${amountText(document.amount)}`.trim()],
			['Agreement', document.agreement],
			['Key', document.key],
		])}
		<h2>Versions</h2>
		${table(
			'Versions',
			[
				{ title: 'Taken', cell: (row) => time(row.takenAt) },
				{ title: 'Change', cell: (row) => `${row.change}, as ${row.purpose}` },
				{
					title: 'Amount',
					number: true,
					cell: (row) => `${row.currency} ${amountText(row.amount)}`.trim(),
				},
				{ title: 'State', cell: (row) => state(row.state) },
				{
					title: 'File',
					cell: (row) => (row.fileId === 0 ? '' : link(row.file, { view: 'file', id: row.fileId })),
				},
				{ title: 'Why not', cell: (row) => row.issues.map(({ message }) => message).join(' — ') },
			],
			versions,
		)}
		<h2>History</h2>
		${eventTable(events, time)}
		<h2>As it was read from Exact</h2>
		${source}`;
}

export interface FileExtras {
	/** The form of the replay workflow, where the node knows it. */
	readonly replayForm: string;
	/** The content in words, or why there is none. */
	readonly readable: Html;
}

export function fileView(detail: FileDetails, extras: FileExtras, time: Time): Html {
	const { file } = detail;
	const again =
		extras.replayForm === ''
			? undefined
			: html`<a href="${`${extras.replayForm}?File=${encodeURIComponent(file.name)}`}"
					>Send again (asks first)</a
				>`;
	return html`${facts([
			['State', state(file.state)],
			['What went wrong', file.error],
			['Agreement', file.agreement],
			['As', `${sentAs(file)}${file.usage === 'test' ? ' (test)' : ''}`],
			['From', file.sender],
			['To', file.receiver],
			['Control number', file.controlNumber],
			['Folder', file.folder],
			['Path at the partner', file.path],
			['Recorded', time(file.recordedAt)],
			['Deposited', time(file.depositedAt)],
			['Bytes', file.bytes],
			['SHA-256', file.sha256],
			[
				'Content',
				file.contents === 'kept'
					? link('Download as it was sent', { view: 'raw', of: 'file', id: file.id })
					: file.contents,
			],
			['Again', again],
		])}
		<h2>Documents</h2>
		${documentTable(detail.documents, time)}
		<h2>Acknowledgments</h2>
		${answerTable(detail.answers)}
		<h2>History</h2>
		${eventTable(detail.events, time)}
		<h2>Content</h2>
		${extras.readable}`;
}
