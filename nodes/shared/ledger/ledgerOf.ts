import { randomBytes } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import { isLedgerMade, openLedger } from '../../../lib/ledger';
import type { Ledger, LedgerConnection, LedgerPorts } from '../../../lib/ledger';
import { isQueueMode, ledgerConnection } from './connection';
import type { Surroundings } from './connection';

export const LEDGER_CREDENTIAL = 'ediLedgerApi';

/** The core has no clock, no chance and no waiting of its own. */
export const ledgerPorts: LedgerPorts = {
	now: () => new Date(),
	randomId: () => randomBytes(32).toString('hex'),
	wait: async (milliseconds) => await sleep(milliseconds),
	jitter: () => Math.random(),
};

export function surroundings(): Surroundings {
	return { env: process.env, argv: process.argv, cwd: process.cwd() };
}

/** Opens the ledger of a credential; without one the open ledger. */
export async function openWith(
	credential: ICredentialDataDecryptedObject | undefined,
): Promise<Ledger> {
	return await openLedger(ledgerConnection(credential, surroundings()), ledgerPorts);
}

export type LedgerContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

async function credentialOf(
	context: LedgerContext,
): Promise<ICredentialDataDecryptedObject | undefined> {
	if (context.getNode().credentials?.[LEDGER_CREDENTIAL] === undefined) return undefined;
	return await context.getCredentials<ICredentialDataDecryptedObject>(LEDGER_CREDENTIAL);
}

/** The node's ledger: the credential's, else the open one in n8n's folder. */
export async function ledgerOf(context: LedgerContext): Promise<Ledger> {
	return await openWith(await credentialOf(context));
}

/**
 * For what only remembers something on the side: the credential's ledger, or the open one if somebody
 * has made it. None is made for it, and without a credential there is none in queue mode.
 */
export async function existingLedger(context: LedgerContext): Promise<Ledger | undefined> {
	const credential = await credentialOf(context);
	if (credential === undefined) {
		if (isQueueMode(surroundings())) return undefined;
		if (!isLedgerMade(ledgerConnection(undefined, surroundings()))) return undefined;
	}
	return await openWith(credential);
}

/** Where the node's ledger is, for what must work before it can be opened. */
export async function connectionOf(context: LedgerContext): Promise<LedgerConnection> {
	return ledgerConnection(await credentialOf(context), surroundings());
}

/** Two ledgers in one flow would both be half true. */
export function refuseOtherLedger(ledger: Ledger, itemLedgerId: string): void {
	if (itemLedgerId === ledger.id) return;
	throw new CoreError(
		'LEDGER_OTHER',
		`The item was taken from another ledger than '${ledger.name}', which this node uses`,
		{ path: 'ledger.id' },
	);
}
