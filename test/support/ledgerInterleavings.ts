import fc from 'fast-check';
import {
	checkAll,
	claimFile,
	FILE_TRANSITIONS,
	getDocuments,
	getFiles,
	getFile,
	getHistory,
	recordAcknowledgment,
	recordFiles,
	recordRefused,
	releaseHeld,
	reserveNumbers,
	saveAgreement,
	settleFile,
	takeForReplay,
	VERSION_TRANSITIONS,
	voidNumbers,
} from '../../lib/ledger';
import type { FileToRecord, Ledger, TakenDocument, TrailEvent } from '../../lib/ledger';
import { ACTOR, AGREEMENT, fileOf, offered, SERVER, take, withAgreement } from './ledgerLab';
import type { LedgerLab } from './ledgerLab';

/** One thing that happens; the numbers choose among what is there. */
export interface Happening {
	readonly what: (typeof HAPPENINGS)[number];
	readonly a: number;
	readonly b: number;
}

export const HAPPENINGS = [
	'whole export',
	'whole export',
	'whole export',
	'take',
	'take',
	'encode and record',
	'encode and record',
	'record again',
	'claim',
	'claim',
	'deposit and settle',
	'deposit and settle',
	'settle late',
	'time passes',
	'replay',
	'replay on demand',
	'answer',
	'a document changes',
	'a document is refused',
	'release',
	'policy changes',
	'void numbers',
	'save a copy',
	'put the copy back',
] as const;

export const happenings: fc.Arbitrary<Happening[]> = fc.array(
	fc.record({ what: fc.constantFrom(...HAPPENINGS), a: fc.nat(23), b: fc.nat(23) }),
	{ minLength: 15, maxLength: 60, size: 'max' },
);

const SERIES = {
	sender: 'OURS',
	receiver: 'ACME',
	kind: 'interchange',
	usage: 'production',
} as const;
const DOCUMENTS = 4;

interface Claim {
	readonly fileId: number;
	readonly token: string;
	readonly name: string;
}

/** Exports, replays and people, interleaved as the happenings say; what the partner has is kept beside. */
export class Interleaving {
	private readonly contents = Array.from({ length: DOCUMENTS }, () => 1);
	private readonly takes: { documents: ReturnType<typeof offered>[]; taken: TakenDocument[] }[] =
		[];
	private readonly files: FileToRecord[] = [];
	private readonly claims: Claim[] = [];
	/** What lies at the partner: file name and the documents in it. */
	private readonly partner = new Map<string, string[]>();
	private readonly rejected = new Set<string>();
	private readonly releasedOrRestored = new Set<string>();
	private saved: Awaited<ReturnType<LedgerLab['save']>> | undefined;
	private runs = 0;

	private constructor(
		private readonly lab: LedgerLab,
		private ledger: Ledger,
		private readonly reopen: () => Promise<Ledger>,
	) {}

	static async begin(
		lab: LedgerLab,
		reopen: (ledger: Ledger) => Promise<Ledger>,
	): Promise<Interleaving> {
		const ledger = await lab.fresh();
		await withAgreement(ledger, { whenInDoubt: 'send again' });
		return new Interleaving(lab, ledger, async () => await reopen(ledger));
	}

	async happen({ what, a, b }: Happening): Promise<void> {
		await this.steps[what](a, b);
	}

