import { CoreError } from '../errors';
import { compareWithSource } from './compare';
import type { Placement } from './compare';
import { explainFailure } from './failures';
import { joinRemote, parentOf, quoteName } from './fileName';
import { makeFolders } from './folders';
import type { DeliveryPorts, FileHandle, FileStatus, SftpPort } from './ports';
import { isFailure } from './ports';
import { untilAborted } from './retry';
import type { ConflictPolicy, DepositSettings } from './settings';
import { readChecked } from './source';
import { chooseTarget, look } from './target';
import type { Target } from './target';
import { temporaryPath } from './temporaryName';
import { hashRemote, writeWindowed } from './transfer';

export interface PlaceContext {
	readonly port: SftpPort;
	readonly placement: Placement;
	readonly settings: DepositSettings;
	readonly conflict: ConflictPolicy;
	readonly ports: DeliveryPorts;
	readonly signal?: AbortSignal | undefined;
	/** Resolves when it is this file's turn to be published. */
	readonly turn: () => Promise<void>;
	/** An earlier run left this file unresolved: a free name does not prove that it never arrived. */
	readonly earlierAttempt: boolean;
	readonly warn: (message: string) => void;
	/** Seconds since 1970 by the server's clock, from a file just written. */
	readonly serverTime?: ((seconds: number) => void) | undefined;
	readonly temporaryUsed?: ((path: string) => void) | undefined;
}

export interface Placed {
	readonly path: string;
	readonly sha256: string;
	/** Found on the server, not sent by this delivery. */
	readonly alreadyThere: boolean;
}

const compareOptions = ({ ports, settings, signal }: PlaceContext) => ({
	ports,
	stallMs: settings.stallMs,
	signal,
});

const DEFAULT_MODE = 0o644;

/**
 * Brings one file under its final name: complete, once, and without replacing anybody's file. May be
 * called again after any failure; it looks at the server before it sends anything.
 */
export async function placeFile(context: PlaceContext): Promise<Placed> {
	const { port, placement, settings, ports } = context;
	const settled = await resolveUnanswered(context);
	if (settled !== undefined) return settled;
	await removeTemporaries(context);
	const target = await choose(context);
	if (target.kind === 'identical') return identical(context, target.path);
	if (context.earlierAttempt && settings.whenInDoubt === 'hold') {
		throw inDoubt(context, target.path, 'an earlier run may have published it');
	}
	const temporary = temporaryPath(
		placement.folder,
		placement.fileName,
		settings.temporary,
		ports.random,
	);
	placement.temporaries.add(temporary);
	context.temporaryUsed?.(temporary);
	try {
		await upload(context, temporary);
		await untilAborted(
			context.turn(),
			context.signal,
			`${quoteName(placement.fileName)} was published`,
		);
		return await publish(context, temporary, target);
	} catch (error) {
		if (!port.closed) await removeTemporaries(context);
		throw error;
	}
}

function identical(context: PlaceContext, path: string): Placed {
	const { placement } = context;
	return { path, sha256: placement.sha256 ?? '', alreadyThere: !placement.renameSent };
}

async function choose(context: PlaceContext): Promise<Target> {
	const { port, placement, conflict } = context;
	try {
		return await chooseTarget(port, placement, conflict, compareOptions(context));
	} catch (error) {
		throw await explainFailure(error, port, { step: 'look at', path: finalPath(context) });
	}
}

const finalPath = ({ placement }: PlaceContext): string =>
	joinRemote(placement.folder, placement.fileName);

/** Best effort: what cannot be removed now is reported, and swept by a later run. */
async function removeTemporaries(context: PlaceContext): Promise<void> {
	const { port, placement } = context;
	for (const temporary of [...placement.temporaries]) {
		if (temporary === placement.unanswered?.temporary) continue;
		try {
			await port.remove(temporary);
			placement.temporaries.delete(temporary);
		} catch (error) {
			if (isFailure(error, 'missing')) placement.temporaries.delete(temporary);
			else if (isFailure(error, 'lost', 'timeout')) return;
			else
				context.warn(
					`The temporary file ${quoteName(temporary)} could not be removed from ${port.endpoint}.`,
				);
		}
	}
}

function inDoubt({ port, placement }: PlaceContext, path: string, why: string): CoreError {
	return new CoreError(
		'DELIVERY_IN_DOUBT',
		`It is not known whether ${quoteName(placement.fileName)} was delivered: ${why}, and ${quoteName(path)} is not on ${port.endpoint} now. The partner may have taken it.`,
		{ path },
	);
}

/**
 * A rename was sent and no answer came. The temporary file is looked at first: were it the other
 * way round, a rename that is executed between the two looks would show neither.
 */
