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
	readonly bytesMissing?: number;
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
			`Could not ${step} ${quoteName(path)}: ${detail}.`,
			{
				cause: error,
			},
		);
	}
	const what = `${step} ${quoteName(path)} on ${port.endpoint}`;
	switch (error.kind) {
		case 'timeout':
			return coreError('DELIVERY_OPERATION_TIMEOUT', `Could not ${what}: ${error.message}.`, error);
		case 'lost':
			return coreError('DELIVERY_CONNECTION_LOST', `Could not ${what}: ${error.message}.`, error);
		case 'missing':
			return coreError(
				'DELIVERY_FOLDER_MISSING',
				`Could not ${what}: the folder ${quoteName(parentOf(path))} does not exist.`,
				error,
			);
		case 'denied':
			return coreError(
				'DELIVERY_PERMISSION_DENIED',
				`Could not ${what}: the server does not permit this user to ${step} there.`,
				error,
			);
		case 'badMessage':
			return coreError(
				'DELIVERY_FILE_NAME_INVALID',
				`Could not ${what}: the server finds the name too long or not allowed.`,
				error,
			);
		case 'unsupported':
			return coreError(
				'DELIVERY_UNSUPPORTED',
				`Could not ${what}: the server does not support it.`,
				error,
			);
		case 'refused': {
			if (bytesMissing !== undefined) {
				const free = await diskIsFull(port, path, bytesMissing);
				if (free !== undefined) {
					return coreError(
						'DELIVERY_DISK_FULL',
						`Could not ${what}: the server's disk is full (${free} bytes free, ${bytesMissing} bytes to go).`,
						error,
					);
				}
			}
			return coreError(
				'DELIVERY_SERVER_REFUSED',
				`Could not ${what}: the server refused without a reason.`,
				error,
			);
		}
	}
}
