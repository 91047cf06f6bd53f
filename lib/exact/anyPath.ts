import { CoreError } from '../errors';
import type { Row } from './decode';
import { decodeRow } from './decode';
import { createTrail } from './nextPage';
import type { Reader } from './reader';
import { fieldTable } from './resources';

const ANY_FIELDS = fieldTable({});

function refuse(path: string, why: string): never {
	throw new CoreError(
		'EXACT_PATH_REFUSED',
		`The path "${path.slice(0, 80)}" is not read: ${why}`,
		{ path: 'path', failure: { cause: 'configuration-invalid' } },
	);
}

/** Decoded once: what is encoded twice would be something else behind a proxy. */
function decoded(text: string, path: string): string {
	let plain: string;
	try {
		plain = decodeURIComponent(text);
	} catch (error) {
		if (!(error instanceof URIError)) throw error;
		return refuse(path, 'its encoding is broken');
	}
	if (/%[0-9a-f]{2}/i.test(plain)) refuse(path, 'it is encoded twice');
	return plain;
}

const SEGMENT = /^[A-Za-z0-9_$()',=-]+$/;
const TOKENS = /oauth|token|authorize/i;

/** One GET below the chosen division: a relative path with its query, written anew. */
export function anyPathOf(text: string): string {
	const given = text.trim();
	if (given === '') refuse(given, 'it is empty');
	if (/^[a-z][a-z0-9+.-]*:/i.test(given)) refuse(given, 'it names a host');
	if (given.includes('#') || given.includes('\\')) refuse(given, 'it is no plain path');
	const [rawPath = '', ...rest] = given.split('?');
	const path = decoded(rawPath, given);
	if (path.startsWith('/') || path.includes('//'))
		refuse(given, 'it has to begin below the division');
	const segments = path.split('/');
	if (segments.some((segment) => segment === '.' || segment === '..')) {
		refuse(given, 'it leads out of the division');
	}
	if (!segments.every((segment) => SEGMENT.test(segment))) {
		refuse(given, 'it has characters that no path of Exact has');
	}
	if (segments.some((segment) => TOKENS.test(segment))) refuse(given, 'tokens are not read');
	const query = rest
		.join('?')
		.split('&')
		.filter((part) => part !== '')
		.map((part) => {
			const at = part.indexOf('=');
			const name = decoded(at < 0 ? part : part.slice(0, at), given);
			const value = decoded(at < 0 ? '' : part.slice(at + 1).replaceAll('+', ' '), given);
			if (/^\$expand$/i.test(name.trim())) refuse(given, '$expand is not used');
			if (TOKENS.test(name)) refuse(given, 'tokens are not sent in a path');
			if (!/^\$?[A-Za-z]+$/.test(name)) refuse(given, `"${name}" is no option of Exact`);
			return `${name}=${encodeURIComponent(value)}`;
		});
	return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** All pages, or as many rows as wanted; dates and noise are decoded as everywhere. */
export async function readAnyPath(
	reader: Reader,
	text: string,
	limit: number | undefined,
): Promise<Row[]> {
	const below = anyPathOf(text);
	const list = `${reader.division}/${below.split('?')[0] ?? ''}`;
	const trail = createTrail();
	const rows: Row[] = [];
	for (let path: string | undefined = `${reader.division}/${below}`; path !== undefined; ) {
		trail.step(path);
		const response = await reader.client.get(path);
		const found: readonly Row[] =
			response.rows.length === 0 && response.value !== undefined
				? [{ value: response.value }]
				: response.rows;
		rows.push(...found.map((row) => decodeRow(row, ANY_FIELDS, reader.encoding)));
		if (limit !== undefined && rows.length >= limit) return rows.slice(0, limit);
		path = response.next === undefined ? undefined : reader.client.following(response.next, list);
	}
	return rows;
}
