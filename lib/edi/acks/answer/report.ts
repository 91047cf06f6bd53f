import type { Finding } from '../../syntax';
import type { X12Release } from '../../x12';
import { bodyCode, envelopeCode } from './edifactCodes';
import type { AcknowledgmentOptions } from './options';
import type { EnvelopeFinding, FileReading, GroupReading, InterchangeReading, MessageReading } from '../read';
import type { InterchangeVerdict, MessageVerdict } from '../judge';
import { visible } from '../read';
import { releaseFor } from './writeX12';
import {
	elementCode,
	groupCode,
	interchangeCode,
	isSegmentFinding,
	SEGMENT_CODES,
	setCode,
} from './x12Codes';

/** One finding in plain words, with where it is and the code that the acknowledgment carries. */
export interface ReportedFinding {
	readonly level: 'file' | 'interchange' | 'group' | 'set' | 'segment' | 'element';
	readonly severity: 'error' | 'warning';
	/** `TA1 001`, `AK905 5`, `AK502 4`, `IK304 3`, `AK403 7`, `0085 13`; empty where none exists. */
	readonly code: string;
	readonly message: string;
	readonly groupControlNumber?: string;
	/** ST02 or UNH 0062. */
	readonly setControlNumber?: string;
	readonly segment?: string;
	readonly segmentPosition?: number;
	readonly element?: number;
	readonly component?: number;
	readonly value?: string;
	readonly offset?: number;
}

export interface ReportedSet {
	readonly id: string;
	readonly controlNumber: string;
	readonly groupControlNumber: string;
	readonly verdict: MessageVerdict['verdict'];
	/** `false`: acknowledged by its envelope only, because we have no tables for it. */
	readonly checked: boolean;
	readonly segmentCount: number;
	/** The document's own number (`BIG02`, `BEG03`, `BGM 1004`). */
	readonly documentNumber?: string;
}

const SHOWN_VALUE = 80;

function where(finding: Finding | EnvelopeFinding): Partial<ReportedFinding> {
	const { segment, element, component, value, offset } = finding;
	return {
		...(segment === undefined || segment === '' ? {} : { segment: visible(segment) }),
		...(element === undefined ? {} : { element }),
		...(component === undefined ? {} : { component }),
		...(value === undefined || value === '' ? {} : { value: visible(value.slice(0, SHOWN_VALUE)) }),
		...(offset === undefined ? {} : { offset }),
	};
}

/** The first `max` findings, with the codes that the acknowledgment they belong to carries. */
export function reportFindings(
	{ interchange }: InterchangeVerdict,
	options: AcknowledgmentOptions,
	max = Infinity,
): ReportedFinding[] {
	const x12 = interchange.standard === 'X12';
	const found: ReportedFinding[] = interchange.envelope.map((finding) => ({
		level: 'interchange',
		severity: finding.severity,
		code: x12 ? labelled('TA1', interchangeCode(finding)) : `0085 ${envelopeCode(finding)}`,
		message: visible(finding.message),
		...where(finding),
	}));
	for (const group of interchange.groups) {
		const groupPlace = group.implicit ? {} : { groupControlNumber: visible(group.controlNumber) };
		const release = releaseFor(group.version, options);
		for (const finding of group.envelope) {
			found.push({
				level: 'group',
				severity: finding.severity,
				code: x12
					? labelled('AK905', groupCode(finding, release))
					: `0085 ${envelopeCode(finding)}`,
				message: visible(finding.message),
				...groupPlace,
				...where(finding),
			});
		}
		const codes = x12 ? codesX12(options.functional, release) : CODES_EDIFACT;
		for (const message of group.messages) {
			const place = { ...groupPlace, setControlNumber: visible(message.controlNumber) };
			if (found.length >= max) break;
			if (message.envelope.length + message.findings.length === 0) continue;
			for (const finding of reportMessage(message, codes, place)) found.push(finding);
		}
	}
	return found.length > max ? found.slice(0, max) : found;
}

interface MessageCodes {
	readonly ofEnvelope: (finding: EnvelopeFinding) => string;
	readonly ofBody: (finding: Finding) => string;
}

const CODES_EDIFACT: MessageCodes = {
	ofEnvelope: (finding) => `0085 ${envelopeCode(finding)}`,
	ofBody: (finding) => `0085 ${bodyCode(finding)}`,
};

function codesX12(functional: '997' | '999', release: X12Release): MessageCodes {
	const prefix = functional === '999' ? 'IK' : 'AK';
	return {
		ofEnvelope: (finding) => labelled(`${prefix}502`, setCode(finding, functional)),
		ofBody: (finding) =>
			isSegmentFinding(finding)
				? labelled(`${prefix}304`, SEGMENT_CODES[finding.code])
				: `${prefix}403 ${elementCode(finding, release)}`,
	};
}

