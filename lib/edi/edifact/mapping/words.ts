import { vocabulary } from '../../mapping';
import type * as Mapping from '../../mapping';
import type { MappingContext } from './context';

export type Rule<Scope> = Mapping.Rule<Scope, MappingContext>;
export type SegmentRule<Scope> = Mapping.SegmentRule<Scope, MappingContext>;

/** The words of the mapping language, over documents as EDIFACT sees them. */
export const { segment, each, within, lines, levels, pair, text, code, number } =
	vocabulary<MappingContext>('+');
