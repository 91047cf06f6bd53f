import { CoreError } from '../errors';
import { explainFailure } from './failures';
import { parentOf, quoteName } from './fileName';
import { makeFolders } from './folders';
import { abandonOpen, vanished } from './leftBehind';
import { compareOptions } from './placing';
import type { PlaceContext } from './placing';
import type { FileHandle, FileStatus } from './ports';
import { isFailure } from './ports';
import { untilAborted } from './retry';
import { readChecked } from './source';
import { hashRemote, writeWindowed } from './transfer';

const DEFAULT_MODE = 0o644;

/** Under a name that must not exist yet. */
export async function create(context: PlaceContext, path: string): Promise<FileHandle> {
	const { port, settings, placement } = context;
	const mode = settings.mode ?? DEFAULT_MODE;
	try {
		return await port.createExclusive(path, mode);
	} catch (error) {
		if (isFailure(error, 'missing') && settings.createFolders) {
			await makeFolders(port, placement.folder);
			await makeFolders(port, parentOf(path));
			return await port.createExclusive(path, mode);
		}
		throw error;
	}
}

/** Writes the whole file under a temporary name, closes it, and checks what the server has stored. */
export async function upload(context: PlaceContext, temporary: string): Promise<void> {
	const { port, placement, settings, signal } = context;
	const { source, fileName, uploads } = placement;
	const bytesMissing = source.bytes;
	uploads.set(temporary, 'part');
	context.temporaryUsed?.(temporary);
	let handle: FileHandle;
	try {
		handle = await untilAborted(
			create(context, temporary),
			signal,
			`${quoteName(fileName)} was sent`,
		);
	} catch (error) {
		// A refused name is not ours to remove; one without an answer may be.
		if (isFailure(error) && !isFailure(error, 'lost', 'timeout')) uploads.delete(temporary);
		throw await explainFailure(error, port, { step: 'create', path: temporary, bytesMissing });
	}
	let status: FileStatus | undefined;
	if (port.inOrder && source.bytes > 0 && source.bytes <= port.maxWrite) {
		status = await sendInOne(context, handle, temporary);
	} else {
		await sendContent(context, handle, temporary);
		status = await finish(context, handle, temporary);
	}
	if (status === undefined) throw vanished(context, temporary);
	context.serverTime?.(status.modified);
	placement.serverClock = { seconds: status.modified, at: context.ports.now() };
	checkSize(context, temporary, status);
	checkMode(context, temporary, status);
	if (settings.verify === 'readBack') {
		const problem = await contentProblem(context, temporary);
		if (problem === 'missing') throw vanished(context, temporary);
		if (problem !== undefined) throw problem;
	}
}

