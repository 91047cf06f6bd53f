/** `TAG words; TAG words`, in one line or several. */
export function tableOfWords(text: string): ReadonlyMap<string, string> {
	const entries = text.split(/[;\n]/).map((entry) => entry.trim());
	return new Map(
		entries.filter(Boolean).map((entry) => {
			const space = entry.indexOf(' ');
			return [entry.slice(0, space), entry.slice(space + 1)];
		}),
	);
}

