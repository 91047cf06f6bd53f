/** A mail server on loopback that keeps what it is given, or refuses all of it. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
	readonly to: readonly string[];
	readonly subject: string;
	readonly text: string;
}

export interface MailServer {
	readonly port: number;
	readonly mails: readonly Mail[];
	/** From now on every mail is refused, or taken again. */
	refuse(refuses: boolean): void;
	/** How many were refused. */
	refused(): number;
	close(): Promise<void>;
}

const decodeQuoted = (text: string): Buffer =>
	Buffer.from(
		text
			.replace(/=\r?\n/g, '')
			.replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
		'latin1',
	);

/** RFC 2047: a subject beyond ASCII, in pieces. */
function decodeWords(text: string): string {
	return text
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, words: string) =>
			(kind.toLowerCase() === 'b'
				? Buffer.from(words, 'base64')
				: decodeQuoted(words.replaceAll('_', ' '))
			).toString('utf8'),
		);
}

/** As n8n writes it: one part, plain text. */
function readMail(to: readonly string[], raw: string): Mail {
	const [head = '', ...rest] = raw.split('\r\n\r\n');
	const headers = head.replace(/\r\n[ \t]+/g, ' ');
	const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '';
	const body = rest.join('\r\n\r\n');
	const encoding = header('Content-Transfer-Encoding').toLowerCase();
	const bytes =
		encoding === 'base64'
			? Buffer.from(body, 'base64')
			: encoding === 'quoted-printable'
				? decodeQuoted(body)
				: Buffer.from(body, 'latin1');
	const text = bytes.toString('utf8').replaceAll('\r\n', '\n').trim();
	return { to, subject: decodeWords(header('Subject')), text };
}

export async function startMailServer(): Promise<MailServer> {
	const mails: Mail[] = [];
	let refuses = false;
	let refused = 0;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onMailFrom: (_address, _session, callback) => {
			if (!refuses) {
				callback();
				return;
			}
			refused += 1;
			callback(Object.assign(new Error('The mail server is full'), { responseCode: 552 }));
		},
		onData: (stream, session, callback) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const to = session.envelope.rcptTo.map(({ address }) => address);
				mails.push(readMail(to, Buffer.concat(chunks).toString('latin1')));
				callback();
			});
		},
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		refuse: (value) => (refuses = value),
		refused: () => refused,
		close: async () =>
			await new Promise((resolve) => {
				server.close(resolve);
			}),
	};
}