/** All bytes of the source, with several requests under way. What is cut short is given up. */
export async function sendContent(
	context: PlaceContext,
	handle: FileHandle,
	path: string,
): Promise<void> {
	const { port, placement } = context;
	const { source, fileName, uploads } = placement;
	let missing = source.bytes;
	const beforeLast = (): void => {
		uploads.set(path, 'whole');
	};
	if (source.bytes === 0) beforeLast();
	try {
		const pieces = readChecked(source, port.maxWrite, { fileName, ...compareOptions(context) });
		placement.sha256 = await writeWindowed(port, handle, path, pieces, {
			total: source.bytes,
			beforeLast,
			stored: (bytes) => {
				missing -= bytes;
			},
		});
	} catch (error) {
		const explained = await explainFailure(error, port, {
			step: 'write',
			path,
			bytesMissing: missing,
		});
		await abandonOpen(context, handle, path, explained);
		throw explained;
	}
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

/** The steps before the end of a file: content, where it is still to be sent, disk, permissions. */
export function stepsBeforeClose(
	context: PlaceContext,
	handle: FileHandle,
	path: string,
	content?: Uint8Array,
): (() => Promise<unknown>)[] {
	const { port, settings } = context;
	const { mode } = settings;
	const steps: (() => Promise<unknown>)[] = [];
	if (content !== undefined) {
		steps.push(() => labelled(context, 'write', path, port.write(handle, content, 0)));
	}
	if (settings.sync && port.extensions.fsync) {
		steps.push(() =>
			labelled(context, 'sync', path, port.fsync(handle).catch(unlessUnsupported)),
		);
	}
	if (mode !== undefined) {
		steps.push(() =>
			labelled(
				context,
				'set permissions of',
				path,
				port.setMode(handle, mode).catch((error: unknown) => {
					if (!isFailure(error, 'unsupported', 'denied', 'refused')) throw error;
					throw modeRefused(context, path, mode);
				}),
			),
		);
	}
	return steps;
}

function unlessUnsupported(error: unknown): void {
	if (!isFailure(error, 'unsupported')) throw error;
}

export async function labelled<Value>(
	{ port, placement }: PlaceContext,
	step: string,
	path: string,
	work: Promise<Value>,
): Promise<Value> {
	try {
		return await work;
	} catch (error) {
		throw await explainFailure(error, port, { step, path, bytesMissing: placement.source.bytes });
	}
}

/** At once where the server keeps the order, else one after the other. The first failure counts. */
export async function runSteps(
	{ port }: PlaceContext,
	steps: readonly (() => Promise<unknown>)[],
): Promise<void> {
	if (!port.inOrder) {
		for (const run of steps) await run();
		return;
	}
	const answers = await Promise.allSettled(steps.map((run) => run()));
	for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
}

async function finish(
	context: PlaceContext,
	handle: FileHandle,
	temporary: string,
	content?: Uint8Array,
): Promise<FileStatus | undefined> {
	const { port, placement } = context;
	placement.uploads.set(temporary, 'whole');
	let status: FileStatus | undefined;
	try {
		await runSteps(context, [
			...stepsBeforeClose(context, handle, temporary, content),
			() => labelled(context, 'close', temporary, port.close(handle)),
			async () => {
				status = await labelled(context, 'look at', temporary, port.lstat(temporary));
			},
		]);
	} catch (error) {
		// Refused, not lost: the server has not stored all of it.
		const refused = error instanceof CoreError && REFUSED_CONTENT.has(error.code);
		if (refused && !port.closed) placement.uploads.set(temporary, 'part');
		throw error;
	}
	return status;
}

const REFUSED_CONTENT: ReadonlySet<string> = new Set([
	'DELIVERY_DISK_FULL',
	'DELIVERY_SERVER_REFUSED',
	'DELIVERY_MODE_REFUSED',
]);

function modeRefused({ port }: PlaceContext, path: string, mode: number): CoreError {
	return new CoreError(
		'DELIVERY_MODE_REFUSED',
		`The server ${port.endpoint} did not set the permissions 0${mode.toString(8)} of ${quoteName(path)}. Nothing was published.`,
		{ path },
	);
}

export function checkMode(context: PlaceContext, path: string, status: FileStatus): void {
	const { mode } = context.settings;
	if (mode === undefined || status.mode === undefined || status.mode === mode) return;
	throw modeRefused(context, path, mode);
}

export function checkSize(context: PlaceContext, path: string, status: FileStatus): void {
	const { port, placement } = context;
	if (status.size === placement.source.bytes) return;
	placement.uploads.set(path, 'part');
	throw new CoreError(
		'DELIVERY_SIZE_MISMATCH',
		`The server ${port.endpoint} stored ${status.size} of ${placement.source.bytes} bytes of ${quoteName(placement.fileName)} although it acknowledged all of them. Nothing was published.`,
		{ path },
	);
}

/** Reads everything back. `missing` where the file is not there any more. */
export async function contentProblem(
	context: PlaceContext,
	path: string,
): Promise<CoreError | 'missing' | undefined> {
	const { port, placement } = context;
	let remote: { readonly sha256: string };
	try {
		remote = await hashRemote(port, path, placement.source.bytes);
	} catch (error) {
		if (isFailure(error, 'missing')) return 'missing';
		return await explainFailure(error, port, { step: 'read back', path });
	}
	if (remote.sha256 === placement.sha256) return undefined;
	placement.uploads.set(path, 'part');
	return new CoreError(
		'DELIVERY_HASH_MISMATCH',
		`What was read back of ${quoteName(placement.fileName)} from ${port.endpoint} has the SHA-256 ${remote.sha256}; sent was ${placement.sha256 ?? ''}. Nothing was published.`,
		{ path },
	);
}
