import { documentSubject } from '../../documents';
import type { Issue } from '../../errors';
import { differentTotals } from '../mapping';
import { sentDocument } from '../partner';
import type { EncodedInterchange, PreparedDocument } from '../partner';
import { groupsOf, meantSegments } from './interchange';
import { mappingFor } from './mapping';
import type { EdifactBody } from './prepare';
import type { EdifactProfile } from './profile';
import { writeServiceString } from './release';
import { trimSegment } from './segment';
import type { EdifactSegment } from './segment';
import { tokenizeEdifact } from './tokenizer';
import type { EdifactReadSegment } from './tokenizer';

function issue(message: string, path: string, expected?: string, received?: string): Issue {
	return {
		code: 'EDIFACT_OUTPUT_DIFFERS',
		severity: 'error',
		path,
		message: `The interchange does not read back as it was meant: ${message}`,
		...(expected === undefined ? {} : { expected }),
		...(received === undefined ? {} : { received }),
	};
}

/** For messages only: as the standard's own characters would write it. */
function show(segment: EdifactSegment | undefined): string {
	if (segment === undefined) return 'nothing';
	return [segment.tag, ...segment.elements.map((components) => components.join(':'))].join('+');
}

function isSame(left: EdifactSegment, right: EdifactSegment): boolean {
	if (left.tag !== right.tag || left.elements.length !== right.elements.length) return false;
	return left.elements.every((components, index) => {
		const others = right.elements[index] ?? [];
		return (
			components.length === others.length &&
			components.every((component, position) => component === others[position])
		);
	});
}

/** UNA as it should stand at the beginning; the tokenizer takes any character for the reserved one. */
function serviceStringDiffers(encoded: EncodedInterchange, profile: EdifactProfile): boolean {
	if (!profile.sendServiceString) return false;
	const meant = writeServiceString(profile.serviceString);
	return !Buffer.from(encoded.bytes.subarray(0, meant.length)).equals(Buffer.from(meant, 'latin1'));
}

/** Each message's counts and sums, as a receiver makes them, beside what its document says. */
function totalIssues(
	segments: readonly EdifactReadSegment[],
	prepared: readonly PreparedDocument<EdifactBody>[],
	profile: EdifactProfile,
): readonly Issue[] {
	const starts = segments.flatMap(({ tag }, at) => (tag === 'UNH' ? [at] : []));
	const inOrder = profile.groups ? groupsOf(prepared).flat() : prepared;
	return inOrder.flatMap(({ document }, at) => {
		const totals = mappingFor(document, profile)?.totals ?? [];
		const own = segments.slice(starts[at], starts[at + 1]).map(({ tag, elements }) => ({
			tag,
			at: (element: number, component = 1) => elements[element - 1]?.[component - 1] ?? '',
		}));
		const sent = sentDocument(document, profile.defaults);
		return differentTotals(totals, sent, profile, own).map(({ name, meant, read }) =>
			issue(`${documentSubject(document)}: ${name} is ${read}`, name, meant, read),
		);
	});
}

/**
 * Reads the bytes with the tokenizer that reads everybody's files, and compares them segment by
 * segment with what the prepared documents and the profile say they must be; then counts and sums.
 */
export function verifyInterchange(
	encoded: EncodedInterchange,
	prepared: readonly PreparedDocument<EdifactBody>[],
	profile: EdifactProfile,
): readonly Issue[] {
	const { segments, starts, problems } = tokenizeEdifact(encoded.bytes, {
		encoding: profile.charset.encoding,
	});
	const [problem] = problems;
	if (problem !== undefined) return [issue(problem.message, `byte ${problem.offset}`)];
	if (starts.length !== 1) return [issue(`it holds ${starts.length} interchanges`, 'UNB')];
	if (serviceStringDiffers(encoded, profile)) return [issue('UNA is another one', 'UNA')];
	const meant = meantSegments(prepared, profile, encoded);
	for (let index = 0; index < Math.max(meant.length, segments.length); index += 1) {
		const expected = meant[index];
		const read = segments[index];
		const received = read && trimSegment(read.tag, read.elements);
		const repeated = (read?.repetitions?.size ?? 0) > 0;
		if (expected !== undefined && received !== undefined && !repeated && isSame(expected, received))
			continue;
		const path = `${expected?.tag ?? received?.tag ?? ''}[${index + 1}]`;
		return [issue(`segment ${index + 1} differs`, path, show(expected), show(received))];
	}
	if (encoded.segmentCount !== segments.length) {
		return [
			issue(
				'the number of segments is another one',
				'segmentCount',
				String(encoded.segmentCount),
				String(segments.length),
			),
		];
	}
	return totalIssues(segments, prepared, profile);
}
