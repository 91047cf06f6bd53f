import { compileStructure, explainByStrays, StructureMatcher } from '../../syntax';
import type {
	CompiledStructure,
	Finding,
	FindingCode,
	MessageSchema,
	StructureMatcherOptions,
} from '../../syntax';
import { compactRecord, keepFindings } from './reading';
import type { FileBudget, MessageReading } from './reading';

/** Beyond this many times the kept findings nothing more is looked for in a set or message. */
const STRUCTURE_LIMIT = 10;

/** Segments of a set or message whose order is looked at a second time. */
const MOST_KEPT = 1_000;
const MOST_EXPLAINED = 12;
/** Of a whole file. */
const MOST_SEGMENTS_EXPLAINED = 100_000;

/** What a segment is called that has no place: nothing is said of its elements. */
const REFUSED: ReadonlySet<FindingCode> = new Set([
	'segmentUnknown',
	'segmentNotInSet',
	'segmentUnexpected',
]);

/** Findings of whole segments, and of elements whose segment has a place. */
const isOf =
	(refused: ReadonlySet<number>) =>
	({ element, segmentPosition }: Finding): boolean =>
		element === undefined || !refused.has(segmentPosition);

/** A set or message while its segments come in. */
export class OpenMessage {
	lastOffset: number;

	/** What the tokenizer said about the segment that comes next. */
	pending: { readonly message: string; readonly offset: number } | undefined;

	private readonly matcher: StructureMatcher | undefined;

	private readonly elementFindings: Finding[] = [];

	/** Of segments that had no place; they count if it turns out that another one strayed. */
	private readonly withoutPlace: Finding[] = [];

	/** Short sets are kept until their end, for telling strays from what stands behind them. */
	private readonly tags: string[] = [];

	private readonly offsets: number[] = [];

	private readonly structure: CompiledStructure | undefined;

	private readonly matcherOptions: StructureMatcherOptions;

	constructor(
		readonly reading: MessageReading,
		readonly schema: MessageSchema | undefined,
		private readonly maxFindings: number,
		isStandardSegment?: (tag: string) => boolean,
	) {
		this.lastOffset = reading.offset;
		this.matcherOptions = isStandardSegment === undefined ? {} : { isStandardSegment };
		this.structure = schema === undefined ? undefined : compileStructure(schema.structure);
		if (this.structure !== undefined) {
			this.matcher = new StructureMatcher(this.structure, this.matcherOptions);
		}
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
		if (reading.segmentCount <= MOST_KEPT) {
			this.tags.push(tag);
			this.offsets.push(offset);
		}
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

	/** Whether the set or message has such a segment, wherever. */
	knows(tag: string): boolean {
		return this.structure?.tags.has(tag) ?? false;
	}

	/** About the elements of a segment that had no place. */
	addWithoutPlace(finding: Finding): void {
		if (this.withoutPlace.length < this.maxFindings) this.withoutPlace.push(finding);
	}

	/** One segment that strays is one finding, as far as that can be told. */
	private explained(structure: readonly Finding[], budget: FileBudget): readonly Finding[] {
		const { reading, tags, offsets } = this;
		const count = reading.segmentCount;
		if (this.structure === undefined || structure.length < 2 || structure.length > MOST_EXPLAINED) {
			return structure;
		}
		if (count !== tags.length || budget.explained > MOST_SEGMENTS_EXPLAINED) return structure;
		budget.explained += count;
		return explainByStrays(
			{ tags, offsets, count },
			this.structure,
			this.matcherOptions,
			structure,
		);
	}

	/** Findings in the order of the file; those about a segment's place before its elements. */
	finish(missingTrailer: string | undefined, budget: FileBudget): void {
		const { reading, matcher, elementFindings } = this;
		let structure: readonly Finding[] = [];
		if (matcher !== undefined) {
			matcher.finish(reading.segmentCount, this.lastOffset);
			structure =
				missingTrailer === undefined
					? this.explained(matcher.findings, budget)
					: matcher.findings.filter(({ segment }) => segment !== missingTrailer);
		}
		if (structure.length + elementFindings.length === 0) return compactRecord(reading, budget);
		const refused = new Set(
			structure.filter(({ code }) => REFUSED.has(code)).map((one) => one.segmentPosition),
		);
		const all = [
			...structure,
			...elementFindings.filter(isOf(refused)),
			...this.withoutPlace.filter(isOf(refused)),
		];
		all.sort((a, b) => a.segmentPosition - b.segmentPosition);
		keepFindings(reading, all, this.maxFindings, budget);
		return compactRecord(reading, budget);
	}
}
