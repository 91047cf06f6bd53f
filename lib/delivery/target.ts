import { CoreError } from '../errors';
import { compareWithSource, describeFound, numberedPath } from './compare';
import type { CompareOptions, Placement } from './compare';
import { baseOf, parentOf, quoteName } from './fileName';
import type { FileStatus, SftpPort } from './ports';
import { isFailure } from './ports';
import type { ConflictPolicy } from './settings';

export type Target =
	| { readonly kind: 'free'; readonly path: string; readonly replace: boolean }
	| { readonly kind: 'identical'; readonly path: string };

/** As NiFi's PutSFTP: a folder with more equal names than this is not being picked up. */
const HIGHEST_NUMBER = 99;

/** What a name shows: a file or something else, nothing, or that nobody may look. */
export type Sight = FileStatus | 'absent' | 'unseen';

/** In a folder of more entries a name that is not among them may still be there. */
const LISTED = 5_000;

/** By asking for the name, and where that is forbidden, by listing the folder. */
export async function see(port: SftpPort, path: string): Promise<Sight> {
	try {
		return (await port.lstat(path)) ?? 'absent';
	} catch (error) {
		if (!isFailure(error, 'denied', 'unsupported')) throw error;
	}
	try {
		const entries = await port.list(parentOf(path), LISTED);
		const found = entries.find(({ name }) => name === baseOf(path));
		return found ?? (entries.length < LISTED ? 'absent' : 'unseen');
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) throw error;
		return 'unseen';
	}
}

/** Where nobody may look, what cannot overwrite (a rename, an exclusive name) is the only guard. */
export async function look(port: SftpPort, path: string): Promise<FileStatus | undefined> {
	const sight = await see(port, path);
	return typeof sight === 'string' ? undefined : sight;
}

function exists(found: FileStatus, path: string, endpoint: string, same: boolean): CoreError {
	const content = same ? 'with the same content' : 'with other content';
	return new CoreError(
		'DELIVERY_TARGET_EXISTS',
		`The file ${describeFound(path, found, endpoint)} is already there, ${content}; 'If File Exists' is 'Fail'`,
		{ path },
	);
}

function differs(
	found: FileStatus,
	placement: Placement,
	path: string,
	endpoint: string,
	readable: boolean,
): CoreError {
	const why = readable
		? `its content is not the ${placement.source.bytes} bytes to deliver`
		: 'it may not be read, so its content cannot be compared';
	return new CoreError(
		'DELIVERY_TARGET_DIFFERS',
		`The file ${describeFound(path, found, endpoint)} is already there and ${why}. It was left as it is.`,
		{ path },
	);
}

function notAFile(found: FileStatus, path: string, endpoint: string): CoreError {
	const what = { folder: 'a folder', link: 'a symbolic link', other: 'not a plain file', file: '' };
	return new CoreError(
		'DELIVERY_TARGET_NOT_A_FILE',
		`The name ${quoteName(path)} on ${endpoint} is taken by ${what[found.kind]}`,
		{ path },
	);
}

/** Looks at the final name and applies the conflict policy. Changes nothing on the server. */
export async function chooseTarget(
	port: SftpPort,
	placement: Placement,
	policy: ConflictPolicy,
	options: CompareOptions,
): Promise<Target> {
	const { folder, fileName } = placement;
	for (let number = 0; number <= HIGHEST_NUMBER; number += 1) {
		const path = numberedPath(folder, fileName, number);
		const found = await look(port, path);
		if (found === undefined) return { kind: 'free', path, replace: false };
		if (found.kind !== 'file') {
			if (policy === 'number') continue;
			throw notAFile(found, path, port.endpoint);
		}
		const comparison = await compareWithSource(port, path, found, placement, options);
		const same = comparison === 'identical';
		if (same && (policy !== 'fail' || placement.renameSent)) return { kind: 'identical', path };
		if (policy === 'fail') throw exists(found, path, port.endpoint, same);
		if (policy === 'number' && comparison === 'unreadable' && !options.sendInDoubt) {
			placement.doubtful = true;
			throw new CoreError(
				'DELIVERY_IN_DOUBT',
				`The file ${describeFound(path, found, port.endpoint)} may be the one to deliver: it has its size, and it may not be read. It was not sent under another name.`,
				{ path },
			);
		}
		if (policy === 'skipIfIdentical') {
			throw differs(found, placement, path, port.endpoint, comparison !== 'unreadable');
		}
		if (policy === 'overwrite') {
			if (port.extensions.posixRename) return { kind: 'free', path, replace: true };
			throw new CoreError(
				'DELIVERY_OVERWRITE_UNSUPPORTED',
				`The server ${port.endpoint} cannot replace ${quoteName(path)} in one step: it lacks posix-rename`,
				{ path },
			);
		}
	}
	throw new CoreError(
		'DELIVERY_NUMBERS_USED_UP',
		`All names from ${quoteName(fileName)} to -${HIGHEST_NUMBER} are taken in ${quoteName(folder)} on ${port.endpoint}`,
		{ path: folder },
	);
}
