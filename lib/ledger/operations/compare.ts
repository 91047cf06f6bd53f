import { add, formatDecimal, parseDecimal, ZERO } from '../../decimal';
import type { Decimal } from '../../decimal';
import { CoreError } from '../../errors';
import { readAgreement } from '../directory';
import type { Agreement } from '../directory';
import { query } from '../port';
import type { Session } from '../port';
import { DOCUMENTS_A_SLICE, pause, slicesOf } from '../slices';
import { documentName, standingOf, versionsOfDocuments } from '../standing';
import type { FiledVersion } from '../standing';
import { DELIVERED_STATES, sqlList } from '../states';
import { addSeconds, read, readIn, writeAside } from '../transaction';
import type { Ledger } from '../transaction';

/** Whether the partner has what the source has, document by document. */

export interface SourceDocument {
	readonly key: string;
	readonly contentHash: string;
	readonly number: string;
	/** The number that the source gave it, such as Exact's entry number. */
	readonly ownNumber: string;
	readonly counterparty: string;
	readonly date: string;
	readonly currency: string;
	readonly amount: string;
}

/** What became of a document of the source, in the order in which people want to read it. */
export const VERDICTS = [
	/** The source has changed it, or deleted it, after it was sent. */
	'changed since',
	'gone',
	'rejected',
	'refused',
	'not taken',
	'pending',
	'not sent by decision',
	/** Not to be sent as it is now, such as a draft. */
	'left out',
	'before start',
	'sent',
	'accepted',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The partner has it as the source has it, or is not to have it. */
const SETTLED: ReadonlySet<Verdict> = new Set([
	'not sent by decision',
	'left out',
	'before start',
	'sent',
	'accepted',
]);

export interface ComparedDocument extends Omit<SourceDocument, 'contentHash'> {
	readonly says: Verdict;
	/** Where the partner has it, or is to get it. */
	readonly file: string;
}

export interface ComparedTotal {
	readonly says: Verdict;
	readonly currency: string;
	readonly documents: number;
	/** Exact, with as many decimals as the documents have. */
	readonly amount: string;
}

export interface ComparisonHead {
	readonly agreement: string;
	readonly company: string;
	readonly partner: string;
	readonly usage: string;
	/** First and last day of the document date. */
	readonly from: string;
	readonly to: string;
	readonly madeAt: string;
	readonly compared: number;
	/** How many a person has to look at. */
	readonly toLookAt: number;
	readonly totals: readonly ComparedTotal[];
}

export interface SourceComparison extends ComparisonHead {
	/** What is to be looked at first; then as the source gave them. */
	readonly documents: readonly ComparedDocument[];
}

export const needsLook = ({ says }: ComparedDocument): boolean => !SETTLED.has(says);

export interface CompareRequest {
	readonly agreement: string;
	readonly documents: readonly SourceDocument[];
	readonly from: string;
	readonly to: string;
}

const ROWS_A_SLICE = 1_000;

/** Compares, and remembers it for the page and the digest: the last one of each agreement and first day. */
export async function compareWithSource(
	ledger: Ledger,
	request: CompareRequest,
): Promise<SourceComparison> {
	const agreement = await readAgreement(ledger, { name: request.agreement });
	const { from, to } = request;
	if (from > to) {
		throw new CoreError('LEDGER_SETTING_INVALID', `The period ends on ${to}, before ${from}`, {
			path: 'to',
		});
	}
	const usage = agreement.stage === 'test' ? 'test' : 'production';
	const within = request.documents.filter(
		({ date }) => date.slice(0, 10) >= from && date.slice(0, 10) <= to,
	);
	const documents: ComparedDocument[] = [];
	await ledger.store.session(async (session) => {
		for (const slice of slicesOf(within, DOCUMENTS_A_SLICE)) {
			const wanted = slice.map(({ key }) => ({
				agreement_id: agreement.id,
				usage,
				document_key: key,
			}));
			const versions = await readIn(ledger, session, (tx) => versionsOfDocuments(tx, wanted));
			for (const [index, document] of slice.entries()) {
				const known = versions.get(documentName(wanted[index]!)) ?? [];
				documents.push({ ...factsOf(document), ...verdictOf(known, document, agreement) });
			}
			await pause(ledger);
		}
		const keys = new Set(within.map(({ key }) => key));
		documents.push(...(await goneFrom(ledger, session, { agreement, usage, from, to, keys })));
	});
	const { name, company, partner } = agreement;
	const comparison: SourceComparison = {
		agreement: name,
		company,
		partner,
		usage,
		from,
		to,
		madeAt: ledger.ports.now().toISOString(),
		compared: within.length,
		toLookAt: documents.filter(needsLook).length,
		totals: totalsOf(documents),
		documents: [
			...documents.filter(needsLook).sort(byVerdict),
			...documents.filter((document) => !needsLook(document)),
		],
	};
	await remember(ledger, comparison);
	return comparison;
}

/** By name: what else the caller's rows have is not remembered. */
const factsOf = (document: SourceDocument): Omit<SourceDocument, 'contentHash'> => {
	const { key, number, ownNumber, counterparty, date, currency, amount } = document;
	return { key, number, ownNumber, counterparty, date, currency, amount };
};

const byVerdict = (a: ComparedDocument, b: ComparedDocument): number =>
	VERDICTS.indexOf(a.says) - VERDICTS.indexOf(b.says);

const ACCEPTED: ReadonlySet<string> = new Set(['accepted', 'accepted with errors']);

function verdictOf(
	versions: readonly FiledVersion[],
	{ contentHash, date }: SourceDocument,
	{ sendFrom }: Agreement,
): Pick<ComparedDocument, 'says' | 'file'> {
	const delivered = versions.findLast((version) => standingOf(version) === 'delivered');
	if (delivered !== undefined) {
		const { state, file_state: fileState, file_name: file } = delivered;
		if (delivered.content_hash !== contentHash) return { says: 'changed since', file };
		const own = state === 'filed' ? fileState : state;
		return { says: ACCEPTED.has(own) ? 'accepted' : 'sent', file };
	}
	const last = versions.findLast(({ state }) => state !== 'overtaken');
	if (last === undefined) {
		return { says: date.slice(0, 10) < sendFrom ? 'before start' : 'not taken', file: '' };
	}
	const standing = standingOf(last);
	const file = last.file_name;
	if (standing === 'refused' || standing === 'rejected') return { says: standing, file };
	if (standing === 'reserved' && last.issues !== '') return { says: 'left out', file };
	return { says: standing === 'not sent' ? 'not sent by decision' : 'pending', file };
}

interface GoneRow {
	readonly id: number;
	readonly change: string;
	readonly document_key: string;
	readonly number: string;
	readonly own_number: string;
	readonly counterparty: string;
	readonly document_date: string;
	readonly currency: string;
	readonly amount: string;
	readonly file: string;
}

/** What the partner has of the period, and the source has not. */
async function goneFrom(
	ledger: Ledger,
	session: Session,
	{
		agreement,
		usage,
		from,
		to,
		keys,
	}: {
		readonly agreement: Agreement;
		readonly usage: string;
		readonly from: string;
		readonly to: string;
		readonly keys: ReadonlySet<string>;
	},
): Promise<ComparedDocument[]> {
	const gone = new Map<string, ComparedDocument>();
	for (let after = 0, more = true; more; ) {
		const rows = await readIn(ledger, session, () =>
			query<GoneRow>(
				`select v.id, v.change, d.document_key, v.number, v.own_number, v.counterparty, v.document_date, v.currency, v.amount, f.name as file
				from versions v cross join documents d join files f on f.id = v.file_id
				where v.agreement_id = ? and v.id > ? and d.id = v.document_id and d.usage = ? and v.file_id > 0
				and f.state in (${sqlList(DELIVERED_STATES)}) and v.document_date >= ? and v.document_date <= ?
				order by v.id limit ${ROWS_A_SLICE}`,
				agreement.id,
				after,
				usage,
				from,
				to,
			),
		);
		for (const row of rows) {
			if (keys.has(row.document_key)) continue;
			const { document_key: key, number, counterparty, currency, amount, file } = row;
			// It was taken back, which the partner has, too.
			if (row.change === 'deleted') {
				gone.delete(key);
				continue;
			}
			const facts = { key, number, ownNumber: row.own_number, counterparty, currency, amount };
			gone.set(key, { ...facts, date: row.document_date, says: 'gone', file });
		}
		after = rows.at(-1)?.id ?? after;
		more = rows.length === ROWS_A_SLICE;
		await pause(ledger);
	}
	return [...gone.values()];
}

function totalsOf(documents: readonly ComparedDocument[]): ComparedTotal[] {
	const sums = new Map<string, Omit<ComparedTotal, 'amount'> & { amount: Decimal }>();
	for (const { says, currency, amount } of documents) {
		const key = `${says}\n${currency}`;
		const known = sums.get(key) ?? { says, currency, documents: 0, amount: ZERO };
		const value = parseDecimal(amount) ?? ZERO;
		sums.set(key, {
			...known,
			documents: known.documents + 1,
			amount: add(known.amount, value),
		});
	}
	return [...sums.values()]
		.sort(
			(a, b) =>
				VERDICTS.indexOf(a.says) - VERDICTS.indexOf(b.says) || (a.currency < b.currency ? -1 : 1),
		)
		.map(({ amount, ...rest }) => ({ ...rest, amount: formatDecimal(amount) }));
}

/** So many documents are remembered with a comparison; all of them leave the node that made it. */
const MOST_REMEMBERED = 10_000;
const DAY = 86_400;
const KEPT_SECONDS = 400 * DAY;

/** Beside the trail: worth nothing once it is old, and made again at any time. */
const HEADS = 'comparison ';
const DOCUMENTS = 'compared documents ';
const idOf = (from: string, agreement: string): string => `${from} ${agreement}`;

async function remember(ledger: Ledger, { documents, ...head }: SourceComparison): Promise<void> {
	const id = idOf(head.from, head.agreement);
	const contents = [
		[HEADS + id, JSON.stringify(head)],
		[DOCUMENTS + id, JSON.stringify(documents.slice(0, MOST_REMEMBERED))],
	] as const;
	await writeAside(ledger, function* (tx) {
		const keepUntil = addSeconds(tx.now, KEPT_SECONDS);
		for (const [name, content] of contents) {
			yield* query('delete from reminders where name = ? or keep_until < ?', name, tx.now);
			yield* query('insert into reminders values (?, ?, ?)', name, content, keepUntil);
		}
	});
}

/** What was compared, the latest period first; without the documents. */
export async function getComparisons(ledger: Ledger): Promise<ComparisonHead[]> {
	const rows = await read(ledger, () =>
		query<{ content: string }>(
			`select content from reminders where name like '${HEADS}%' order by name desc`,
		),
	);
	return rows.map(({ content }) => JSON.parse(content) as ComparisonHead);
}

export async function getComparison(
	ledger: Ledger,
	{ agreement, from }: { readonly agreement: string; readonly from: string },
): Promise<SourceComparison> {
	const id = idOf(from, agreement);
	const rows = await read(ledger, () =>
		query<{ name: string; content: string }>(
			'select name, content from reminders where name in (?, ?)',
			HEADS + id,
			DOCUMENTS + id,
		),
	);
	const contents = new Map(rows.map(({ name, content }) => [name, content]));
	const head = contents.get(HEADS + id);
	if (head === undefined) {
		throw new CoreError(
			'LEDGER_UNKNOWN',
			`Nothing was compared for '${agreement}' from ${from} on`,
			{ path: 'agreement' },
		);
	}
	const documents = JSON.parse(contents.get(DOCUMENTS + id) ?? '[]') as ComparedDocument[];
	return { ...(JSON.parse(head) as ComparisonHead), documents };
}

/** They hold names and numbers of parties. */
export async function forgetComparisons(ledger: Ledger): Promise<void> {
	await writeAside(ledger, function* () {
		for (const prefix of [HEADS, DOCUMENTS]) {
			yield* query(`delete from reminders where name like '${prefix}%'`);
		}
	});
}
