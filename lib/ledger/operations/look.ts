import { CoreError } from '../../errors';
import type { EventRow } from '../events';
import { one, query } from '../port';
import type { ReadTx, Value, Work } from '../port';
import { readDocument } from '../slices';
import { VERSIONS } from '../tables';
import { read } from '../transaction';
import type { Ledger } from '../transaction';
import { documentView, FILED_FILE, fileView } from '../views';
import type { DocumentRow, DocumentState, FiledFile, FileRow, StoredDocument } from '../views';

interface PartyFilter {
	readonly agreement?: string | undefined;
	readonly company?: string | undefined;
	readonly partner?: string | undefined;
	/** `2026-11-27`, this day included: of the document, or of when the file was recorded. */
	readonly from?: string | undefined;
	readonly to?: string | undefined;
}

export interface DocumentFilter extends PartyFilter {
	readonly state?: DocumentState | undefined;
	/** How the number begins; the supplier's number. */
	readonly number?: string | undefined;
	/** How the number begins that the source gave it, such as Exact's entry number. */
	readonly ownNumber?: string | undefined;
}

export interface FileFilter extends PartyFilter {
	readonly state?: FileRow['state'] | undefined;
	readonly kind?: FileRow['kind'] | undefined;
	/** How the name begins. */
	readonly name?: string | undefined;
	readonly controlNumber?: string | undefined;
}

export interface Page {
	/** `next` of the page before. */
	readonly after?: string | undefined;
	readonly limit?: number | undefined;
}

export interface Paged<Row> {
	readonly rows: Row[];
	/** For the next page; undefined on the last. */
	readonly next?: string | undefined;
}

const DEFAULT_LIMIT = 50;
const MOST_ROWS = 1_000;

function limitOf({ limit = DEFAULT_LIMIT }: Page): number {
	return Math.max(1, Math.min(MOST_ROWS, Math.trunc(limit)));
}

interface Condition {
	readonly sql: string;
	readonly values: readonly Value[];
}

/** A text range instead of `like`: what begins with it, by the index. */
function beginsWith(column: string, text: string | undefined): Condition[] {
	if (text === undefined || text === '') return [];
	return [{ sql: `${column} >= ? and ${column} < ?`, values: [text, `${text}\u{10ffff}`] }];
}

function between(column: string, { from, to }: PartyFilter): Condition[] {
	const conditions: Condition[] = [];
	if (from) conditions.push({ sql: `${column} >= ?`, values: [from] });
	if (to) conditions.push({ sql: `${column} < ?`, values: [`${to}\u{10ffff}`] });
	return conditions;
}

/** Ids of the agreements that a filter means; undefined where it means all. */
function* agreementIds({ agreement, company, partner }: PartyFilter): Work<number[] | undefined> {
	if (!agreement && !company && !partner) return undefined;
	const rows = yield* query<{ id: number }>(
		`select a.id from agreements a join companies c on c.id = a.company_id join partners p on p.id = a.partner_id
		where (? = '' or a.name = ?) and (? = '' or c.name = ?) and (? = '' or p.name = ?) order by a.id`,
		agreement ?? '',
		agreement ?? '',
		company ?? '',
		company ?? '',
		partner ?? '',
		partner ?? '',
	);
	return rows.map(({ id }) => id);
}

const STORED_DOCUMENT = `select ${Object.keys(VERSIONS.columns)
	.filter((column) => column !== 'document')
	.map((column) => `v.${column}`)
	.join(', ')}, d.usage, d.document_key, a.name as agreement, c.name as company, p.name as partner,
	coalesce(f.state, '') as file_state, coalesce(f.name, '') as file_name`;

/** The versions first, so that both databases walk them in the order of the page. */
const DOCUMENT_TABLES = `from versions v cross join documents d
	left join files f on f.id = v.file_id and v.file_id > 0
	join agreements a on a.id = v.agreement_id join companies c on c.id = a.company_id join partners p on p.id = a.partner_id
	where d.id = v.document_id and d.version_id = v.id`;

/** Not by the agreement's index: a page by date is read in the order of its dates. */
const IN_DATE_ORDER = 'v.agreement_id + 0 = ?';

/** States that a version has of its own; the rest are those of its file. */
const OWN_STATES: ReadonlySet<string> = new Set(
	Object.keys(VERSIONS.transitions).filter((state) => !['filed', 'overtaken'].includes(state)),
);

/** Looked up file by file; where there are more, a page of the newest is soon full. */
const FEW_FILES = 50;
const FEW_DOCUMENTS = 10_000;

