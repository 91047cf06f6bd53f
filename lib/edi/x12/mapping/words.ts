import { vocabulary } from '../../mapping';
import type * as Mapping from '../../mapping';
import type { X12Context } from './context';

export type Rule<Scope> = Mapping.Rule<Scope, X12Context>;
export type SegmentRule<Scope> = Mapping.SegmentRule<Scope, X12Context>;
export type SettingCell = Mapping.SettingCell<X12Context>;

/** The words of the mapping language, over documents as X12 sees them. */
export const { segment, each, within, lines, levels, pair, text, code, number, optional } =
	vocabulary<X12Context>('*');