	private readonly steps: Readonly<
		Record<Happening['what'], (a: number, b: number) => Promise<void>>
	> = {
		take: async (a) => {
			const documents = this.contents.map((version, id) =>
				offered(id, { contentHash: `hash-${id}-${version}`, number: `INV-${id}-${version}` }),
			);
			const some = documents.filter((_, index) => (a >> index) % 2 === 0);
			this.runs += 1;
			const { taken } = await take(this.ledger, some, {
				reservation: `run-${this.runs}`,
				leaseSeconds: 600,
			});
			if (taken.length > 0) this.takes.push({ documents: some, taken });
		},
		'whole export': async (a, b) => {
			const before = this.takes.length;
			await this.steps.take(b, b);
			if (this.takes.length === before) return;
			await this.steps['encode and record'](before, a);
			const { rows } = await getFiles(this.ledger, { state: 'encoded' }, { limit: 1 });
			const [file] = rows;
			if (file === undefined) return;
			const token = `whole-${this.runs}`;
			const claimed = await claimFile(this.ledger, file.id, { token, leaseSeconds: 60, server: SERVER }, ACTOR);
			if ('refused' in claimed) return;
			await this.publish({ fileId: file.id, token, name: file.name });
			await settleFile(this.ledger, file.id, token, { state: 'deposited' }, ACTOR);
		},
		'encode and record': async (a) => {
			const one = this.takes[a % Math.max(1, this.takes.length)];
			if (one === undefined) return;
			const { reservation } = one.taken[0]!;
			const numbers = await reserveNumbers(
				this.ledger,
				{ ...SERIES, count: 1, reservation: `${reservation}:${a}` },
				ACTOR,
			);
			const file = fileOf(one.documents, one, numbers[0]!);
			this.files.push(file);
			await recordFiles(this.ledger, [file], { sendAgain: false }, ACTOR);
		},
		'record again': async (a) => {
			const file = this.files[a % Math.max(1, this.files.length)];
			if (file !== undefined) await recordFiles(this.ledger, [file], { sendAgain: false }, ACTOR);
		},
		claim: async (a, b) => {
			const { rows } = await getFiles(this.ledger, {}, { limit: 1_000 });
			const file = rows[a % Math.max(1, rows.length)];
			if (file === undefined) return;
			const token = `claim-${b % 3}-${file.id}`;
			const claimed = await claimFile(
				this.ledger,
				file.id,
				{ token, leaseSeconds: 60, server: SERVER },
				ACTOR,
			);
			if (!('refused' in claimed)) this.claims.push({ fileId: file.id, token, name: file.name });
		},
		'deposit and settle': async (a, b) => {
			const claim = this.claims[a % Math.max(1, this.claims.length)];
			if (claim === undefined) return;
			const { file } = await getFile(this.ledger, claim.fileId).catch(() => ({ file: undefined }));
			// The run renews its lease before the first byte: a lost claim sends nothing.
			const again = { token: claim.token, leaseSeconds: 60, server: SERVER };
			if (file?.state !== 'depositing') return;
			const mine = await claimFile(this.ledger, claim.fileId, again, ACTOR);
			if ('refused' in mine) return;
			const state = (['deposited', 'deposited', 'failed', 'in doubt'] as const)[b % 4]!;
			const alreadyThere = this.partner.has(claim.name);
			// In doubt, the partner may have got it.
			if (state === 'deposited' || (state === 'in doubt' && b % 8 > 3)) await this.publish(claim);
			await settleFile(this.ledger, claim.fileId, claim.token, { state, alreadyThere }, ACTOR);
		},
		'settle late': async (a) => {
			const claim = this.claims[a % Math.max(1, this.claims.length)];
			if (claim === undefined) return;
			const before = await getFile(this.ledger, claim.fileId).catch(() => undefined);
			if (before === undefined) return;
			const stale = await settleFile(
				this.ledger,
				claim.fileId,
				`${claim.token}-of-nobody`,
				{ state: 'failed' },
				ACTOR,
			);
			const after = await getFile(this.ledger, claim.fileId);
			this.expect(
				'stale' in stale && after.file.state === before.file.state,
				'a settle without the token changed a file',
			);
		},
		'time passes': async (a) => {
			await this.lab.timePasses(this.ledger, [30, 90, 1_200][a % 3]!);
		},
		replay: async (a) => {
			const { files } = await takeForReplay(
				this.ledger,
				{ automatic: true },
				{ token: `replay-${a}`, leaseSeconds: 60 },
				ACTOR,
			);
			for (const { file, token } of files)
				this.claims.push({ fileId: file.id, token, name: file.name });
		},
		'replay on demand': async (a, b) => {
			const { rows } = await getFiles(this.ledger, {}, { limit: 1_000 });
			const file = rows[a % Math.max(1, rows.length)];
			if (file === undefined) return;
			const which = { fileIds: [file.id], reason: 'asked for' };
			const { files } = await takeForReplay(
				this.ledger,
				which,
				{ token: `demand-${b}`, leaseSeconds: 60 },
				ACTOR,
			);
			for (const { token } of files) this.claims.push({ fileId: file.id, token, name: file.name });
		},
		answer: async (a, b) => {
			const names = [...this.partner.keys()];
			const name = names[a % Math.max(1, names.length)];
			const file = this.files.find((one) => one.name === name);
			if (file === undefined) return;
			const outcome = ['accepted', 'rejected', 'accepted with errors'][b % 3]!;
			const [result] = await recordAcknowledgment(
				this.ledger,
				[
					{
						acknowledgment: '997',
						level: 'group',
						outcome,
						status: '',
						sender: 'OURS',
						receiver: 'ACME',
						interchangeControlNumber: '',
						groupControlNumber: file.groupControlNumbers[0]!,
						setControlNumber: '',
						acknowledgmentControlNumber: `${a}-${b}`,
						acknowledgedAt: '',
						summary: outcome,
						errors: [],
					},
				],
				ACTOR,
			);
			if (result?.state === 'rejected')
				for (const document of this.partner.get(file.name)!) this.rejected.add(document);
		},
		'a document changes': async (a) => {
			this.contents[a % DOCUMENTS]! += 1;
		},
		'a document is refused': async (a) => {
			const one = this.takes[a % Math.max(1, this.takes.length)];
			if (one === undefined) return;
			const { index, versionId, reservation } = one.taken[0]!;
			const issues = [{ code: 'X', message: 'wrong', path: '' }];
			await recordRefused(
				this.ledger,
				[{ ...one.documents[index]!, versionId, reservation, issues }],
				ACTOR,
			);
		},
		release: async (a) => {
			const { rows } = await getDocuments(this.ledger, { state: 'held' }, {});
			const held = rows[a % Math.max(1, rows.length)];
			if (held === undefined) return;
			this.releasedOrRestored.add(held.number);
			await releaseHeld(
				this.ledger,
				[held.versionId],
				(['original', 'replacement', 'never'] as const)[a % 3]!,
				'a person',
				ACTOR,
			);
		},
		'policy changes': async (a) => {
			const changePolicy = (['replacement', 'original', 'hold'] as const)[a % 3]!;
			await saveAgreement(
				this.ledger,
				{ name: AGREEMENT, company: 'Ours', partner: 'ACME', changePolicy },
				ACTOR,
			);
		},
		'void numbers': async (a) => {
			const one = this.takes[a % Math.max(1, this.takes.length)];
			if (one !== undefined)
				await voidNumbers(this.ledger, `${one.taken[0]!.reservation}:${a}`, 'failed', ACTOR);
		},
		'save a copy': async () => {
			this.saved ??= await this.lab.save(this.ledger);
		},
		'put the copy back': async () => {
			if (this.saved === undefined) return;
			await this.saved.putBack();
			this.saved = undefined;
			this.ledger = await this.reopen();
			// Ids of the time after the copy mean other things now.
			this.claims.length = 0;
			this.takes.length = 0;
			this.files.length = 0;
		},
	};