/** How a state is found: each way is a query with an index of its own. */
function* waysToState(state: DocumentState | undefined): Work<Condition[]> {
	if (state === undefined) return [{ sql: '', values: [] }];
	const ways: Condition[] = [];
	if (state === 'left out' || OWN_STATES.has(state)) {
		const own = state === 'left out' ? 'reserved' : state;
		const why = { reserved: " and v.issues = ''", 'left out': " and v.issues <> ''" };
		const more = state === 'reserved' || state === 'left out' ? why[state] : '';
		ways.push({
			sql: `v.state = '${own}' and v.state not in ('filed', 'overtaken')${more}`,
			values: [],
		});
	}
	if (state === 'left out') return ways;
	if (state === 'reserved')
		ways.push({ sql: "v.state = 'filed' and f.state = 'recording'", values: [] });
	const files = yield* query<{ id: number; document_count: number }>(
		`select id, document_count from files where state = ? limit ${FEW_FILES + 1}`,
		state,
	);
	const documents = files.reduce((sum, { document_count: count }) => sum + count, 0);
	if (files.length > FEW_FILES || documents > FEW_DOCUMENTS) {
		// As an expression, or the databases would begin with the files and sort what they find.
		ways.push({ sql: "v.state = 'filed' and coalesce(f.state, '') = ?", values: [state] });
	} else if (files.length > 0) {
		const list = files.map(({ id }) => id).join(', ');
		ways.push({
			sql: `v.state = 'filed' and v.file_id > 0 and v.file_id in (${list})`,
			values: [],
		});
	}
	return ways;
}

/** The newest first; with a date filter by the document's date. */
export async function getDocuments(
	ledger: Ledger,
	filter: DocumentFilter,
	page: Page,
): Promise<Paged<DocumentRow>> {
	const limit = limitOf(page);
	const byDate = Boolean(filter.from ?? filter.to);
	const cursor = readCursor(page);
	const inIndexOrder = byDate && !filter.number && !filter.ownNumber;
	const found = await read(ledger, function* ({ dialect }) {
		const agreements = yield* agreementIds(filter);
		if (inIndexOrder && dialect.inIndexOrder !== '') yield* query(dialect.inIndexOrder);
		const rows = new Map<number, StoredDocument>();
		for (const way of yield* waysToState(filter.state)) {
			for (const agreement of agreements ?? [undefined]) {
				const conditions = [
					...(way.sql === '' ? [] : [way]),
					...(agreement === undefined
						? []
						: [{ sql: byDate ? IN_DATE_ORDER : 'v.agreement_id = ?', values: [agreement] }]),
					...beginsWith('v.number', filter.number),
					...beginsWith('v.own_number', filter.ownNumber),
					...between('v.document_date', filter),
					...after(cursor, byDate),
				];
				const order = byDate ? 'v.document_date desc, v.id desc' : 'v.id desc';
				const part = yield* query<StoredDocument>(
					`${STORED_DOCUMENT} ${DOCUMENT_TABLES} ${conditions.map(({ sql }) => `and ${sql}`).join(' ')} order by ${order} limit ${limit + 1}`,
					...conditions.flatMap(({ values }) => values),
				);
				for (const row of part) rows.set(row.id, row);
			}
		}
		return [...rows.values()];
	});
	const place = (row: StoredDocument) => (byDate ? row.document_date : '');
	found.sort((a, b) => (place(a) === place(b) ? b.id - a.id : place(a) < place(b) ? 1 : -1));
	const rows = found.slice(0, limit);
	const last = rows.at(-1);
	const more = found.length > limit && last !== undefined;
	return {
		rows: rows.map(documentView),
		...(more ? { next: byDate ? `${last.document_date}_${last.id}` : String(last.id) } : {}),
	};
}

interface Cursor {
	readonly date: string;
	readonly id: number;
}

function readCursor({ after: text }: Page): Cursor | undefined {
	if (text === undefined || text === '') return undefined;
	const match = /^(?:([0-9-]*)_)?(\d{1,15})$/.exec(text);
	if (match !== null) return { date: match[1] ?? '', id: Number(match[2]) };
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		`${JSON.stringify(text)} is no page of the ledger`,
		{ path: 'after' },
	);
}

function after(cursor: Cursor | undefined, byDate: boolean): Condition[] {
	if (cursor === undefined) return [];
	if (!byDate) return [{ sql: 'v.id < ?', values: [cursor.id] }];
	return [{ sql: '(v.document_date, v.id) < (?, ?)', values: [cursor.date, cursor.id] }];
}

