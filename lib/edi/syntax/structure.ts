import type { Finding, FindingCode } from './finding';
import type { CompiledLoop, CompiledStructure, Placement } from './structureTables';

export { compileStructure, type CompiledStructure, type Placement } from './structureTables';

/** One open loop: how far it has come and how often each child has been seen. */
interface Frame {
	loop: CompiledLoop;
	index: number;
	counts: number[];
}

/** What a placement under suspicion replaced; it comes back if the next segment speaks against it. */
interface Alternative {
	readonly frames: readonly Frame[];
	/** Findings from here on belong to the way taken; withdrawn when the other way proves right. */
	readonly since: number;
	readonly instead: Finding;
	/** Stays until the way taken leads nowhere, not only for the next segment. */
	readonly lasting: boolean;
}

export interface StructureMatcherOptions {
	/** Whether the standard has such a segment at all: tells "not in this set" from "unknown". */
	readonly isStandardSegment?: (tag: string) => boolean;
}

/**
 * Follows the segments of one set or message through its schema. A segment belongs to the innermost
 * open loop that can take it. After a mistake the matcher goes on where the following segments make
 * sense, so that one mistake makes one finding.
 */
export class StructureMatcher {
	/** Grows as segments are placed; a finding may be replaced by the next call. */
	readonly findings: Finding[] = [];

	private frames: Frame[];

	private alternative: Alternative | undefined;

	private previous: { tag: string; position: number; offset: number | undefined } | undefined;

	private readonly isStandardSegment: (tag: string) => boolean;

	constructor(
		private readonly structure: CompiledStructure,
		options: StructureMatcherOptions = {},
	) {
		this.isStandardSegment = options.isStandardSegment ?? (() => false);
		this.frames = [openFrame(structure.top)];
	}

	/** `undefined`: the segment has no place here; why is in `findings`. */
	place(tag: string, position: number, offset?: number): Placement | undefined {
		if (this.alternative !== undefined) this.settle(tag);
		const placement =
			this.placeForward(tag, position, offset) ?? this.recover(tag, position, offset);
		this.previous = { tag, position, offset };
		return placement;
	}

	/** What was mandatory and never came; `position` is that of the last segment. */
	finish(position: number, offset?: number): void {
		this.alternative = undefined;
		for (let depth = this.frames.length - 1; depth >= 0; depth -= 1) {
			const frame = this.frames[depth]!;
			this.reportMissing(frame, frame.loop.children.length, position, offset);
		}
	}

	private placeForward(tag: string, position: number, offset?: number): Placement | undefined {
		let fullDepth = -1;
		let fullIndex = -1;
		for (let depth = this.frames.length - 1; depth >= 0; depth -= 1) {
			const frame = this.frames[depth]!;
			const candidates = frame.loop.byTag.get(tag);
			if (candidates === undefined) continue;
			for (const index of candidates) {
				if (index < frame.index) continue;
				const child = frame.loop.children[index]!;
				if (frame.counts[index]! >= child.max) {
					// A trigger again is its loop again, which the frame around it counts.
					const isTrigger = depth > 0 && index === 0;
					if (fullDepth < 0 && !isTrigger) [fullDepth, fullIndex] = [depth, index];
					continue;
				}
				// A later use of the same tag takes the overflow only if nothing mandatory is skipped.
				if (fullDepth >= 0 && this.skipsMandatory(depth, index)) continue;
				return this.accept(depth, index, position, offset);
			}
		}
		if (fullDepth < 0) return undefined;
		const child = this.frames[fullDepth]!.loop.children[fullIndex]!;
		this.report(child.loop === undefined ? 'segmentOverMaximum' : 'loopOverMaximum', tag, {
			position,
			offset,
			loop: child.placement.loop,
			message:
				child.loop === undefined
					? `${tag} stands more than ${times(child.max)} here`
					: `the ${child.loop.id} loop that begins with ${tag} stands more than ${times(child.max)} here`,
		});
		return this.accept(fullDepth, fullIndex, position, offset);
	}

	private skipsMandatory(depth: number, index: number): boolean {
		for (let open = this.frames.length - 1; open >= depth; open -= 1) {
			const frame = this.frames[open]!;
			const end = open === depth ? index : frame.loop.children.length;
			for (const wanted of frame.loop.mandatory) {
				if (wanted > frame.index && wanted < end && frame.counts[wanted] === 0) return true;
			}
		}
		return false;
	}

