import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
	messageSchema,
	serviceSegments,
	tokenizeEdifact,
	validateSegment,
} from '../../../../lib/edi/edifact';
import type { EdifactSegment } from '../../../../lib/edi/edifact';
import { compileStructure, StructureMatcher } from '../../../../lib/edi/syntax';
import type { Finding } from '../../../../lib/edi/syntax';
import { describeWithShared, sharedDir } from '../../../support/shared';

interface Message {
	readonly id: string;
	readonly release: string;
	readonly findings: readonly Finding[] | 'directory unknown';
}

function check(segments: readonly EdifactSegment[], syntax: 3 | 4): Message {
	const [, type = []] = segments[0]?.elements ?? [];
	const [id = '', version = '', release = ''] = type;
	const directory = `${version}.${release}`;
	const schema = messageSchema(id, directory, syntax);
	if (schema === undefined) return { id, release: directory, findings: 'directory unknown' };
	const matcher = new StructureMatcher(compileStructure(schema.structure));
	const findings: Finding[] = [];
	segments.forEach((segment, index) => {
		matcher.place(segment.tag, index + 1);
		const spec = schema.segments[segment.tag];
		if (spec === undefined) return;
		// Guidelines such as EANCOM have codes of their own, so lists are a matter of the partner.
		findings.push(
			...validateSegment(
				segment,
				spec,
				{ position: index + 1 },
				{ decimalMark: 'any', anyCode: true },
			),
		);
	});
	matcher.finish(segments.length);
	return { id, release: directory, findings: [...matcher.findings, ...findings] };
}

function messagesOf(file: string): readonly Message[] {
	const bytes = readFileSync(path.join(sharedDir, 'corpus', 'edifact', file));
	const { segments, starts } = tokenizeEdifact(bytes);
	const syntax = starts[0]?.syntaxVersion === 4 ? 4 : 3;
	const messages: EdifactSegment[][] = [];
	for (const segment of segments) {
		if (segment.tag === 'UNH') messages.push([]);
		if (
			!Object.hasOwn(serviceSegments[syntax], segment.tag) ||
			['UNH', 'UNS', 'UNT'].includes(segment.tag)
		) {
			messages.at(-1)?.push(segment);
		}
	}
	return messages.map((message) => check(message, syntax));
}

/**
 * What is wrong in the published files themselves, at segment, element and component; the fixtures
 * called conforming follow a profile of their reader, which wants neither UNS nor totals.
 */
const broken: Readonly<Record<string, readonly unknown[]>> = {
	'hupe1980_edifact-rs__fixtures__d01b_invoic_conforming.edi': ['UNS missing 7', 'MOA missing 7'],
	'hupe1980_edifact-rs__fixtures__d96a_invoic_conforming.edi': ['UNS missing 7', 'MOA missing 7'],
	'hupe1980_edifact-rs__fixtures__d01b_orders_conforming.edi': ['UNS missing 7'],
	'hupe1980_edifact-rs__fixtures__d96a_orders_conforming.edi': ['UNS missing 7'],
	'hupe1980_edifact-rs__fixtures__d01b_invoic_malformed.edi': [
		'BGM missing 2',
		'UNS missing 4',
		'MOA missing 4',
	],
	'hupe1980_edifact-rs__fixtures__d96a_invoic_malformed.edi': [
		'BGM missing 2',
		'UNS missing 4',
		'MOA missing 4',
	],
	'hupe1980_edifact-rs__fixtures__d01b_orders_malformed.edi': ['BGM missing 2', 'UNS missing 4'],
	'hupe1980_edifact-rs__fixtures__d96a_orders_malformed.edi': ['BGM missing 2', 'UNS missing 4'],
	'indice-co_EDI.Net__Samples__edifact.Issue188.edi': [
		'BGM missing 2',
		'UNS missing 3',
		'MOA missing 3',
	],
	'indice-co_EDI.Net__Samples__edifact.Issue203.edi': [
		'BGM missing 2',
		'DTM invalidDate 7 1.2',
		'MOA invalidType 65 1.2',
	],
	'jskrobak_underware.Edifact__Samples__D96A_INVOIC.txt': [
		'FII segmentOutOfSequence 15',
		'IMD tooLong 24 3.4',
		'IMD tooLong 41 3.4',
		'IMD tooLong 58 3.4',
		'IMD tooLong 75 3.4',
	],
	'smooks_smooks-examples__camelunedifacttoxm__input-message.txt': ['FTX tooManyComponents 5 2.2'],
};

function describeFinding({ segment, code, segmentPosition, element, component }: Finding): string {
	if (code === 'segmentMissing') return `${segment} missing ${segmentPosition}`;
	const place = element === undefined ? '' : ` ${element}.${component ?? 0}`;
	return `${segment} ${code} ${segmentPosition}${place}`;
}

/** Orders one after the other without UNT and UNH between them: its second BGM is one too many. */
const HUGE = 'nerdocs_pydifact__data__huge_file2.edi';
const OURS = ['INVOIC', 'ORDERS', 'REMADV'];

describeWithShared('files of other systems', () => {
	const folder = path.join(sharedDir, 'corpus', 'edifact');
	const all = readdirSync(folder)
		.sort()
		.flatMap((file) => messagesOf(file).map((message) => ({ file, ...message })));
	const ours = all.filter(({ id }) => OURS.includes(id));

	test('every message of a directory we have is valid, or broken where it is broken', () => {
		const known = ours.filter(
			({ findings, file }) => findings !== 'directory unknown' && file !== HUGE,
		);
		const found = known.map(({ file, findings }) => [
			file,
			typeof findings === 'string' ? findings : findings.map(describeFinding),
		]);
		expect(found).toEqual(known.map(({ file }) => [file, broken[file] ?? []]));
		const valid = known.filter(({ file }) => broken[file] === undefined);
		expect(valid.map(({ release }) => release)).toEqual(valid.map(() => 'D.96A'));
		expect(valid.length).toBeGreaterThanOrEqual(9);
		expect(
			Object.keys(broken).filter((file) => !known.some((message) => message.file === file)),
		).toEqual([]);
	});

	test('a directory we do not have is named as such', () => {
		const unknown = ours.filter(({ findings }) => findings === 'directory unknown');
		expect([...new Set(unknown.map(({ release }) => release))].sort()).toEqual([
			'D.03B',
			'D.11A',
			'D.93A',
			'D.96B',
			'D.97A',
			'D.97B',
		]);
	});

	test('two megabytes of orders without message trailers', () => {
		const [huge] = ours.filter(({ file }) => file === HUGE);
		const findings = huge === undefined || typeof huge.findings === 'string' ? [] : huge.findings;
		expect(findings.slice(0, 2).map(describeFinding)).toEqual([
			'BGM segmentOverMaximum 15',
			'BGM segmentOverMaximum 28',
		]);
		expect(findings.length).toBeGreaterThan(1000);
	});
});
