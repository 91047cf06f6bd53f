import { CoreError, withAdvice } from '../errors';
import type { Issue } from '../errors';
import { placementOf } from './compare';
import type { Placement } from './compare';
import type { ConnectionKeeper } from './connectionKeeper';
import { baseOf, checkFileName, checkFolder, joinRemote, quoteName } from './fileName';
import { explainFailure } from './failures';
import { placeFile, settleEarlier } from './place';
import type { PlaceContext, Placed } from './placing';
import type { DeliveryPorts, SftpPort } from './ports';
import { isFailure } from './ports';
import { cancelled, delayBefore, isRetryable } from './retry';
import type { ConflictPolicy, DepositSettings } from './settings';
import { sourceOf } from './source';
import type { DeliverySource } from './source';
import { asCoreError } from './withConnection';

export interface DepositRequest {
	readonly fileName: string;
	/** Instead of the folder of the settings. */
	readonly folder?: string | undefined;
	readonly source: DeliverySource;
	/** An earlier run left this file unresolved (states *depositing* and *in doubt* of the ledger). */
	readonly earlierAttempt?: boolean | undefined;
}

export type DepositOutcome = 'deposited' | 'already there' | 'failed' | 'in doubt';

/** One try that did not succeed, for the audit record. */
export interface FailedAttempt {
	readonly attempt: number;
	readonly at: string;
	readonly code: string;
	readonly message: string;
}

export interface DepositReceipt {
	readonly path: string;
	readonly server: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly hostKeyFingerprint: string;
	readonly startedAt: string;
	readonly finishedAt: string;
	readonly attempts: number;
	readonly failedAttempts: readonly FailedAttempt[];
	readonly markerPath?: string;
	readonly archivePath?: string;
}

export interface DepositResult {
	readonly outcome: DepositOutcome;
	readonly receipt: DepositReceipt;
	readonly issues: readonly Issue[];
	/** Why it failed or is in doubt. */
	readonly error?: CoreError;
}

export interface DepositContext {
	readonly keeper: ConnectionKeeper;
	/** `host:port`, for receipts of files that never reached a connection. */
	readonly server: string;
	readonly settings: DepositSettings;
	readonly ports: DeliveryPorts;
	readonly signal?: AbortSignal | undefined;
	/** Resolves when the files that go before this one are settled. */
	readonly turn?: (() => Promise<void>) | undefined;
	readonly serverTime?: ((seconds: number) => void) | undefined;
	readonly temporaryUsed?: ((path: string) => void) | undefined;
}

