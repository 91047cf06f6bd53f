import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { connectSftp } from '../../lib/delivery';
import { toIssue } from '../shared';
import { connectSettings } from './connection';

/** Connects once, as the node would: key exchange, host key, login, SFTP. */
export async function sftpConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const timeouts = { connectTimeoutMs: 20_000, operationTimeoutMs: 10_000 };
		const port = await connectSftp(connectSettings(credential.data ?? {}, timeouts));
		await port.end();
		return {
			status: 'OK',
			message: `Connected. The server showed the pinned host key ${port.hostKeyFingerprint}.`,
		};
	} catch (error) {
		return { status: 'Error', message: toIssue(error).message };
	}
}
