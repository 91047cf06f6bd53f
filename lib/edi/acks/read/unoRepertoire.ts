export interface OutsideCharacter {
	readonly element: number;
	readonly component: number;
	readonly character: string;
	readonly value: string;
}

/** ISO 646 without lower case (level A) and with it (level B); the other levels hold what they decode. */
const OUTSIDE: Readonly<Record<string, RegExp>> = {
	UNOA: /[^A-Z0-9 .,\-()/='+:?!"%&*;<>]/,
	UNOB: /[^\x20-\x7e]/,
};

/** The first character that the declared repertoire does not have. */
export function isOutsideRepertoire(
	elements: readonly (readonly string[])[],
	repertoire: string,
): OutsideCharacter | undefined {
	const outside = OUTSIDE[repertoire];
	if (outside === undefined) return undefined;
	for (let element = 0; element < elements.length; element += 1) {
		const components = elements[element]!;
		for (let component = 0; component < components.length; component += 1) {
			const value = components[component]!;
			const found = outside.exec(value);
			if (found !== null) return { element, component, character: found[0], value };
		}
	}
	return undefined;
}
