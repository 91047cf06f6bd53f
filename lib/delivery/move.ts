import { CoreError } from '../errors';
import { numberedPath } from './compare';
import type { ConnectionKeeper } from './connectionKeeper';
import { baseOf, checkFileName, checkFolder, joinRemote, parentOf, quoteName } from './fileName';
import { makeFolders } from './folders';
import type { SftpPort } from './ports';
import { isFailure } from './ports';
import { explainFailure } from './failures';
import { look } from './target';
import { tryOn } from './withConnection';
import type { ConnectionOptions } from './withConnection';

export interface MoveRequest {
	readonly path: string;
	readonly toFolder: string;
	/** The size the flow has processed: tells this file from another one of the same name. */
	readonly bytes?: number | undefined;
}

export interface MoveSettings {
	readonly conflict: 'fail' | 'number';
	readonly createFolders: boolean;
}

export interface MoveResult {
	readonly outcome: 'moved' | 'already there';
	readonly from: string;
	readonly path: string;
}

const HIGHEST_NUMBER = 99;

function checkPath(path: string): { folder: string; name: string } {
	if (path.trim() === '') {
		throw new CoreError('DELIVERY_OPTION_INVALID', 'There is no path of a file to move', {
			path: 'path',
			hint: "Give 'Path' the file's path on the server, such as the field path of a picked-up file.",
		});
	}
	return { folder: checkFolder(parentOf(path), 'path'), name: checkFileName(baseOf(path)) };
}

/** Moves one file to another folder of the same server without replacing anything there. */
export async function moveFile(
	request: MoveRequest,
	settings: MoveSettings,
	keeper: ConnectionKeeper,
	options: ConnectionOptions,
): Promise<MoveResult> {
	const { folder, name } = checkPath(request.path);
	const from = joinRemote(folder, name);
	const toFolder = checkFolder(request.toFolder, 'Target Folder');
	if (toFolder === folder) {
		throw new CoreError(
			'DELIVERY_OPTION_INVALID',
			`The file ${quoteName(from)} is already in the target folder`,
			{
				path: 'toFolder',
			},
		);
	}
	let unanswered: string | undefined;
	return await tryOn(keeper, options, { step: 'move', path: from }, async (port) => {
		const source = await port.lstat(from);
		if (source === undefined) {
			return await settleMissing(port, request, { from, toFolder, name, unanswered });
		}
		if (request.bytes !== undefined && source.size !== request.bytes) {
			throw new CoreError(
				'DELIVERY_FILE_UNSTABLE',
				`The file ${quoteName(from)} on ${port.endpoint} has ${source.size} bytes; ${request.bytes} were processed. It was not moved.`,
				{ path: from },
			);
		}
		for (let number = 0; number <= HIGHEST_NUMBER; number += 1) {
			const to = numberedPath(toFolder, name, number);
			if ((await look(port, to)) !== undefined) {
				if (settings.conflict === 'number') continue;
				throw new CoreError(
					'DELIVERY_TARGET_EXISTS',
					`The file ${quoteName(to)} is already on ${port.endpoint}; ${quoteName(from)} was not moved`,
					{ path: to },
				);
			}
			unanswered = to;
			if (await renameTo(port, from, to, settings.createFolders))
				return { outcome: 'moved', from, path: to };
			unanswered = undefined;
		}
		throw new CoreError(
			'DELIVERY_NUMBERS_USED_UP',
			`All names from ${quoteName(name)} to -${HIGHEST_NUMBER} are taken in ${quoteName(toFolder)} on ${port.endpoint}`,
			{ path: toFolder },
		);
	});
}

/** The file is not where it was: moved by an attempt whose answer was lost, or by somebody else. */
async function settleMissing(
	port: SftpPort,
	request: MoveRequest,
	where: { from: string; toFolder: string; name: string; unanswered: string | undefined },
): Promise<MoveResult> {
	const { from, toFolder, name, unanswered } = where;
	const to = unanswered ?? joinRemote(toFolder, name);
	const found = await look(port, to);
	const same =
		found?.kind === 'file' && (request.bytes === undefined || found.size === request.bytes);
	if (same)
		return { outcome: unanswered === undefined ? 'already there' : 'moved', from, path: to };
	throw new CoreError(
		'DELIVERY_FILE_MISSING',
		`The file ${quoteName(from)} is not on ${port.endpoint}, and not in ${quoteName(toFolder)} either`,
		{ path: from },
	);
}

/** False where the name was taken in between. */
async function renameTo(
	port: SftpPort,
	from: string,
	to: string,
	createFolders: boolean,
): Promise<boolean> {
	try {
		await port.rename(from, to);
		return true;
	} catch (error) {
		if (isFailure(error, 'missing') && (await port.lstat(from)) !== undefined) {
			if (!createFolders) throw await explainFailure(error, port, { step: 'move to', path: to });
			await makeFolders(port, parentOf(to));
			await port.rename(from, to);
			return true;
		}
		if (!isFailure(error, 'refused')) throw error;
		if ((await look(port, to)) !== undefined) return false;
		throw new CoreError(
			'DELIVERY_RENAME_REFUSED',
			`The server ${port.endpoint} refused to move ${quoteName(from)} to ${quoteName(to)}; the folders may lie on different disks`,
			{ path: to, cause: error },
		);
	}
}
