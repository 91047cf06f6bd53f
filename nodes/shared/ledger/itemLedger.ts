import type { IDataObject } from 'n8n-workflow';

export type LedgerUsage = 'draft' | 'test' | 'production';

/** What *Take New or Changed* puts on a document's item as `ledger`. */
export interface ItemLedger {
	/** Which ledger: a node with another one refuses the item. */
	readonly id: string;
	readonly agreement: string;
	/** The version of the agreement that held when the document was taken. */
	readonly agreementVersion: number;
	readonly version: number;
	readonly reservation: string;
	readonly usage: LedgerUsage;
	readonly change: 'new' | 'changed' | 'deleted';
	readonly purpose: 'original' | 'replacement' | 'cancellation';
	/** Name of the file with the version before, or nothing. */
	readonly supersedes: string;
}

/** What a file's item has as `ledger`, and *SFTP Deposit* keeps it by. */
export interface FileLedger {
	readonly id: string;
	readonly agreement: string;
	readonly agreementVersion: number;
	readonly usage: LedgerUsage;
	/** Where the agreement wants it, on the partner's server. */
	readonly folder: string;
	/** Of a file that is in the ledger already: its number, state and the token that may settle it. */
	readonly file?: number;
	readonly state?: string;
	readonly claim?: string;
}

/** The item's `ledger`, where it came from a *Take*; an item without one works without a ledger. */
export function itemLedger(json: IDataObject): ItemLedger | undefined {
	const { ledger } = json;
	if (typeof ledger !== 'object' || ledger === null || Array.isArray(ledger)) return undefined;
	const { id, agreementVersion, version } = ledger as IDataObject;
	const taken =
		typeof id === 'string' && typeof agreementVersion === 'number' && typeof version === 'number';
	return taken ? (ledger as unknown as ItemLedger) : undefined;
}

/** What *Record Received* puts on a file that came in, as `ledger`. */
export interface ReceivedLedger {
	readonly id: string;
	/** Number of the received file in the ledger, and the token by which its answer is settled. */
	readonly received: number;
	readonly claim: string;
}

export function receivedLedger(json: IDataObject): ReceivedLedger | undefined {
	const { ledger } = json;
	if (typeof ledger !== 'object' || ledger === null || Array.isArray(ledger)) return undefined;
	const { id, received } = ledger as IDataObject;
	return typeof id === 'string' && typeof received === 'number'
		? (ledger as unknown as ReceivedLedger)
		: undefined;
}
