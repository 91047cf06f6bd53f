import { CoreError } from '../errors';
import type { ConnectionKeeper } from './connectionKeeper';
import { quoteName } from './fileName';
import type { DeliveryPorts, SftpPort } from './ports';
import { isFailure } from './ports';
import type { TemporaryName } from './settings';
import { see } from './target';
import { temporaryPath } from './temporaryName';

/** What a plain rename does when the new name is taken. */
export type RenameKind = 'keeps' | 'replaces' | 'refused' | 'unknown';

export interface ProbeResult {
	readonly rename: RenameKind;
	/** Styles that work in this folder, the best first. A staging folder is another folder. */
	readonly temporaryNames: readonly TemporaryName['style'][];
	/** Probes that could not be removed. */
	readonly left: readonly string[];
}

/** Runs one step and records what was found; false where it failed. */
export type RunStep = (step: string, path: string, work: () => Promise<string>) => Promise<boolean>;

interface Probing {
	readonly keeper: ConnectionKeeper;
	readonly folder: string;
	readonly ports: DeliveryPorts;
	readonly run: RunStep;
	/** Every name that a probe may have. */
	readonly made: Set<string>;
}

/** Writes small hidden files into a folder to find out what a deposit can rely on, and removes them. */
export async function probeFolder(
	keeper: ConnectionKeeper,
	folder: string,
	ports: DeliveryPorts,
	run: RunStep,
): Promise<ProbeResult> {
	const probing: Probing = { keeper, folder, ports, run, made: new Set() };
	let found: Omit<ProbeResult, 'left'> = { rename: 'unknown', temporaryNames: [] };
	try {
		found = await tryStyles(probing);
	} finally {
		await cleanUp(probing);
	}
	return { ...found, left: [...probing.made] };
}

function newName({ folder, ports, made }: Probing): string {
	const style = { style: 'dotPrefix', suffix: '.part' } as const;
	const path = temporaryPath(folder, 'probe', style, ports.random);
	made.add(path);
	return path;
}

async function write({ keeper, made }: Probing, path: string, text: string): Promise<void> {
	const port = await keeper.current();
	const handle = await port.createExclusive(path, 0o644).catch((error: unknown) => {
		if (isFailure(error) && !isFailure(error, 'lost', 'timeout')) made.delete(path);
		throw error;
	});
	const content = Buffer.from(text);
	try {
		await port.write(handle, content, 0);
	} finally {
		if (!port.closed) await port.close(handle);
	}
}

async function tryStyles(probing: Probing): Promise<Omit<ProbeResult, 'left'>> {
	const { keeper, run, made } = probing;
	const first = newName(probing);
	const written = await run('write', first, async () => {
		await write(probing, first, 'probe\n');
		return 'a probe of 6 bytes was written and closed';
	});
	if (!written) return { rename: 'unknown', temporaryNames: [] };
	let taken = false;
	const seen = await run('look', first, async () => {
		const sight = await see(await keeper.current(), first);
		if (sight === 'absent') {
			taken = true;
			made.delete(first);
			return 'the probe is gone: what is closed is taken at once, under any name';
		}
		return sizeSeen(await keeper.current(), sight, first);
	});
	if (taken) return { rename: 'unknown', temporaryNames: ['direct'] };
	const exclusive = await run('create once', first, async () => {
		await createdOnce(await keeper.current(), first);
		return 'a name that is there cannot be created again';
	});
	const { rename } = await tryRename(probing, first);
	const renames = seen && (rename === 'keeps' || rename === 'replaces');
	return {
		rename,
		temporaryNames: [
			...(renames ? (['dotPrefix', 'suffix'] as const) : []),
			...(exclusive ? (['direct'] as const) : []),
		],
	};
}

function sizeSeen(port: SftpPort, sight: Awaited<ReturnType<typeof see>>, path: string): string {
	if (typeof sight === 'string') {
		throw new CoreError(
			'DELIVERY_PERMISSION_DENIED',
			`The server ${port.endpoint} lets nobody look at ${quoteName(path)}`,
			{ path },
		);
	}
	if (sight.size === 6) return 'the server reports its 6 bytes';
	throw new CoreError(
		'DELIVERY_SIZE_MISMATCH',
		`The server ${port.endpoint} reports ${sight.size} bytes of the 6 of ${quoteName(path)}`,
		{ path },
	);
}

async function createdOnce(port: SftpPort, path: string): Promise<void> {
	let handle: Buffer;
	try {
		handle = await port.createExclusive(path, 0o644);
	} catch (error) {
		if (isFailure(error, 'lost', 'timeout')) throw error;
		return;
	}
	await port.close(handle);
	throw new CoreError(
		'DELIVERY_UNSUPPORTED',
		`The server ${port.endpoint} creates ${quoteName(path)} again although it is there: two deposits of one name could not be told apart`,
		{ path },
	);
}

async function tryRename(
	probing: Probing,
	first: string,
): Promise<{ readonly rename: RenameKind }> {
	const { keeper, run } = probing;
	const renamed = newName(probing);
	const renames = await run('rename', renamed, async () => {
		await (await keeper.current()).rename(first, renamed);
		return 'the probe was renamed';
	});
	if (!renames) return { rename: 'refused' };
	let rename: RenameKind = 'unknown';
	const second = newName(probing);
	await run('rename onto a name that is taken', renamed, async () => {
		await write(probing, second, 'another probe\n');
		const port = await keeper.current();
		try {
			await port.rename(second, renamed);
		} catch (error) {
			if (isFailure(error, 'lost', 'timeout')) throw error;
			rename = 'keeps';
			return 'it was refused, so that no file can be overwritten';
		}
		rename = 'replaces';
		return 'it replaced the file that was there: a lock keeps two deposits of one name apart';
	});
	return { rename };
}

/** Under every name it may have, on a new connection where the first one broke. */
async function cleanUp({ keeper, run, made }: Probing): Promise<void> {
	if (made.size === 0) return;
	await run('remove', [...made][0] ?? '', async () => {
		let failure: unknown;
		for (let tries = 1; tries <= 2 && made.size > 0; tries += 1) {
			failure = undefined;
			for (const path of [...made]) {
				try {
					const port = await keeper.current();
					await port.remove(path).catch((error: unknown) => {
						if (!isFailure(error, 'missing')) throw error;
					});
					made.delete(path);
				} catch (error) {
					failure = error;
				}
			}
			if (!isFailure(failure, 'lost', 'timeout')) break;
		}
		// Where looking is allowed, only what is really there counts as left.
		for (const path of [...made]) {
			const sight = await see(await keeper.current(), path).catch(() => 'unseen' as const);
			if (sight === 'absent') made.delete(path);
		}
		if (made.size > 0) throw failure;
		return 'the probe was removed';
	});
}