	private accept(depth: number, index: number, position: number, offset?: number): Placement {
		const { frames } = this;
		for (let open = frames.length - 1; open > depth; open -= 1) {
			const closing = frames[open]!;
			this.reportMissing(closing, closing.loop.children.length, position, offset);
		}
		frames.length = depth + 1;
		const frame = frames[depth]!;
		if (index > frame.index + 1) this.reportMissing(frame, index, position, offset);
		return this.enter(frame, index);
	}

	private enter(frame: Frame, index: number): Placement {
		const child = frame.loop.children[index]!;
		frame.index = index;
		frame.counts[index]! += 1;
		if (child.loop !== undefined) {
			const inner = openFrame(child.loop);
			inner.index = 0;
			inner.counts[0] = 1;
			this.frames.push(inner);
		}
		return child.placement;
	}

	private reportMissing(frame: Frame, end: number, position: number, offset?: number): void {
		for (const wanted of frame.loop.mandatory) {
			if (wanted <= frame.index || wanted >= end || frame.counts[wanted] !== 0) continue;
			const child = frame.loop.children[wanted]!;
			this.report('segmentMissing', child.tag, {
				position,
				offset,
				loop: child.placement.loop,
				message: `${child.tag} is mandatory${inLoop(child.placement.loop)} and missing before segment ${position}`,
			});
		}
	}

	/** The segment fits nowhere ahead: behind, behind a trigger that was left out, or not at all. */
	private recover(tag: string, position: number, offset?: number): Placement | undefined {
		return (
			this.recoverBehind(tag, position, offset) ??
			this.recoverBehindTrigger(tag, position, offset) ??
			this.refuse(tag, position, offset)
		);
	}

	private recoverBehind(tag: string, position: number, offset?: number): Placement | undefined {
		for (let depth = this.frames.length - 1; depth >= 0; depth -= 1) {
			const frame = this.frames[depth]!;
			const index = frame.loop.byTag.get(tag)?.findLast((candidate) => candidate < frame.index);
			if (index === undefined) continue;
			const child = frame.loop.children[index]!;
			if (frame.counts[index]! >= child.max && child.loop === undefined) {
				this.report('segmentOverMaximum', tag, {
					position,
					offset,
					loop: child.placement.loop,
					message: `${tag} stands more than ${times(child.max)}${inLoop(child.placement.loop)}`,
				});
				return child.placement;
			}
			this.withdrawMissing(tag, child.placement.loop);
			const finding = this.report('segmentOutOfSequence', tag, {
				position,
				offset,
				loop: child.placement.loop,
				message: `${tag} is not in its place: it belongs before what was read ahead of it`,
			});
			this.offerRewind(finding, depth, index);
			return child.placement;
		}
		return undefined;
	}

	/**
	 * Either this segment came too late, or the one before it came too early. The next segment tells:
	 * if it only makes sense after going back, the one before was the stray.
	 */
	private offerRewind(finding: Finding, depth: number, index: number): void {
		const before = this.previous;
		const kept = this.frames;
		const rewound = kept.slice(0, depth + 1).map(copyFrame);
		const frame = rewound[depth]!;
		const strayIndex = frame.index;
		const stray = frame.loop.children[strayIndex]!;
		// Only the first of its kind can have come too early.
		const strayWasBefore = before?.tag === stray.tag && frame.counts[strayIndex] === 1;
		if (strayWasBefore) frame.counts[strayIndex] = Math.max(0, frame.counts[strayIndex]! - 1);
		this.frames = rewound;
		this.enter(frame, index);
		this.frames = kept;
		const instead = strayWasBefore
			? makeFinding('segmentOutOfSequence', before.tag, {
					position: before.position,
					offset: before.offset,
					loop: stray.placement.loop,
					message: `${before.tag} is not in its place: segments that belong before it follow`,
				})
			: finding;
		const since = this.findings.length - 1;
		if (frame.loop.children[index]!.loop === undefined) {
			this.alternative = { frames: rewound, since, instead, lasting: false };
			return;
		}
		// A loop that begins again is evidence enough, until its end shows that it only strayed.
		this.frames = rewound;
		if (instead === finding) this.alternative = { frames: kept, since, instead, lasting: true };
		else this.findings[since] = instead;
	}

