import { markTrouble, parseMark } from '../mark';
import { one, query } from '../port';
import type { ReadTx, Work } from '../port';
import { addSeconds, read } from '../transaction';
import type { Ledger } from '../transaction';

export type ToDoKind =
	| 'ledger lost'
	| 'files failed'
	| 'files stranded'
	| 'files in doubt'
	| 'files overdue'
	| 'files rejected'
	| 'documents refused'
	| 'documents rejected'
	| 'documents held'
	| 'documents left behind'
	| 'answers contradicting'
	| 'received files unanswered'
	| 'numbers unused'
	| 'ledger large';

/** Something that waits for a person, or soon will. */
export interface ToDo {
	readonly kind: ToDoKind;
	readonly count: number;
	/** What to do, in one sentence. */
	readonly message: string;
	/** Names or numbers of the first twenty. */
	readonly examples: readonly string[];
}

const SHOWN = 20;
const COUNTED = 1_000;

interface Rule {
	readonly kind: ToDoKind;
	/** Rows with a `name`; `?` is given the time that the rule asks for. */
	readonly sql: string;
	/** Seconds before now. */
	readonly before?: number;
	readonly message: string;
}

const DAY = 86_400;
/** The few versions that are open first, then whether each is its document's current one. */
const CURRENT = 'from versions v cross join documents d';
const IS_CURRENT =
	"d.id = v.document_id and d.version_id = v.id and v.state not in ('filed', 'overtaken')";

const RULES: readonly Rule[] = [
	{
		kind: 'files failed',
		sql: "select name from files where state = 'failed'",
		message: 'Replay sends them; see why in each file.',
	},
	{
		kind: 'files stranded',
		sql: "select name from files where state in ('encoded', 'depositing') and lease_until <= ?",
		message: 'Their run broke off; replay sends them.',
	},
	{
		kind: 'files in doubt',
		sql: "select name from files where state = 'in doubt'",
		message: 'Ask the partner whether he has them, then replay or record the pick-up.',
	},
	{
		kind: 'files overdue',
		sql: "select name from files where state = 'overdue'",
		message: 'The partner has not answered in time; ask him.',
	},
	{
		kind: 'files rejected',
		// Of which a document has not gone out anew.
		sql: `select f.name from files f where f.state = 'rejected' and exists (select 1 from versions v join documents d
			on d.id = v.document_id where v.file_id = f.id and v.file_id > 0 and v.state = 'filed' and d.version_id = v.id)`,
		message: 'Read what the partner says; they go out anew when the documents are read again.',
	},
	{
		kind: 'documents refused',
		sql: `select v.number as name ${CURRENT} where v.state = 'refused' and ${IS_CURRENT}`,
		message: 'Correct them in Exact or in the agreement; they are taken when they are read again.',
	},
	{
		kind: 'documents rejected',
		sql: `select v.number as name ${CURRENT} where v.state = 'rejected' and ${IS_CURRENT}`,
		message: 'Read what the partner says; they go out anew when they are read again.',
	},
	{
		kind: 'documents held',
		sql: `select v.number as name ${CURRENT} where v.state = 'held' and ${IS_CURRENT}`,
		message: 'Decide: release them as replacement, as original, or never.',
	},
	{
		kind: 'documents left behind',
		sql: `select v.number as name ${CURRENT} where v.state in ('reserved', 'released') and v.issues = '' and ${IS_CURRENT} and v.lease_until <= ?`,
		before: DAY,
		message: 'Their run broke off before their file was recorded; the nightly sweep takes them.',
	},
	{
		kind: 'answers contradicting',
		sql: "select f.name from answers a join files f on f.id = a.file_id where a.applied = 0 and a.note <> '' and a.on_behalf = 0",
		message: 'The partner has answered twice, in different ways; ask him which one counts.',
	},
	{
		kind: 'received files unanswered',
		sql: "select name from received where state in ('failed', 'being answered') and lease_until <= ?",
		message: 'They are answered when they are picked up again.',
	},
	{
		kind: 'numbers unused',
		sql: "select cast(n.number as text) as name from numbers n where n.state = 'reserved' and n.reserved_at <= ?",
		before: DAY,
		message: 'Reserved by runs that recorded no file; replay voids them.',
	},
];

export interface ToDoOptions {
	/** From how many bytes on the ledger is called large. */
	readonly sizeBudget?: number | undefined;
}

const DEFAULT_BUDGET = 4 * 1024 ** 3;

/** What waits for a person. */
export async function getToDo(ledger: Ledger, options: ToDoOptions = {}): Promise<ToDo[]> {
	return await read(ledger, function* (tx) {
		const found: ToDo[] = [];
		const trouble = yield* markTrouble(parseMark(ledger.store.readMark()), tx.record);
		if (trouble !== '') {
			const message =
				'The ledger is not the one that was written last; nothing is sent (docs/ledger.md, "Restore").';
			found.push({ kind: 'ledger lost', count: 1, message, examples: [] });
		}
		for (const rule of RULES) {
			const toDo = yield* look(tx, rule);
			if (toDo.count > 0) found.push(toDo);
		}
		const size = yield* one<{ bytes: number }>(tx.dialect.size);
		const budget = options.sizeBudget ?? DEFAULT_BUDGET;
		if (size!.bytes > budget) {
			const megabytes = Math.round(size!.bytes / 1024 ** 2);
			const message = `The ledger has ${megabytes} MB; prune old bytes or give it more room.`;
			found.push({ kind: 'ledger large', count: 1, message, examples: [] });
		}
		return found;
	});
}

function* look(tx: ReadTx, { kind, sql, before = 0, message }: Rule): Work<ToDo> {
	const at = sql.includes('?') ? [addSeconds(tx.now, -before)] : [];
	const rows = yield* query<{ name: string }>(`${sql} limit ${COUNTED}`, ...at);
	return {
		kind,
		count: rows.length,
		message,
		examples: rows.slice(0, SHOWN).map(({ name }) => name),
	};
}
