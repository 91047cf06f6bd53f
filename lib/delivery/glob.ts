/**
 * `*` and `?` in file names and in the host patterns of known_hosts. A pattern made into a regular
 * expression takes exponential time for a few `*`; here only the last `*` is ever gone back to.
 */
export function matchesGlob(text: string, pattern: string): boolean {
	const characters = [...text];
	const marks = [...pattern.replace(/\*+/g, '*')];
	let at = 0;
	let mark = 0;
	let lastStar = -1;
	let resumeAt = 0;
	while (at < characters.length) {
		if (marks[mark] === '*') {
			lastStar = mark;
			resumeAt = at;
			mark += 1;
		} else if (marks[mark] === '?' || marks[mark] === characters[at]) {
			mark += 1;
			at += 1;
		} else if (lastStar >= 0) {
			// The star takes one character more.
			resumeAt += 1;
			at = resumeAt;
			mark = lastStar + 1;
		} else {
			return false;
		}
	}
	return mark === marks.length || (marks[mark] === '*' && mark + 1 === marks.length);
}
