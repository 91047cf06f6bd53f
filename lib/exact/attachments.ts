import { CoreError } from '../errors';

/** Whatever a supplier called it: a name that every server and system takes. */
export function safeFileName(text: string, fallback = 'attachment'): string {
	const plain = text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^A-Za-z0-9._-]+/g, '_')
		.replace(/\.{2,}/g, '.')
		.replace(/^[._-]+|[._-]+$/g, '');
	const name = plain === '' ? fallback : plain;
	const isReserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);
	return (isReserved ? `_${name}` : name).slice(-120);
}

export function extensionOf(fileName: string): string {
	return /\.([A-Za-z0-9]{1,8})$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? '';
}

/** `{name}`, `{number}` and `{n}` of a pattern; the extension is always the attachment's own. */
export function attachmentFileName(
	pattern: string,
	own: string,
	values: { readonly number: string; readonly ordinal: number },
): string {
	const extension = extensionOf(own);
	const base = extension === '' ? own : own.slice(0, own.lastIndexOf('.'));
	const named = (pattern.trim() === '' ? '{name}' : pattern)
		.replaceAll('{name}', base)
		.replaceAll('{number}', values.number)
		.replaceAll('{n}', String(values.ordinal));
	const safe = safeFileName(named);
	return extension === '' || safe.toLowerCase().endsWith(`.${extension}`)
		? safe
		: `${safe}.${extension}`;
}

const MIME_TYPES: Readonly<Record<string, string>> = {
	pdf: 'application/pdf',
	xml: 'application/xml',
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	tif: 'image/tiff',
	tiff: 'image/tiff',
	txt: 'text/plain',
	csv: 'text/csv',
	zip: 'application/zip',
};

/** By the name only: the bytes pass through and are not looked at. */
export const mimeTypeOf = (fileName: string): string =>
	MIME_TYPES[extensionOf(fileName)] ?? 'application/octet-stream';

/**
 * The address of an attachment's bytes on the credential's own host: of what Exact gives only path and
 * query are taken, because the token goes along.
 */
export function attachmentUrl(url: string, baseUrl: string): string {
	let given: URL;
	try {
		given = new URL(url, `${baseUrl}/`);
	} catch {
		throw new CoreError('EXACT_ATTACHMENT_ADDRESS', 'The address of the attachment is none');
	}
	if (!given.pathname.startsWith('/docs/')) {
		throw new CoreError(
			'EXACT_ATTACHMENT_ADDRESS',
			`The attachment is said to be at ${given.host}${given.pathname.slice(0, 60)}, which is not where Exact keeps them`,
		);
	}
	return `${baseUrl}${given.pathname}${given.search}`;
}
