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

/** Nothing chosen: the editor marks the field, and n8n does not publish the flow without it. */
const NOT_CHOSEN = { __rl: true, mode: 'list', value: '' };

/** What was chosen once, in the node of that name. */
const chosenIn = (node: string, parameter: string) => ({
	__rl: true,
	mode: 'id',
	value: `={{ $('${node}').params.${parameter}.value }}`,
});

/** The node in which the division is chosen. */
export function exactTrigger(name: string, at: At, parameters: Parameters): NodeSource {
	return own(
		'exactOnlineTrigger',
		name,
		at,
		{ division: NOT_CHOSEN, ...parameters },
		{ credentials: EXACT },
	);
}

/** Reads from the division that is chosen in `divisionOf`, or in this node. */
export function exactOnline(
	name: string,
	at: At,
	parameters: Parameters,
	divisionOf?: string,
): NodeSource {
	const division = divisionOf === undefined ? NOT_CHOSEN : chosenIn(divisionOf, 'division');
	return own('exactOnline', name, at, { division, ...parameters }, { credentials: EXACT });
}

export function ediEncode(name: string, at: At, parameters: Parameters): NodeSource {
	return own('ediEncode', name, at, parameters);
}

export function fixedWidthEncode(name: string, at: At, parameters: Parameters): NodeSource {
	return own('fixedWidthEncode', name, at, parameters);
}

/** A failed transfer goes on: the ledger has it, and the report at the end tells it. */
export function sftpDeposit(name: string, at: At, parameters: Parameters): NodeSource {
	return own('sftpDeposit', name, at, parameters, {
		credentials: SFTP,
		onError: 'continueRegularOutput',
	});
}

export function ackGenerate(name: string, at: At, parameters: Parameters): NodeSource {
	return own('ackGenerate', name, at, parameters);
}

export function ediLedger(
	name: string,
	at: At,
	resource: string,
	operation: string,
	parameters: Parameters = {},
	more: Partial<NodeSource> = {},
): NodeSource {
	return own('ediLedger', name, at, { resource, operation, ...parameters }, more);
}

/** The node in which the agreement with the partner is chosen. */
export const agreement = NOT_CHOSEN;
