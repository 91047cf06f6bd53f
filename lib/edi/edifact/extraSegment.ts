import type { Condition, Template } from '../partner';
import type { EdifactMessage } from './directory';

export interface ExtraSegmentSettings {
	/** `INVOIC`, `ORDERS`, `REMADV`; empty: every message that has the segment there. */
	readonly message?: string;
	/** `line`: once for each line (or remittance item). */
	readonly level: 'header' | 'line' | 'summary';
	/** `RFF+CT:{ownNumber}`: `+`, `:` and `?` as in the standard, whatever the service string. */
	readonly template: string;
	/** Sent only if this holds; see `parseCondition`. */
	readonly condition?: string;
	/** Inside the segment group that begins so, such as `NAD+SU`; else at the level itself. */
	readonly within?: string;
}

export interface ExtraSegment {
	/** Undefined: every message that has the segment there. */
	readonly message: EdifactMessage | undefined;
	readonly level: 'header' | 'line' | 'summary';
	readonly source: string;
	readonly tag: string;
	readonly elements: readonly (readonly Template[])[];
	/** What each component is to the partner. */
	readonly kinds: readonly (readonly ('text' | 'code')[])[];
	readonly condition: Condition;
	readonly within: string | undefined;
	/** `ALC+C`: how other extra segments name the group this one begins. */
	readonly name: string;
}
