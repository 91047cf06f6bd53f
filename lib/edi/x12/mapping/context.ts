import type { BusinessDocument } from '../../../documents';
import type { Issue } from '../../../errors';
import { wrapWords } from '../../../text';
import { splitLines } from '../../mapping';
import type { Filling, Level, SplitLines, TemplateContext } from '../../mapping';
import type { X12Profile } from '../profile';
import { negated } from './numbers';

/** Reports against a document path, relative to the document. */
export type Report = (
	code: Issue['code'],
	path: string,
	problem: string,
	more?: { readonly expected?: string; readonly received?: string; readonly warning?: boolean },
) => void;

/** What the careful way does with values; the quick way takes only what needs nothing done. */
export interface Fitting {
	/** Free text as it will be sent: a text that grows (ß → ss) is wrapped at its new length. */
	readonly text: (value: string) => string;
	readonly value: (filling: Filling) => string | undefined;
}

/** What the rules need beside the document: settings, and texts as they will be sent. */
export class X12Context implements TemplateContext {
	level?: Level | undefined;

	line?: unknown;

	private readonly isNegative: boolean;

	private known: SplitLines | undefined;

	constructor(
		readonly profile: X12Profile,
		readonly document: BusinessDocument,
		private readonly fitting?: Fitting,
	) {
		this.isNegative =
			document.type === 'invoice' &&
			document.kind === 'creditNote' &&
			profile.creditNoteAmounts === 'negative';
	}

	/** A credit note's amounts are positive with BIG07 `CR`, unless the partner wants them negative. */
	signed(text: string): string {
		return this.isNegative ? negated(text) : text;
	}

	/** The lines of an invoice, and those that are charges for the partner. */
	get split(): SplitLines {
		this.known ??= splitLines(this.document, this.profile.guideline, '810');
		return this.known;
	}

	text(value: string): string {
		return this.fitting === undefined ? value : this.fitting.text(value);
	}

	/** One text for each segment, or half of one, that it takes. */
	parts(value: string | undefined, max: number): readonly string[] {
		return wrapWords(this.text(value ?? ''), max);
	}

	/** Descriptive text for an element that cannot be continued: cut only if the profile says so. */
	fitted(value: string | undefined, max: number): string | undefined {
		if (value === undefined) return undefined;
		const text = this.text(value);
		if (text.length <= max || this.profile.longText === 'reject') return text;
		return Array.from(text).slice(0, max).join('').trimEnd();
	}

	fit(filling: Filling): string | undefined {
		return this.fitting === undefined ? filling.value : this.fitting.value(filling);
	}
}
