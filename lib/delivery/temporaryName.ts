import { sha256 } from '../text';

import { joinRemote, MAX_NAME_BYTES } from './fileName';
import type { SftpPort } from './ports';
import type { TemporaryName } from './settings';

/**
 * `<name>.deposit-<key>-<nonce><suffix>`: the key says which file it is for, so that a temporary
 * file of a dead run can be told from anybody else's; the nonce keeps two attempts apart, because an
 * old session may still be writing into the earlier file.
 */
const UPLOAD = /\.deposit-([0-9a-f]{16})-[0-9a-f]{12}/;
const OWN = /\.deposit-([0-9a-f]{16})(?:-[0-9a-f]{12}|\.lock)/;

/** More entries than this are not searched for left-over temporary files. */
const SEARCHED_ENTRIES = 5_000;

export function deliveryKey(finalPath: string): string {
	return sha256(finalPath).slice(0, 16);
}

function cutToBytes(text: string, bytes: number): string {
	let cut = text;
	while (Buffer.byteLength(cut) > bytes) cut = [...cut].slice(0, -1).join('');
	return cut;
}

export function temporaryPath(
	folder: string,
	fileName: string,
	temporary: TemporaryName,
	random: () => number,
): string {
	const nonce = Math.floor(random() * 2 ** 48)
		.toString(16)
		.padStart(12, '0');
	return ownPath(folder, fileName, temporary, `-${nonce}`);
}

/** The same for every run, so that two of them meet. */
export function lockPath(folder: string, fileName: string, temporary: TemporaryName): string {
	return ownPath(folder, fileName, temporary, '.lock');
}

/** A name that the partner's pick-up ignores, because it has the style of unfinished files. */
function ownPath(folder: string, fileName: string, temporary: TemporaryName, mark: string): string {
	const tail = `.deposit-${deliveryKey(joinRemote(folder, fileName))}${mark}${temporary.suffix}`;
	const head = temporary.style === 'dotPrefix' ? '.' : '';
	const room = MAX_NAME_BYTES - Buffer.byteLength(head + tail);
	const name = head + cutToBytes(fileName, room) + tail;
	return joinRemote(
		temporary.style === 'stagingFolder' ? (temporary.stagingFolder ?? folder) : folder,
		name,
	);
}

/** True for a temporary file that this package made. */
export function isOwnTemporary(name: string): boolean {
	return OWN.test(name);
}

/** Uploads of any run for one final name that stand under their temporary names. */
export async function uploadsOf(
	port: SftpPort,
	folder: string,
	fileName: string,
	temporary: TemporaryName,
): Promise<string[]> {
	const key = deliveryKey(joinRemote(folder, fileName));
	const inFolder =
		temporary.style === 'stagingFolder' ? (temporary.stagingFolder ?? folder) : folder;
	const entries = await port.list(inFolder, SEARCHED_ENTRIES);
	return entries
		.filter(({ name, kind }) => kind === 'file' && UPLOAD.exec(name)?.[1] === key)
		.map(({ name }) => joinRemote(inFolder, name));
}

export interface SweepOptions {
	readonly folder: string;
	/** Paths of this run's own attempts: a session that was cut off may have created one late. */
	readonly ownPaths: ReadonlySet<string>;
	/** Deliveries of this run that are published: temporary files of earlier runs for them can go. */
	readonly settledKeys: ReadonlySet<string>;
	readonly staleAfterMs: number;
	/** The server's clock, from a file this run has written; without it no age is judged. */
	readonly serverTime: number | undefined;
}

/**
 * Another run may be delivering other content under the same name at this moment. Its temporary file
 * grows, or waits for its turn; one that has stood still for so long belongs to a run that is dead.
 */
const SETTLED_STALE_MS = 60_000;

/**
 * Removes what dead runs left behind: only names of our own making, and only when they have stood
 * still for long by the server's clock.
 */
export async function sweepTemporaries(port: SftpPort, options: SweepOptions): Promise<string[]> {
	const entries = await port.list(options.folder, SEARCHED_ENTRIES);
	const removed: string[] = [];
	for (const { name, kind, modified } of entries) {
		const key = OWN.exec(name)?.[1];
		if (key === undefined || kind !== 'file') continue;
		const path = joinRemote(options.folder, name);
		const age = options.serverTime === undefined ? 0 : (options.serverTime - modified) * 1000;
		const limit = options.settledKeys.has(key)
			? Math.min(SETTLED_STALE_MS, options.staleAfterMs)
			: options.staleAfterMs;
		if (age <= limit && !options.ownPaths.has(path)) continue;
		// Another run may be removing the same one.
		const gone = await port.remove(path).then(
			() => true,
			() => false,
		);
		if (gone) removed.push(name);
	}
	return removed;
}
