import type { Condition, Template } from '../partner';

/** In segments that are not yet written, this stands between components. */
export const COMPONENT_MARK = '\u001f';

export interface ExtraSegmentSettings {
	/** `810`, `820`, `850`; empty: every set that has the segment there. */
	readonly transactionSet?: string;
	/** `line`: once for each line (or remittance item). */
	readonly level: 'header' | 'line' | 'summary';
	/** `REF*ZZ*{ownNumber}`: `*` between elements and `>` between components, whatever the delimiters. */
	readonly template: string;
	/** Sent only if this holds; see `parseCondition`. */
	readonly condition?: string;
	/** Inside the loop that begins so, such as `N1*SE`; else at the level itself. */
	readonly within?: string;
}

/** An extra segment as read from the settings: split, parsed, not yet bound to a set. */
export interface ExtraSegment {
	readonly settings: ExtraSegmentSettings;
	readonly tag: string;
	readonly elements: readonly (readonly Template[])[];
	readonly condition: Condition;
	/** `N1*RI`: how other extra segments name the loop this one begins. */
	readonly name: string;
}
