/** In segments that are not yet written, this stands between components. */
export const COMPONENT_MARK = '\u001f';

/** Elements as the element check takes them: components joined, nothing empty at the end. */
export function joined(
	elements: readonly (readonly string[])[],
	separator: string,
): readonly string[] {
	const texts = elements.map((components) => {
		let { length } = components;
		while (length > 0 && components[length - 1] === '') length -= 1;
		return components.slice(0, length).join(separator);
	});
	while (texts.at(-1) === '') texts.pop();
	return texts;
}
