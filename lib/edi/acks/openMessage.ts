import { compileStructure, type Finding, type MessageSchema, StructureMatcher } from '../syntax';
import { compactRecord, type FileBudget, keepFindings, type MessageReading } from './reading';

/** Beyond this many times the kept findings nothing more is looked for in a set or message. */
const STRUCTURE_LIMIT = 10;

/** A set or message while its segments come in. */
export class OpenMessage {
	lastOffset: number;

	/** What the tokenizer said about the segment that comes next. */
	pending: { readonly message: string; readonly offset: number } | undefined;

	private readonly matcher: StructureMatcher | undefined;

	private readonly elementFindings: Finding[] = [];

	constructor(
		readonly reading: MessageReading,
		readonly schema: MessageSchema | undefined,
		private readonly maxFindings: number,
		isStandardSegment?: (tag: string) => boolean,
	) {
		this.lastOffset = reading.offset;
		this.matcher =
			schema === undefined
				? undefined
				: new StructureMatcher(
						compileStructure(schema.structure),
						isStandardSegment === undefined ? {} : { isStandardSegment },
					);
	}

	/** A segment that counts, and that the tables do not know. */
	pass(offset: number): void {
		this.reading.segmentCount += 1;
		this.lastOffset = offset;
	}

	/** The loop the segment stands in, empty at the top; `undefined` where it has no place. */
	place(tag: string, offset: number): string | undefined {
		const { reading, matcher } = this;
		reading.segmentCount += 1;
		this.lastOffset = offset;
		if (this.pending !== undefined) {
			this.elementFindings.push({
				code: 'invalidCharacter',
				...this.pending,
				segment: tag,
				segmentPosition: reading.segmentCount,
			});
			this.pending = undefined;
		}
		if (matcher === undefined) return undefined;
		if (matcher.findings.length > this.maxFindings * STRUCTURE_LIMIT) {
			reading.findingsOmitted += 1;
			return undefined;
		}
		return matcher.place(tag, reading.segmentCount, offset)?.loop;
	}

	/** Two syntax notes may miss the same element: an acknowledgment says it once. */
	add(finding: Finding): void {
		const { elementFindings } = this;
		for (let index = elementFindings.length - 1; index >= 0; index -= 1) {
			const other = elementFindings[index]!;
			if (other.segmentPosition !== finding.segmentPosition) break;
			if (
				other.code === finding.code &&
				other.element === finding.element &&
				other.component === finding.component &&
				other.repetition === finding.repetition
			) {
				return;
			}
		}
		if (elementFindings.length >= this.maxFindings) this.reading.findingsOmitted += 1;
		else elementFindings.push(finding);
	}

	/** Findings in the order of the file; those about a segment's place before its elements. */
	finish(missingTrailer: string | undefined, budget: FileBudget): void {
		const { reading, matcher, elementFindings } = this;
		let structure: readonly Finding[] = [];
		if (matcher !== undefined) {
			matcher.finish(reading.segmentCount, this.lastOffset);
			structure = matcher.findings.filter(({ segment }) => segment !== missingTrailer);
		}
		if (structure.length + elementFindings.length === 0) return compactRecord(reading, budget);
		const all = [...structure, ...elementFindings];
		all.sort((a, b) => a.segmentPosition - b.segmentPosition);
		keepFindings(reading, all, this.maxFindings, budget);
		return compactRecord(reading, budget);
	}
}
