/** X12 control numbers are numbers: leading zeros make no other one. With as many digits as we write. */
export function controlNumber(text: string, digits: number): string {
	return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '').padStart(digits, '0') : text;
}

export function sameNumber(a: string, b: string): boolean {
	return a === b || controlNumber(a, 1) === controlNumber(b, 1);
}
