import { CoreError } from '../errors';
import { compareWithSource } from './compare';
import { placeDirectly, settleDirect } from './direct';
import { explainFailure } from './failures';
import { quoteName } from './fileName';
import { removeUploads, vanished } from './leftBehind';
import { lockName } from './lock';
import { choose, compareOptions, identical, notToBeSeen } from './placing';
import type { PlaceContext, Placed } from './placing';
import type { FileStatus } from './ports';
import { isFailure } from './ports';
import { untilAborted } from './retry';
import { look, see } from './target';
import type { Target } from './target';
import { temporaryPath, uploadsOf } from './temporaryName';
import { checkSize, upload } from './upload';

/**
 * Brings one file under its final name: complete, once, and without replacing anybody's file. May be
 * called again after any failure; it looks at the server before it sends anything.
 */
export async function placeFile(context: PlaceContext): Promise<Placed> {
	const { port, placement, settings, ports } = context;
	const settled = await settleEarlier(context);
	if (settled !== undefined) return settled;
	if (settings.temporary.style === 'direct') return await placeDirectly(context);
	const target = await choose(context);
	if (target.kind === 'identical') return identical(context, target.path);
	if (context.earlierAttempt && settings.whenInDoubt === 'hold') {
		if (!(await takeBackUnpublished(context))) {
			throw notToBeSeen(context, target.path, 'an earlier run may have published it');
		}
	}
	const { folder, fileName } = placement;
	const temporary = temporaryPath(folder, fileName, settings.temporary, ports.random);
	try {
		await upload(context, temporary);
		await untilAborted(context.turn(), context.signal, `${quoteName(fileName)} was published`);
		return await publish(context, temporary, target);
	} catch (error) {
		if (!port.closed) await removeUploads(context);
		throw error;
	}
}

/**
 * An upload of the earlier run that still stands under its temporary name was neither published nor
 * taken; every run removes those of its own before it sends the next. Once it is removed, nobody has it.
 */
async function takeBackUnpublished(context: PlaceContext): Promise<boolean> {
	const { port, placement, settings } = context;
	const { folder, fileName } = placement;
	try {
		const left = await uploadsOf(port, folder, fileName, settings.temporary);
		for (const path of left) await port.remove(path);
		return left.length > 0;
	} catch (error) {
		if (!isFailure(error, 'lost', 'timeout')) return false;
		throw await explainFailure(error, port, { step: 'take back', path: folder });
	}
}

/** Finds out what became of an attempt that broke off, and cleans up after it. Sends nothing. */
export async function settleEarlier(context: PlaceContext): Promise<Placed | undefined> {
	if (context.settings.temporary.style === 'direct') return await settleDirect(context);
	const settled = await resolveUnanswered(context);
	if (settled === undefined) await removeUploads(context);
	return settled;
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
	let left: FileStatus | undefined;
	try {
		left = await look(port, temporary);
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
				temporaryIs(context, temporary, left);
				await removeUploads(context);
				return identical(context, target);
			}
		}
		if (left === undefined && settings.whenInDoubt === 'hold') {
			throw notToBeSeen(
				context,
				target,
				'the connection broke while it was being published',
			);
		}
	} catch (error) {
		throw await explainFailure(error, port, { step: 'look at', path: target });
	}
	placement.unanswered = undefined;
	temporaryIs(context, temporary, left);
	return undefined;
}

/** Renamed, or still there under the name that the partner does not take. */
function temporaryIs(
	{ placement }: PlaceContext,
	temporary: string,
	left: FileStatus | undefined,
): void {
	if (left === undefined) placement.uploads.delete(temporary);
	else placement.uploads.set(temporary, 'part');
}

async function publish(context: PlaceContext, temporary: string, chosen: Target): Promise<Placed> {
	// OpenSSH's rename cannot replace a file; that of other servers may, so one run at a time does it.
	if (context.port.inOrder) return await takeName(context, temporary, chosen);
	for (let tries = 1; ; tries += 1) {
		const lock = await lockName(context);
		try {
			const target = await choose(context);
			if (lock.isOld() && tries < LOCK_TRIES) continue;
			return await takeName(context, temporary, target);
		} finally {
			await lock.release();
		}
	}
}

/** Comparing with a large file that is there may outlast a lock. */
const LOCK_TRIES = 3;

async function takeName(
	context: PlaceContext,
	temporary: string,
	chosen: Target,
): Promise<Placed> {
	const { port, placement } = context;
	let target = chosen;
	for (;;) {
		if (target.kind === 'identical') {
			await removeUploads(context);
			return identical(context, target.path);
		}
		const sentBefore = placement.renameSent;
		placement.unanswered = { temporary, target: target.path };
		placement.renameSent = true;
		try {
			if (target.replace) await port.replaceByRename(temporary, target.path);
			else await port.rename(temporary, target.path);
			placement.unanswered = undefined;
			placement.uploads.delete(temporary);
			return { path: target.path, sha256: placement.sha256 ?? '', alreadyThere: false };
		} catch (error) {
			if (!isFailure(error) || isFailure(error, 'lost', 'timeout')) {
				throw await explainFailure(error, port, { step: 'publish', path: target.path });
			}
			// The server has answered: this rename was not executed.
			placement.unanswered = undefined;
			placement.renameSent = sentBefore;
			await checkStillThere(context, temporary);
			const taken = target.replace ? undefined : await look(port, target.path);
			if (taken !== undefined) {
				target = await choose(context);
				continue;
			}
			throw await renameRefused(context, target.path, error);
		}
	}
}

async function checkStillThere(context: PlaceContext, temporary: string): Promise<void> {
	const { port } = context;
	const left = await see(port, temporary).catch(async (error: unknown) => {
		throw await explainFailure(error, port, { step: 'look at', path: temporary });
	});
	if (left === 'absent') throw vanished(context, temporary);
	if (left !== 'unseen') checkSize(context, temporary, left);
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
