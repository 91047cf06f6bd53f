import { CoreError } from '../errors';
import { sha256 } from '../text';
import type { ConnectionKeeper } from './connectionKeeper';
import { checkFileName, checkFolder, joinRemote, quoteName } from './fileName';
import { matchesGlob } from './glob';
import type { FolderEntry, SftpPort } from './ports';
import { isFailure } from './ports';
import { isOwnTemporary } from './temporaryName';
import { readWindowed } from './transfer';
import { tryOn, withConnection } from './withConnection';
import type { ConnectionOptions } from './withConnection';

export interface PickUpSettings {
	readonly folder: string;
	/** `*` and `?`, several separated by commas; upper and lower case count. */
	readonly pattern: string;
	/** Between the two looks. */
	readonly stableForMs: number;
	readonly maxFiles: number;
	/** Larger files are left, because they are held in memory. */
	readonly maxBytes: number;
	/** Of all files of one run together; what does not fit waits for the next run. */
	readonly maxTotalBytes: number;
	/** For one file, from its first request to its last byte, with all attempts. */
	readonly fileTimeoutMs: number;
}

export interface PickedUpFile {
	readonly fileName: string;
	readonly path: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly modifiedAt: string;
	readonly content: Buffer;
}

export interface PickUpResult {
	readonly files: readonly PickedUpFile[];
	/** Files that matched but were left, each with its reason. */
	readonly left: readonly { readonly path: string; readonly error: CoreError }[];
	/** Files that are for the next run, because this one has as many or as much as it may. */
	readonly waiting: number;
	readonly hostKeyFingerprint: string;
}

/** Names other senders give to files they have not finished; ours are known by their own mark. */
const UNFINISHED = /^\.|\.(?:part|partial|filepart|tmp|temp|crdownload|writing)$/i;
const MOST_ENTRIES = 100_000;

function patternOf(text: string): (name: string) => boolean {
	const patterns = text
		.split(',')
		.map((pattern) => pattern.trim())
		.filter((pattern) => pattern !== '');
	if (patterns.length === 0) return () => true;
	return (name) => patterns.some((pattern) => matchesGlob(name, pattern));
}

async function listFiles(
	port: SftpPort,
	folder: string,
	matches: (name: string) => boolean,
): Promise<ReadonlyMap<string, FolderEntry>> {
	const entries = await port.list(folder, MOST_ENTRIES);
	const wanted = entries.filter(
		({ name, kind }) =>
			kind === 'file' &&
			isPlainName(name) &&
			!UNFINISHED.test(name) &&
			!isOwnTemporary(name) &&
			matches(name),
	);
	return new Map(wanted.map((entry) => [entry.name, entry]));
}

function unstable(path: string, endpoint: string): CoreError {
	return new CoreError(
		'DELIVERY_FILE_UNSTABLE',
		`The file ${quoteName(path)} on ${endpoint} changed between two looks, so it was left for the next run`,
		{ path },
	);
}

async function download(port: SftpPort, path: string, entry: FolderEntry): Promise<Buffer> {
	const handle = await port.openForReading(path);
	const pieces: Buffer[] = [];
	try {
		// One byte more than expected shows that the file has grown.
		for await (const data of readWindowed(port, handle, entry.size + 1)) pieces.push(data);
		const after = await port.fstat(handle);
		const content = Buffer.concat(pieces);
		if (
			content.length !== entry.size ||
			after.size !== entry.size ||
			after.modified !== entry.modified
		) {
			throw unstable(path, port.endpoint);
		}
		return content;
	} finally {
		await port.close(handle).catch(() => undefined);
	}
}

/** Names come from the server: one that is not a plain name is never joined to a path. */
function isPlainName(name: string): boolean {
	try {
		checkFileName(name);
		return true;
	} catch {
		return false;
	}
}

/**
 * Lists a folder twice and downloads the files that stood still in between. Nothing is changed on
 * the server; *Move* takes the files away once the flow has succeeded.
 */
