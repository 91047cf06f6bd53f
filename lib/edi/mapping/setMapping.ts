import type { BusinessDocument, DocumentType } from '../../documents';
import type { CoreError } from '../../errors';
import type { ElementSpec, Finding, MessageSchema, SegmentSpec } from '../syntax';
import type { LineLoop } from './compile';
import type { FieldCell, Rule, RuleContext } from './rules';
import type { Total } from './totals';

/** What a transaction set or message is made of: one row of a syntax's registry. */
export interface SetMapping<Context extends RuleContext> {
	/** `810`, `INVOIC`. */
	readonly id: string;
	readonly type: DocumentType;
	/** Where a document of the type becomes this set; the set without it is for all others. */
	readonly when?: (document: BusinessDocument, profile: Context['profile']) => boolean;
	readonly lineLoop: LineLoop;
	readonly rules: readonly Rule<never, Context>[];
	/** Segments that number, count or sum: a partner cannot have more of them. */
	readonly own: ReadonlySet<string>;
	/** What a receiver counts and sums, for *Verify Output*. */
	readonly totals: readonly Total<Context['profile']>[];
}

/** What a syntax says of its sets to what partners want beyond them. */
export interface SetSyntax<Context extends RuleContext> {
	/** Between elements and components of templates and names, whatever the file has there. */
	readonly mark: '*' | '+';
	readonly componentMark: '>' | ':';
	/** Takes the meaning from the mark behind it. */
	readonly releaseMark: '?' | undefined;
	readonly sets: readonly SetMapping<Context>[];
	schemaOf(set: string, release: string): MessageSchema | undefined;
	/** What is wrong with a segment, as a receiver would say. */
	check(
		tag: string,
		elements: readonly (readonly string[])[],
		spec: SegmentSpec,
		more: ReadonlySet<string>,
	): readonly Finding[];
	kindOf(spec: ElementSpec | undefined): FieldCell<never, Context>['kind'];
	/** `BIG03`, `BGM 03.1`. */
	place(tag: string, element: number, component?: number): string;
	/** The refusal of an extra segment. */
	invalidSegment(path: string, source: string, problem: string): CoreError;
}
