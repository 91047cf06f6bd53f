/**
 * The shape of the schema tables. One table per transaction set or message and release is the only
 * place that knows a segment: writers, validators and the reference pages read it.
 */

/** X12: AN ID DT TM R B and N0..N9 (implied decimals). EDIFACT: a, n, an. */
export type ElementType =
	| 'AN'
	| 'ID'
	| 'DT'
	| 'TM'
	| 'R'
	| 'B'
	| 'N0'
	| 'N1'
	| 'N2'
	| 'N3'
	| 'N4'
	| 'N5'
	| 'N6'
	| 'a'
	| 'n'
	| 'an'
	| 'composite';

export interface ElementSpec {
	/** X12 data element number (`373`) or composite (`C040`); EDIFACT `1004` or `C002`. */
	readonly id: string;
	readonly type: ElementType;
	readonly mandatory: boolean;
	/** Characters; X12 numbers count digits only. */
	readonly min: number;
	readonly max: number;
	/** How often the element may stand in its position (repetition separator). 1 by default. */
	readonly repeat?: number;
	/** Codes the element may hold; absent where the list is open or not ours to know. */
	readonly codes?: ReadonlySet<string>;
	/** The parts of a composite. */
	readonly components?: readonly ElementSpec[];
}

/**
 * Condition between elements of an X12 segment (X12.6, syntax notes); positions count from 1.
 * P paired: all or none. R required: at least one. E exclusion: at most one.
 * C conditional: if the first, then all others. L list: if the first, then at least one other.
 */
export interface SyntaxNote {
	readonly kind: 'P' | 'R' | 'E' | 'C' | 'L';
	readonly positions: readonly number[];
}

export interface SegmentSpec {
	readonly tag: string;
	readonly elements: readonly ElementSpec[];
	readonly syntaxNotes?: readonly SyntaxNote[];
}

/** A segment in its place in a transaction set or message. */
export interface SegmentUse {
	readonly segment: string;
	readonly mandatory: boolean;
	/** `Infinity` where the standard says `>1`. */
	readonly max: number;
}

/** A loop (X12) or segment group (EDIFACT); its first child is the mandatory trigger segment. */
export interface LoopUse {
	readonly loop: string;
	readonly mandatory: boolean;
	readonly max: number;
	readonly children: readonly StructureNode[];
}

export type StructureNode = SegmentUse | LoopUse;

export interface MessageSchema {
	/** `810`, `INVOIC`. */
	readonly id: string;
	/** `004010`, `D.96A`. */
	readonly release: string;
	/** From ST to SE, from UNH to UNT, both included. */
	readonly structure: readonly StructureNode[];
	readonly segments: Readonly<Record<string, SegmentSpec>>;
}

export function isLoop(node: StructureNode): node is LoopUse {
	return 'loop' in node;
}
