import { detailsHash, FIRST_HASH, linkHash } from '../events';
import type { EventRow, Head, LinkRow } from '../events';
import { lossError, markTrouble, parseMark } from '../mark';
import { one, query } from '../port';
import type { ReadTx, Row, Work } from '../port';
import { joinParts } from '../slices';
import { AUDITED_TABLES, FILES, VERSIONS } from '../tables';
import type { AuditedTable } from '../tables';
import { readIn } from '../transaction';
import type { Ledger } from '../transaction';
import { sha256 } from '../../text';

export interface CheckProblem {
	/** What was touched: `entry 17`, `versions 55`, `files 9`. */
	readonly what: string;
	readonly message: string;
}

export interface CheckOptions {
	/** A head from an earlier digest, `number:hash`: finds a chain that was cut off. */
	readonly head?: string | undefined;
	/** `next` of the slice before. */
	readonly after?: string | undefined;
}

export interface CheckSlice {
	readonly done: boolean;
	readonly problems: CheckProblem[];
	readonly head: Head;
	readonly next?: string;
}

const EVENTS_A_SLICE = 1_500;
const IDS_A_SLICE = 1_000;

/**
 * One slice of the check. First the chain: every link and event is what was hashed. Then the rows:
 * each is what its events say. Then the kept bytes: each file has those that were recorded.
 */
export async function check(ledger: Ledger, options: CheckOptions = {}): Promise<CheckSlice> {
	const [phase = 'chain', place = '0', hash = FIRST_HASH] = (options.after ?? '')
		.split(':')
		.filter(Boolean);
	return await ledger.store.session(async (session) => {
		if (phase === 'bytes') {
			const found = await readIn(ledger, session, (tx) => nextBytes(tx, Number(place)));
			return await checkBytes(found);
		}
		return await readIn(ledger, session, (tx) =>
			phase === 'rows'
				? checkRows(tx, Number(place))
				: checkChain(ledger, tx, Number(place), hash, options.head),
		);
	});
}

/** The whole ledger, slice after slice; `cancelled` is asked before each. */
export async function checkAll(
	ledger: Ledger,
	options: { readonly head?: string | undefined; readonly cancelled?: () => boolean } = {},
): Promise<{ readonly done: boolean; readonly problems: CheckProblem[]; readonly head: Head }> {
	const problems: CheckProblem[] = [];
	for (let after = ''; ; ) {
		const slice = await check(ledger, { head: options.head, after });
		problems.push(...slice.problems);
		if (slice.done || options.cancelled?.() === true)
			return { done: slice.done, problems, head: slice.head };
		after = slice.next!;
		await ledger.ports.wait(0);
	}
}

export async function getHead(ledger: Ledger): Promise<Head> {
	return await ledger.store.session((session) =>
		// eslint-disable-next-line require-yield
		readIn(ledger, session, function* (tx) {
			return headOf(tx);
		}),
	);
}

function headOf({ record }: ReadTx): Head {
	return { number: record.head, hash: record.hash, at: record.head_at };
}

function* checkChain(
	ledger: Ledger,
	tx: ReadTx,
	after: number,
	previousHash: string,
	knownHead: string | undefined,
): Work<CheckSlice> {
	const problems: CheckProblem[] = [];
	if (after === 0) problems.push(...(yield* checkEnds(ledger, tx, knownHead)));
	const links: LinkRow[] = [];
	let events = 0;
	for (const link of yield* query<LinkRow>(
		'select * from links where number > ? order by number limit 500',
		after,
	)) {
		if (links.length > 0 && events + link.events > EVENTS_A_SLICE) break;
		links.push(link);
		events += link.events;
	}
	const last = links.at(-1);
	const rows = yield* query<EventRow>(
		'select * from events where link > ? and link <= ? order by link, ordinal',
		after,
		last?.number ?? after,
	);
	const byLink = new Map<number, EventRow[]>();
	for (const row of rows) {
		const known = byLink.get(row.link);
		if (known === undefined) byLink.set(row.link, [row]);
		else known.push(row);
	}
	let hash = previousHash;
	let number = after;
	for (const link of links) {
		problems.push(...linkProblems(link, hash, number, byLink.get(link.number) ?? []));
		hash = link.hash;
		number = link.number;
	}
	if (last !== undefined && last.number < tx.record.head) {
		return { done: false, problems, head: headOf(tx), next: `chain:${last.number}:${hash}` };
	}
	if (number !== tx.record.head || hash !== tx.record.hash) {
		const message = `The chain ends at entry ${number}; the ledger says ${tx.record.head}. Entries were removed or put in`;
		problems.push({ what: `entry ${number}`, message });
	}
	return { done: false, problems, head: headOf(tx), next: 'rows:0' };
}

