import { X12parser } from 'x12-parser';

import { documentSubject } from '../../documents';
import type { Issue } from '../../errors';
import { differentTotals } from '../mapping';
import { sentDocument } from '../partner';
import type { EncodedInterchange, PreparedDocument } from '../partner';
import { groupsOf, interchangeSegments } from './interchange';
import { COMPONENT_MARK } from './components';
import { mappingFor } from './mapping';
import type { X12Body } from './prepare';
import type { X12Profile } from './profile';

/** What `x12-parser` emits: `name`, elements by number, further components as `4-1`. */
type ReadSegment = Readonly<Record<string, string>>;

/**
 * `x12-parser` is sound for what is done here: one well-formed interchange, in one chunk, with the
 * encoding named. It finds the delimiters in the ISA by itself.
 */
async function readSegments(
	bytes: Uint8Array,
	encoding: 'utf8' | 'latin1',
): Promise<ReadSegment[]> {
	const segments: ReadSegment[] = [];
	const parser = new X12parser(encoding);
	await new Promise<void>((resolve, reject) => {
		parser.on('data', (segment: ReadSegment) => segments.push(segment));
		parser.on('error', reject);
		parser.on('end', resolve);
		parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
	});
	// A line break after the last terminator comes out as a segment without a name.
	if (segments.at(-1)?.['name'] === '') segments.pop();
	return segments;
}

/** The segment as `x12-parser` should give it: values trimmed, every component apart. */
function expectedSegment(segment: readonly string[]): ReadSegment {
	const expected: Record<string, string> = { name: segment[0] ?? '' };
	const splits = segment[0] !== 'ISA';
	for (let position = 1; position < segment.length; position += 1) {
		const [first = '', ...more] = splits
			? (segment[position] ?? '').split(COMPONENT_MARK)
			: [segment[position] ?? ''];
		expected[position] = first.trim();
		more.forEach((component, index) => {
			expected[`${position}-${index + 1}`] = component.trim();
		});
	}
	return expected;
}

/** Whether nothing differs, without making the expected segment first. */
function isSame(segment: readonly string[], read: ReadSegment): boolean {
	if (read['name'] !== segment[0]) return false;
	for (let position = 1; position < segment.length; position += 1) {
		// Padding (ISA) and components are left to the careful comparison.
		if (read[position] !== segment[position]) return false;
	}
	return Object.keys(read).length === segment.length;
}

function difference(segment: readonly string[], read: ReadSegment): string | undefined {
	if (isSame(segment, read)) return undefined;
	if (read['name'] !== segment[0]) return 'name';
	const expected = expectedSegment(segment);
	for (const key of new Set([...Object.keys(expected), ...Object.keys(read)])) {
		if (expected[key] !== read[key]) return key;
	}
	return undefined;
}

function issue(path: string, message: string, expected: string, received: string): Issue {
	return { code: 'X12_READ_BACK_DIFFERS', severity: 'error', path, message, expected, received };
}

/** Delimiters as the file itself declares them, not as we meant them. */
function declaredDelimiters(text: string) {
	return {
		element: text[3] ?? '',
		component: text[104] ?? '',
		repetition: text[82] ?? '',
		segment: text[105] ?? '',
	};
}

/** Each set's counts and sums, as a receiver makes them, beside what its document says. */
function totalIssues(
	found: readonly ReadSegment[],
	prepared: readonly PreparedDocument<X12Body>[],
	profile: X12Profile,
): readonly Issue[] {
	const starts = found.flatMap((segment, at) => (segment['name'] === 'ST' ? [at] : []));
	return prepared.flatMap(({ document }, at) => {
		const totals = mappingFor(document, profile)?.totals ?? [];
		const segments = found.slice(starts[at], starts[at + 1]).map((segment) => ({
			tag: segment['name'] ?? '',
			at: (element: number) => segment[element] ?? '',
		}));
		const sent = sentDocument(document, profile.defaults);
		return differentTotals(totals, sent, profile, segments).map(({ name, meant, read }) =>
			issue(
				name,
				`${documentSubject(document)}, read back by another reader: ${name} is ${read}, but the document says ${meant}`,
				meant,
				read,
			),
		);
	});
}

/** Verify Output: reads the bytes with an independent reader and compares every value; then counts and sums. */
export async function verifyInterchange(
	encoded: EncodedInterchange,
	prepared: readonly PreparedDocument<X12Body>[],
	profile: X12Profile,
): Promise<readonly Issue[]> {
	const encoding = profile.encoding === 'utf8' ? 'utf8' : 'latin1';
	const found = await readSegments(encoded.bytes, encoding);
	const header = Buffer.from(encoded.bytes.subarray(0, 106)).toString('latin1');
	const groups = groupsOf(prepared);
	const issues: Issue[] = [];
	let index = 0;
	for (const segment of interchangeSegments(groups, profile, encoded, declaredDelimiters(header))) {
		const name = segment[0] ?? '';
		const read = found[index];
		index += 1;
		const key = read === undefined ? 'name' : difference(segment, read);
		if (key === undefined) continue;
		const expected = expectedSegment(segment)[key] ?? '';
		const received = read?.[key] ?? '';
		const message = `Read back by another reader, segment ${index} (${name}) differs in ${key === 'name' ? 'its name' : `element ${key}`}: "${received}" instead of "${expected}"`;
		issues.push(issue(`${name}[${index}].${key}`, message, expected, received));
		// After the first difference of names nothing lines up any more.
		if (issues.length >= 10 || key === 'name') return issues;
	}
	if (found.length > index) {
		const extra = found[index]?.['name'] ?? '';
		issues.push(
			issue(
				extra,
				`Read back by another reader, there are ${found.length} segments instead of ${index}`,
				String(index),
				String(found.length),
			),
		);
	}
	if (issues.length > 0) return issues;
	return totalIssues(
		found,
		groups.flatMap(({ documents }) => documents),
		profile,
	);
}
