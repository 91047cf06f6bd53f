import { query } from '../port';
import type { Actor, Tx, Work } from '../port';
import { pause } from '../slices';
import { ANSWER_STATES, FILE_TRANSITIONS, isOneOf, VERSION_TRANSITIONS } from '../states';
import type { FileState, VersionState } from '../states';
import { ANSWERS, FILES, insertRows, updateRows, VERSIONS } from '../tables';
import type { StoredFile } from '../tables';
import { cleanText } from '../text';
import { writeIn } from '../transaction';
import type { Ledger } from '../transaction';
import { sha256 } from '../../text';
import { plainNumber } from './record';

/** What a partner says of an interchange, group, set, message or document of ours; an item of *Reconcile*. */
export interface ReconciledAnswer {
	readonly acknowledgment: 'TA1' | '997' | '999' | 'CONTRL' | '824' | 'APERAK';
	readonly level: 'interchange' | 'group' | 'set' | 'message' | 'document';
	readonly outcome: string;
	readonly status: string;
	/** Of our file: the receiver of the acknowledgment. */
	readonly sender: string;
	readonly receiver: string;
	readonly interchangeControlNumber: string;
	readonly groupControlNumber: string;
	readonly setControlNumber: string;
	/** 824 and APERAK: often all that they name. */
	readonly documentNumber?: string | undefined;
	readonly acknowledgmentControlNumber: string;
	readonly acknowledgedAt: string;
	readonly summary: string;
	readonly errors: readonly object[];
	/** Hash of the file it was in, and its position there: a repeated one changes nothing. */
	readonly sha256?: string | undefined;
	readonly position?: number | undefined;
	/** A receipt that we write for a file that the partner's system took: evidence of its own. */
	readonly onBehalf?: boolean | undefined;
}

export interface AnswerResult {
	readonly index: number;
	readonly outcome: 'recorded' | 'repeated' | 'unknown file' | 'ours' | 'on behalf' | 'contradicts';
	/** 0 and empty where no file of ours is meant. */
	readonly fileId: number;
	readonly file: string;
	readonly stateBefore: string;
	readonly state: string;
	/** Numbers of the documents whose state it changed by themselves. */
	readonly documents: string[];
	readonly note: string;
}

interface Found {
	readonly index: number;
	readonly answer: ReconciledAnswer;
	readonly hash: string;
	readonly position: number;
}

/** The answers to one file together: a group's verdict and its sets' come in one acknowledgment. */
export async function recordAcknowledgment(
	ledger: Ledger,
	answers: readonly ReconciledAnswer[],
	actor: Actor,
): Promise<AnswerResult[]> {
	const groups = new Map<string, Found[]>();
	answers.forEach((answer, index) => {
		const { hash, position } = identityOf(answer);
		const about = subjectOf(answer);
		const key = JSON.stringify(about);
		const found = { index, answer, hash, position };
		const known = groups.get(key);
		if (known === undefined) groups.set(key, [found]);
		else known.push(found);
	});
	const results: AnswerResult[] = [];
	await ledger.store.session(async (session) => {
		for (const group of groups.values()) {
			results.push(...(await writeIn(ledger, session, actor, {}, (tx) => recordGroup(tx, group))));
			await pause(ledger);
		}
	});
	return results.sort((a, b) => a.index - b.index);
}

/** Items without hash and position are known by what they say. */
function identityOf(answer: ReconciledAnswer): { hash: string; position: number } {
	if (answer.sha256 !== undefined && answer.sha256 !== '' && answer.position !== undefined) {
		return { hash: answer.sha256, position: answer.position };
	}
	const {
		acknowledgment,
		level,
		status,
		sender,
		receiver,
		acknowledgmentControlNumber,
		acknowledgedAt,
	} = answer;
	const { interchangeControlNumber, groupControlNumber, setControlNumber } = answer;
	const said = [
		acknowledgment,
		level,
		status,
		sender,
		receiver,
		acknowledgmentControlNumber,
		acknowledgedAt,
	];
	const about = [interchangeControlNumber, groupControlNumber, setControlNumber];
	if (answer.documentNumber !== undefined) about.push(answer.documentNumber);
	return { hash: sha256(JSON.stringify([...said, ...about])), position: 0 };
}

