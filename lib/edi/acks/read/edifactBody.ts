import { validateSegment } from '../../edifact';
import type { EdifactReadSegment, SegmentRules } from '../../edifact';
import type { SegmentSpec } from '../../syntax';
import { isCertainlyValid } from './edifactQuickCheck';
import type { OpenMessage } from './openMessage';
import { detach } from './reading';
import { isOutsideRepertoire } from './unoRepertoire';

/** A segment between UNH and UNT: its place, its data elements, its characters. */
export function readEdifactSegment(
	open: OpenMessage,
	segment: EdifactReadSegment,
	rules: SegmentRules,
	/** UNB 0001 where its characters are to be checked. */
	repertoire: string | undefined,
): void {
	const { tag, offset } = segment;
	const loop = open.place(tag, offset);
	const { reading } = open;
	if (tag === 'BGM' && reading.reference === undefined) {
		const value = segment.elements[1]?.[0] ?? '';
		if (value !== '') reading.reference = { name: 'BGM 1004', value: detach(value) };
	}
	const spec = loop === undefined && !open.knows(tag) ? undefined : open.schema?.segments[tag];
	if (spec !== undefined && !isCertainlyValid(segment, spec, rules)) {
		const place = {
			position: reading.segmentCount,
			offset,
			...(loop === undefined || loop === '' ? {} : { loop }),
		};
		for (const finding of validateSegment(segment, spec, place, rules)) {
			if (loop === undefined) open.addWithoutPlace(finding);
			else open.add(finding);
		}
		if (segment.repetitions !== undefined && loop !== undefined)
			checkRepetitions(open, segment, spec);
	}
	if (repertoire === undefined || (segment.plain && repertoire !== 'UNOA')) return;
	const outside = isOutsideRepertoire(segment.elements, repertoire);
	if (outside === undefined) return;
	open.add({
		code: 'invalidCharacter',
		message: `${tag} holds ${JSON.stringify(outside.character)}, which ${repertoire} does not have`,
		segment: tag,
		segmentPosition: reading.segmentCount,
		element: outside.element + 1,
		component: outside.component + 1,
		value: outside.value,
		offset,
	});
}

function checkRepetitions(open: OpenMessage, segment: EdifactReadSegment, spec: SegmentSpec): void {
	for (const [element, list] of segment.repetitions ?? []) {
		const allowed = spec.elements[element]?.repeat ?? 1;
		if (list.length + 1 <= allowed) continue;
		open.add({
			code: 'tooManyRepetitions',
			message: `${segment.tag} repeats a data element ${list.length + 1} times, at most ${allowed} are allowed`,
			segment: segment.tag,
			segmentPosition: open.reading.segmentCount,
			element: element + 1,
			offset: segment.offset,
		});
	}
}
