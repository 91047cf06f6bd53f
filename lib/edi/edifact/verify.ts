import type { Issue } from '../../errors';
import type { EncodedInterchange, PreparedDocument } from '../partner';
import { meantSegments } from './interchange';
import type { EdifactBody } from './prepare';
import type { EdifactProfile } from './profile';
import { trimSegment, type EdifactSegment } from './segment';
import { tokenizeEdifact } from './tokenizer';

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

/** 0017 and 0019 as they stand in the file: the time is a fact of the envelope, not of a document. */
function preparedAt(
	header: EdifactSegment | undefined,
): { date: string; time: string } | undefined {
	const [date = '', time = ''] = header?.elements[3] ?? [];
	if (!/^(?:\d{6}|\d{8})$/.test(date) || !/^\d{4}$/.test(time)) return undefined;
	return { date: date.length === 6 ? `20${date}` : date, time: `${time}00` };
}

/**
 * Reads the bytes with the tokenizer that reads everybody's files, and compares them segment by
 * segment with what the prepared documents and the profile say they must be.
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
	const at = preparedAt(segments[0]);
	if (at === undefined)
		return [issue('UNB does not say when it was prepared', 'UNB 04', undefined, show(segments[0]))];
	const meant = meantSegments(prepared, profile, {
		interchangeControlNumber: encoded.interchangeControlNumber,
		groupControlNumbers: encoded.groupControlNumbers,
		preparedAt: at,
	});
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
	return [];
}
