import type { CoreError } from '../errors';
import { explainFailure } from './failures';
import { checkFolder, joinRemote } from './fileName';
import type { SftpPort } from './ports';
import { sourceOf } from './source';
import { temporaryPath } from './temporaryName';
import { withConnection } from './withConnection';
import type { ConnectionOptions } from './withConnection';

export interface ConnectionCheck {
	readonly server: string;
	readonly hostKeyFingerprint: string;
	readonly hostKeyType: string;
	readonly folder: string;
	/** Each step with what was found, in the order it was tried. */
	readonly steps: readonly {
		readonly step: string;
		readonly ok: boolean;
		readonly detail: string;
		readonly error?: CoreError;
	}[];
	readonly ok: boolean;
	readonly canReplaceAtomically: boolean;
	readonly canSync: boolean;
	readonly freeBytes?: number;
}

const LISTED = 1_000;

/** Host key, login, list, then a probe file written, looked at, renamed and removed. */
export async function checkConnection(
	folder: string,
	probe: boolean,
	options: ConnectionOptions,
): Promise<ConnectionCheck> {
	const checked = checkFolder(folder);
	return await withConnection(options, async (keeper) => {
		const port = await keeper.current();
		const steps: ConnectionCheck['steps'][number][] = [
			{
				step: 'host key and login',
				ok: true,
				detail: `${port.hostKeyType} ${port.hostKeyFingerprint} is pinned; the login succeeded`,
			},
		];
		const run = async (
			step: string,
			path: string,
			work: () => Promise<string>,
		): Promise<boolean> => {
			try {
				steps.push({ step, ok: true, detail: await work() });
				return true;
			} catch (error) {
				const explained = await explainFailure(error, port, { step, path, bytesMissing: 1 });
				steps.push({ step, ok: false, detail: explained.message, error: explained });
				return false;
			}
		};
		await run('list', joinRemote(checked, '*'), async () => {
			const entries = await port.list(checked, LISTED);
			return `${entries.length >= LISTED ? `${LISTED} or more` : entries.length} entries in ${checked}`;
		});
		if (probe) await probeFolder(port, checked, options, run);
		const freeBytes = await port.freeSpace(checked).catch(() => undefined);
		return {
			server: port.endpoint,
			hostKeyFingerprint: port.hostKeyFingerprint,
			hostKeyType: port.hostKeyType,
			folder: checked,
			steps,
			ok: steps.every(({ ok }) => ok),
			canReplaceAtomically: port.extensions.posixRename,
			canSync: port.extensions.fsync,
			...(freeBytes === undefined ? {} : { freeBytes }),
		};
	});
}

async function probeFolder(
	port: SftpPort,
	folder: string,
	{ ports }: ConnectionOptions,
	run: (step: string, path: string, work: () => Promise<string>) => Promise<boolean>,
): Promise<void> {
	const name = (): string =>
		temporaryPath(folder, 'probe', { style: 'dotPrefix', suffix: '.part' }, ports.random);
	let path = name();
	const written = await run('write', path, async () => {
		const handle = await port.createExclusive(path, 0o644);
		for await (const piece of sourceOf(Buffer.from('probe\n')).read())
			await port.write(handle, piece, 0);
		await port.close(handle);
		const status = await port.lstat(path);
		return `a probe of 6 bytes was written, the server reports ${status?.size ?? 0}`;
	});
	if (!written) return;
	await run('rename', path, async () => {
		const renamed = name();
		await port.rename(path, renamed);
		path = renamed;
		return 'the probe was renamed';
	});
	await run('remove', path, async () => {
		await port.remove(path);
		return 'the probe was removed';
	});
}
