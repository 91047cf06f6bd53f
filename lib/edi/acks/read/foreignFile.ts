import type { TokenizerProblem } from '../../syntax';

const ASK_FOR_TEXT = 'ask the partner to send it in ASCII, ISO 8859-1 or UTF-8';
const ASK_FOR_EDI = 'ask the partner for the EDI file itself';

/** A byte-order mark, or every second byte zero as ASCII characters have it in UTF-16. */
export function utf16Problem(head: Uint8Array): TokenizerProblem | undefined {
	const [first, second] = head;
	const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
	const bare =
		head.length > 3 && (first === 0) !== (second === 0) && (head[2] === 0) === (first === 0);
	if (!marked && !bare) return undefined;
	return { code: 'strayData', message: `the file is in UTF-16; ${ASK_FOR_TEXT}`, offset: 0 };
}

interface FileKind {
	/** Bytes the file begins with, one character each. */
	readonly begins: RegExp;
	readonly words: string;
	readonly advice: string;
}

/* eslint-disable no-control-regex -- controls are what is looked for */
/** What partners deposit instead of an interchange. */
const KINDS: readonly FileKind[] = [
	// ISA, UNA and UNB in EBCDIC, as mainframes have them when a transfer did not translate.
	{
		begins: /^\s*(?:\xc9\xe2\xc1|\xe4\xd5[\xc1\xc2])/,
		words: 'is in EBCDIC',
		advice: ASK_FOR_TEXT,
	},
	{ begins: /^PK[\x03\x05]/, words: 'is a ZIP archive', advice: ASK_FOR_EDI },
	{ begins: /^\x1f\x8b/, words: 'is compressed with gzip', advice: ASK_FOR_EDI },
	{ begins: /^%PDF-/, words: 'is a PDF', advice: ASK_FOR_EDI },
	{
		begins: /^-----BEGIN PGP/,
		words: 'is encrypted or signed with PGP',
		advice: 'decrypt it before it is read',
	},
	{
		begins: /^(?:MIME-Version|Content-Type|Message-ID|Return-Path|Received|From):/i,
		words: 'is an e-mail or an AS2 message, not its content',
		advice: ASK_FOR_EDI,
	},
	{
		begins: /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|[A-Za-z])/i,
		words: 'is XML or HTML',
		advice: ASK_FOR_EDI,
	},
	{ begins: /^(?:\xef\xbb\xbf)?\s*[[{]/, words: 'looks like JSON', advice: ASK_FOR_EDI },
];

/** In words, of a file in which no interchange was found. */
export function describeForeignFile(firstBytes: Uint8Array): string | undefined {
	const text = Buffer.from(firstBytes).toString('latin1');
	const kind = KINDS.find(({ begins }) => begins.test(text));
	if (kind !== undefined) return `the file ${kind.words}; ${kind.advice}`;
	if (/^\x00{16}/.test(text)) {
		return 'the file begins with zero bytes, as one does whose transfer was broken off; ask the partner to send it again';
	}
	return undefined;
}
