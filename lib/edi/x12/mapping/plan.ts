import { CarefulCompiler, compile, QuickCompiler } from '../../mapping';
import type { LineLoop, SegmentOutput, Step, TextOutput } from '../../mapping';
import type { MessageSchema } from '../../syntax';
import { isPresencePlain, plainSegment, plainValue } from '../plainCheck';
import type { X12Profile } from '../profile';
import type { X12Context } from './context';
import type { Rule } from './words';

/** The rules of a set for one profile, in both ways of writing. */
export interface Plan {
	readonly schema: MessageSchema;
	readonly rules: readonly Rule<never>[];
	readonly quick: Step<X12Context, TextOutput>;
	readonly careful: Step<X12Context, SegmentOutput>;
}

/** What stands between elements, components and segments of a body. */
export interface BodyDelimiters {
	readonly element: string;
	readonly component: string;
	/** Terminator with the suffix behind it. */
	readonly ending: string;
}

export function makePlan(
	{ rules, lineLoop }: { readonly rules: readonly Rule<never>[]; readonly lineLoop: LineLoop },
	profile: X12Profile,
	schema: MessageSchema,
	clean: Uint8Array,
	delimiters: BodyDelimiters,
): Plan {
	const input = { rules, schema, lineLoop };
	return {
		schema,
		rules,
		quick: compile(
			input,
			new QuickCompiler<X12Context>({
				profile,
				...delimiters,
				plain: (spec) => plainValue(spec, clean),
				presence: (spec) => {
					const segment = plainSegment(spec);
					return (present) => isPresencePlain(segment, present);
				},
			}),
		),
		careful: compile(
			input,
			new CarefulCompiler<X12Context>({
				profile,
				fit: (filling, context) => context.fit(filling),
			}),
		),
	};
}
