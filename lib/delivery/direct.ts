import { CoreError } from '../errors';
import { compareWithSource } from './compare';
import { explainFailure } from './failures';
import { quoteName } from './fileName';
import { abandonOpen, partLeft } from './leftBehind';
import { choose, compareOptions, finalPath, identical, inDoubt, notToBeSeen } from './placing';
import type { PlaceContext, Placed } from './placing';
import type { FileHandle, FileStatus } from './ports';
import { isFailure } from './ports';
import { cancelled, untilAborted } from './retry';
import { hashOf } from './source';
import { see } from './target';
import type { Sight } from './target';
import { hashRemote } from './transfer';
import {
	checkMode,
	checkSize,
	contentProblem,
	create,
	labelled,
	runSteps,
	sendContent,
	stepsBeforeClose,
} from './upload';

/**
 * Writes a file under its final name, which must not exist yet: for networks that take each file when
 * it is closed, and for servers that forbid to rename or to look. Nothing is closed before all of it
 * is stored, as far as the server shows that. Checked by what the server allows; where it allows
 * nothing the outcome is in doubt, and a complete file is never sent twice by itself.
 */
export async function placeDirectly(context: PlaceContext): Promise<Placed> {
	const { placement, settings, signal } = context;
	const partRemoved = context.earlierAttempt && (await removeEarlierPart(context));
	// Read once before it is sent: a source that breaks must not leave a part under the final name.
	placement.sha256 = await hashOf(placement.source, {
		fileName: placement.fileName,
		...compareOptions(context),
	});
	await untilAborted(context.turn(), signal, `${quoteName(placement.fileName)} was published`);
	for (;;) {
		const target = await choose(context);
		if (target.kind === 'identical') return identical(context, target.path);
		if (context.earlierAttempt && !partRemoved && settings.whenInDoubt === 'hold') {
			throw notToBeSeen(context, target.path, 'an earlier run may have sent it');
		}
		const handle = await createFinal(context, target.path);
		if (handle === undefined) continue;
		await send(context, handle, target.path);
		return await confirm(context, target.path);
	}
}

/**
 * An earlier run died while it was sending: the beginning of this very file stands under its name.
 * Once it is removed, nobody has the whole of it.
 */
async function removeEarlierPart(context: PlaceContext): Promise<boolean> {
	const { port, placement } = context;
	const path = finalPath(context);
	const sight = await labelled(context, 'look at', path, see(port, path));
	if (typeof sight === 'string' || sight.size >= placement.source.bytes) return false;
	if (!(await isOurs(context, path, sight))) return false;
	await removePart(context, path);
	return true;
}

/** `undefined` where somebody else has created the name in between. */
async function createFinal(context: PlaceContext, path: string): Promise<FileHandle | undefined> {
	const { port, placement, signal } = context;
	const { uploads, source } = placement;
	if (signal?.aborted === true) throw cancelled(`${quoteName(placement.fileName)} was sent`);
	uploads.set(path, 'creating');
	try {
		const handle = await create(context, path);
		uploads.set(path, 'part');
		return handle;
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) {
			throw await explainFailure(error, port, { step: 'create', path });
		}
		uploads.delete(path);
		if (isFailure(error, 'refused')) {
			const sight = await see(port, path);
			if (sight === 'unseen') {
				throw new CoreError(
					'DELIVERY_TARGET_EXISTS',
					`The server ${port.endpoint} did not let ${quoteName(path)} be created, and nobody may look: a file of this name may be there already. Nothing was sent.`,
					{ path, cause: error },
				);
			}
			if (sight !== 'absent') return undefined;
		}
		throw await explainFailure(error, port, {
			step: 'create',
			path,
			bytesMissing: source.bytes,
		});
	}
}

