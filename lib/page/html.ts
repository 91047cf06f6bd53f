/** HTML that escapes every value by itself: a string in a template is text, never markup. */

export class Html {
	constructor(readonly text: string) {}
}

export type Piece = Html | string | number | undefined | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Control characters have no place in HTML: each is shown as a mark, so that nothing hides. */
export function escapeText(text: string): string {
	return (
		text
			.replace(
				// eslint-disable-next-line no-control-regex
				/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
				'\uFFFD',
			)
			.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
	);
}

function render(piece: Piece): string {
	if (piece === undefined) return '';
	if (piece instanceof Html) return piece.text;
	if (typeof piece === 'string') return escapeText(piece);
	if (typeof piece === 'number') return String(piece);
	return piece.map(render).join('');
}

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
	return new Html(strings.map((text, index) => text + render(pieces[index])).join(''));
}

/** A link within the page: the address is the page's own, only the query changes. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
	const entries = Object.entries(parameters).filter(
		([, value]) => value !== undefined && value !== '',
	);
	return `?${entries.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&')}`;
}

export function link(
	text: Piece,
	parameters: Readonly<Record<string, string | number | undefined>>,
): Html {
	return html`<a href="${query(parameters)}">${text}</a>`;
}