function reportMessage(
	message: MessageReading,
	codes: MessageCodes,
	place: Partial<ReportedFinding>,
): ReportedFinding[] {
	const envelope = message.envelope.map(
		(finding): ReportedFinding => ({
			level: 'set',
			severity: finding.severity,
			code: codes.ofEnvelope(finding),
			message: visible(finding.message),
			...place,
			...where(finding),
		}),
	);
	const body = message.findings.map(
		(finding): ReportedFinding => ({
			level: finding.element === undefined ? 'segment' : 'element',
			severity: 'error',
			code: codes.ofBody(finding),
			message: visible(finding.message),
			...place,
			segmentPosition: finding.segmentPosition,
			...where(finding),
		}),
	);
	return [...envelope, ...body];
}

function labelled(label: string, code: string | undefined): string {
	return code === undefined ? '' : `${label} ${code}`;
}

export function reportSets({ groups }: InterchangeVerdict, max = Infinity): ReportedSet[] {
	const sets: ReportedSet[] = [];
	for (const { group, messages } of groups) {
		for (const set of messages) {
			if (sets.length >= max) return sets;
			sets.push(reportSet(group, set));
		}
	}
	return sets;
}

function reportSet(group: GroupReading, { message, verdict }: MessageVerdict): ReportedSet {
	return {
		id: visible(message.id),
		controlNumber: visible(message.controlNumber),
		groupControlNumber: visible(group.controlNumber),
		verdict,
		checked: message.validated,
		segmentCount: message.segmentCount,
		...(message.reference === undefined
			? {}
			: { documentNumber: visible(message.reference.value) }),
	};
}

export function countSets({ groups }: InterchangeVerdict): number {
	return groups.reduce((sum, { messages }) => sum + messages.length, 0);
}

/** All findings there were, those that were counted and not kept included. */
export function countFindings({ interchange }: InterchangeVerdict): number {
	let count = interchange.envelope.length;
	for (const group of interchange.groups) {
		count += group.envelope.length;
		for (const { envelope, findings, findingsOmitted } of group.messages) {
			count += envelope.length + findings.length + findingsOmitted;
		}
	}
	return count;
}

/** Sets and findings that a person is shown; the item has more. */
const MAX_LINES = 200;

/** The report a person reads: verdict, then what was found where, then what was not checked. */
export function reportText(
	subject: InterchangeVerdict,
	fileName: string | undefined,
	findings: readonly ReportedFinding[],
): string {
	const { interchange, verdict } = subject;
	const lines = [
		`${fileName === undefined ? '' : `${fileName}: `}${interchange.standard} interchange ${visible(interchange.controlNumber) || '(no number)'} ` +
			`from ${party(interchange.sender)} to ${party(interchange.receiver)}: ${verdict}`,
	];
	const words = interchange.standard === 'X12' ? 'set' : 'message';
	for (const set of reportSets(subject, MAX_LINES)) {
		const number = set.documentNumber === undefined ? '' : ` (${set.documentNumber})`;
		const unchecked = set.checked
			? ''
			: '; its content was not checked, there are no tables for it';
		lines.push(`- ${words} ${set.id} ${set.controlNumber}${number}: ${set.verdict}${unchecked}`);
	}
	const moreSets = countSets(subject) - MAX_LINES;
	if (moreSets > 0) lines.push(`- and ${moreSets} more ${words}s`);
	const shown = findings.slice(0, MAX_LINES);
	for (const finding of shown) lines.push(`  ${describeFinding(finding, words)}`);
	const more = countFindings(subject) - shown.length;
	if (more > 0) lines.push(`  and ${more} more findings`);
	return lines.join('\n');
}

function party({ qualifier, id }: InterchangeReading['sender']): string {
	return id === '' ? '(nobody)' : visible(qualifier === '' ? id : `${qualifier}:${id}`);
}

function describeFinding(finding: ReportedFinding, words: string): string {
	const { severity, code, message, setControlNumber, segment, segmentPosition, offset } = finding;
	const place = [
		setControlNumber === undefined ? '' : `${words} ${setControlNumber}`,
		segmentPosition === undefined ? '' : `segment ${segmentPosition} (${segment ?? '?'})`,
		offset === undefined ? '' : `byte ${offset}`,
	].filter(Boolean);
	const suffix = code === '' ? '' : ` [${code}]`;
	return `${severity === 'error' ? 'Error' : 'Note'}${place.length > 0 ? `, ${place.join(', ')}` : ''}: ${message}${suffix}`;
}

/** Of a file in which no interchange was found. */
export function unreadableText(
	{ bytes, problems }: FileReading,
	fileName: string | undefined,
): string {
	const name = fileName ?? 'The file';
	if (bytes === 0) return `${name} is empty; it may still have been in transfer.`;
	const lines = [`${name} (${bytes} bytes) holds no X12 or EDIFACT interchange.`];
	for (const { message, offset } of problems.slice(0, 10))
		lines.push(`  byte ${offset}: ${visible(message)}`);
	return lines.join('\n');
}