async function send(context: PlaceContext, handle: FileHandle, path: string): Promise<void> {
	const { port, placement } = context;
	const { uploads } = placement;
	await sendContent(context, handle, path);
	try {
		await runSteps(context, [
			...stepsBeforeClose(context, handle, path),
			async () => await lookWhileOpen(context, handle, path),
		]);
	} catch (error) {
		const explained = await explainFailure(error, port, { step: 'check', path });
		await abandonOpen(context, handle, path, explained);
		throw explained;
	}
	try {
		await port.close(handle);
		uploads.set(path, 'closed');
	} catch (error) {
		const explained = await explainFailure(error, port, { step: 'close', path, bytesMissing: 1 });
		if (!isFailure(error, 'lost', 'timeout')) await removePart(context, path, explained);
		throw explained;
	}
}

/** Some servers answer nothing, or 0, for a file that is open: that shows nothing. */
async function lookWhileOpen(
	context: PlaceContext,
	handle: FileHandle,
	path: string,
): Promise<void> {
	const { port, placement } = context;
	let status: FileStatus;
	try {
		status = await port.fstat(handle);
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) throw error;
		return;
	}
	if (status.size === 0 && placement.source.bytes > 0) return;
	checkSize(context, path, status);
	checkMode(context, path, status);
	placement.sizeSeen = true;
}

/** The end was confirmed: what is seen now only shows what was stored, and who has it. */
async function confirm(context: PlaceContext, path: string): Promise<Placed> {
	const { port, placement, settings } = context;
	const content = settings.verify === 'readBack' ? await contentProblem(context, path) : undefined;
	if (content instanceof CoreError && !UNREADABLE.has(content.code)) {
		if (content.code === 'DELIVERY_HASH_MISMATCH') await removePart(context, path, content);
		throw content;
	}
	if (content instanceof CoreError) {
		context.warn(`${content.message}; its size was checked instead`);
	} else if (settings.verify === 'readBack' && content === undefined) {
		return delivered(context, path);
	}
	if (placement.sizeSeen) return delivered(context, path);
	const sight = await labelled(context, 'look at', path, see(port, path));
	if (sight === 'absent') return delivered(context, path);
	if (sight !== 'unseen') {
		await checkWhole(context, path, sight);
		return delivered(context, path);
	}
	if (await canBeRead(context, path)) return delivered(context, path);
	throw inDoubt(
		context,
		path,
		`all of it was sent and ${quoteName(path)} was closed, but the server lets nobody look at the file or read it`,
	);
}

const UNREADABLE: ReadonlySet<string> = new Set([
	'DELIVERY_PERMISSION_DENIED',
	'DELIVERY_UNSUPPORTED',
	'DELIVERY_SERVER_REFUSED',
]);

async function checkWhole(context: PlaceContext, path: string, status: FileStatus): Promise<void> {
	try {
		checkSize(context, path, status);
	} catch (error) {
		await removePart(context, path, error as CoreError);
		throw error;
	}
}

async function canBeRead(context: PlaceContext, path: string): Promise<boolean> {
	const { port, placement } = context;
	try {
		const remote = await hashRemote(port, path, placement.source.bytes);
		return remote.sha256 === placement.sha256;
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) {
			throw await explainFailure(error, port, { step: 'read back', path });
		}
		return false;
	}
}

function delivered({ placement }: PlaceContext, path: string): Placed {
	placement.uploads.clear();
	return { path, sha256: placement.sha256 ?? '', alreadyThere: false };
}

/** Takes away what is not the whole file; raises DELIVERY_PART_LEFT where the server does not let it. */
async function removePart(context: PlaceContext, path: string, reason?: CoreError): Promise<void> {
	const { port, placement } = context;
	placement.uploads.set(path, 'part');
	try {
		await port.remove(path);
	} catch (error) {
		if (!isFailure(error, 'missing')) throw await partLeft(context, path, error, reason);
	}
	placement.uploads.delete(path);
}