export async function pickUp(
	settings: PickUpSettings,
	options: ConnectionOptions,
): Promise<PickUpResult> {
	const folder = checkFolder(settings.folder);
	const matches = patternOf(settings.pattern);
	return await withConnection(options, async (keeper) => {
		const step = { step: 'list', path: joinRemote(folder, '*') };
		const list = (): Promise<ReadonlyMap<string, FolderEntry>> =>
			tryOn(keeper, options, step, (port) => listFiles(port, folder, matches));
		const first = await list();
		if (first.size > 0) await options.ports.sleep(settings.stableForMs, options.signal);
		const second = first.size > 0 ? await list() : first;
		const names = [...first.keys()].filter((name) => second.has(name)).sort();
		const files: PickedUpFile[] = [];
		const left: { path: string; error: CoreError }[] = [];
		let total = 0;
		let waiting = 0;
		for (const [index, name] of names.entries()) {
			const before = first.get(name);
			const now = second.get(name);
			if (before === undefined || now === undefined) continue;
			const path = joinRemote(folder, name);
			const refused = whyLeft(before, now, path, settings, (await keeper.current()).endpoint);
			if (refused !== undefined) {
				left.push({ path, error: refused });
				continue;
			}
			if (files.length >= settings.maxFiles || total + now.size > settings.maxTotalBytes) {
				waiting = names.length - index;
				break;
			}
			const outcome = await takeOne(keeper, options, path, now, settings.fileTimeoutMs);
			if (outcome instanceof CoreError) left.push({ path, error: outcome });
			else if (outcome !== undefined) {
				files.push(describe(name, path, now, outcome));
				total += outcome.length;
			}
		}
		return { files, left, waiting, hostKeyFingerprint: keeper.hostKeyFingerprint ?? '' };
	});
}

/** What is known of a file before it is asked for. */
function whyLeft(
	before: FolderEntry,
	now: FolderEntry,
	path: string,
	{ maxBytes, maxTotalBytes }: PickUpSettings,
	endpoint: string,
): CoreError | undefined {
	if (before.size !== now.size || before.modified !== now.modified) return unstable(path, endpoint);
	const [limit, setting] =
		maxBytes <= maxTotalBytes ? [maxBytes, 'Largest File'] : [maxTotalBytes, 'Largest Total'];
	if (now.size <= limit) return undefined;
	return new CoreError(
		'DELIVERY_OPTION_INVALID',
		`The file ${quoteName(path)} on ${endpoint} is ${now.size} bytes; '${setting}' allows ${limit}. It was left.`,
		{ path },
	);
}

async function takeOne(
	keeper: ConnectionKeeper,
	options: ConnectionOptions,
	path: string,
	entry: FolderEntry,
	fileTimeoutMs: number,
): Promise<Buffer | CoreError | undefined> {
	const { endpoint } = await keeper.current();
	const deadline = new AbortController();
	const over = new AbortController();
	void options.ports.sleep(fileTimeoutMs, over.signal).then(() => {
		if (over.signal.aborted || options.signal?.aborted === true) return;
		deadline.abort();
		// What the server still owes for this file must not come in between the next one's answers.
		keeper.destroy('a file took too long');
	});
	const signals = [deadline.signal, ...(options.signal === undefined ? [] : [options.signal])];
	const limited = { ...options, signal: AbortSignal.any(signals) };
	try {
		return await tryOn(keeper, limited, { step: 'download', path }, (port) =>
			download(port, path, entry).catch((error: unknown) => {
				// Somebody else took it between the look and the download: nothing to report.
				if (isFailure(error, 'missing')) return undefined;
				throw error;
			}),
		);
	} catch (error) {
		if (deadline.signal.aborted && options.signal?.aborted !== true) {
			return new CoreError(
				'DELIVERY_OPERATION_TIMEOUT',
				`The file ${quoteName(path)} on ${endpoint} was not complete within ${fileTimeoutMs / 1000} s. It was left.`,
				{ path, hint: "Run again; raise 'File Timeout' if the server is known to be slow." },
			);
		}
		if (error instanceof CoreError && LEAVES_ONE_FILE.has(error.code)) return error;
		throw error;
	} finally {
		over.abort();
	}
}

const LEAVES_ONE_FILE: ReadonlySet<string> = new Set([
	'DELIVERY_FILE_UNSTABLE',
	'DELIVERY_PERMISSION_DENIED',
	'DELIVERY_SERVER_REFUSED',
]);

function describe(
	fileName: string,
	path: string,
	entry: FolderEntry,
	content: Buffer,
): PickedUpFile {
	return {
		fileName,
		path,
		bytes: content.length,
		sha256: sha256(content),
		modifiedAt: new Date(entry.modified * 1000).toISOString(),
		content,
	};
}