/** What is kept from one attempt to the next. */
interface Progress {
	readonly main: Placement;
	readonly archive: Placement | undefined;
	marker: Placement | undefined;
	placed: Placed | undefined;
	archivePath: string | undefined;
	markerPath: string | undefined;
	attempts: number;
	readonly failedAttempts: FailedAttempt[];
	readonly warnings: Map<string, Issue>;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const noWait = async (): Promise<void> => undefined;

function toIssue(error: CoreError): Issue {
	return {
		code: error.code,
		severity: 'error',
		path: error.path ?? '',
		message: withAdvice(error.message, error.hint),
	};
}

function startOf(request: DepositRequest, settings: DepositSettings): Progress {
	const folder = request.folder === undefined ? settings.folder : checkFolder(request.folder);
	const fileName = checkFileName(request.fileName);
	if (request.source.bytes === 0 && !settings.allowEmpty) {
		throw new CoreError('DELIVERY_EMPTY_FILE', `The file ${quoteName(fileName)} is empty`, {
			path: fileName,
		});
	}
	const { archiveFolder } = settings;
	return {
		main: placementOf(folder, fileName, request.source),
		archive:
			archiveFolder === undefined
				? undefined
				: placementOf(archiveFolder, fileName, request.source),
		marker: undefined,
		placed: undefined,
		archivePath: undefined,
		markerPath: undefined,
		attempts: 0,
		failedAttempts: [],
		warnings: new Map(),
	};
}

/**
 * Delivers one file, with as many attempts as the settings allow. It does not throw: whatever
 * happens is in the result, with the receipt that the ledger keeps.
 */
export async function depositFile(
	request: DepositRequest,
	context: DepositContext,
): Promise<DepositResult> {
	const startedAt = context.ports.now();
	let progress: Progress;
	try {
		progress = startOf(request, context.settings);
	} catch (error) {
		return finished(request, context, startedAt, undefined, asCoreError(error, 'deliver the file'));
	}
	const error = await attempts(request, context, progress);
	return finished(request, context, startedAt, progress, error);
}

async function attempts(
	request: DepositRequest,
	context: DepositContext,
	progress: Progress,
): Promise<CoreError | undefined> {
	const { settings, ports, signal, keeper } = context;
	const name = quoteName(request.fileName);
	const isAborted = (): boolean => signal?.aborted === true;
	for (;;) {
		if (isAborted()) return cancelled(`${name} was delivered`);
		let port: SftpPort;
		try {
			port = await keeper.current();
		} catch (error) {
			// The keeper has tried often enough for all files.
			return asCoreError(error, 'deliver the file');
		}
		progress.attempts += 1;
		try {
			await attempt(port, request, context, progress);
			return undefined;
		} catch (error) {
			if (isAborted()) {
				return !isOpen(progress.main) && progress.placed === undefined
					? cancelled(`${name} was delivered`)
					: asCoreError(error, 'deliver the file');
			}
			const failure = asCoreError(error, 'deliver the file');
			progress.failedAttempts.push({
				attempt: progress.attempts,
				at: iso(ports.now()),
				code: failure.code,
				message: failure.message,
			});
			if (!isRetryable(failure) || progress.attempts >= settings.retry.attempts) {
				return (await lastLook(request, context, progress)) ? undefined : failure;
			}
			await ports.sleep(delayBefore(progress.attempts + 1, settings.retry, ports), signal);
		}
	}
}

/**
 * No attempt is left, and the last one may have brought the file there: one look at what became of
 * it tells *failed* from *in doubt*. True where it is delivered after all.
 */
async function lastLook(
	request: DepositRequest,
	context: DepositContext,
	progress: Progress,
): Promise<boolean> {
	if (progress.placed !== undefined || progress.main.doubtful || !isOpen(progress.main)) return false;
	try {
		const port = await context.keeper.current();
		const { settings } = context;
		const main = placeContext(port, progress.main, settings.conflict, context, progress);
		progress.placed = await settleEarlier(main);
		if (progress.placed === undefined) return false;
		await attempt(port, request, context, progress);
		return true;
	} catch {
		// What it was is in the record already; the state of the file says whether it is in doubt.
		return false;
	}
}

async function attempt(
	port: SftpPort,
	request: DepositRequest,
	context: DepositContext,
	progress: Progress,
): Promise<void> {
	const { settings } = context;
	if (progress.archive !== undefined && progress.archivePath === undefined) {
		const archived = await placeFile(
			placeContext(port, progress.archive, 'number', context, progress),
		);
		progress.archivePath = archived.path;
	}
	if (progress.placed === undefined) {
		const main = placeContext(port, progress.main, settings.conflict, context, progress);
		progress.placed = await placeFile({
			...main,
			turn: context.turn ?? noWait,
			earlierAttempt: request.earlierAttempt === true,
		});
	}
	if (settings.marker !== undefined && progress.markerPath === undefined) {
		progress.markerPath = await writeMarker(port, context, progress, progress.placed);
	}
}

function placeContext(
	port: SftpPort,
	placement: Placement,
	conflict: ConflictPolicy,
	context: DepositContext,
	progress: Progress,
): PlaceContext {
	const { settings, ports, signal, serverTime, temporaryUsed } = context;
	return {
		port,
		placement,
		settings,
		conflict,
		ports,
		signal,
		turn: noWait,
		earlierAttempt: false,
		warn: (message) =>
			progress.warnings.set(message, {
				code: 'DELIVERY_SERVER_REFUSED',
				severity: 'warning',
				path: placement.folder,
				message,
			}),
		serverTime,
		temporaryUsed,
	};
}

/** Last of all, so that a partner who waits for the marker never finds it without the file. */
async function writeMarker(
	port: SftpPort,
	context: DepositContext,
	progress: Progress,
	placed: Placed,
): Promise<string> {
	const { marker } = context.settings;
	const name = baseOf(placed.path) + (marker?.suffix ?? '');
	const text = marker?.content === 'sha256' ? `${placed.sha256}  ${baseOf(placed.path)}\n` : '';
	progress.marker ??= placementOf(progress.main.folder, name, sourceOf(Buffer.from(text)));
	try {
		checkFileName(name);
		const marked = placeContext(port, progress.marker, 'skipIfIdentical', context, progress);
		return (await placeMarker(marked, progress.placed, context.settings)).path;
	} catch (error) {
		const failure = asCoreError(error, 'deliver the file');
		if (isRetryable(failure) || failure.code === 'DELIVERY_CANCELLED') throw failure;
		throw new CoreError(
			'DELIVERY_MARKER_FAILED',
			`${quoteName(placed.path)} is complete on ${port.endpoint}, but its marker ${quoteName(name)} could not be written: ${failure.message}`,
			{ path: name, cause: failure },
		);
	}
}

/**
 * A marker of an earlier file of this name says what is no longer true. It goes first: a moment
 * without a marker makes a partner wait, one with the old hash makes it refuse the file.
 */
async function placeMarker(
	context: PlaceContext,
	file: Placed | undefined,
	{ conflict }: DepositSettings,
): Promise<Placed> {
	try {
		return await placeFile(context);
	} catch (error) {
		const isOld = error instanceof CoreError && error.code === 'DELIVERY_TARGET_DIFFERS';
		if (!isOld || (conflict !== 'overwrite' && file?.alreadyThere !== false)) throw error;
		const path = joinRemote(context.placement.folder, context.placement.fileName);
		try {
			await context.port.remove(path);
		} catch (cause) {
			if (!isFailure(cause, 'missing')) {
				throw await explainFailure(cause, context.port, { step: 'replace', path });
			}
		}
		return await placeFile(context);
	}
}

/** The partner may have the file: a rename has no answer, or all bytes were sent and no more was seen. */
function isOpen({ unanswered, uploads, doubtful }: Placement): boolean {
	if (unanswered !== undefined || doubtful) return true;
	return [...uploads.values()].some((stage) => stage === 'whole' || stage === 'closed');
}

/** What nobody could look into is not a failure: the file may be there. */
function outcomeOf(progress: Progress | undefined, error: CoreError | undefined): DepositOutcome {
	if (error !== undefined) {
		return progress !== undefined && progress.placed === undefined && isOpen(progress.main)
			? 'in doubt'
			: 'failed';
	}
	return progress?.placed?.alreadyThere === true ? 'already there' : 'deposited';
}

function finished(
	request: DepositRequest,
	context: DepositContext,
	startedAt: number,
	progress: Progress | undefined,
	error: CoreError | undefined,
): DepositResult {
	const outcome = outcomeOf(progress, error);
	const reason =
		error !== undefined && outcome === 'in doubt' && progress?.main.doubtful === false
			? unresolved(request, error)
			: error;
	const warnings = progress === undefined ? [] : leftOver(progress, context.settings);
	const folder = request.folder ?? context.settings.folder;
	const path = progress?.placed?.path ?? joinRemote(folder, request.fileName);
	return {
		outcome,
		receipt: {
			path,
			server: context.server,
			bytes: request.source.bytes,
			sha256: progress?.main.sha256 ?? request.source.sha256 ?? '',
			hostKeyFingerprint: context.keeper.hostKeyFingerprint ?? '',
			startedAt: iso(startedAt),
			finishedAt: iso(context.ports.now()),
			attempts: progress?.attempts ?? 0,
			failedAttempts: progress?.failedAttempts ?? [],
			...(progress?.markerPath === undefined ? {} : { markerPath: progress.markerPath }),
			...(progress?.archivePath === undefined ? {} : { archivePath: progress.archivePath }),
		},
		issues: [...(reason === undefined ? [] : [toIssue(reason)]), ...warnings],
		...(reason === undefined ? {} : { error: reason }),
	};
}

function unresolved(request: DepositRequest, error: CoreError): CoreError {
	return new CoreError(
		'DELIVERY_IN_DOUBT',
		`It is not known whether ${quoteName(request.fileName)} was delivered: all of it had been sent when the connection broke, and the server could not be looked at afterwards: ${error.message}`,
		{ cause: error, path: error.path },
	);
}

function leftOver(progress: Progress, { temporary }: DepositSettings): Issue[] {
	const placements = [progress.main, progress.archive, progress.marker];
	const names = placements.flatMap((placement) => [...(placement?.uploads.keys() ?? [])]);
	const left = names.map(
		(name): Issue => ({
			code: 'DELIVERY_CONNECTION_LOST',
			severity: 'warning',
			path: name,
			message:
				temporary.style === 'direct'
					? `A part of the file or all of it may stand under its final name ${quoteName(name)}`
					: `The temporary file ${quoteName(name)} may be left on the server; a later run removes it`,
		}),
	);
	return [...progress.warnings.values(), ...left];
}
