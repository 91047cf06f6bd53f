import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { toIssue } from '../shared';
import { openWith } from '../shared/ledger';

/** Opens the ledger as the node would: it is made on first use. */
export async function ediLedgerTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const ledger = await openWith(credential.data ?? {});
		await ledger.close();
		return { status: 'OK', message: `The ledger '${ledger.name}' is open.` };
	} catch (error) {
		return { status: 'Error', message: toIssue(error).message };
	}
}
