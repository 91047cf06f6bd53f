import type { ServiceString } from './serviceString';

/** Data elements are counted from the one after the tag. */
export function withoutTag(repetitions: ReadonlyMap<number, string[][]>): Map<number, string[][]> {
	return new Map([...repetitions].map(([index, list]) => [index - 1, list]));
}

export function isService(service: ServiceString, char: string): boolean {
	return char === service.element || char === service.component;
}

export function isInterchangeAt(text: string, at: number): boolean {
	if (text.startsWith('UNA', at)) return /^UNA.{6}\s*UNB/s.test(text.slice(at, at + 32));
	return /^UNB[^A-Za-z0-9\s][A-Z]{4}[^A-Za-z0-9]/.test(text.slice(at, at + 9));
}

/** An odd number of release characters before a character releases it. */
export function isReleased(text: string, start: number, at: number, release: string): boolean {
	let before = at - 1;
	while (before >= start && text[before] === release) before -= 1;
	return (at - 1 - before) % 2 === 1;
}

export function unrelease(text: string, release: string): string {
	let result = '';
	let from = 0;
	for (let at = text.indexOf(release); at >= 0; at = text.indexOf(release, at + 2)) {
		result += text.slice(from, at);
		from = at + 1;
	}
	return result + text.slice(from);
}

export function trimEnd(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && (text.charCodeAt(at - 1) === 13 || text.charCodeAt(at - 1) === 10)) at -= 1;
	return at;
}