export async function getFiles(
	ledger: Ledger,
	filter: FileFilter,
	page: Page,
): Promise<Paged<FileRow>> {
	const limit = limitOf(page);
	const cursor = readCursor(page);
	const found = await read(ledger, function* () {
		const agreements = yield* agreementIds(filter);
		const rows: FiledFile[] = [];
		for (const agreement of agreements ?? [undefined]) {
			const equal = (column: string, value: Value | undefined): Condition[] =>
				value === undefined || value === '' ? [] : [{ sql: `${column} = ?`, values: [value] }];
			const conditions = [
				{ sql: "f.state <> 'recording'", values: [] },
				...equal('f.agreement_id', agreement),
				...equal('f.state', filter.state),
				...equal('f.kind', filter.kind),
				...equal('f.control_number', filter.controlNumber),
				...beginsWith('f.name', filter.name),
				...between('f.recorded_at', filter),
				...(cursor === undefined ? [] : [{ sql: 'f.id < ?', values: [cursor.id] }]),
			];
			rows.push(
				...(yield* query<FiledFile>(
					`${FILED_FILE} where ${conditions.map(({ sql }) => sql).join(' and ')} order by f.id desc limit ${limit + 1}`,
					...conditions.flatMap(({ values }) => values),
				)),
			);
		}
		return rows.sort((a, b) => b.id - a.id);
	});
	const rows = found.slice(0, limit);
	const last = rows.at(-1);
	const more = found.length > limit && last !== undefined;
	return { rows: rows.map(fileView), ...(more ? { next: String(last.id) } : {}) };
}

export interface TrailEvent {
	/** Number of the link in the chain. */
	readonly number: number;
	readonly at: string;
	readonly subject: string;
	readonly subjectId: number;
	readonly from: string;
	readonly to: string;
	readonly workflow: string;
	readonly executionId: string;
	readonly node: string;
	readonly mode: string;
	readonly user: string;
	readonly reason: string;
	/** What was written; undefined where it was erased. */
	readonly details: Readonly<Record<string, unknown>> | undefined;
}

export function* eventsOf(tx: ReadTx, ids: readonly number[]): Work<TrailEvent[]> {
	const rows = yield* query<EventRow & { at: string; actor: string | null }>(
		`select e.*, l.at, l.actor from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted
		cross join events e join links l on l.number = e.link
		where e.subject_id = wanted.id order by e.link, e.ordinal`,
		JSON.stringify(ids.map((id) => ({ id }))),
	);
	return rows.map(eventView);
}

function eventView(row: EventRow & { at: string; actor: string | null }): TrailEvent {
	const actor = JSON.parse(row.actor ?? '{}') as Record<string, string>;
	const details =
		row.details === null ? undefined : (JSON.parse(row.details) as Record<string, unknown>);
	return {
		number: row.link,
		at: row.at,
		subject: row.subject,
		subjectId: row.subject_id,
		from: row.state_from,
		to: row.state_to,
		workflow: actor['workflowName'] ?? '',
		executionId: actor['executionId'] ?? '',
		node: actor['node'] ?? '',
		mode: actor['mode'] ?? '',
		user: actor['user'] ?? '',
		reason: typeof details?.['reason'] === 'string' ? details['reason'] : '',
		details,
	};
}

export interface DeliveryAttempt {
	readonly startedAt: string;
	readonly executionId: string;
	/** Empty while it is under way, or where it broke off. */
	readonly endedAt: string;
	readonly outcome: string;
	readonly error: string;
}

export interface AnswerRow {
	readonly acknowledgment: string;
	readonly level: string;
	readonly outcome: string;
	readonly setControlNumber: string;
	readonly summary: string;
	readonly errors: readonly unknown[];
	readonly onBehalf: boolean;
	readonly acknowledgedAt: string;
	/** Whether it changed the state of file or document; if not, `note` says why. */
	readonly applied: boolean;
	readonly note: string;
	/** Of the file it was read from, where its bytes are kept; else 0. */
	readonly receivedId: number;
}

export interface FileDetails {
	readonly file: FileRow;
	readonly documents: DocumentRow[];
	readonly attempts: DeliveryAttempt[];
	readonly answers: AnswerRow[];
	readonly events: TrailEvent[];
}

const DOCUMENTS_SHOWN = 1_000;

