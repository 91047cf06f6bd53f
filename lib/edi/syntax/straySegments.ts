import type { Finding } from './finding';
import { StructureMatcher } from './structure';
import type { CompiledStructure, StructureMatcherOptions } from './structure';

/** The segments of a set or message in their order: the first one is ST or UNH. */
export interface SegmentList {
	readonly tags: readonly string[];
	readonly offsets: readonly number[];
	readonly count: number;
}

/** A segment that strays is found at itself or a few segments later. */
const SEGMENTS_BEFORE = 12;
const SEGMENTS_AFTER = 1;
const MOST_STRAYS = 3;
const WITHDRAWN = 2;

/**
 * A segment where it does not belong can make those behind it look wrong as well. Where leaving one
 * out explains more than one finding, that one is the finding.
 */
export function explainByStrays(
	segments: SegmentList,
	structure: CompiledStructure,
	options: StructureMatcherOptions,
	findings: readonly Finding[],
): readonly Finding[] {
	const strays: number[] = [];
	let best = findings;
	while (best.length > 1 && strays.length < MOST_STRAYS) {
		const found = bestStray(segments, structure, options, best, strays);
		if (found === undefined) break;
		strays.push(found.position);
		best = found.findings;
	}
	if (strays.length === 0) return findings;
	const named = strays.map((position): Finding => {
		const segment = segments.tags[position - 1]!;
		return {
			code: 'segmentUnexpected',
			message: `${segment} is not expected here`,
			segment,
			segmentPosition: position,
			offset: segments.offsets[position - 1]!,
		};
	});
	return [...best, ...named];
}

function bestStray(
	segments: SegmentList,
	structure: CompiledStructure,
	options: StructureMatcherOptions,
	findings: readonly Finding[],
	strays: readonly number[],
): { readonly position: number; readonly findings: readonly Finding[] } | undefined {
	const first = Math.min(...findings.map(({ segmentPosition }) => segmentPosition));
	let best: { position: number; findings: readonly Finding[] } | undefined;
	for (const position of candidates(first, segments, structure, strays)) {
		// The stray itself is a finding as well.
		const limit = (best?.findings ?? findings.slice(1)).length;
		const left = match(segments, structure, options, [...strays, position], limit);
		if (left === undefined) continue;
		best = { position, findings: left };
		if (left.length === 0) break;
	}
	return best;
}

/** The nearest to the first finding first. */
function candidates(
	first: number,
	{ tags, count }: SegmentList,
	structure: CompiledStructure,
	strays: readonly number[],
): readonly number[] {
	const found: number[] = [first, first + SEGMENTS_AFTER];
	for (let back = 1; back <= SEGMENTS_BEFORE; back += 1) found.push(first - back);
	// The header and the trailer are never strays; what the set does not know is named already.
	return found.filter(
		(position) =>
			position > 1 &&
			position < count &&
			structure.tags.has(tags[position - 1]!) &&
			!strays.includes(position),
	);
}

/** Fewer findings than `limit`, or `undefined`. */
function match(
	{ tags, offsets, count }: SegmentList,
	structure: CompiledStructure,
	options: StructureMatcherOptions,
	without: readonly number[],
	limit: number,
): readonly Finding[] | undefined {
	const matcher = new StructureMatcher(structure, options);
	for (let index = 0; index < count; index += 1) {
		if (without.includes(index + 1)) continue;
		matcher.place(tags[index]!, index + 1, offsets[index]);
		// The last ones may yet be withdrawn.
		if (matcher.findings.length > limit + WITHDRAWN) return undefined;
	}
	matcher.finish(count, offsets[count - 1]);
	return matcher.findings.length < limit ? matcher.findings : undefined;
}
