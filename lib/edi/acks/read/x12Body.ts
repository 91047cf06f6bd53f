import { elementName, validateSegment } from '../../x12';
import type { X12Delimiters, X12Segment } from '../../x12';
import type { OpenMessage } from './openMessage';
import { detach } from './reading';
import { isCertainlyValid } from './x12QuickCheck';

/** Where a set says its document's number; the first one found counts. */
const REFERENCES: ReadonlyMap<string, { readonly position: number; readonly name: string }> =
	new Map(
		Object.entries({ BIG: 2, BEG: 3, TRN: 2, BAK: 3, BCH: 3, BSN: 2 }).map(([tag, position]) => [
			tag,
			{ position, name: elementName(tag, position) },
		]),
	);
/** They stand at the beginning; in the lines the same tags mean other things. */
const REFERENCE_DEPTH = 10;

/** A segment between ST and SE: its place, its elements. */
export function readX12Segment(
	open: OpenMessage,
	segment: X12Segment,
	delimiters: X12Delimiters,
	anyCode: boolean,
): void {
	const { tag, elements, offset } = segment;
	const loop = open.place(tag, offset);
	const { reading } = open;
	if (reading.reference === undefined && reading.segmentCount < REFERENCE_DEPTH) {
		const found = REFERENCES.get(tag);
		const value = found === undefined ? '' : (elements[found.position - 1] ?? '');
		if (found !== undefined && value !== '') {
			reading.reference = { name: found.name, value: detach(value) };
		}
	}
	const spec = loop === undefined && !open.knows(tag) ? undefined : open.schema?.segments[tag];
	if (spec === undefined) return;
	if (segment.plain && isCertainlyValid(spec, elements, delimiters)) return;
	const { component } = delimiters;
	// A letter as ISA16 refuses the interchange; it need not be named in every word as well.
	const delimiter = /[A-Za-z0-9\s]/.test(component) ? undefined : component.codePointAt(0);
	const found = validateSegment(spec, elements, {
		segmentPosition: reading.segmentCount,
		loop: loop === '' ? undefined : loop,
		offset,
		componentSeparator: component,
		repetitionSeparator: delimiters.repetition,
		allows: (codePoint) => isText(codePoint) && codePoint !== delimiter,
	});
	for (const finding of found) {
		if (anyCode && finding.code === 'invalidCode') continue;
		if (loop === undefined) open.addWithoutPlace(finding);
		else open.add(finding);
	}
	if (loop === undefined) return;
	// X12.6: a segment has at least one element, even where none of them is mandatory.
	if (found.length === 0 && elements.every((value) => value === '')) {
		open.add({
			code: 'elementMissing',
			message: `${tag} has no elements`,
			segment: tag,
			segmentPosition: reading.segmentCount,
			offset,
		});
	}
}

/** Controls and delimiters are no data; X12 in UTF-8 or Latin-1 may hold any letter. */
export function isText(codePoint: number): boolean {
	return codePoint >= 32 && codePoint !== 127 && codePoint !== 0xfffd && codePoint !== 0xfeff;
}
