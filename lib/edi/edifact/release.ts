import type { ServiceString } from './serviceString';

/** UNA; the position of the repetition separator is a space up to syntax 3. */
export function writeServiceString(service: ServiceString): string {
	const { component, element, decimalMark, release, repetition, segment } = service;
	return `UNA${component}${element}${decimalMark}${release ?? ' '}${repetition ?? ' '}${segment}`;
}

/** The characters that must be released where they stand in data. */
export function separatorsOf(service: ServiceString): readonly string[] {
	const { component, element, release, repetition, segment } = service;
	return [component, element, segment, release, repetition].filter(
		(character) => character !== undefined,
	);
}

/**
 * Puts the release character before every separator in data. Most data needs none, so one test over
 * the whole text comes first.
 */
export function makeRelease(service: ServiceString): (text: string) => string {
	const { release } = service;
	const group = separatorsOf(service)
		.map((character) => character.replace(/[\\\]^-]/g, '\\$&'))
		.join('');
	const anySeparator = new RegExp(`[${group}]`);
	const eachSeparator = new RegExp(`[${group}]`, 'g');
	return (text) =>
		anySeparator.test(text)
			? text.replace(eachSeparator, (character) => `${release ?? ''}${character}`)
			: text;
}
