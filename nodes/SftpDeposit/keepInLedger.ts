import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { DepositResult, OrderedRequest } from '../../lib/delivery';
import { CoreError, withAdvice } from '../../lib/errors';
import { claimFile, recordFiles, renewClaim, settleFile, stopFiles } from '../../lib/ledger';
import type { Actor, FileToRecord, Ledger, Outcome } from '../../lib/ledger';
import { sha256 } from '../../lib/text';
import { actorOf, ledgerOf, refuseOtherLedger, runToken } from '../shared/ledger';

/** One file of the run that the ledger knows, or is to know. */
interface KeptFile {
	readonly itemIndex: number;
	readonly request: OrderedRequest;
	readonly json: IDataObject;
}

/** What became of a file in the ledger, beside what the server said. */
export interface LedgerOutcome {
	readonly file: number;
	readonly state: string;
	/** Why the file was not begun: the run must not look as if the server had refused it. */
	readonly refused?: CoreError;
	/** Nobody has anything to do: it arrived in an earlier try of this run, or another run sends it. */
	readonly settledElsewhere?: 'already there' | 'with another run';
}

export interface LedgerKeeping {
	readonly outcomeOf: (request: OrderedRequest) => LedgerOutcome | undefined;
	/** Claims before the first byte, renews while bytes flow, settles what came of it. */
	readonly around: (
		request: OrderedRequest,
		deposit: (more: { signal: AbortSignal; earlierAttempt: boolean }) => Promise<DepositResult>,
	) => Promise<DepositResult>;
}

const object = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
const list = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? (value as unknown[]).map(object) : [];
const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const numberOf = (value: unknown): number | undefined =>
	typeof value === 'number' && value > 0 ? value : undefined;

/**
 * A file that the ledger knows of: its documents were taken, it came in and is answered, or it is
 * handed out again. With a credential for a ledger every file of our encode nodes is one.
 */
export function isFileOfOurs(json: IDataObject, ledgerIsChosen: boolean): boolean {
	const { ledger, sha256, format, documents } = json;
	if (numberOf(object(ledger).file) !== undefined) return true;
	const made = text(sha256) !== '' && text(format) !== '' && Array.isArray(documents);
	return made && (ledgerIsChosen || text(object(ledger).id) !== '');
}

/** An agreement that is still a draft: everything was made and shown, nothing is sent. */
export function isDraft(json: IDataObject): boolean {
	return object(json.ledger).usage === 'draft' || json.outcome === 'dry run';
}

function documentsOf(json: IDataObject): FileToRecord['documents'] {
	return list(json.documents).flatMap((document) =>
		list(document.sources).map((source) => ({
			key: text(source.key),
			contentHash: text(source.contentHash),
			versionId: numberOf(source.version),
			reservation: text(source.reservation) || undefined,
			number: text(source.number) || text(document.number),
			setControlNumber: text(document.controlNumber),
			groupControlNumber: text(document.groupControlNumber),
			purpose: text(document.purpose) || 'original',
		})),
	);
}

async function bytesOf(request: OrderedRequest): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request.source.read()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function fileToRecord({ request, json }: KeptFile): Promise<FileToRecord> {
	const ledger = object(json.ledger);
	const bytes = await bytesOf(request);
	const answers = numberOf(ledger.received);
	return {
		name: request.fileName,
		kind: answers === undefined && Array.isArray(json.documents) ? 'documents' : 'acknowledgment',
		format: text(json.format),
		transactionSet: text(json.transactionSet),
		release: text(json.release),
		usage: json.usage === 'production' ? 'production' : 'test',
		sender: text(json.sender),
		receiver: text(json.receiver),
		controlNumber: text(json.controlNumber),
		groupControlNumbers: Array.isArray(json.groupControlNumbers)
			? json.groupControlNumbers.map(text)
			: [text(json.groupControlNumber)].filter(Boolean),
		sha256: sha256(bytes),
		bytes,
		mimeType: text(json.mimeType) || 'application/octet-stream',
		folder: request.folder ?? '',
		agreementVersionId: numberOf(ledger.agreementVersion),
		documents: documentsOf(json),
		...(answers === undefined ? {} : { answers }),
	};
}

interface Entry {
	readonly fileId: number;
	readonly token: string;
	readonly repeated: boolean;
	readonly again: boolean;
	/** Nobody knows what became of the attempt before: bytes may have arrived. */
	readonly unresolved: boolean;
	outcome: LedgerOutcome;
}

const NOT_RECORDED = { fileId: 0, token: '', repeated: false, again: false, unresolved: false };

const refusal = (code: CoreError['code'], message: string): CoreError =>
	new CoreError(code, message, { path: 'ledger' });

