import { keepConnection } from './connectionKeeper';
import type { Connect, ConnectionKeeper } from './connectionKeeper';
import { depositFile } from './deposit';
import type { DepositRequest, DepositResult } from './deposit';
import { joinRemote } from './fileName';
import type { DeliveryPorts } from './ports';
import { checkSettings } from './settings';
import type { DepositSettings } from './settings';
import { deliveryKey, sweepTemporaries } from './temporaryName';
import type { SweepOptions } from './temporaryName';

export interface OrderedRequest extends DepositRequest {
	/** Files of one partner are published in the order of their control numbers. */
	readonly partner?: string | undefined;
	readonly controlNumber?: string | undefined;
}

export interface DepositAllOptions {
	readonly connect: Connect;
	readonly server: string;
	readonly settings: DepositSettings;
	readonly ports: DeliveryPorts;
	/** Transfers under way at once, 1 to 8. */
	readonly inFlight: number;
	readonly signal?: AbortSignal | undefined;
	/**
	 * Stands around the delivery of each file, such as to claim it before the first byte and to settle
	 * it after the last. It may answer without delivering; it must not throw.
	 */
	readonly around?:
		| ((
				request: OrderedRequest,
				deposit: (more: {
					readonly signal: AbortSignal;
					readonly earlierAttempt: boolean;
				}) => Promise<DepositResult>,
		  ) => Promise<DepositResult>)
		| undefined;
}

/** After a cancellation, for removing temporary files before the socket is closed. */
const GRACE_MS = 10_000;

function compareControlNumbers(a: string, b: string): number {
	const numeric = /^\d+$/.test(a) && /^\d+$/.test(b);
	const [left, right] = numeric ? [BigInt(a), BigInt(b)] : [a, b];
	return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The order to send in, as indexes: every partner keeps its places, and in them its files stand by
 * control number. Files without a control number stay where they are.
 */
export function deliveryOrder(requests: readonly OrderedRequest[]): readonly number[] {
	const order = requests.map((_request, index) => index);
	const places = new Map<string, number[]>();
	for (const [index, { partner, controlNumber }] of requests.entries()) {
		if (controlNumber === undefined || controlNumber === '') continue;
		const key = partner ?? '';
		places.set(key, [...(places.get(key) ?? []), index]);
	}
	for (const own of places.values()) {
		const sorted = [...own].sort((a, b) =>
			compareControlNumbers(requests[a]?.controlNumber ?? '', requests[b]?.controlNumber ?? ''),
		);
		for (const [position, place] of own.entries()) order[place] = sorted[position] ?? place;
	}
	return order;
}

/**
 * Delivers many files over one connection. They are uploaded side by side, but a partner's files
 * take their final names one after the other: the next waits until the one before is settled.
 * Results stand in the order of the requests, whatever the order of sending.
 */
export async function depositAll(
	requests: readonly OrderedRequest[],
	options: DepositAllOptions,
): Promise<readonly DepositResult[]> {
	const settings = checkSettings(options.settings);
	const { ports, signal } = options;
	const keeper = keepConnection(options.connect, settings.retry, ports, signal);
	const results: DepositResult[] = [];
	const order = deliveryOrder(requests);
	const lastOfPartner = new Map<string, Promise<unknown>>();
	const ownPaths = new Set<string>();
	let serverTime: number | undefined;
	let next = 0;

	async function worker(): Promise<void> {
		for (;;) {
			const index = order[next];
			next += 1;
			const request = index === undefined ? undefined : requests[index];
			if (index === undefined || request === undefined) return;
			const partner = request.partner ?? '';
			const before = lastOfPartner.get(partner) ?? Promise.resolve();
			const deposit = async (one: DepositRequest, ownSignal = signal) =>
				await depositFile(one, {
					keeper,
					server: options.server,
					settings,
					ports,
					signal: ownSignal,
					turn: async () => {
						await before;
					},
					serverTime: (seconds) => (serverTime = Math.max(serverTime ?? 0, seconds)),
					temporaryUsed: (path) => ownPaths.add(path),
				});
			const work =
				options.around === undefined
					? deposit(request)
					: options.around(request, async (more) =>
							await deposit(
								{ ...request, earlierAttempt: request.earlierAttempt === true || more.earlierAttempt },
								signal === undefined ? more.signal : AbortSignal.any([signal, more.signal]),
							),
						);
			lastOfPartner.set(partner, Promise.all([before, work]));
			results[index] = await work;
		}
	}

	const stopWatching = closeAfterAbort(keeper, ports, signal);
	try {
		const workers = Math.min(Math.max(1, Math.trunc(options.inFlight)), 8, requests.length);
		await Promise.all(Array.from({ length: workers }, worker));
		if (signal?.aborted !== true && settings.temporary.style !== 'direct')
			await sweep(keeper, requests, results, settings, { serverTime, ownPaths });
	} finally {
		stopWatching();
		await keeper.end();
	}
	return results;
}

function closeAfterAbort(
	keeper: ConnectionKeeper,
	ports: DeliveryPorts,
	signal: AbortSignal | undefined,
): () => void {
	const over = new AbortController();
	const onAbort = (): void => {
		void ports
			.sleep(GRACE_MS, over.signal)
			.then(() => keeper.destroy('the execution was cancelled'));
	};
	signal?.addEventListener('abort', onAbort, { once: true });
	if (signal?.aborted === true) onAbort();
	return () => {
		over.abort();
		signal?.removeEventListener('abort', onAbort);
	};
}

/** One look at each folder at the end of a run that has tried to write; never a reason to fail. */
async function sweep(
	keeper: ConnectionKeeper,
	requests: readonly OrderedRequest[],
	results: readonly DepositResult[],
	settings: DepositSettings,
	seen: Pick<SweepOptions, 'serverTime' | 'ownPaths'>,
): Promise<void> {
	const settled = new Map<string, Set<string>>();
	for (const [index, result] of results.entries()) {
		if (result.receipt.attempts === 0 || result.outcome === 'already there') continue;
		const request = requests[index];
		const folder = request?.folder ?? settings.folder;
		const inFolder = settings.temporary.stagingFolder ?? folder;
		const keys = settled.get(inFolder) ?? new Set<string>();
		settled.set(inFolder, keys);
		if (result.outcome !== 'deposited') continue;
		keys.add(deliveryKey(joinRemote(folder, request?.fileName ?? '')));
	}
	// A temporary file that is still there is the proof that a rename in doubt was not executed.
	const inDoubt = results.some(({ outcome }) => outcome === 'in doubt');
	const ownPaths = inDoubt ? new Set<string>() : seen.ownPaths;
	for (const [folder, settledKeys] of settled) {
		try {
			const port = await keeper.current();
			const { staleAfterMs } = settings;
			await sweepTemporaries(port, { ...seen, folder, settledKeys, staleAfterMs, ownPaths });
		} catch {
			// The files are delivered; a later run sweeps again.
			return;
		}
	}
}
