import { readFileSync } from 'node:fs';

import { bodyCode, envelopeCode,
	ELEMENT_CODES,
	groupCode,
	interchangeCode,
	SEGMENT_CODES,
	setCode } from '../../../../lib/edi/acks/answer';
import { readInterchanges } from '../../../../lib/edi/acks/read';
import type { FileReading, InterchangeReading } from '../../../../lib/edi/acks/read';
import { judgeFile } from '../../../../lib/edi/acks/judge';
import type { Finding } from '../../../../lib/edi/syntax';

/** Findings as short lines, `ST 0001: AK403 6 IT1@8.02`: by acknowledgment code and position. */
export function notation(reading: FileReading): string[] {
	return reading.interchanges.flatMap((interchange) =>
		interchange.standard === 'X12' ? x12Notation(interchange) : edifactNotation(interchange),
	);
}

function place({ segment, segmentPosition, element, component }: Finding): string {
	const two = (number: number): string => String(number).padStart(2, '0');
	const where = element === undefined ? '' : `.${two(element)}`;
	return `${segment}@${segmentPosition}${where}${component === undefined ? '' : `.${component}`}`;
}

function x12Notation({ envelope, groups }: InterchangeReading): string[] {
	return [
		...envelope.map((finding) => `ISA: TA1 ${interchangeCode(finding) ?? finding.code}`),
		...groups.flatMap((group) => [
			...group.envelope.map(
				(finding) => `GS ${group.controlNumber}: AK905 ${groupCode(finding, '005010')}`,
			),
			...group.messages.flatMap((set) => [
				...set.envelope.map((finding) => `ST ${set.controlNumber}: AK502 ${setCode(finding)}`),
				...set.findings.map((finding) => {
					const segment = SEGMENT_CODES[finding.code];
					const code =
						segment === undefined ? `AK403 ${ELEMENT_CODES[finding.code]}` : `AK304 ${segment}`;
					return `ST ${set.controlNumber}: ${code} ${place(finding)}`;
				}),
			]),
		]),
	];
}

function edifactNotation({ envelope, groups }: InterchangeReading): string[] {
	return [
		...envelope.map((finding) => `UNB: 0085 ${envelopeCode(finding)}`),
		...groups.flatMap((group) => [
			...group.envelope.map(
				(finding) => `UNG ${group.controlNumber}: 0085 ${envelopeCode(finding)}`,
			),
			...group.messages.flatMap((message) => [
				...message.envelope.map(
					(finding) => `UNH ${message.controlNumber}: 0085 ${envelopeCode(finding)}`,
				),
				...message.findings.map(
					(finding) => `UNH ${message.controlNumber}: 0085 ${bodyCode(finding)} ${place(finding)}`,
				),
			]),
		]),
	];
}

export function readNotation(bytes: Uint8Array): { verdict: string; findings: string[] } {
	const reading = readInterchanges(bytes);
	const findings = notation(reading);
	const shown = findings.slice(0, 30);
	if (findings.length > shown.length) shown.push(`and ${findings.length - shown.length} more`);
	return { verdict: judgeFile(reading).verdict, findings: shown };
}

export function readFileNotation(path: string): { verdict: string; findings: string[] } {
	return readNotation(readFileSync(path));
}