interface Subject {
	readonly format: 'X12' | 'EDIFACT';
	readonly sender: string;
	readonly receiver: string;
	readonly kind: 'interchange' | 'group' | 'document';
	readonly number: string;
	/** Where a document is named, and its group as well. */
	readonly group?: string;
}

/** TA1 and CONTRL name the interchange, 997 and 999 the group alone, application answers the document. */
function subjectOf(answer: ReconciledAnswer): Subject {
	const byInterchange = answer.interchangeControlNumber.trim() !== '';
	const { acknowledgment, sender, receiver, documentNumber = '' } = answer;
	const parties = {
		format: acknowledgment === 'CONTRL' || acknowledgment === 'APERAK' ? 'EDIFACT' : 'X12',
		sender: cleanText(sender),
		receiver: cleanText(receiver),
	} as const;
	if (isOfApplication(answer) && documentNumber.trim() !== '') {
		const group = plainNumber(cleanText(answer.groupControlNumber));
		return { ...parties, kind: 'document', number: cleanText(documentNumber), group };
	}
	return {
		...parties,
		kind: byInterchange ? 'interchange' : 'group',
		number: plainNumber(
			cleanText(byInterchange ? answer.interchangeControlNumber : answer.groupControlNumber),
		),
	};
}

/** What an application says comes after the verdict of the gateway, and is about documents alone. */
function isOfApplication({ acknowledgment }: ReconciledAnswer): boolean {
	return acknowledgment === '824' || acknowledgment === 'APERAK';
}

interface Meant {
	readonly file: StoredFile | undefined;
	/** Why it is none. */
	readonly note: string;
}

/**
 * The newest file in which the partner has the document. Suppliers' numbers can meet by chance: then the
 * group decides. It decides as well where the partner names a document by a number of its own.
 */
function* fileOfDocument(subject: Subject): Work<Meant> {
	const { format, sender, receiver, number, group = '' } = subject;
	const rows = yield* query<StoredFile & { readonly document_id: number }>(
		`select f.*, v.document_id from versions v join files f on f.id = v.file_id
		where v.number = ? and f.sender = ? and f.receiver = ? and f.format = ?
		and f.kind = 'documents' and f.state <> 'recording' order by f.id desc limit 100`,
		number,
		sender,
		receiver,
		format,
	);
	if (rows.length === 0 && group !== '') {
		return { file: yield* fileOf({ ...subject, kind: 'group', number: group }), note: '' };
	}
	const documents = (some: typeof rows): number => new Set(some.map((row) => row.document_id)).size;
	if (documents(rows) < 2) return { file: rows[0], note: '' };
	const inGroup = rows.filter((row) =>
		(JSON.parse(row.group_control_numbers) as string[]).some((one) => plainNumber(one) === group),
	);
	if (documents(inGroup) === 1) return { file: inGroup[0], note: '' };
	return {
		file: undefined,
		note: `${documents(rows)} documents have the number ${number}: read it`,
	};
}

function* meantBy(subject: Subject): Work<Meant> {
	if (subject.kind === 'document') return yield* fileOfDocument(subject);
	return { file: yield* fileOf(subject), note: '' };
}

function* fileOf(subject: Subject): Work<StoredFile | undefined> {
	const rows = yield* query<StoredFile>(
		`select f.* from file_numbers n join files f on f.id = n.file_id
		where n.sender = ? and n.receiver = ? and n.kind = ? and n.number = ?
		and f.format = ? and f.kind = 'documents' and f.state <> 'recording' order by f.id desc limit 1`,
		subject.sender,
		subject.receiver,
		subject.kind,
		subject.number,
		subject.format,
	);
	return rows[0];
}

