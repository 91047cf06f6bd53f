import { fitCharacters } from '../text';
import { charsetOf } from './charset';
import type { FlatFile } from './encode';
import { SEPARATORS } from './layout';
import type { Layout } from './layout';

export interface ControlFacts {
	readonly fileName: string;
	readonly sha256: string;
	readonly created: string;
	readonly documentCount: number;
}

/**
 * The companion of a file: one `name=value` a record, in the file's own encoding and with its
 * record separator, so that the same system can read both.
 */
export function controlFile(layout: Layout, file: FlatFile, facts: ControlFacts): Uint8Array {
	const lines: [string, string | number][] = [
		['file', facts.fileName],
		['created', facts.created],
		['bytes', file.bytes.byteLength],
		['sha256', facts.sha256],
		['documents', facts.documentCount],
		['records', file.recordCount],
	];
	for (const [record, count] of Object.entries(file.records)) {
		lines.push([`records.${record}`, count]);
	}
	for (const [field, sum] of Object.entries(file.sums)) lines.push([`sum.${field}`, sum]);
	const charset = charsetOf(layout.encoding);
	const separator = SEPARATORS[layout.recordSeparator] || SEPARATORS.CRLF;
	const isAllowed = (codePoint: number) => codePoint >= 0x20 && charset.has(codePoint);
	const plain = (text: string) => {
		const { text: transliterated } = fitCharacters(text, isAllowed, 'transliterate', '?');
		return fitCharacters(transliterated, isAllowed, 'replace', '?').text;
	};
	const text = lines.map(([name, value]) => plain(`${name}=${value}`) + separator).join('');
	return charset.encode(text);
}
