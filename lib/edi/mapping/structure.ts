import { compileStructure, StructureMatcher } from '../syntax';
import type { Finding, MessageSchema } from '../syntax';
import { tagOf } from './compile';
import type { WrittenSegment } from './careful';

/** The set or message as a receiver would check it: what is missing, too much or out of place. */
export function structureFindings(
	{ structure }: MessageSchema,
	segments: readonly WrittenSegment[],
): readonly Finding[] {
	const matcher = new StructureMatcher(compileStructure(structure));
	const [begin, end] = [structure[0], structure.at(-1)].map((node) => node && tagOf(node));
	matcher.place(begin ?? '', 1);
	for (const [at, { tag }] of segments.entries()) matcher.place(tag, at + 2);
	matcher.place(end ?? '', segments.length + 2);
	matcher.finish(segments.length + 2);
	return matcher.findings;
}
