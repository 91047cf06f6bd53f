import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each code page of the fixture as the Unicode of its 256 bytes, as glibc has them. */
export function readCodePages(): ReadonlyMap<string, readonly number[]> {
	const file = join(__dirname, '../../fixtures/flatfile/codePages.txt');
	const pages = new Map<string, number[]>();
	let page: number[] = [];
	for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
		if (line.startsWith('#')) continue;
		if (line.startsWith('cp')) pages.set(line, (page = []));
		else page.push(...line.split(' ').map((unit) => Number.parseInt(unit, 16)));
	}
	return pages;
}