async function resolveUnanswered(context: PlaceContext): Promise<Placed | undefined> {
	const { port, placement, settings } = context;
	const { unanswered } = placement;
	if (unanswered === undefined) return undefined;
	const { temporary, target } = unanswered;
	try {
		const left = await look(port, temporary);
		const found = await look(port, target);
		if (found?.kind === 'file') {
			const comparison = await compareWithSource(
				port,
				target,
				found,
				placement,
				compareOptions(context),
			);
			const ours =
				comparison === 'identical' ||
				(comparison === 'unreadable' &&
					left === undefined &&
					found.size === placement.source.bytes);
			if (ours) {
				placement.unanswered = undefined;
				await removeTemporaries(context);
				return identical(context, target);
			}
		}
		if (left === undefined && settings.whenInDoubt === 'hold') {
			throw inDoubt(context, target, 'the connection broke while it was being published');
		}
	} catch (error) {
		throw await explainFailure(error, port, { step: 'look at', path: target });
	}
	placement.unanswered = undefined;
	return undefined;
}

async function create(context: PlaceContext, temporary: string): Promise<FileHandle> {
	const { port, settings, placement } = context;
	const mode = settings.mode ?? DEFAULT_MODE;
	try {
		return await port.createExclusive(temporary, mode);
	} catch (error) {
		if (isFailure(error, 'missing') && settings.createFolders) {
			await makeFolders(port, placement.folder);
			await makeFolders(port, parentOf(temporary));
			return await port.createExclusive(temporary, mode);
		}
		throw error;
	}
}

async function upload(context: PlaceContext, temporary: string): Promise<void> {
	const { port, placement, settings, signal } = context;
	const { source, fileName } = placement;
	let missing = source.bytes;
	const step = (name: string) => ({ step: name, path: temporary, bytesMissing: missing });
	let handle: FileHandle | undefined;
	try {
		handle = await untilAborted(
			create(context, temporary),
			signal,
			`${quoteName(fileName)} was sent`,
		);
	} catch (error) {
		// A refused name is not ours to remove; one without an answer may be.
		if (isFailure(error) && !isFailure(error, 'lost', 'timeout'))
			placement.temporaries.delete(temporary);
		throw await explainFailure(error, port, step('create'));
	}
	let status: FileStatus | undefined;
	if (port.inOrder && source.bytes > 0 && source.bytes <= port.maxWrite) {
		status = await sendInOne(context, handle, temporary);
	} else {
		try {
			const pieces = readChecked(source, port.maxWrite, { fileName, ...compareOptions(context) });
			placement.sha256 = await writeWindowed(port, handle, temporary, pieces, (bytes) => {
				missing -= bytes;
			});
		} catch (error) {
			const explained = await explainFailure(error, port, step('write'));
			if (!port.closed) await port.close(handle).catch(() => undefined);
			throw explained;
		}
		status = await finish(context, handle, temporary);
	}
	if (status !== undefined) context.serverTime?.(status.modified);
	checkSize(context, temporary, status);
	if (settings.mode !== undefined && status?.mode !== undefined && status.mode !== settings.mode) {
		throw modeRefused(context, temporary, settings.mode);
	}
	if (settings.verify === 'readBack') await verifyContent(context, temporary);
}

/** A file that fits into one request: it is read and checked first, then all steps go out at once. */
async function sendInOne(
	context: PlaceContext,
	handle: FileHandle,
	temporary: string,
): Promise<FileStatus | undefined> {
	const { port, placement } = context;
	const { source, fileName } = placement;
	let content: Uint8Array = new Uint8Array(0);
	try {
		const pieces = readChecked(source, port.maxWrite, { fileName, ...compareOptions(context) });
		for (;;) {
			const next = await pieces.next();
			if (next.done === true) {
				placement.sha256 = next.value;
				break;
			}
			content = next.value;
		}
	} catch (error) {
		if (!port.closed) await port.close(handle).catch(() => undefined);
		throw error;
	}
	return await finish(context, handle, temporary, content);
}

/**
 * Sync, permissions, close and the look at the size. A server that works in order gets them at once,
 * which saves three round trips; the answers are still all waited for.
 */
