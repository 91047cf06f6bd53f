// eslint-disable-next-line no-control-regex -- controls are what is looked for
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Text of a partner's file as it can be shown, named and kept anywhere: a control character, which a
 * database or a file name may not hold, is written as its code.
 */
export function visible(text: string): string {
	return text.replace(
		INVISIBLE,
		(char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
	);
}
