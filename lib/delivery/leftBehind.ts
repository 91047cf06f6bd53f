import { CoreError } from '../errors';
import { explainFailure } from './failures';
import { quoteName } from './fileName';
import type { PlaceContext } from './placing';
import type { FileHandle } from './ports';
import { isFailure } from './ports';
import { see } from './target';

/**
 * A complete upload is gone before it could take its final name: whoever takes files as soon as they
 * are closed has it. It is not sent again by itself, or such a partner would get it again each time.
 */
export function vanished({ port, placement }: PlaceContext, path: string): CoreError {
	placement.doubtful = true;
	return new CoreError(
		'DELIVERY_TEMPORARY_LOST',
		`The complete file ${quoteName(placement.fileName)} disappeared from ${port.endpoint} under its temporary name ${quoteName(path)} before it could take its own. The partner may have taken it.`,
		{ path },
	);
}

/**
 * Removes what earlier steps of this delivery left on the server. Best effort: what cannot be removed
 * is reported, and swept by a later run. A whole upload that is not there any more is in doubt.
 */
export async function removeUploads(context: PlaceContext): Promise<void> {
	const { placement } = context;
	for (const path of [...placement.uploads.keys()]) {
		if (path === placement.unanswered?.temporary) continue;
		try {
			await removeUpload(context, path);
		} catch (error) {
			if (isFailure(error, 'lost', 'timeout')) return;
			throw error;
		}
	}
}

async function removeUpload(context: PlaceContext, path: string): Promise<void> {
	const { port, placement } = context;
	const { uploads } = placement;
	if (uploads.get(path) === 'whole') {
		const sight = await see(port, path);
		if (sight === 'absent') throw vanished(context, path);
		if (sight !== 'unseen' && sight.size !== placement.source.bytes) uploads.set(path, 'part');
	}
	const whole = uploads.get(path) === 'whole';
	try {
		await port.remove(path);
		uploads.delete(path);
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) throw error;
		if (isFailure(error, 'missing')) {
			// Taken since it was seen.
			if (whole) throw vanished(context, path);
			uploads.delete(path);
			return;
		}
		// Nobody may remove it; where nobody can look either, the partner may have it or not.
		if (whole && (await see(port, path)) === 'unseen') throw vanished(context, path);
		uploads.set(path, 'part');
		context.warn(
			`The temporary file ${quoteName(path)} could not be removed from ${port.endpoint}`,
		);
	}
}

/**
 * Gives an upload up while it is still open. It is removed before it is closed, because some partners
 * take what is closed; where it cannot be removed it stays open until the connection ends.
 */
export async function abandonOpen(
	context: PlaceContext,
	handle: FileHandle,
	path: string,
	reason: CoreError,
): Promise<void> {
	const { port, placement, settings } = context;
	if (port.closed) return;
	placement.uploads.set(path, 'part');
	try {
		await port.remove(path);
		placement.uploads.delete(path);
	} catch (error) {
		if (isFailure(error, 'missing')) placement.uploads.delete(path);
		else if (settings.temporary.style === 'direct') {
			throw await partLeft(context, path, error, reason);
		}
	}
	if (!port.closed) await port.close(handle).catch(() => undefined);
}

/** Under the final name stands a part of the file, and it cannot be taken away. */
export async function partLeft(
	context: PlaceContext,
	path: string,
	error: unknown,
	reason?: CoreError,
): Promise<CoreError> {
	const { port, placement } = context;
	if (isFailure(error, 'lost', 'timeout')) {
		return await explainFailure(error, port, { step: 'remove', path });
	}
	return new CoreError(
		'DELIVERY_PART_LEFT',
		`A part of ${quoteName(placement.fileName)} stands under its final name ${quoteName(path)} on ${port.endpoint}, and the server did not let it be removed${reason === undefined ? '' : `; the deposit had ended because: ${reason.message}`}`,
		{ path, cause: error },
	);
}