async function finish(
	context: PlaceContext,
	handle: FileHandle,
	temporary: string,
	content?: Uint8Array,
): Promise<FileStatus | undefined> {
	const { port, settings, placement } = context;
	const bytesMissing = placement.source.bytes;
	const labelled = <Value>(step: string, work: Promise<Value>): Promise<Value> =>
		work.catch(async (error: unknown) => {
			if (step === 'sync' && isFailure(error, 'unsupported')) return undefined as Value;
			if (step === 'set permissions of' && isFailure(error, 'unsupported', 'denied', 'refused')) {
				throw modeRefused(context, temporary, settings.mode ?? DEFAULT_MODE);
			}
			throw await explainFailure(error, port, { step, path: temporary, bytesMissing });
		});
	const steps: (() => Promise<unknown>)[] = [];
	const { mode } = settings;
	if (content !== undefined) {
		steps.push(() => labelled('write', port.write(handle, content, 0)));
	}
	if (settings.sync && port.extensions.fsync)
		steps.push(() => labelled('sync', port.fsync(handle)));
	if (mode !== undefined)
		steps.push(() => labelled('set permissions of', port.setMode(handle, mode)));
	steps.push(() => labelled('close', port.close(handle)));
	let status: FileStatus | undefined;
	steps.push(async () => {
		status = await labelled('look at', port.lstat(temporary));
	});
	if (port.inOrder) {
		const answers = await Promise.allSettled(steps.map((run) => run()));
		for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
	} else {
		for (const run of steps) await run();
	}
	return status;
}

function modeRefused({ port }: PlaceContext, path: string, mode: number): CoreError {
	return new CoreError(
		'DELIVERY_MODE_REFUSED',
		`The server ${port.endpoint} did not set the permissions 0${mode.toString(8)} of ${quoteName(path)}. Nothing was published.`,
		{ path },
	);
}

function checkSize(
	{ port, placement }: PlaceContext,
	path: string,
	status: FileStatus | undefined,
): void {
	if (status === undefined) {
		throw new CoreError(
			'DELIVERY_TEMPORARY_LOST',
			`The temporary file ${quoteName(path)} disappeared from ${port.endpoint} before it was published.`,
			{ path },
		);
	}
	if (status.size !== placement.source.bytes) {
		throw new CoreError(
			'DELIVERY_SIZE_MISMATCH',
			`The server ${port.endpoint} stored ${status.size} of ${placement.source.bytes} bytes of ${quoteName(placement.fileName)} although it acknowledged all of them. Nothing was published.`,
			{ path },
		);
	}
}

async function verifyContent(context: PlaceContext, temporary: string): Promise<void> {
	const { port, placement } = context;
	let remote: { readonly sha256: string };
	try {
		remote = await hashRemote(port, temporary, placement.source.bytes);
	} catch (error) {
		if (isFailure(error, 'missing')) return checkSize(context, temporary, undefined);
		throw await explainFailure(error, port, { step: 'read back', path: temporary });
	}
	if (remote.sha256 === placement.sha256) return;
	throw new CoreError(
		'DELIVERY_HASH_MISMATCH',
		`What was read back of ${quoteName(placement.fileName)} from ${port.endpoint} has the SHA-256 ${remote.sha256}; sent was ${placement.sha256 ?? ''}. Nothing was published.`,
		{ path: temporary },
	);
}

async function publish(context: PlaceContext, temporary: string, chosen: Target): Promise<Placed> {
	const { port, placement } = context;
	let target = chosen;
	// A server that is not OpenSSH may replace on a plain rename, so it is looked at once more.
	if (!port.inOrder) target = await choose(context);
	for (;;) {
		if (target.kind === 'identical') {
			await removeTemporaries(context);
			return identical(context, target.path);
		}
		const sentBefore = placement.renameSent;
		placement.unanswered = { temporary, target: target.path };
		placement.renameSent = true;
		try {
			if (target.replace) await port.replaceByRename(temporary, target.path);
			else await port.rename(temporary, target.path);
			placement.unanswered = undefined;
			placement.temporaries.delete(temporary);
			return { path: target.path, sha256: placement.sha256 ?? '', alreadyThere: false };
		} catch (error) {
			if (!isFailure(error) || isFailure(error, 'lost', 'timeout')) {
				throw await explainFailure(error, port, { step: 'publish', path: target.path });
			}
			// The server has answered: this rename was not executed.
			placement.unanswered = undefined;
			placement.renameSent = sentBefore;
			checkSize(context, temporary, await look(port, temporary));
			const taken = target.replace ? undefined : await look(port, target.path);
			if (taken !== undefined) {
				target = await choose(context);
				continue;
			}
			throw await renameRefused(context, target.path, error);
		}
	}
}

async function renameRefused(
	context: PlaceContext,
	path: string,
	error: unknown,
): Promise<CoreError> {
	const { port, settings } = context;
	if (!isFailure(error, 'refused', 'unsupported')) {
		return await explainFailure(error, port, { step: 'publish', path });
	}
	const staging =
		settings.temporary.style === 'stagingFolder'
			? ` The staging folder ${quoteName(settings.temporary.stagingFolder ?? '')} may lie on another disk.`
			: '';
	return new CoreError(
		'DELIVERY_RENAME_REFUSED',
		`The server ${port.endpoint} refused to rename the complete file to ${quoteName(path)}.${staging}`,
		{ path, cause: error },
	);
}
