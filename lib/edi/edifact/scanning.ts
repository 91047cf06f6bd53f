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
} as const;

/** One look-up for each byte instead of a comparison with each service character. */
export function rolesOf(service: ServiceString): Uint8Array {
	const roles = new Uint8Array(256).fill(Role.special);
	roles.fill(Role.data, 32, 127);
	roles[10] = Role.lineBreak;
	roles[13] = Role.lineBreak;
	const assign = (character: string | undefined, role: number): void => {
		if (character !== undefined) roles[character.charCodeAt(0)] = role;
	};
	// Where UNA gives a character two meanings, the last one here counts.
	assign(service.release, Role.release);
	assign(service.repetition, Role.repetition);
	assign(service.element, Role.element);
	assign(service.component, Role.component);
	return roles;
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
