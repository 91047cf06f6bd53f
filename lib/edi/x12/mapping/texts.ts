/**
 * A text in parts of at most `max` characters, broken at spaces where there are any: nothing is
 * lost when a description is longer than its element.
 */
export function wrap(text: string, max: number): readonly string[] {
	if (text.length <= max) return text === '' ? [] : [text];
	const parts: string[] = [];
	let rest = Array.from(text);
	while (rest.length > max) {
		let end = max;
		while (end > 0 && rest[end] !== ' ') end -= 1;
		if (end === 0) end = max;
		const part = rest.slice(0, end).join('').trimEnd();
		if (part !== '') parts.push(part);
		rest = Array.from(rest.slice(end).join('').trimStart());
	}
	if (rest.length > 0) parts.push(rest.join(''));
	return parts;
}

/** `YYYY-MM-DD` → `YYYYMMDD` */
export function compactDate(date: string | undefined): string | undefined {
	if (date?.length !== 10) return date;
	return date.slice(0, 4) + date.slice(5, 7) + date.slice(8, 10);
}