	private recoverBehindTrigger(
		tag: string,
		position: number,
		offset?: number,
	): Placement | undefined {
		for (let depth = this.frames.length - 1; depth >= 0; depth -= 1) {
			const frame = this.frames[depth]!;
			const outer = frame.loop.behindTrigger.get(tag)?.find((index) => index >= frame.index);
			if (outer === undefined) continue;
			const kept = this.frames.map(copyFrame);
			const since = this.findings.length;
			const trigger = frame.loop.children[outer]!.tag;
			this.accept(depth, outer, position, offset);
			const inner = this.frames[this.frames.length - 1]!;
			const index = inner.loop.byTag.get(tag)![0]!;
			this.report('segmentMissing', trigger, {
				position,
				offset,
				loop: inner.loop.id,
				message: `${tag} stands in the ${inner.loop.id} loop, which must begin with ${trigger}`,
			});
			const placement = this.accept(this.frames.length - 1, index, position, offset);
			this.alternative = {
				frames: kept,
				since,
				instead: makeFinding('segmentUnexpected', tag, {
					position,
					offset,
					loop: '',
					message: `${tag} is not expected here`,
				}),
				lasting: false,
			};
			return placement;
		}
		return undefined;
	}

	private refuse(tag: string, position: number, offset?: number): undefined {
		if (this.structure.tags.has(tag)) {
			this.report('segmentUnexpected', tag, {
				position,
				offset,
				loop: '',
				message: `${tag} is not expected here`,
			});
		} else if (this.isStandardSegment(tag)) {
			this.report('segmentNotInSet', tag, {
				position,
				offset,
				loop: '',
				message: `${tag} is a segment of the standard, but not of this set or message`,
			});
		} else {
			this.report('segmentUnknown', tag, {
				position,
				offset,
				loop: '',
				message: `${JSON.stringify(tag)} is not a segment of the standard`,
			});
		}
		return undefined;
	}

	/** Takes the other way if only that one can go on with this segment. */
	private settle(tag: string): void {
		const { alternative } = this;
		if (alternative === undefined) return;
		const goesOn = canGoOn(this.frames, tag);
		if (goesOn && alternative.lasting) return;
		this.alternative = undefined;
		if (goesOn || !canGoOn(alternative.frames, tag)) return;
		this.frames = [...alternative.frames];
		if (alternative.lasting) return;
		this.findings.length = alternative.since;
		this.findings.push(alternative.instead);
	}

	private withdrawMissing(tag: string, loop: string): void {
		const index = this.findings.findLastIndex(
			({ code, segment, loop: where }) =>
				code === 'segmentMissing' && segment === tag && (where ?? '') === loop,
		);
		if (index >= 0) this.findings.splice(index, 1);
	}

	private report(code: FindingCode, segment: string, details: FindingDetails): Finding {
		const finding = makeFinding(code, segment, details);
		this.findings.push(finding);
		return finding;
	}
}

interface FindingDetails {
	readonly position: number;
	readonly offset: number | undefined;
	readonly loop: string;
	readonly message: string;
}

function makeFinding(code: FindingCode, segment: string, details: FindingDetails): Finding {
	return {
		code,
		message: details.message,
		segment,
		segmentPosition: details.position,
		...(details.loop === '' ? {} : { loop: details.loop }),
		...(details.offset === undefined ? {} : { offset: details.offset }),
	};
}

function openFrame(loop: CompiledLoop): Frame {
	return { loop, index: -1, counts: loop.noCounts.slice() };
}

function copyFrame(frame: Frame): Frame {
	return { loop: frame.loop, index: frame.index, counts: [...frame.counts] };
}

function canGoOn(frames: readonly Frame[], tag: string): boolean {
	return frames.some((frame) =>
		frame.loop.byTag
			.get(tag)
			?.some(
				(index) => index >= frame.index && frame.counts[index]! < frame.loop.children[index]!.max,
			),
	);
}

function times(max: number): string {
	return max === 1 ? 'once' : `${max} times`;
}

function inLoop(loop: string): string {
	return loop === '' ? '' : ` in the ${loop} loop`;
}