/** Records all files of the run before the first is sent; each is then claimed by itself. */
async function entriesOf(
	context: IExecuteFunctions,
	ledger: Ledger,
	actor: Actor,
	files: readonly KeptFile[],
	{ sendAgain, leaseSeconds }: { readonly sendAgain: boolean; readonly leaseSeconds: number },
): Promise<Map<OrderedRequest, Entry>> {
	const entries = new Map<OrderedRequest, Entry>();
	const fresh: KeptFile[] = [];
	for (const file of files) {
		const facts = object(file.json.ledger);
		if (text(facts.id) !== '') refuseOtherLedger(ledger, text(facts.id));
		const fileId = numberOf(facts.file);
		if (fileId === undefined) {
			fresh.push(file);
			continue;
		}
		// Handed out by Take for Replay, which claimed it: the outcome is settled by its token.
		const claim = text(facts.claim);
		const token = claim === '' ? runToken(context, 'deposit', String(fileId)) : claim;
		const outcome = { file: fileId, state: text(facts.state) };
		entries.set(file.request, {
			fileId,
			token,
			repeated: false,
			again: claim !== '',
			unresolved: facts.state === 'depositing',
			outcome,
		});
	}
	if (fresh.length === 0) return entries;
	const toRecord: FileToRecord[] = [];
	for (const file of fresh) toRecord.push(await fileToRecord(file));
	const results = await recordFiles(ledger, toRecord, { sendAgain, leaseSeconds }, actor);
	for (const [index, result] of results.entries()) {
		const file = fresh[index] as KeptFile;
		if ('refused' in result) {
			const refused = refusal(result.refused, result.message);
			const outcome: LedgerOutcome = {
				file: 0,
				state: 'refused',
				refused,
				...(result.refused === 'LEDGER_RESERVATION_LOST'
					? { settledElsewhere: 'with another run' }
					: {}),
			};
			entries.set(file.request, { ...NOT_RECORDED, outcome });
			continue;
		}
		const { fileId, state, repeated } = result;
		const token = runToken(context, 'deposit', String(fileId));
		const outcome = { file: fileId, state };
		const unresolved = state === 'depositing' || state === 'in doubt';
		entries.set(file.request, { fileId, token, repeated, again: false, unresolved, outcome });
	}
	return entries;
}

/** The result of a file that was not begun. */
function notBegun(request: OrderedRequest, server: string, error: CoreError): DepositResult {
	return {
		outcome: 'failed',
		receipt: {
			path: '',
			server,
			bytes: request.source.bytes,
			sha256: request.source.sha256 ?? '',
			hostKeyFingerprint: '',
			startedAt: '',
			finishedAt: '',
			attempts: 0,
			failedAttempts: [],
		},
		issues: [
			{
				code: error.code,
				severity: 'error',
				path: 'ledger',
				message: withAdvice(error.message, error.hint),
			},
		] as DepositResult['issues'],
		error,
	};
}

const STATES: Readonly<Record<DepositResult['outcome'], Outcome['state']>> = {
	deposited: 'deposited',
	'already there': 'deposited',
	failed: 'failed',
	'in doubt': 'in doubt',
};

function outcomeFor(result: DepositResult): Outcome {
	const { error, outcome, receipt } = result;
	return {
		state: STATES[outcome],
		path: receipt.path,
		receipt,
		alreadyThere: outcome === 'already there',
		...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
	};
}

export async function keepInLedger(
	context: IExecuteFunctions,
	files: readonly KeptFile[],
	settings: {
		readonly server: string;
		readonly sendAgain: boolean;
		readonly leaseSeconds: number;
		readonly signal: AbortSignal | undefined;
	},
): Promise<LedgerKeeping> {
	const ledger = await ledgerOf(context);
	const actor = actorOf(context);
	const entries = await entriesOf(context, ledger, actor, files, settings);
	const { leaseSeconds, server } = settings;

	/** Renews the claim while bytes flow; one that was lost stops them. */
	function renewing(entry: Entry, lost: AbortController): () => void {
		const timer = setInterval(
			() => {
				renewClaim(ledger, entry.fileId, entry.token, leaseSeconds, actor).then(
					(held) => {
						if (!held) lost.abort();
					},
					// A ledger that is away for a moment loses no claim; the settle will tell.
					() => undefined,
				);
			},
			Math.max(250, (leaseSeconds * 1_000) / 3),
		);
		return () => clearInterval(timer);
	}

	return {
		outcomeOf: (request) => entries.get(request)?.outcome,
		around: async (request, deposit) => {
			const entry = entries.get(request);
			if (entry === undefined) {
				return await deposit({ signal: new AbortController().signal, earlierAttempt: false });
			}
			if (entry.outcome.refused !== undefined) {
				return notBegun(request, server, entry.outcome.refused);
			}
			const { fileId, token, again } = entry;
			if (settings.signal?.aborted === true) {
				// Stopped before its turn: it is not begun, and the replay sends it.
				const result = await deposit({ signal: settings.signal, earlierAttempt: false });
				const message = result.error?.message ?? 'The run was stopped before this file';
				await stopFiles(ledger, [fileId], { code: 'DELIVERY_CANCELLED', message }, actor);
				entry.outcome = { file: fileId, state: 'failed' };
				return result;
			}
			const claimed = await claimFile(
				ledger,
				fileId,
				{ token, leaseSeconds, server, again },
				actor,
			);
			if ('refused' in claimed) {
				const refused = refusal(claimed.refused, claimed.message);
				entry.outcome = { ...entry.outcome, refused };
				if (entry.repeated && claimed.refused === 'LEDGER_ALREADY_SENT') {
					entry.outcome = { ...entry.outcome, settledElsewhere: 'already there' };
				}
				return notBegun(request, server, refused);
			}
			const lost = new AbortController();
			const stopRenewing = renewing(entry, lost);
			let result: DepositResult;
			try {
				result = await deposit({ signal: lost.signal, earlierAttempt: entry.unresolved });
			} finally {
				stopRenewing();
			}
			const settled = await settleFile(ledger, fileId, token, outcomeFor(result), actor);
			if ('stale' in settled) {
				const refused = refusal(settled.refused, settled.message);
				entry.outcome = { file: fileId, state: 'with another run', refused };
			} else {
				entry.outcome = { file: fileId, state: settled.state };
			}
			return result;
		},
	};
}
