import type { CoreError } from '../errors';
import { explainFailure } from './failures';
import { checkFolder, joinRemote } from './fileName';
import { probeFolder } from './probe';
import type { ProbeResult, RenameKind } from './probe';
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
	/** With a probe: that files can be deposited here in some style; without: that it can be listed. */
	readonly ok: boolean;
	/** What a plain rename does when the new name is taken; only a probe shows it. */
	readonly rename: RenameKind;
	/** Values of *Temporary Name* that work in this folder, the best first; only a probe shows them. */
	readonly temporaryNames: ProbeResult['temporaryNames'];
	/** Probes that could not be removed. */
	readonly probesLeft: readonly string[];
	readonly canReplaceAtomically: boolean;
	readonly canSync: boolean;
	readonly freeBytes?: number;
}

const LISTED = 1_000;

/** Host key, login, list, then what a small probe shows about writing, looking, renaming and removing. */
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
		const listed = await run('list', joinRemote(checked, '*'), async () => {
			const entries = await port.list(checked, LISTED);
			return `${entries.length >= LISTED ? `${LISTED} or more` : entries.length} entries in ${checked}`;
		});
		const found = probe
			? await probeFolder(keeper, checked, options.ports, run)
			: { rename: 'unknown' as const, temporaryNames: [], left: [] };
		if (found.temporaryNames.length > 0) {
			steps.push({ step: 'temporary name', ok: true, detail: adviceOn(found) });
		}
		const freeBytes = await port.freeSpace(checked).catch(() => undefined);
		return {
			server: port.endpoint,
			hostKeyFingerprint: port.hostKeyFingerprint,
			hostKeyType: port.hostKeyType,
			folder: checked,
			steps,
			ok: probe ? found.temporaryNames.length > 0 : listed,
			rename: found.rename,
			temporaryNames: found.temporaryNames,
			probesLeft: found.left,
			canReplaceAtomically: port.extensions.posixRename,
			canSync: port.extensions.fsync,
			...(freeBytes === undefined ? {} : { freeBytes }),
		};
	});
}

const LABELS = {
	dotPrefix: 'Dot Prefix',
	suffix: 'Suffix',
	stagingFolder: 'Staging Folder',
	direct: 'Direct',
} as const;

function adviceOn({ temporaryNames }: ProbeResult): string {
	const labels = temporaryNames.map((style) => `'${LABELS[style]}'`);
	return labels.length === 1
		? `set 'Temporary Name' to ${labels.join('')}: no other works here`
		: `'Temporary Name' can be ${labels.join(', ')}`;
}
