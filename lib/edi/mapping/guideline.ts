import type { Condition, Template } from '../partner';

/**
 * What a partner's guideline asks for, in the words of the standard: it narrows or extends the
 * segments and elements of a set. Counts of the envelope and the reading back are not its affair.
 */

export interface ElementGuideline {
	readonly usage: 'omitted' | 'sent' | 'required' | undefined;
	/** Takes the place of what the mapping sends. */
	readonly value: Template | undefined;
	readonly min: number | undefined;
	readonly max: number | undefined;
	/** Only these of the codes of the standard. */
	readonly codes: ReadonlySet<string> | undefined;
	/** Beyond the codes of the standard. */
	readonly moreCodes: ReadonlySet<string>;
}

export interface PairGuideline {
	readonly qualifier: string;
	readonly value: Template;
}

export interface SegmentGuideline {
	readonly usage: 'omitted' | 'sent' | 'required' | undefined;
	readonly when: Condition | undefined;
	readonly max: number | undefined;
	/** By element (`3`) or component (`3.2`). */
	readonly elements: ReadonlyMap<string, ElementGuideline>;
	readonly pairs: readonly PairGuideline[] | undefined;
}

/** Lines of an invoice that are a charge or an allowance for the partner. */
export interface ChargeGuideline {
	readonly when: Condition;
	/** X12 DE1300, EDIFACT 7161. */
	readonly code: string;
	readonly description: string;
}

export interface SetGuideline {
	readonly segments: ReadonlyMap<string, SegmentGuideline>;
	readonly added: readonly ParsedSegment[];
	readonly charges: readonly ChargeGuideline[];
}

export interface Guideline {
	/** Empty: only short forms of the settings. */
	readonly name: string;
	readonly version: string;
	/** Of the table as it was given; empty without one. */
	readonly hash: string;
	readonly source: string;
	/** `1153:API`, accepted beyond the lists. */
	readonly codes: ReadonlySet<string>;
	readonly sets: ReadonlyMap<string, SetGuideline>;
	/** More than leaving out and sending: documents take the careful way. */
	readonly needsCare: boolean;
}

/** A segment that a partner wants beyond the default ones, as plain data. */
export interface AddedSettings {
	/** `810`, `INVOIC`; empty: every set that has the segment there. */
	readonly set?: string;
	/** `line`: once for each line (or remittance item). */
	readonly level: 'header' | 'line' | 'summary';
	/** `REF*ZZ*{ownNumber}`, `RFF+CT:{ownNumber}`: marks of the standard, whatever the file has. */
	readonly template: string;
	/** Sent only if this holds; see `parseCondition`. */
	readonly condition?: string;
	/** Inside the loop or group that begins so, such as `N1*SE`; else at the level itself. */
	readonly within?: string;
	/** Segments of the loop or group that this one begins. */
	readonly inside?: readonly AddedSettings[];
}

/** Read, not yet bound to a set. */
export interface ParsedSegment {
	readonly settings: AddedSettings;
	/** Where it stands in the settings, for messages. */
	readonly path: string;
	readonly tag: string;
	readonly elements: readonly (readonly Template[])[];
	readonly condition: Condition;
	/** `N1*RI`: how others name the loop or group this one begins. */
	readonly name: string;
	readonly inside: readonly ParsedSegment[];
}

export const NO_SET: SetGuideline = { segments: new Map(), added: [], charges: [] };
