// eslint-disable-next-line no-control-regex
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udfff]/gu;

/** Text as both databases keep it and people can read it: no control characters, no half letters. */
export function cleanText(text: string | undefined): string {
	return (text ?? '').replace(UNREADABLE, ' ');
}