/** An earlier attempt of this run broke off: what has become of it, before anything is sent again. */
export async function settleDirect(context: PlaceContext): Promise<Placed | undefined> {
	const { port, placement } = context;
	for (const [path, stage] of [...placement.uploads]) {
		const sight = await labelled(context, 'look at', path, see(port, path));
		if (stage === 'creating') await resolveCreating(context, path, sight);
		else if (stage === 'part') await resolvePart(context, path, sight);
		else return await resolveWhole(context, path, sight, stage === 'closed');
	}
	return undefined;
}

/** So long an empty file may belong to somebody who has just created it. */
const EMPTY_MS = 1_000;

async function resolveCreating(context: PlaceContext, path: string, sight: Sight): Promise<void> {
	const { port, placement, ports, signal } = context;
	const isEmpty = (seen: Sight): boolean => typeof seen !== 'string' && seen.size === 0;
	if (isEmpty(sight) && placement.source.bytes > 0) {
		await ports.sleep(EMPTY_MS, signal);
		const later = await labelled(context, 'look at', path, see(port, path));
		if (isEmpty(later)) await removePart(context, path);
	}
	// Anything else is not ours: nothing was sent into it.
	placement.uploads.delete(path);
}

async function resolvePart(context: PlaceContext, path: string, sight: Sight): Promise<void> {
	const { placement } = context;
	if (sight !== 'absent' && (sight === 'unseen' || (await isOurs(context, path, sight)))) {
		await removePart(context, path);
	}
	placement.uploads.delete(path);
}

/** We created it; unless it may not be read, its bytes must be the first of ours all the same. */
async function isOurs(context: PlaceContext, path: string, found: FileStatus): Promise<boolean> {
	const { port, placement } = context;
	const { source } = placement;
	if (found.kind !== 'file' || found.size > source.bytes) return false;
	const beginning = {
		bytes: found.size,
		async *read(): AsyncIterable<Uint8Array> {
			let left = found.size;
			for await (const piece of source.read()) {
				if (left <= 0) return;
				yield piece.subarray(0, left);
				left -= piece.byteLength;
			}
		},
	};
	const compared = await labelled(
		context,
		'look at',
		path,
		compareWithSource(
			port,
			path,
			found,
			{ ...placement, source: beginning, sha256: undefined },
			compareOptions(context),
		),
	);
	return compared !== 'different';
}

async function resolveWhole(
	context: PlaceContext,
	path: string,
	sight: Sight,
	closed: boolean,
): Promise<Placed | undefined> {
	const { placement } = context;
	placement.renameSent = true;
	if (sight === 'absent' && closed) return delivered(context, path);
	if (sight === 'absent') {
		throw notToBeSeen(context, path, 'the connection broke when all of it had been sent');
	}
	if (sight === 'unseen') {
		if (closed && placement.sizeSeen) return delivered(context, path);
		throw inDoubt(
			context,
			path,
			'the connection broke when all of it had been sent, and the server lets nobody look',
		);
	}
	if (sight.kind === 'file' && sight.size < placement.source.bytes) {
		placement.renameSent = false;
		await resolvePart(context, path, sight);
		return undefined;
	}
	if (!(await isOurs(context, path, sight))) {
		throw inDoubt(
			context,
			path,
			`the connection broke when all of it had been sent, and ${quoteName(path)} is another file now`,
		);
	}
	if (!closed) await closeAgain(context, path);
	return delivered(context, path);
}

/**
 * It stands there whole, but the connection broke before its end was confirmed. A network that takes
 * what is closed may be waiting for that, so the same file is opened and closed once more.
 */
async function closeAgain(context: PlaceContext, path: string): Promise<void> {
	const { port } = context;
	try {
		await port.close(await port.openForWriting(path));
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) {
			throw await explainFailure(error, port, { step: 'close', path });
		}
		throw inDoubt(
			context,
			path,
			isFailure(error, 'missing')
				? 'the connection broke when all of it had been sent. The partner has taken it or removed it'
				: `the connection broke when all of it had been sent. ${quoteName(path)} stands there whole, and the server did not let it be closed`,
		);
	}
}
