import { CoreError } from '../errors';
import type { CoreErrorCode } from '../errors';
import { quoteName } from './fileName';

/** How far a connection has come; the words stand in messages. */
export type ConnectStep = 'reaching the server' | 'exchanging keys' | 'logging in' | 'opening SFTP';

/** n8n replaces messages that hold the names of system errors, so they are said in words. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
	ECONNRESET: 'the connection was reset',
	EPIPE: 'the connection was closed by the other side',
	ECONNABORTED: 'the connection was aborted',
	ETIMEDOUT: 'the network gave no answer',
	EHOSTUNREACH: 'there is no route to the host',
	ENETUNREACH: 'there is no route to the network',
	ENETDOWN: 'the network is down',
};

export function plainReason(error: unknown): string {
	const code = String((error as { code?: unknown } | undefined)?.code ?? '');
	const known = SYSTEM_ERRORS[code];
	if (known !== undefined) return known;
	const message = error instanceof Error ? error.message : String(error);
	const inText = Object.keys(SYSTEM_ERRORS).find((name) => message.includes(name));
	if (inText !== undefined) return SYSTEM_ERRORS[inText] ?? message;
	return message
		.replace(/^(?:getConnection|sftp|connect)(?:->)?:\s*/, '')
		.replace(/\bE[A-Z]{4,}\b/g, '…');
}

interface ConnectContext {
	readonly endpoint: string;
	readonly username: string;
	readonly step: ConnectStep;
	/** What the server said it accepts, where it got that far. */
	readonly methodsOffered: readonly string[];
	readonly methodsTried: readonly string[];
	/** Questions of the server that this node does not answer. */
	readonly unanswerable: readonly string[];
}

interface Rule {
	readonly matches: RegExp;
	readonly make: (context: ConnectContext, match: RegExpExecArray) => CoreError;
}

const temporary = { failure: { cause: 'temporarily-unavailable' } } as const;
const credential = { failure: { cause: 'credential-invalid' } } as const;

function closedEarly({ endpoint, step }: ConnectContext, how: string): CoreError {
	const code: CoreErrorCode =
		step === 'reaching the server' || step === 'exchanging keys' || step === 'logging in'
			? 'DELIVERY_CONNECTION_CLOSED'
			: 'DELIVERY_CONNECTION_LOST';
	return new CoreError(
		code,
		`The server ${endpoint} ended the connection while ${step}: ${how}`,
		temporary,
	);
}

/** The library reports a length where text arrived: its four bytes are the text's first letters. */
function firstLetters(length: number): string {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(length >>> 0);
	return bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '');
}

/** Read against the code and the text of what the library reports, first match first. */
const RULES: readonly Rule[] = [
	{
		matches: /EAI_AGAIN/,
		make: ({ endpoint }) =>
			new CoreError(
				'DELIVERY_ADDRESS_UNKNOWN',
				`The name server gave no answer for the host of ${endpoint}`,
				temporary,
			),
	},
	{
		matches: /ENOTFOUND|EAI_|Address lookup failed/,
		make: ({ endpoint }) =>
			new CoreError(
				'DELIVERY_ADDRESS_UNKNOWN',
				`The host of ${endpoint} is not known to the name server`,
			),
	},
	{
		matches: /ECONNREFUSED/,
		make: ({ endpoint }) =>
			new CoreError(
				'DELIVERY_CONNECTION_REFUSED',
				`The port is wrong or closed: nothing accepts connections at ${endpoint}`,
				temporary,
			),
	},
	{
		matches: /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN/,
		make: ({ endpoint, step }) =>
			new CoreError(
				'DELIVERY_CONNECT_TIMEOUT',
				`The server ${endpoint} cannot be reached over the network (while ${step})`,
				temporary,
			),
	},
	{
		matches: /All configured authentication methods failed/,
		make: ({ endpoint, username, methodsTried, methodsOffered, unanswerable }) => {
			if (unanswerable.length > 0) {
				return new CoreError(
					'DELIVERY_LOGIN_REFUSED',
					`The server ${endpoint} asks the user "${username}" for more than a password: ${unanswerable.map((question) => quoteName(question.trim())).join(', ')}. Only one question with a hidden answer, the password, is answered.`,
					{
						...credential,
						hint: 'Ask the partner for an account for automatic deliveries: with a key, or with a password alone.',
					},
				);
			}
			const offered =
				methodsOffered.length === 0 ? '' : `; it accepts: ${methodsOffered.join(', ')}`;
			return new CoreError(
				'DELIVERY_LOGIN_REFUSED',
				`The server ${endpoint} refused the login of the user "${username}" (tried: ${methodsTried.join(', ')})${offered}`,
				credential,
			);
		},
	},
	{
		matches: /integrity check failed|bad passphrase|decrypt key|Failed to generate information/i,
		make: () =>
			new CoreError(
				'DELIVERY_PRIVATE_KEY_PASSPHRASE',
				'The passphrase does not open the private key',
				credential,
			),
	},
	{
		matches: /Cannot parse privateKey/,
		make: () =>
			new CoreError(
				'DELIVERY_PRIVATE_KEY_DAMAGED',
				'The private key cannot be read: part of the text is missing or was changed',
				credential,
			),
	},
	{
		matches: /no matching ([a-z A-Z()>-]+)/,
		make: ({ endpoint }, match) =>
			new CoreError(
				'DELIVERY_NEGOTIATION',
				`The server ${endpoint} has no ${match[1]?.trim() ?? 'algorithm'} in common with this node`,
				{ failure: { cause: 'configuration-invalid' } },
			),
	},
	{
		matches: /Invalid identification string|Invalid header|Header line too long/,
		make: ({ endpoint }) =>
			new CoreError(
				'DELIVERY_NOT_SSH',
				`The port is wrong: what answers at ${endpoint} does not speak SSH`,
			),
	},
	{
		matches:
			/Unable to start subsystem|Unable to exec|Channel open failure|while establishing SFTP|SFTP session ended/i,
		make: ({ endpoint, username }) =>
			new CoreError(
				'DELIVERY_SUBSYSTEM_REFUSED',
				`The server ${endpoint} let "${username}" in but does not offer SFTP to this user`,
			),
	},
	{
		matches: /Packet length (\d+) exceeds/,
		make: ({ endpoint, username }, match) =>
			new CoreError(
				'DELIVERY_LOGIN_TEXT',
				`The server ${endpoint} sent text to "${username}" where SFTP packets belong; it begins with "${firstLetters(Number(match[1]))}"`,
			),
	},
	{
		matches: /Expected VERSION packet|Invalid packet length|Unknown packet type/,
		make: ({ endpoint, username }) =>
			new CoreError(
				'DELIVERY_LOGIN_TEXT',
				`The server ${endpoint} sent something else than SFTP packets to "${username}"`,
			),
	},
];

/** The library's error as one of ours, with the step that failed and what to do. */
export function connectError(error: unknown, context: ConnectContext): CoreError {
	if (error instanceof CoreError) return error;
	const code = String((error as { code?: unknown } | undefined)?.code ?? '');
	const text = `${code} ${error instanceof Error ? error.message : String(error)}`;
	for (const { matches, make } of RULES) {
		const match = matches.exec(text);
		if (match !== null) return make(context, match);
	}
	return closedEarly(context, plainReason(error));
}

export function connectTimeout(context: ConnectContext, milliseconds: number): CoreError {
	return new CoreError(
		'DELIVERY_CONNECT_TIMEOUT',
		`The server ${context.endpoint} did not complete the connection within ${milliseconds / 1000} s; it stood at: ${context.step}`,
		temporary,
	);
}
