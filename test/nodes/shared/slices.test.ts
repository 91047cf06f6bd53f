import type { IExecuteFunctions } from 'n8n-workflow';
import { inSlices, sha256Steps } from '../../../nodes/shared';

function contextWith(signal: AbortSignal): { context: IExecuteFunctions; log: string[] } {
	const log: string[] = [];
	const context = {
		getExecutionCancelSignal: () => signal,
		getNode: () => ({ name: 'Ack Generate' }),
		logger: { info: (message: string) => log.push(message) },
	} as unknown as IExecuteFunctions;
	return { context, log };
}

/** Pieces that take as long as `busy` makes them. */
function* pieces(
	count: number,
	busy: (piece: number) => void,
): Generator<number, string, undefined> {
	for (let piece = 1; piece <= count; piece += 1) {
		busy(piece);
		yield piece * 1_048_576;
	}
	return 'done';
}

let clock = 0;
beforeEach(() => {
	clock = 0;
	jest.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
	jest.restoreAllMocks();
});

test('work goes on in pieces, and the log says how far it is', async () => {
	const { context, log } = contextWith(new AbortController().signal);
	const steps = pieces(12, () => {
		clock += 1_000;
	});
	await expect(inSlices(context, steps, 'big.edi', 12 * 1_048_576)).resolves.toBe('done');
	expect(log).toEqual([
		'Ack Generate: 6.0 of 12.0 MB of big.edi read',
		'Ack Generate: 12.0 of 12.0 MB of big.edi read',
	]);
});

test('a stop ends it at the next piece', async () => {
	const stop = new AbortController();
	const { context } = contextWith(stop.signal);
	const done: number[] = [];
	const steps = pieces(12, (piece) => {
		clock += 1_000;
		done.push(piece);
		if (piece === 3) stop.abort();
	});
	await expect(inSlices(context, steps, 'big.edi')).rejects.toMatchObject({ code: 'ACK_STOPPED' });
	expect(done).toEqual([1, 2, 3]);
});

test('a file of several pieces has the checksum of the whole', async () => {
	const { context } = contextWith(new AbortController().signal);
	const bytes = Buffer.alloc(3_000_000, 'abc');
	await expect(inSlices(context, sha256Steps(bytes))).resolves.toBe(
		'f4096a131e7e6ebfa7a512b5c299e13b065df34d15624ee1202ab394cc4d7e90',
	);
});
