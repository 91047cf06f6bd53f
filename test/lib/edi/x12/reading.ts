import { X12Parser } from 'node-x12';
import type { X12Segment as NodeX12Segment } from 'node-x12';

import { compileStructure, StructureMatcher } from '../../../../lib/edi/syntax';
import type { Finding } from '../../../../lib/edi/syntax';
import {
	releaseOfVersion,
	validateSegment,
	x12Schema,
	x12Segment,
	x12SegmentTags,
	X12Tokenizer,
} from '../../../../lib/edi/x12';
import type { X12Delimiters, X12Segment } from '../../../../lib/edi/x12';

export interface ReadSegments {
	readonly segments: readonly X12Segment[];
	readonly delimiters: readonly X12Delimiters[];
	readonly problems: readonly string[];
}

/** All segments of a file through our own tokenizer. */
export function tokenize(bytes: Uint8Array): ReadSegments {
	const segments: X12Segment[] = [];
	const delimiters: X12Delimiters[] = [];
	const problems: string[] = [];
	const tokenizer = new X12Tokenizer({
		segment: (segment, found) => {
			segments.push(segment);
			delimiters.push(found);
		},
		problem: ({ code }) => problems.push(code),
	});
	tokenizer.push(bytes);
	tokenizer.end();
	return { segments, delimiters, problems };
}

export interface SetFindings {
	readonly set: string;
	readonly version: string;
	readonly findings: readonly Finding[];
}

/** Every transaction set of a file checked against our tables, as an acknowledgment would. */
export function validateFile(bytes: Uint8Array): readonly SetFindings[] {
	const { segments, delimiters } = tokenize(bytes);
	const results: SetFindings[] = [];
	let version = '';
	let open: { set: string; matcher: StructureMatcher; findings: Finding[]; at: number } | undefined;
	segments.forEach((segment, index) => {
		const { tag, elements, offset } = segment;
		if (tag === 'ISA') version = elements[11] ?? '';
		if (tag === 'GS') version = elements[7] || version;
		const release = releaseOfVersion(version);
		if (tag === 'ST' && release !== undefined) {
			const set = elements[0] ?? '';
			const schema = x12Schema(set, release);
			if (schema !== undefined) {
				const matcher = new StructureMatcher(compileStructure(schema.structure), {
					isStandardSegment: (name) => x12SegmentTags(release).includes(name),
				});
				open = { set, matcher, findings: [], at: 0 };
			}
		}
		if (open === undefined || release === undefined) return;
		open.at += 1;
		const placement = open.matcher.place(tag, open.at, offset);
		const spec = x12Segment(tag, release);
		if (spec !== undefined && placement !== undefined) {
			open.findings.push(
				...validateSegment(spec, elements, {
					segmentPosition: open.at,
					loop: placement.loop === '' ? undefined : placement.loop,
					offset,
					componentSeparator: delimiters[index]?.component ?? '',
					repetitionSeparator: delimiters[index]?.repetition,
				}),
			);
		}
		if (tag !== 'SE') return;
		open.matcher.finish(open.at, offset);
		const findings = [...open.matcher.findings, ...open.findings];
		findings.sort((a, b) => a.segmentPosition - b.segmentPosition);
		results.push({ set: open.set, version, findings });
		open = undefined;
	});
	return results;
}

/** Tag and elements, as text, through node-x12 in its strict mode. */
export function readWithNodeX12(text: string): readonly (readonly string[])[] {
	const parsed = new X12Parser(true).parse(text);
	const rows: string[][] = [];
	const add = (segment: NodeX12Segment): void => {
		rows.push([segment.tag, ...segment.elements.map(({ value }) => value)]);
	};
	const interchanges = 'interchanges' in parsed ? parsed.interchanges : [parsed];
	for (const interchange of interchanges) {
		add(interchange.header);
		for (const group of interchange.functionalGroups) {
			add(group.header);
			for (const transaction of group.transactions) {
				add(transaction.header);
				transaction.segments.forEach(add);
				add(transaction.trailer);
			}
			add(group.trailer);
		}
		add(interchange.trailer);
	}
	return rows;
}
