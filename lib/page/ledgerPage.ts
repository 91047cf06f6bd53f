import { CoreError } from '../errors';
import {
	getAgreements,
	getComparison,
	getComparisons,
	getContents,
	getDocuments,
	getFile,
	getFiles,
	getHistory,
	getKeptDocument,
	getReceived,
	getToDo,
	getTotals,
} from '../ledger';
import type { DocumentFilter, FileFilter, Ledger } from '../ledger';
import { comparisonCsv, comparisonFileName } from './comparisonCsv';
import { html } from './html';
import type { Html } from './html';
import { page as framed } from './layout';
import type { FilterChoices, Frame } from './layout';
import { readableFile } from './readableFile';
import { readRequest } from './request';
import type { PageRequest } from './request';
import { timesIn } from './times';
import { comparisonsView, comparisonView } from './views/comparison';
import { documentView, fileView } from './views/details';
import { sourceView } from './views/source';
import { documentsView, filesView, toDoLists, toDoView, totalsView } from './views/lists';

/** Rows of one page of a list. */
const ROWS = 200;

export interface PageOptions {
	/** The workflow's zone; all times are shown in it. */
	readonly timeZone: string;
	readonly now: Date;
	/** Fixed for whoever sees the page: nothing of others can be asked for. Empty for all. */
	readonly onlyCompany: string;
	readonly onlyPartner: string;
	/** Address of the replay form, for *Send again*; empty where there is none. */
	readonly replayForm: string;
}

export interface PageAnswer {
	readonly status: number;
	readonly contentType: string;
	/** `inline`, or `attachment` with a safe name. */
	readonly contentDisposition: string;
	readonly fileName: string;
	readonly body: Uint8Array;
}

function answerOf(document: Html, status = 200): PageAnswer {
	return {
		status,
		contentType: 'text/html; charset=utf-8',
		contentDisposition: 'inline',
		fileName: 'ledger.html',
		body: Buffer.from(document.text, 'utf8'),
	};
}

/** Only characters that no file system and no header takes for something else. */
function safeName(name: string): string {
	const safe = name.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^\.+/, '');
	return safe === '' ? 'file.txt' : safe.slice(-120);
}

