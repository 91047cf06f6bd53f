import { CoreError } from '../errors';
import type { CoreErrorCode } from '../errors';
import { parentOf, quoteName } from './fileName';
import type { SftpFailure, SftpPort } from './ports';
import { isFailure } from './ports';

/** What was being done, as the builder would say it: `write`, `publish`. */
export interface FailedStep {
	readonly step: string;
	readonly path: string;
	/** Bytes that were still to be stored when the server refused. */
	readonly bytesMissing?: number | undefined;
}

/** Below this a disk counts as full whatever the file needs: file systems keep some blocks back. */
const FULL_BELOW = 65_536;

function coreError(code: CoreErrorCode, message: string, failure: SftpFailure): CoreError {
	const details = { path: failure.path, cause: failure };
	if (failure.kind === 'lost' || failure.kind === 'timeout') {
		return new CoreError(code, message, {
			...details,
			failure: { cause: 'temporarily-unavailable' },
		});
	}
	return new CoreError(code, message, details);
}

async function diskIsFull(
	port: SftpPort,
	path: string,
	missing: number,
): Promise<number | undefined> {
	// A second failure adds nothing to the first one.
	const free = await port.freeSpace(parentOf(path)).catch(() => undefined);
	if (free === undefined) return undefined;
	return free < Math.max(missing, FULL_BELOW) ? free : undefined;
}

/**
 * A refused or unanswered request as an error that names step, path and server. The protocol has one
 * status for "disk full", "exists" and "other device", so the server is asked what it may have been.
 */
export async function explainFailure(
	error: unknown,
	port: SftpPort,
	{ step, path, bytesMissing }: FailedStep,
): Promise<CoreError> {
	if (error instanceof CoreError) return error;
	if (!isFailure(error)) {
		const detail = error instanceof Error ? error.message : String(error);
		return new CoreError(
			'DELIVERY_CONNECTION_LOST',
			`Could not ${step} ${quoteName(path)}: ${detail}`,
			{
				cause: error,
			},
		);
	}
	const what = `could not ${step} ${quoteName(path)}`;
	const server = port.endpoint;
	// What a person has to know stands first: n8n's lists show the beginning of a message only.
	switch (error.kind) {
		case 'timeout':
			return coreError(
				'DELIVERY_OPERATION_TIMEOUT',
				`The server ${server} did not answer: ${what}, ${error.message}`,
				error,
			);
		case 'lost':
			return coreError(
				'DELIVERY_CONNECTION_LOST',
				`The connection to ${server} broke: ${what}, ${error.message}`,
				error,
			);
		case 'missing':
			return coreError(
				'DELIVERY_FOLDER_MISSING',
				`The folder ${quoteName(parentOf(path))} does not exist on ${server}: ${what}`,
				error,
			);
		case 'denied':
			return coreError(
				'DELIVERY_PERMISSION_DENIED',
				`The server ${server} does not permit this user to ${step} ${quoteName(path)}${withoutIt(step)}`,
				error,
			);
		case 'badMessage':
			return coreError(
				'DELIVERY_FILE_NAME_INVALID',
				`The server ${server} finds the name ${quoteName(path)} too long or not allowed: ${what}`,
				error,
			);
		case 'unsupported':
			return coreError(
				'DELIVERY_UNSUPPORTED',
				`The server ${server} does not support it: ${what}${withoutIt(step)}`,
				error,
			);
		case 'full':
			return coreError(
				'DELIVERY_DISK_FULL',
				`The disk of ${server} is full, or the quota of this user: ${what} (${error.message})`,
				error,
			);
		case 'refused':
			return await explainRefusal(error, port, { step, path, bytesMissing }, what);
	}
}

/** Steps that the style *Direct* does without. */
function withoutIt(step: string): string {
	return step === 'publish' || step === 'look at'
		? "; the 'Temporary Name' 'Direct' does without it"
		: '';
}

/** Status 4 has no reason; a disk that is full is the commonest one while bytes are stored. */
async function explainRefusal(
	error: SftpFailure,
	port: SftpPort,
	{ step, path, bytesMissing }: FailedStep,
	what: string,
): Promise<CoreError> {
	const server = port.endpoint;
	if (bytesMissing === undefined) {
		return coreError(
			'DELIVERY_SERVER_REFUSED',
			`The server ${server} refused without a reason: ${what}`,
			error,
		);
	}
	const free = await diskIsFull(port, path, bytesMissing);
	if (free !== undefined) {
		return coreError(
			'DELIVERY_DISK_FULL',
			`The disk of ${server} is full: ${what} (${free} bytes free, ${bytesMissing} bytes to go)`,
			error,
		);
	}
	const storing = step === 'write' || step === 'sync' || step === 'close';
	return coreError(
		'DELIVERY_SERVER_REFUSED',
		storing
			? `The disk or the quota at ${server} may be full: ${what}, and the server gave no reason`
			: `The server ${server} refused without a reason: ${what}`,
		error,
	);
}
