import type { BusinessDocument, Party, Tax } from '../../../documents';
import type { Issue } from '../../../errors';
import type { X12Profile, X12TransactionSet } from '../profile';
import type { X12Release } from '../schema';

/**
 * The default mapping as tables: which document field becomes which element. The plan compiles
 * them, and the reference page prints them.
 */

/** What a value function can look at; the fields below `doc` change as the writer moves on. */
export interface Scope<D extends BusinessDocument = BusinessDocument, L = unknown> {
	readonly doc: D;
	readonly profile: X12Profile;
	line: L;
	/** Position of the line, from 0. */
	index: number;
	party: Party;
	tax: Tax;
	/** The part at hand of a text that takes several segments. */
	text: string;
	/** The second half of a two-part element, such as N302. */
	moreText: string;
}

export interface ElementRule<S> {
	/** Element position, from 1. */
	readonly at: number;
	/** Document path for issues and docs; starts with `line.`, `party.` or `tax.` in their loops. Empty for constants. */
	readonly field: string;
	/** For docs, where the field alone does not say it. */
	readonly note?: string;
	readonly value: (scope: S) => string | undefined;
	/** The field the value came from, where it is not always the same one. */
	readonly fieldOf?: (scope: S) => string | undefined;
	/** A number the encoder counts itself, which no code map concerns. */
	readonly counted?: true;
	/** Where this cannot be sent, it is left out with a warning, and so is its qualifier. */
	readonly dispensable?: true;
}

export interface SegmentRule<S> {
	/** For omitting and sending, in docs: `REF*VX`. */
	readonly name: string;
	readonly segment: string;
	/** `required` cannot be omitted; `off` is sent only if asked for. */
	readonly usage: 'required' | 'on' | 'off';
	readonly releases?: readonly X12Release[];
	readonly when?: (scope: S) => boolean;
	/** Calls `emit` once for each segment, after setting what the elements look at. */
	readonly repeat?: (scope: S, emit: () => void) => void;
	readonly elements: readonly ElementRule<S>[];
}

export interface LoopRule<S> {
	readonly name: string;
	/** Trigger segment. */
	readonly loop: string;
	readonly usage: 'required' | 'on' | 'off';
	/** Document path of the party, for issues. */
	readonly field: string;
	/** Sets the scope; `false` when there is nothing to send. */
	readonly enter: (scope: S) => boolean;
	readonly rules: readonly SegmentRule<S>[];
}

export type MappingEntry<S> = SegmentRule<S> | LoopRule<S>;

export function isLoopRule<S>(entry: MappingEntry<S>): entry is LoopRule<S> {
	return 'loop' in entry;
}

/** Reports against a document path, relative to the document. */
export type Report = (
	code: Issue['code'],
	path: string,
	problem: string,
	more?: { readonly expected?: string; readonly received?: string; readonly warning?: boolean },
) => void;

export interface MappingTable<D extends BusinessDocument, L> {
	readonly set: X12TransactionSet;
	readonly type: D['type'];
	/** Loops from the top down to the one that holds a line: `['IT1']`, `['ENT', 'RMR']`. */
	readonly lineLoop: readonly string[];
	/** Name of the lines in the document. */
	readonly linesField: string;
	readonly lines: (doc: D) => readonly L[];
	readonly header: readonly MappingEntry<Scope<D, L>>[];
	readonly line: readonly MappingEntry<Scope<D, L>>[];
	readonly summary: readonly MappingEntry<Scope<D, L>>[];
	/** What no element can show: sums, missing lines, codes without a translation. */
	readonly check: (doc: D, profile: X12Profile, report: Report) => void;
}

/** A constant or a profile setting. */
export function fixed<S>(at: number, value: string, note?: string): ElementRule<S> {
	return { at, field: '', value: () => value, ...(note === undefined ? {} : { note }) };
}
