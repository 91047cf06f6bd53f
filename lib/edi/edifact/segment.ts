/**
 * A segment as it is meant, without release characters: `elements[i][j]` is component `j` of data
 * element `i`, the tag not counted. A simple data element is a composite of one. Empty text stands
 * for an absent value; trailing empty elements and components are left out.
 */
export interface EdifactSegment {
	readonly tag: string;
	readonly elements: readonly (readonly string[])[];
}

/** Without what is empty at the end, as ISO 9735-1 (8.7) wants segments sent. */
export function trimSegment(tag: string, elements: readonly (readonly string[])[]): EdifactSegment {
	const trimmed = elements.map(trimComponents);
	while (trimmed.length > 0 && trimmed[trimmed.length - 1]?.length === 0) trimmed.pop();
	return { tag, elements: trimmed };
}

function trimComponents(components: readonly string[]): readonly string[] {
	let length = components.length;
	while (length > 0 && components[length - 1] === '') length -= 1;
	return length === components.length ? components : components.slice(0, length);
}
