/** This package's nodes as the templates use them. */
import type { NodeSource, Parameters } from './builder.ts';

const PACKAGE = 'n8n-nodes-exact-online-edi';

type At = readonly [number, number];

function own(
	type: string,
	name: string,
	at: At,
	parameters: Parameters,
	more: Partial<NodeSource> = {},
): NodeSource {
	return { name, type: `${PACKAGE}.${type}`, typeVersion: 1, at, parameters, ...more };
}

const EXACT = ['exactOnlineOAuth2Api'];
const SFTP = ['sftpVerifiedApi'];

/** The division that the connected user has open; the yellow notes tell how to choose another. */
export const CURRENT_DIVISION = { __rl: true, mode: 'id', value: 'current' };

export function exactTrigger(name: string, at: At, parameters: Parameters): NodeSource {
	return own('exactOnlineTrigger', name, at, parameters, { credentials: EXACT });
}

export function exactOnline(name: string, at: At, parameters: Parameters): NodeSource {
	return own('exactOnline', name, at, parameters, { credentials: EXACT });
}

export function ediEncode(name: string, at: At, parameters: Parameters): NodeSource {
	return own('ediEncode', name, at, parameters);
}

export function fixedWidthEncode(name: string, at: At, parameters: Parameters): NodeSource {
	return own('fixedWidthEncode', name, at, parameters);
}

/** A failed transfer goes on, so that the ledger records it; the flow stops after that. */
export function sftpDeposit(name: string, at: At, parameters: Parameters): NodeSource {
	return own('sftpDeposit', name, at, parameters, {
		credentials: SFTP,
		onError: 'continueRegularOutput',
	});
}

export function ackGenerate(name: string, at: At, parameters: Parameters): NodeSource {
	return own('ackGenerate', name, at, parameters);
}