	private async publish({ fileId, name }: Claim): Promise<void> {
		if (this.partner.has(name)) return;
		const { documents } = await getFile(this.ledger, fileId);
		this.partner.set(
			name,
			documents.map(({ number }) => number),
		);
	}

	private expect(holds: boolean, what: string): void {
		if (!holds) throw new Error(what);
	}

	/** What must hold whatever happened. */
	async judge(): Promise<void> {
		const { problems } = await checkAll(this.ledger);
		this.expect(problems.length === 0, `check: ${JSON.stringify(problems)}`);
		await this.judgeFiles();
		await this.judgePartner();
	}

	private async judgeFiles(): Promise<void> {
		const { rows } = await getFiles(this.ledger, {}, { limit: 1_000 });
		const waiting = new Map<number, string>();
		for (const { id, state, name } of rows) {
			const { documents, events } = await getFile(this.ledger, id);
			this.expect(documents.length > 0, `${name} has no documents`);
			judgeTrail(events, FILE_TRANSITIONS);
			if (!['encoded', 'depositing', 'failed', 'in doubt'].includes(state)) continue;
			for (const { versionId, number } of documents) {
				const other = waiting.get(versionId);
				this.expect(
					other === undefined,
					`${number} is in ${name} and in ${other}, both undelivered`,
				);
				waiting.set(versionId, name);
			}
		}
		for (const { id } of (await getDocuments(this.ledger, {}, { limit: 1_000 })).rows) {
			const { events, versions } = await getHistory(this.ledger, { documentId: id });
			for (const { versionId } of versions) {
				judgeTrail(
					events.filter(({ subjectId }) => subjectId === versionId),
					VERSION_TRANSITIONS,
				);
			}
		}
	}

	/** The same content goes to the partner once, unless he rejected it or a person decided. */
	private async judgePartner(): Promise<void> {
		const times = new Map<string, number>();
		for (const documents of this.partner.values()) {
			for (const number of documents) times.set(number, (times.get(number) ?? 0) + 1);
		}
		for (const [number, count] of times) {
			const allowed =
				count === 1 || this.rejected.has(number) || this.releasedOrRestored.has(number);
			this.expect(allowed, `${number} reached the partner ${count} times`);
		}
	}
}

/** A state changes only as the table says, from where it was. */
function judgeTrail(
	events: readonly TrailEvent[],
	table: Readonly<Record<string, readonly string[]>>,
): void {
	let state = '';
	for (const { from, to } of events) {
		if (
			state !== '' &&
			to !== '' &&
			from !== state &&
			!(state === 'reserved' && from === 'filed')
		) {
			throw new Error(`a state went from '${state}' as if it had been '${from}'`);
		}
		if (from !== '' && from !== to && !table[from]?.includes(to))
			throw new Error(`a state went from '${from}' to '${to}'`);
		if (to !== '') state = to;
	}
}