export async function getFile(ledger: Ledger, fileId: number): Promise<FileDetails> {
	return await read(ledger, function* (tx) {
		const file = yield* one<FiledFile>(`${FILED_FILE} where f.id = ?`, fileId);
		if (file === undefined) {
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no file ${fileId}`, { path: 'file' });
		}
		const documents = yield* query<StoredDocument>(
			`${STORED_DOCUMENT} from file_versions fv join versions v on v.id = fv.version_id
			join documents d on d.id = v.document_id left join files f on f.id = v.file_id and v.file_id > 0
			join agreements a on a.id = v.agreement_id join companies c on c.id = a.company_id join partners p on p.id = a.partner_id
			where fv.file_id = ? order by v.id limit ${DOCUMENTS_SHOWN}`,
			fileId,
		);
		const events = yield* eventsOf(tx, [fileId]);
		return {
			file: fileView(file),
			documents: documents.map(documentView),
			attempts: attemptsIn(events),
			answers: yield* answersOf(fileId),
			events,
		};
	});
}

function attemptsIn(events: readonly TrailEvent[]): DeliveryAttempt[] {
	const attempts: DeliveryAttempt[] = [];
	for (const { from, to, at, executionId, details } of events) {
		if (to === 'depositing' && details?.['attempts'] !== undefined) {
			attempts.push({ startedAt: at, executionId, endedAt: '', outcome: '', error: '' });
		} else if (from === 'depositing' && details?.['outcome'] !== undefined) {
			const outcome = String(details['outcome']);
			const last = attempts.pop();
			if (last !== undefined) {
				attempts.push({ ...last, endedAt: at, outcome, error: String(details['error'] ?? '') });
			}
		}
	}
	return attempts;
}

function* answersOf(fileId: number): Work<AnswerRow[]> {
	const rows = yield* query<Record<string, string & number>>(
		`select a.*, coalesce((select min(r.id) from received r where r.sha256 = a.sha256 and r.contents = 'kept'), 0) as received_id
		from answers a where a.file_id = ? order by a.id`,
		fileId,
	);
	return rows.map((row) => ({
		acknowledgment: row['acknowledgment']!,
		level: row['level']!,
		outcome: row['outcome']!,
		setControlNumber: row['set_control_number']!,
		summary: row['summary']!,
		errors: JSON.parse(row['errors'] || '[]') as unknown[],
		onBehalf: row['on_behalf'] === 1,
		acknowledgedAt: row['acknowledged_at']!,
		applied: row['applied'] === 1,
		note: row['note']!,
		receivedId: row['received_id']!,
	}));
}

export type WhichDocument =
	| { readonly documentId: number }
	| { readonly agreement: string; readonly key: string; readonly usage?: string | undefined };

export interface DocumentHistory {
	/** As it is now. */
	readonly document: DocumentRow;
	/** Oldest first. */
	readonly versions: DocumentRow[];
	/** Every file that had a version of it. */
	readonly files: FileRow[];
	readonly events: TrailEvent[];
}

export async function getHistory(ledger: Ledger, which: WhichDocument): Promise<DocumentHistory> {
	return await read(ledger, function* (tx) {
		const found =
			'documentId' in which
				? yield* one<{ id: number; version_id: number }>(
						'select id, version_id from documents where id = ?',
						which.documentId,
					)
				: yield* one<{ id: number; version_id: number }>(
						`select d.id, d.version_id from agreements a join documents d on d.agreement_id = a.id
						where a.name = ? and d.document_key = ? and (? = '' or d.usage = ?) order by d.usage limit 1`,
						which.agreement,
						which.key,
						which.usage ?? '',
						which.usage ?? '',
					);
		if (found === undefined) {
			const said =
				'documentId' in which
					? `document ${which.documentId}`
					: `document ${which.key} under '${which.agreement}'`;
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no ${said}`, { path: 'document' });
		}
		const versions = yield* query<StoredDocument>(
			`${STORED_DOCUMENT} from versions v join documents d on d.id = v.document_id
			left join files f on f.id = v.file_id and v.file_id > 0
			join agreements a on a.id = v.agreement_id join companies c on c.id = a.company_id join partners p on p.id = a.partner_id
			where v.document_id = ? order by v.id`,
			found.id,
		);
		const files = yield* query<FiledFile>(
			`${FILED_FILE} where f.id in (select fv.file_id from versions v join file_versions fv on fv.version_id = v.id where v.document_id = ?)
			and f.state <> 'recording' order by f.id`,
			found.id,
		);
		const ids = [...versions.map(({ id }) => id), ...files.map(({ id }) => id)];
		const rows = versions.map(documentView);
		return {
			document: rows.find(({ versionId }) => versionId === found.version_id) ?? rows.at(-1)!,
			versions: rows,
			files: files.map(fileView),
			events: yield* eventsOf(tx, ids),
		};
	});
}

/** A version as the source had it; undefined where it was not kept, or not any more. */
export async function getKeptDocument(
	ledger: Ledger,
	versionId: number,
): Promise<object | undefined> {
	const row = await read(ledger, () =>
		one<{ document: Uint8Array | null }>('select document from versions where id = ?', versionId),
	);
	return readDocument(row?.document ?? null);
}
