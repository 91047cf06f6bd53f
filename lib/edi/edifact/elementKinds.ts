import type { ElementSpec } from '../syntax';

/**
 * Data elements of free text: names and addresses (3036, 3042, 3124, 3164, 3192, 3228, 3412),
 * places (3222, 3224), texts (4440) and descriptions (7008). All others hold what a partner looks
 * things up by.
 */
const FREE_TEXT = new Set('3036 3042 3124 3164 3192 3222 3224 3228 3412 4440 7008'.split(' '));

/** `text` is read by people; a `code` is sent as it is. */
export function elementKind(spec: ElementSpec | undefined): 'text' | 'code' {
	return spec !== undefined && FREE_TEXT.has(spec.id) ? 'text' : 'code';
}