function* recordGroup(tx: Tx, group: readonly Found[]): Work<AnswerResult[]> {
	const results: AnswerResult[] = [];
	const { file, note } = yield* meantBy(subjectOf(group[0]!.answer));
	const ours = yield* ownHashes(tx, group);
	const repeated = yield* knownAnswers(tx, group);
	const fresh: Found[] = [];
	for (const found of group) {
		const outcome =
			file === undefined
				? 'unknown file'
				: ours.has(found.hash) && found.answer.onBehalf !== true
					? 'ours'
					: repeated.has(answerName(found))
						? 'repeated'
						: undefined;
		if (outcome === undefined) {
			fresh.push(found);
			repeated.add(answerName(found));
			continue;
		}
		results.push({
			index: found.index,
			outcome,
			fileId: file?.id ?? 0,
			file: file?.name ?? '',
			stateBefore: file?.state ?? '',
			state: file?.state ?? '',
			documents: [],
			note,
		});
	}
	if (file !== undefined && fresh.length > 0)
		results.push(...(yield* applyAnswers(tx, file, fresh)));
	return results;
}

function answerName({ hash, position, answer }: Found): string {
	return `${hash} ${position} ${answer.onBehalf === true ? 1 : 0}`;
}

/** An acknowledgment that we made ourselves is never taken for the partner's. */
function* ownHashes(tx: Tx, group: readonly Found[]): Work<Set<string>> {
	const rows = yield* query<{ sha256: string }>(
		`select f.sha256 from ${tx.dialect.rowsOf({ sha256: 'text' })} as wanted cross join files f
		where f.sha256 = wanted.sha256 and f.kind = 'acknowledgment'`,
		JSON.stringify([...new Set(group.map(({ hash }) => hash))].map((hash) => ({ sha256: hash }))),
	);
	return new Set(rows.map((row) => row.sha256));
}

function* knownAnswers(tx: Tx, group: readonly Found[]): Work<Set<string>> {
	const rows = yield* query<{ sha256: string; position: number; on_behalf: number }>(
		`select a.sha256, a.position, a.on_behalf from ${tx.dialect.rowsOf({ sha256: 'text', position: 'integer' })} as wanted
		cross join answers a where a.sha256 = wanted.sha256 and a.position = wanted.position`,
		JSON.stringify(group.map(({ hash, position }) => ({ sha256: hash, position }))),
	);
	return new Set(rows.map((row) => `${row.sha256} ${row.position} ${row.on_behalf}`));
}

interface FiledSet {
	readonly id: number;
	readonly number: string;
	readonly state: string;
	readonly set_control_number: string;
	readonly group_control_number: string;
}

/** Verdicts that say something of the file's contents. */
function verdictOf({ acknowledgment, level, outcome }: ReconciledAnswer): FileState | undefined {
	if (isOneOf(ANSWER_STATES, outcome)) {
		// A TA1 that rejects nothing says only that the interchange arrived.
		return acknowledgment === 'TA1' && level === 'interchange' && outcome !== 'rejected'
			? 'picked up'
			: outcome;
	}
	return outcome === 'received' ? 'picked up' : undefined;
}

