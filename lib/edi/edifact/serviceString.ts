/** The characters that structure an interchange; UNA says them. */
export interface ServiceString {
	readonly component: string;
	readonly element: string;
	readonly decimalMark: '.' | ',';
	readonly release: string;
	/** A space in syntax 1 to 3, where the position is reserved. */
	readonly repetition: string;
	readonly terminator: string;
}

/** What counts without UNA (ISO 9735, 1988 and 1998). */
export const defaultServiceStrings: Readonly<Record<3 | 4, ServiceString>> = {
	3: { component: ':', element: '+', decimalMark: '.', release: '?', repetition: ' ', terminator: "'" },
	4: { component: ':', element: '+', decimalMark: '.', release: '?', repetition: '*', terminator: "'" },
};

export function writeServiceString(service: ServiceString): string {
	const { component, element, decimalMark, release, repetition, terminator } = service;
	return `UNA${component}${element}${decimalMark}${release}${repetition}${terminator}`;
}

/** The separators that must be released where they stand in data. */
export function separatorsOf(service: ServiceString): readonly string[] {
	const { component, element, release, repetition, terminator } = service;
	return [component, element, release, terminator, ...(repetition === ' ' ? [] : [repetition])];
}

/**
 * Puts the release character before every separator in data. Most data needs none, so one test over
 * the whole text comes first.
 */
export function makeRelease(service: ServiceString): (text: string) => string {
	const group = separatorsOf(service)
		.map((character) => character.replace(/[\\\]^-]/g, '\\$&'))
		.join('');
	const anySeparator = new RegExp(`[${group}]`);
	const eachSeparator = new RegExp(`[${group}]`, 'g');
	const replacement = `${service.release === '$' ? '$$' : service.release}$&`;
	return (text) => (anySeparator.test(text) ? text.replace(eachSeparator, replacement) : text);
}
