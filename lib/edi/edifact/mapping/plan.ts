import { CarefulCompiler, compile, QuickCompiler } from '../../mapping';
import type {
	FieldCell,
	LineLoop,
	PlainValue,
	SegmentOutput,
	Step,
	TextOutput,
} from '../../mapping';
import type { ElementSpec, MessageSchema } from '../../syntax';
import type { EdifactProfile } from '../profile';
import { makeRelease } from '../release';
import { scanCharacters } from './characters';
import type { CharacterTable } from './characters';
import type { MappingContext } from './context';
import type { Rule } from './words';

/** The rules of a message for one profile, in both ways of writing. */
export interface Plan {
	readonly schema: MessageSchema;
	readonly rules: readonly Rule<never>[];
	readonly quick: Step<MappingContext, TextOutput>;
	readonly careful: Step<MappingContext, SegmentOutput>;
}

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/** The value as it goes into the file; `undefined` where it needs care. */
function plainValue(
	spec: ElementSpec,
	kind: FieldCell<never, MappingContext>['kind'],
	profile: EdifactProfile,
	characters: CharacterTable,
	release: (text: string) => string,
): PlainValue {
	const { min, max, codes, id, type } = spec;
	return (value) => {
		if (value.length > max || value.length < min) return undefined;
		if (codes?.has(value) === false && !profile.additionalCodes.has(`${id}:${value}`)) {
			return undefined;
		}
		// The document was validated, so what it calls a number is one.
		if (kind === 'number') return value;
		if (type === 'n') return NUMBER.test(value) ? value : undefined;
		const scanned = scanCharacters(value, characters);
		if (scanned === 'plain') return value;
		return scanned === 'released' ? release(value) : undefined;
	};
}

export function makePlan(
	{ rules, lineLoop }: { readonly rules: readonly Rule<never>[]; readonly lineLoop: LineLoop },
	profile: EdifactProfile,
	schema: MessageSchema,
	characters: CharacterTable,
): Plan {
	const input = { rules, schema, lineLoop };
	const { element, component, segment } = profile.serviceString;
	const release = makeRelease(profile.serviceString);
	return {
		schema,
		rules,
		quick: compile(
			input,
			new QuickCompiler<MappingContext>({
				profile,
				element,
				component,
				ending: segment + profile.suffix,
				plain: (spec, kind) => plainValue(spec, kind, profile, characters, release),
				presence: ({ elements }) => {
					const needed = elements.reduce(
						(bits, { mandatory }, at) => (mandatory ? bits | (1 << at) : bits),
						0,
					);
					return (present) => (present & needed) === needed;
				},
			}),
		),
		careful: compile(
			input,
			new CarefulCompiler<MappingContext>({
				profile,
				fit: ({ value, path, kind }, context) => context.fit(value, path, kind),
			}),
		),
	};
}
