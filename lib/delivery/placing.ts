import { CoreError } from '../errors';
import type { CompareOptions, Placement } from './compare';
import { explainFailure } from './failures';
import { joinRemote, quoteName } from './fileName';
import type { DeliveryPorts, SftpPort } from './ports';
import type { ConflictPolicy, DepositSettings } from './settings';
import { chooseTarget } from './target';
import type { Target } from './target';

/** What every step of bringing one file under its final name works with. */
export interface PlaceContext {
	readonly port: SftpPort;
	readonly placement: Placement;
	readonly settings: DepositSettings;
	readonly conflict: ConflictPolicy;
	readonly ports: DeliveryPorts;
	readonly signal?: AbortSignal | undefined;
	/** Resolves when it is this file's turn to be published. */
	readonly turn: () => Promise<void>;
	/** An earlier run left this file unresolved: a free name does not prove that it never arrived. */
	readonly earlierAttempt: boolean;
	readonly warn: (message: string) => void;
	/** Seconds since 1970 by the server's clock, from a file just written. */
	readonly serverTime?: ((seconds: number) => void) | undefined;
	readonly temporaryUsed?: ((path: string) => void) | undefined;
}

export interface Placed {
	readonly path: string;
	readonly sha256: string;
	/** Found on the server, not sent by this delivery. */
	readonly alreadyThere: boolean;
}

export const compareOptions = ({ ports, settings, signal }: PlaceContext): CompareOptions => ({
	ports,
	stallMs: settings.stallMs,
	signal,
	sendInDoubt: settings.whenInDoubt === 'sendAgain',
});

export const finalPath = ({ placement }: PlaceContext): string =>
	joinRemote(placement.folder, placement.fileName);

export async function choose(context: PlaceContext): Promise<Target> {
	const { port, placement, conflict } = context;
	try {
		return await chooseTarget(port, placement, conflict, compareOptions(context));
	} catch (error) {
		throw await explainFailure(error, port, { step: 'look at', path: finalPath(context) });
	}
}

export function identical(context: PlaceContext, path: string): Placed {
	const { placement } = context;
	return { path, sha256: placement.sha256 ?? '', alreadyThere: !placement.renameSent };
}

/** The partner may have the file; from here on nothing is sent by itself. */
export function inDoubt({ port, placement }: PlaceContext, path: string, why: string): CoreError {
	placement.doubtful = true;
	return new CoreError(
		'DELIVERY_IN_DOUBT',
		`It is not known whether ${quoteName(placement.fileName)} was delivered to ${port.endpoint}: ${why}`,
		{ path },
	);
}

/** For a file that is not to be seen under its final name although it may have been sent. */
export function notToBeSeen(context: PlaceContext, path: string, why: string): CoreError {
	return inDoubt(
		context,
		path,
		`${why}, and ${quoteName(path)} is not there now. The partner may have taken it`,
	);
}