function* applyAnswers(tx: Tx, file: StoredFile, answers: readonly Found[]): Work<AnswerResult[]> {
	const sets = yield* query<FiledSet>(
		`select v.id, v.number, v.state, fv.set_control_number, fv.group_control_number
		from file_versions fv join versions v on v.id = fv.version_id
		where fv.file_id = ? and v.file_id = ? order by v.id`,
		file.id,
		file.id,
	);
	const partners = answers.filter(({ answer }) => answer.onBehalf !== true);
	const ofGateway = partners.filter(({ answer }) => !isOfApplication(answer));
	const verdict = yield* fileVerdict(file, ofGateway);
	const stateBefore = file.state as FileState;
	const changes = verdict !== undefined && verdict !== stateBefore;
	const allowed = changes && FILE_TRANSITIONS[stateBefore].includes(verdict);
	const state = allowed ? verdict : stateBefore;
	const behalf = answers.find(({ answer }) => answer.onBehalf === true);
	yield* writeFile(tx, file, allowed ? verdict : undefined, ofGateway, behalf?.answer.outcome);
	const { changed: documents, blocked } = yield* writeVersions(
		tx,
		stateBefore,
		state,
		sets,
		partners,
	);
	// That it arrived is no contradiction to anything.
	const contradicts = (changes && !allowed && verdict !== 'picked up') || blocked;
	const rows = answers.map(({ answer, hash, position }) => {
		const unclear = isOfApplication(answer) && answer.outcome === 'unknown';
		const note = unclear
			? 'the answer is of a kind that is not known: read it'
			: contradicts && answer.onBehalf !== true
				? isOfApplication(answer)
					? 'another answer about the document stands already'
					: `the file is ${stateBefore} already`
				: '';
		return {
			id: tx.newId(),
			sha256: hash,
			position,
			file_id: file.id,
			acknowledgment: answer.acknowledgment,
			level: answer.level,
			outcome: cleanText(answer.outcome),
			status: cleanText(answer.status),
			set_control_number: cleanText(
				answer.setControlNumber || answer.groupControlNumber || (answer.documentNumber ?? ''),
			),
			summary: cleanText(answer.summary),
			errors: JSON.stringify(answer.errors.slice(0, 100)),
			on_behalf: answer.onBehalf === true ? 1 : 0,
			acknowledged_at: cleanText(answer.acknowledgedAt),
			applied: answer.onBehalf === true || contradicts || unclear ? 0 : 1,
			note,
		};
	});
	yield* insertRows(tx, ANSWERS, rows);
	return answers.map(({ index, answer }, position) => ({
		index,
		outcome: answer.onBehalf === true ? 'on behalf' : contradicts ? 'contradicts' : 'recorded',
		fileId: file.id,
		file: file.name,
		stateBefore,
		state,
		documents: documentsMeant(answer, documents, sets),
		note: rows[position]!.note,
	}));
}

function documentsMeant(
	answer: ReconciledAnswer,
	changed: ReadonlySet<number>,
	sets: readonly FiledSet[],
): string[] {
	if (answer.onBehalf === true) return [];
	return sets
		.filter((set) => changed.has(set.id) && speaksOf(answer, set, sets))
		.map(({ number }) => number);
}

function speaksOf(
	answer: ReconciledAnswer,
	set: FiledSet,
	sets: readonly FiledSet[],
): boolean {
	const { level, setControlNumber, documentNumber = '' } = answer;
	const named = cleanText(documentNumber);
	if (named !== '' && sets.some(({ number }) => number === named)) return set.number === named;
	const group = plainNumber(answer.groupControlNumber);
	if (group !== '' && set.group_control_number !== '' && group !== set.group_control_number)
		return false;
	if (level === 'group' || level === 'interchange') return true;
	return (
		setControlNumber.trim() !== '' &&
		plainNumber(setControlNumber) === plainNumber(set.set_control_number)
	);
}

/** What the file as a whole comes to: the interchange's verdict, or that of all its groups. */
function* fileVerdict(file: StoredFile, answers: readonly Found[]): Work<FileState | undefined> {
	const whole = answers.map(({ answer }) => answer).filter(({ level }) => level === 'interchange');
	const verdicts = whole.flatMap((answer) => verdictOf(answer) ?? []);
	const decisive = verdicts.find((verdict) => verdict !== 'picked up') ?? verdicts[0];
	const groups = new Map<string, FileState>();
	const before = yield* query<{ outcome: string; set_control_number: string }>(
		"select outcome, set_control_number from answers where file_id = ? and level = 'group' and on_behalf = 0 order by id",
		file.id,
	);
	for (const { outcome, set_control_number } of before) {
		if (isOneOf(ANSWER_STATES, outcome)) groups.set(plainNumber(set_control_number), outcome);
	}
	const known = groups.size;
	for (const { answer } of answers) {
		const verdict = answer.level === 'group' ? verdictOf(answer) : undefined;
		if (verdict !== undefined) groups.set(plainNumber(answer.groupControlNumber), verdict);
	}
	if (decisive !== undefined && decisive !== 'picked up') return decisive;
	const expected = Math.max(1, (JSON.parse(file.group_control_numbers) as string[]).length);
	const outcomes = [...new Set(groups.values())];
	const said = groups.size > known || answers.some(({ answer }) => answer.level === 'group');
	if (!said || groups.size < expected) return decisive;
	return outcomes.length === 1 ? outcomes[0] : 'partially accepted';
}