/** Whether the end of the chain is one that somebody else has seen. */
function* checkEnds(
	ledger: Ledger,
	tx: ReadTx,
	knownHead: string | undefined,
): Work<CheckProblem[]> {
	const problems: CheckProblem[] = [];
	const mark = parseMark(ledger.store.readMark());
	const trouble = yield* markTrouble(mark, tx.record);
	if (trouble !== '')
		problems.push({ what: 'mark', message: lossError(trouble, mark, tx.record).message });
	const [, number = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/.exec(knownHead ?? '') ?? [];
	if (number === '') return problems;
	const link = yield* one<LinkRow>('select * from links where number = ?', Number(number));
	if (link?.hash !== hash) {
		const message = `Entry ${number} is not the one that was the head at the time of the digest: entries were removed or changed since`;
		problems.push({ what: `entry ${number}`, message });
	}
	return problems;
}

function linkProblems(
	link: LinkRow,
	previous: string,
	before: number,
	events: readonly EventRow[],
): CheckProblem[] {
	const what = `entry ${link.number}`;
	const found: CheckProblem[] = [];
	const add = (message: string) =>
		found.push({ what, message: `${what} (${link.at}): ${message}` });
	if (link.number !== before + 1)
		add(`the entries between ${before} and ${link.number} are missing`);
	if (events.length !== link.events) add(`it has ${events.length} events and had ${link.events}`);
	if (link.actor !== null && detailsHash(link.salt ?? '', link.actor) !== link.actor_hash) {
		add('who did it was changed');
	}
	for (const event of events) {
		if (event.details === null) continue;
		if (detailsHash(event.salt ?? '', event.details) !== event.details_hash) {
			add(
				`the details of event ${event.ordinal} about ${event.subject} ${event.subject_id} were changed`,
			);
		}
	}
	if (found.length === 0 && linkHash(previous, link, events) !== link.hash) {
		const about = [
			...new Set(events.map(({ subject, subject_id }) => `${subject} ${subject_id}`)),
		].slice(0, 5);
		add(`it was changed, or one of its events about ${about.join(', ')}`);
	}
	return found;
}

interface Folded {
	readonly subject: string;
	readonly columns: Record<string, unknown>;
	erased: boolean;
	/** Of a version: the document it is of, and the hash of its kept bytes. */
	document?: Record<string, unknown>;
	kept?: string;
	/** Of a counter: numbers that were left out on purpose. */
	leftOut: number;
	/** Of a file: its documents. */
	readonly attached: Map<number, string>;
}

function fold(events: readonly EventRow[]): Map<number, Folded> {
	const subjects = new Map<number, Folded>();
	for (const event of events) {
		const known = subjects.get(event.subject_id);
		const folded: Folded = known ?? {
			subject: event.subject,
			columns: {},
			erased: false,
			leftOut: 0,
			attached: new Map(),
		};
		if (known === undefined) subjects.set(event.subject_id, folded);
		if (event.details === null) {
			folded.erased = true;
			continue;
		}
		const { document, kept, versions, voided, ...columns } = JSON.parse(event.details) as Record<
			string,
			unknown
		>;
		Object.assign(folded.columns, columns);
		if (document !== undefined) folded.document = document as Record<string, unknown>;
		if (Array.isArray(voided)) folded.leftOut += Number(voided[1]) - Number(voided[0]) + 1;
		if (kept !== undefined) folded.kept = String(kept);
		for (const version of (versions ?? []) as unknown[][]) {
			folded.attached.set(Number(version[0]), JSON.stringify(version));
		}
	}
	return subjects;
}

function* checkRows(tx: ReadTx, after: number): Work<CheckSlice> {
	const upTo = after + IDS_A_SLICE;
	const problems: CheckProblem[] = [];
	const events = yield* query<EventRow>(
		'select * from events where subject_id > ? and subject_id <= ? order by subject_id, link, ordinal',
		after,
		upTo,
	);
	const subjects = fold(events);
	const seen = new Set<number>();
	for (const table of AUDITED_TABLES) {
		const rows = yield* query(
			`select * from ${table.name} where id > ? and id <= ? order by id`,
			after,
			upTo,
		);
		for (const row of rows) {
			const id = Number(row['id']);
			seen.add(id);
			problems.push(...rowProblems(table, row, subjects.get(id)));
		}
	}
	for (const [id, { subject }] of subjects) {
		if (seen.has(id) || subject === 'ledger') continue;
		problems.push({ what: `${subject} ${id}`, message: `${subject} ${id} was removed` });
	}
	problems.push(
		...(yield* documentProblems(subjects, after, upTo)),
		...(yield* attachedProblems(subjects, after, upTo)),
		...(yield* numberProblems(subjects, after, upTo)),
	);
	const more = upTo < tx.record.next_id;
	return { done: false, problems, head: headOf(tx), next: more ? `rows:${upTo}` : 'bytes:0' };
}

function rowProblems(table: AuditedTable, row: Row, folded: Folded | undefined): CheckProblem[] {
	const what = `${table.name} ${row['id']}`;
	if (folded === undefined || folded.subject !== table.name) {
		return [{ what, message: `${what} was put in beside the ledger: no event tells of it` }];
	}
	const problems: CheckProblem[] = [];
	for (const column of Object.keys(table.columns)) {
		if (column === 'id' || table.unrecorded.includes(column)) continue;
		const expected = folded.columns[column];
		if (expected === undefined && folded.erased) continue;
		if (row[column] === expected || followsFile(table, column, row, expected)) continue;
		const message = `${what}: ${column} is ${shown(row[column])}; its events say ${shown(expected)}`;
		problems.push({ what, message });
	}
	const { document } = row;
	if (
		folded.kept !== undefined &&
		document instanceof Uint8Array &&
		sha256(document) !== folded.kept
	) {
		problems.push({ what, message: `${what}: the kept document was changed` });
	}
	return problems;
}

/** A version that is filed has no event of its own: its file's event lists it (`attachedProblems`). */
function followsFile(table: AuditedTable, column: string, row: Row, expected: unknown): boolean {
	if (table.name !== VERSIONS.name) return false;
	if (column === 'state') return row['state'] === 'filed' && Number(row['file_id']) > 0;
	return column === 'file_id' && expected === 0;
}

function shown(value: unknown): string {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function* documentProblems(
	subjects: ReadonlyMap<number, Folded>,
	after: number,
	upTo: number,
): Work<CheckProblem[]> {
	const rows = yield* query<{
		version: number;
		id: number;
		agreement_id: number;
		usage: string;
		document_key: string;
	}>(
		`select v.id as version, d.* from versions v join documents d on d.id = v.document_id where v.id > ? and v.id <= ?`,
		after,
		upTo,
	);
	const problems = rows.flatMap((row) => {
		const expected = subjects.get(row.version)?.document;
		if (expected === undefined) return [];
		const same = ['agreement_id', 'usage', 'document_key'].every(
			(column) => expected[column] === row[column as 'id'],
		);
		const what = `documents ${row.id}`;
		return same
			? []
			: [{ what, message: `${what} is not the document that version ${row.version} was made of` }];
	});
	const lost = yield* query<{ id: number }>(
		`select d.id from documents d left join versions v on v.id = d.version_id and v.document_id = d.id
		where d.id > ? and d.id <= ? and v.id is null`,
		after,
		upTo,
	);
	for (const { id } of lost) {
		problems.push({
			what: `documents ${id}`,
			message: `documents ${id} names a version that is not there`,
		});
	}
	return problems;
}

/** Every number from the first to the last is in a file, reserved, voided, or left out on purpose. */
function* numberProblems(
	subjects: ReadonlyMap<number, Folded>,
	after: number,
	upTo: number,
): Work<CheckProblem[]> {
	const rows = yield* query<{ id: number; first: number; next: number; known: number }>(
		`select c.id, c.first_number as first, c.next_number as next, count(n.id) as known
		from counters c left join numbers n on n.counter_id = c.id where c.id > ? and c.id <= ?
		group by c.id, c.first_number, c.next_number`,
		after,
		upTo,
	);
	return rows.flatMap(({ id, first, next, known }) => {
		const counter = subjects.get(id);
		const lost = next - first - known - (counter?.leftOut ?? 0);
		if (lost === 0 || counter?.erased === true) return [];
		return [{ what: `counters ${id}`, message: `counters ${id}: ${lost} control numbers are in no file and not voided` }];
	});
}

function* attachedProblems(
	subjects: ReadonlyMap<number, Folded>,
	after: number,
	upTo: number,
): Work<CheckProblem[]> {
	const rows = yield* query<Record<string, string & number>>(
		`select fv.*, v.file_id as current_file, v.id as version from file_versions fv left join versions v on v.id = fv.version_id
		where fv.file_id > ? and fv.file_id <= ?`,
		after,
		upTo,
	);
	const problems: CheckProblem[] = [];
	const found = new Map<number, Set<number>>();
	for (const row of rows) {
		const file = subjects.get(row['file_id']!);
		const id = row['version_id']!;
		const said = JSON.stringify([
			id,
			row['set_control_number'],
			row['group_control_number'],
			row['purpose'],
		]);
		found.set(row['file_id']!, (found.get(row['file_id']!) ?? new Set()).add(id));
		if (file === undefined || file.erased || file.attached.get(id) === said) continue;
		const message = `files ${row['file_id']}: document version ${id} in it was changed or put in`;
		problems.push({ what: `files ${row['file_id']}`, message });
	}
	for (const [id, { subject, attached, erased }] of subjects) {
		if (subject !== FILES.name || erased) continue;
		for (const version of attached.keys()) {
			if (found.get(id)?.has(version)) continue;
			problems.push({
				what: `files ${id}`,
				message: `files ${id}: document version ${version} was taken out of it`,
			});
		}
	}
	const loose = yield* query<{ id: number }>(
		`select v.id from versions v left join file_versions fv on fv.file_id = v.file_id and fv.version_id = v.id
		where v.id > ? and v.id <= ? and v.file_id > 0 and fv.file_id is null
		union all
		select v.id from versions v join file_versions fv on fv.version_id = v.id join files f on f.id = fv.file_id
		where v.id > ? and v.id <= ? and v.file_id = 0 and f.state <> 'recording'`,
		after,
		upTo,
		after,
		upTo,
	);
	for (const { id } of loose) {
		problems.push({
			what: `versions ${id}`,
			message: `versions ${id} is not in the file that its row says`,
		});
	}
	return problems;
}

interface KeptBytes {
	readonly head: Head;
	readonly owner:
		| { readonly id: number; readonly name: string; readonly sha256: string; readonly kind: string }
		| undefined;
	readonly parts: readonly Uint8Array[];
}

/** The next file, outgoing or received, whose bytes should be there. */
function* nextBytes(tx: ReadTx, after: number): Work<KeptBytes> {
	const owner = yield* one<NonNullable<KeptBytes['owner']>>(
		`select id, name, sha256, 'files' as kind from files where id > ? and contents = 'kept' and state <> 'recording'
		union all select id, name, sha256, 'received' as kind from received where id > ? and contents = 'kept'
		order by id limit 1`,
		after,
		after,
	);
	const parts = yield* query<{ bytes: Uint8Array }>(
		'select bytes from contents where owner_id = ? order by part',
		owner?.id ?? 0,
	);
	return { head: headOf(tx), owner, parts: parts.map(({ bytes }) => bytes) };
}

async function checkBytes({ head, owner, parts }: KeptBytes): Promise<CheckSlice> {
	if (owner === undefined) return { done: true, problems: [], head };
	const bytes = parts.length === 0 ? undefined : await joinParts(parts).catch(() => undefined);
	const what = `${owner.kind} ${owner.id}`;
	const problems: CheckProblem[] = [];
	if (parts.length === 0)
		problems.push({ what, message: `${what}: the bytes of ${owner.name} are gone` });
	else if (bytes === undefined || sha256(bytes) !== owner.sha256) {
		problems.push({
			what,
			message: `${what}: the bytes of ${owner.name} are not those that were recorded`,
		});
	}
	return { done: false, problems, head, next: `bytes:${owner.id}` };
}
