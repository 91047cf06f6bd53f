import { explainFailure } from './failures';
import { quoteName } from './fileName';
import type { PlaceContext } from './placing';
import type { FileStatus } from './ports';
import { isFailure } from './ports';
import { cancelled } from './retry';
import { look } from './target';
import { lockPath } from './temporaryName';

/** Between two looks at somebody else's lock. */
const LOOK_AGAIN_MS = 250;

export interface NameLock {
	/** Others may take it for the lock of a dead run soon. */
	isOld(): boolean;
	release(): Promise<void>;
}

const noLock: NameLock = { isOld: () => false, release: async () => undefined };

/**
 * On servers whose rename replaces, two deposits of one name would both succeed. The second one finds
 * the first one's lock: an empty file beside the final name, in the style of unfinished files, that
 * can be created once. It waits for the lock to go, and takes it over when its age says that its run
 * is dead. A folder in which no such file can be made is left to the rename alone.
 */
export async function lockName(context: PlaceContext): Promise<NameLock> {
	const { port, placement, settings, ports, signal } = context;
	const path = lockPath(placement.folder, placement.fileName, settings.temporary);
	const since = ports.now();
	if (placement.lockedAt !== undefined && since - placement.lockedAt < settings.lockAgeMs / 2) {
		return held(context, path);
	}
	placement.lockedAt = undefined;
	for (let unexplained = 0; ; ) {
		if (signal?.aborted === true) throw cancelled(`${quoteName(placement.fileName)} was published`);
		try {
			const handle = await port.createExclusive(path, 0o600);
			placement.lockedAt = ports.now();
			await port.close(handle);
			return held(context, path);
		} catch (error) {
			if (isFailure(error, 'lost', 'timeout')) {
				throw await explainFailure(error, port, { step: 'lock', path });
			}
			if (!isFailure(error, 'refused')) return noLock;
		}
		const found = await look(port, path);
		if (found === undefined) {
			// Gone in this moment; or there is none, and the server refuses it for another reason.
			unexplained += 1;
			if (unexplained > 3) return noLock;
			continue;
		}
		if (Math.max(ports.now() - since, ageOf(context, found)) < settings.lockAgeMs) {
			await ports.sleep(LOOK_AGAIN_MS * (0.5 + ports.random() / 2), signal);
			continue;
		}
		try {
			await port.remove(path);
		} catch (error) {
			if (isFailure(error, 'lost', 'timeout')) {
				throw await explainFailure(error, port, { step: 'unlock', path });
			}
			if (!isFailure(error, 'missing')) return noLock;
		}
	}
}

/** By the server's clock, where it has shown one. */
function ageOf({ placement, ports }: PlaceContext, { modified }: FileStatus): number {
	const clock = placement.serverClock;
	if (clock === undefined) return 0;
	return (clock.seconds - modified) * 1000 + (ports.now() - clock.at);
}

function held(context: PlaceContext, path: string): NameLock {
	const { port, placement, settings, ports } = context;
	const age = (): number => ports.now() - (placement.lockedAt ?? 0);
	return {
		isOld: () => age() > settings.lockAgeMs / 2,
		async release() {
			// One that is too old may be another run's by now.
			const mine = placement.lockedAt !== undefined && age() < settings.lockAgeMs;
			if (!mine || port.closed) return;
			try {
				await port.remove(path);
				placement.lockedAt = undefined;
			} catch (error) {
				if (isFailure(error, 'lost', 'timeout')) return;
				context.warn(`The lock ${quoteName(path)} could not be removed from ${port.endpoint}`);
			}
		},
	};
}