function* writeFile(
	tx: Tx,
	file: StoredFile,
	state: FileState | undefined,
	answers: readonly Found[],
	onBehalf: string | undefined,
): Work<void> {
	if (state === undefined && onBehalf === undefined) return;
	const said = answers.find(({ answer }) => answer.outcome !== 'accepted')?.answer.summary ?? '';
	const answered = state !== undefined && isOneOf(ANSWER_STATES, state);
	yield* updateRows(tx, FILES, [
		{
			id: file.id,
			from: file.state,
			set: {
				...(state === undefined ? {} : { state }),
				...(answered
					? { answered_at: tx.now, error: cleanText(said), error_code: '', answer_due_at: '' }
					: {}),
				...(state !== undefined && file.deposited_at === '' ? { deposited_at: tx.now } : {}),
				...(onBehalf === undefined ? {} : { on_behalf: cleanText(onBehalf) }),
			},
		},
	]);
}

/** Documents of which the answer says something else than of their file. */
function* writeVersions(
	tx: Tx,
	stateBefore: FileState,
	fileState: FileState,
	sets: readonly FiledSet[],
	answers: readonly Found[],
): Work<{ readonly changed: ReadonlySet<number>; readonly blocked: boolean }> {
	const own = new Map<number, { state: VersionState; answer: ReconciledAnswer }>();
	for (const level of [['group'], ['set', 'message'], ['document']]) {
		for (const { answer } of answers) {
			if (!level.includes(answer.level)) continue;
			const state = versionState(answer);
			if (state === undefined) continue;
			for (const set of sets) if (speaksOf(answer, set, sets)) own.set(set.id, { state, answer });
		}
	}
	const differs = sets.filter(({ id, state }) => {
		const verdict = own.get(id);
		return verdict !== undefined && verdict.state !== fileState && verdict.state !== state;
	});
	// A document that follows its file has that file's answer, and an answer is final.
	const isFinal = ['accepted', 'accepted with errors', 'rejected'].includes(stateBefore);
	const changed = differs.filter(({ id, state }) => {
		const verdict = own.get(id)!;
		const ofApplication = isOfApplication(verdict.answer);
		// An application cannot have taken what the gateway refused.
		const refused = state === 'filed' && stateBefore === 'rejected' && verdict.state !== 'rejected';
		if (ofApplication ? refused : state !== 'filed' || isFinal) return false;
		return VERSION_TRANSITIONS[state as VersionState].includes(verdict.state);
	});
	yield* updateRows(
		tx,
		VERSIONS,
		changed.map((set) => {
			const { state, answer } = own.get(set.id)!;
			const issues = state === 'accepted' ? '' : JSON.stringify(issuesOf(answer));
			return { id: set.id, from: set.state, set: { state, issues } };
		}),
	);
	return {
		changed: new Set(changed.map(({ id }) => id)),
		blocked: changed.length < differs.length,
	};
}

/** A group that is accepted in part says nothing of a single set. */
function versionState({
	outcome,
}: ReconciledAnswer): 'accepted' | 'accepted with errors' | 'rejected' | undefined {
	return outcome === 'accepted' || outcome === 'accepted with errors' || outcome === 'rejected'
		? outcome
		: undefined;
}

function issuesOf({ acknowledgment, summary, errors }: ReconciledAnswer) {
	const first = { code: `PARTNER_${acknowledgment}`, message: cleanText(summary), path: '' };
	const more = errors.slice(0, 20).map((error) => {
		const { code = '', message = '' } = error as { code?: string; message?: string };
		return { code: String(code), message: cleanText(String(message)), path: '' };
	});
	return [first, ...more];
}
