import type { ServiceString } from './serviceString';

/** What a byte does inside a segment; the first four in the order in which they close things. */
export const Role = {
	data: 0,
	component: 1,
	element: 2,
	repetition: 3,
	release: 4,
	lineBreak: 5,
	/** A control, or not ASCII. */
	special: 6,
	/** The first byte of a service character that has several. */
	wide: 7,
} as const;

/** One look-up for each byte instead of a comparison with each service character. */
export function rolesOf(service: ServiceString): Uint8Array {
	const roles = new Uint8Array(256).fill(Role.special);
	roles.fill(Role.data, 32, 127);
	roles[10] = Role.lineBreak;
	roles[13] = Role.lineBreak;
	const assign = (character: string | undefined, role: number): void => {
		if (character === undefined) return;
		roles[character.charCodeAt(0)] = character.length === 1 ? role : Role.wide;
	};
	// Where UNA gives a character two meanings, the last one here counts.
	assign(service.release, Role.release);
	assign(service.repetition, Role.repetition);
	assign(service.element, Role.element);
	assign(service.component, Role.component);
	return roles;
}

/** Service characters of several bytes, with what they do; hardly any interchange has one. */
export function wideMarks(marks: ServiceString): readonly (readonly [string, number])[] {
	const all: [string | undefined, number][] = [
		[marks.component, Role.component],
		[marks.element, Role.element],
		[marks.repetition, Role.repetition],
		[marks.release, Role.release],
	];
	return all.flatMap(([mark, role]) =>
		mark !== undefined && mark.length > 1 ? [[mark, role]] : [],
	);
}

export function isService(service: ServiceString, char: string): boolean {
	return char === service.element || char === service.component;
}

export function isInterchangeAt(text: string, at: number): boolean {
	if (text.startsWith('UNA', at)) return /^UNA.{6,12}\s*UNB/s.test(text.slice(at, at + 32));
	return /^UNB[^A-Za-z0-9\s][A-Z]{4}[^A-Za-z0-9]/.test(text.slice(at, at + 9));
}

/** An odd number of release characters before a character releases it. */
export function isReleased(text: string, start: number, at: number, release: string): boolean {
	let count = 0;
	let before = at - release.length;
	while (before >= start && text.startsWith(release, before)) {
		count += 1;
		before -= release.length;
	}
	return count % 2 === 1;
}

export function unrelease(text: string, release: string): string {
	let result = '';
	let from = 0;
	const width = release.length;
	for (let at = text.indexOf(release); at >= 0; at = text.indexOf(release, from + 1)) {
		result += text.slice(from, at);
		from = at + width;
	}
	return result + text.slice(from);
}

export function trimEnd(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && (text.charCodeAt(at - 1) === 13 || text.charCodeAt(at - 1) === 10)) at -= 1;
	return at;
}