function* distinct(values: Iterable<string>): Generator<string> {
	yield* [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en'));
}

const DOCUMENT_STATES = [
	'reserved',
	'refused',
	'held',
	'released',
	'not sent',
	'left out',
	'encoded',
	'depositing',
	'deposited',
	'picked up',
	'accepted',
	'accepted with errors',
	'partially accepted',
	'rejected',
	'overdue',
	'in doubt',
	'failed',
] as const;

const FILE_STATES = DOCUMENT_STATES.slice(DOCUMENT_STATES.indexOf('encoded'));

/** What the node fixed outranks what the address asks for. */
function scopeOf(request: PageRequest, options: PageOptions): Owned {
	return {
		company: options.onlyCompany || request.company,
		partner: options.onlyPartner || request.partner,
	};
}

interface Owned {
	readonly company: string;
	readonly partner: string;
}

function outsideScope(row: Owned, options: PageOptions): boolean {
	return (
		(options.onlyCompany !== '' && row.company !== options.onlyCompany) ||
		(options.onlyPartner !== '' && row.partner !== options.onlyPartner)
	);
}

const showsAll = ({ onlyCompany, onlyPartner }: PageOptions): boolean =>
	onlyCompany === '' && onlyPartner === '';

const notThere = (what: string): CoreError =>
	new CoreError('LEDGER_UNKNOWN', `There is no such ${what}`);

/** What the ledger itself would advise is for whoever builds a workflow. */
const NOT_THERE = 'It may have been erased, or this page shows another part of the ledger.';

async function choicesOf(
	ledger: Ledger,
	options: PageOptions,
	states: readonly string[],
): Promise<FilterChoices> {
	const agreements = (await getAgreements(ledger)).filter((one) => !outsideScope(one, options));
	return {
		agreements: [...distinct(agreements.map(({ name }) => name))],
		companies: [...distinct(agreements.map(({ company }) => company))],
		partners: [...distinct(agreements.map(({ partner }) => partner))],
		states,
	};
}

function partyFilter(request: PageRequest, options: PageOptions) {
	const { company, partner } = scopeOf(request, options);
	return {
		...(company === '' ? {} : { company }),
		...(partner === '' ? {} : { partner }),
		...(request.agreement === '' ? {} : { agreement: request.agreement }),
		...(request.from === '' ? {} : { from: request.from }),
		...(request.to === '' ? {} : { to: request.to }),
	};
}

type Times = (iso: string) => string;
interface Made {
	readonly title: string;
	readonly body: Html;
}

async function documents(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	const state = DOCUMENT_STATES.find((one) => one === request.state);
	const filter: DocumentFilter = {
		...partyFilter(request, options),
		...(state === undefined ? {} : { state }),
	};
	const page = { after: request.after, limit: ROWS };
	const { search } = request;
	let list = await getDocuments(ledger, { ...filter, ...(search && { number: search }) }, page);
	// By the supplier's number first, then by the number that Exact gave it.
	if (search !== '' && list.rows.length === 0) {
		list = await getDocuments(ledger, { ...filter, ownNumber: search }, page);
	}
	const choices = await choicesOf(ledger, options, DOCUMENT_STATES);
	return { title: 'Documents', body: documentsView(request, list, choices, time) };
}

async function files(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	const state = FILE_STATES.find((one) => one === request.state);
	const filter: FileFilter = {
		...partyFilter(request, options),
		...(state === undefined ? {} : { state: state as FileFilter['state'] }),
	};
	const page = { after: request.after, limit: ROWS };
	const { search } = request;
	let list = await getFiles(ledger, { ...filter, ...(search && { name: search }) }, page);
	if (search !== '' && list.rows.length === 0) {
		list = await getFiles(ledger, { ...filter, controlNumber: search }, page);
	}
	const choices = await choicesOf(ledger, options, FILE_STATES);
	return { title: 'Files', body: filesView(request, list, choices, time) };
}

async function document(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	const history = await getHistory(ledger, { documentId: request.id ?? 0 });
	if (outsideScope(history.document, options)) throw notThere('document');
	const kept = await getKeptDocument(ledger, history.document.versionId);
	const source =
		kept === undefined ? html`<p class="soft">It is not kept.</p>` : sourceView({ ...kept });
	return {
		title: `Document ${history.document.number || history.document.ownNumber}`,
		body: documentView(history, source, time),
	};
}

async function file(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	const detail = await getFile(ledger, request.id ?? 0);
	if (outsideScope(detail.file, options)) throw notThere('file');
	const { bytes } = await getContents(ledger, detail.file.id);
	const readable =
		bytes === undefined
			? html`<p class="soft">The bytes are not kept any more; their SHA-256 is above.</p>`
			: readableFile(bytes, detail.file.format);
	return {
		title: `File ${detail.file.name}`,
		body: fileView(detail, { replayForm: options.replayForm, readable }, time),
	};
}

/** Bytes and, for what the node fixed, whom they are of or about. */
async function contentOf(
	ledger: Ledger,
	{ of, id = 0, agreement, from }: PageRequest,
): Promise<{ name: string; files: readonly Owned[]; bytes: Uint8Array | undefined }> {
	if (of === 'comparison') {
		const comparison = await getComparison(ledger, { agreement, from });
		const bytes = Buffer.from(comparisonCsv(comparison), 'utf8');
		return { name: comparisonFileName(comparison), files: [comparison], bytes };
	}
	if (of === 'received') {
		const { name, answers, bytes } = await getReceived(ledger, id);
		return { name, files: answers, bytes };
	}
	const { file, bytes } = await getContents(ledger, id);
	return { name: file.name, files: [file], bytes };
}

async function raw(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
): Promise<PageAnswer> {
	const { name, files, bytes } = await contentOf(ledger, request);
	// What belongs to no file of ours belongs to no company or partner either.
	const inside = files.length > 0 || showsAll(options);
	if (!inside || files.some((row) => outsideScope(row, options)) || bytes === undefined)
		throw notThere('content');
	const fileName = safeName(name);
	return {
		status: 200,
		// Never a type that a browser would show or run.
		contentType: 'application/octet-stream',
		contentDisposition: `attachment; filename="${fileName}"`,
		fileName,
		body: bytes,
	};
}

async function made(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	switch (request.view) {
		case 'documents':
			return await documents(ledger, request, options, time);
		case 'files':
			return await files(ledger, request, options, time);
		case 'document':
			return await document(ledger, request, options, time);
		case 'file':
			return await file(ledger, request, options, time);
		case 'totals':
			return await totals(ledger, request, options, time);
		case 'comparisons':
			return await comparisons(ledger, options, time);
		case 'comparison':
			return await comparison(ledger, request, options, time);
		default:
			return { title: 'To do', body: await toDo(ledger, options) };
	}
}

async function comparison(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	const found = await getComparison(ledger, request);
	if (outsideScope(found, options)) throw notThere('comparison');
	return { title: 'Compared with Exact', body: comparisonView(found, time) };
}

async function comparisons(ledger: Ledger, options: PageOptions, time: Times): Promise<Made> {
	const rows = (await getComparisons(ledger)).filter((row) => !outsideScope(row, options));
	return { title: 'Compared with Exact', body: comparisonsView(rows.slice(0, ROWS), time) };
}

/** What waits is counted over the whole ledger; a page of a part of it has the lists alone. */
async function toDo(ledger: Ledger, options: PageOptions): Promise<Html> {
	return showsAll(options) ? toDoView(await getToDo(ledger)) : toDoLists();
}

/** The last so many days, where the address names none. */
const DAYS = 31;

async function totals(
	ledger: Ledger,
	request: PageRequest,
	options: PageOptions,
	time: Times,
): Promise<Made> {
	const dayBefore = (days: number) =>
		time(new Date(options.now.getTime() - days * 86_400_000).toISOString()).slice(0, 10);
	const asked = {
		...request,
		from: request.from || dayBefore(DAYS),
		to: request.to || dayBefore(0),
	};
	if (!showsAll(options)) {
		return {
			title: 'Totals',
			body: html`<p>Totals are of the whole ledger; this page shows a part of it.</p>`,
		};
	}
	const { from, to } = asked;
	const totalsBy = async (by: 'day' | 'partner') =>
		await getTotals(ledger, { from, to, timeZone: options.timeZone, by });
	return {
		title: 'Totals',
		body: totalsView(asked, await totalsBy('day'), await totalsBy('partner')),
	};
}

/**
 * One page, or one download. It changes nothing and never throws: what went wrong is a page, too.
 * `query` is what the browser sent; nothing of it is trusted.
 */
export async function ledgerPage(
	ledger: Ledger,
	query: unknown,
	options: PageOptions,
): Promise<PageAnswer> {
	const request = readRequest(query);
	const time = timesIn(options.timeZone);
	const frame: Frame = {
		ledgerName: ledger.name,
		request,
		timeZone: options.timeZone,
		madeAt: time(options.now.toISOString()),
		only: [options.onlyCompany, options.onlyPartner].filter(Boolean).join(', '),
	};
	try {
		if (request.view === 'raw') return await raw(ledger, request, options);
		const { title, body } = await made(ledger, request, options, time);
		return answerOf(framed(frame, title, body));
	} catch (error) {
		return errorPage(frame, error);
	}
}

/** Where not even the ledger could be opened. */
export function failurePage(error: unknown): PageAnswer {
	const frame: Frame = {
		ledgerName: '',
		request: readRequest({}),
		timeZone: '',
		madeAt: '',
		only: '',
	};
	return errorPage(frame, error);
}

function errorPage(frame: Frame, error: unknown): PageAnswer {
	const known = error instanceof CoreError;
	const status = known && error.code === 'LEDGER_UNKNOWN' ? 404 : 500;
	const body = known
		? html`<p class="bad">${error.message}</p>
				<p>${status === 404 ? NOT_THERE : error.hint}</p>`
		: html`<p class="bad">The page could not be made.</p>
				<p>The log of n8n has the reason.</p>`;
	return answerOf(framed(frame, 'Not possible', body), status);
}
