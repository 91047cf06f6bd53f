import {
	characterSetNames,
	charsetOf,
	isKnownCharacterSet,
	isServiceTag,
	serviceSegments,
} from '../../edifact';
import type { SyntaxVersion } from '../../edifact';
import type { Finding, SegmentSpec } from '../../syntax';
import { bodyCode, envelopeCode, isElementFinding } from './edifactCodes';
import { MAX_ELEMENT_ERRORS, MAX_SEGMENT_ERRORS_EDIFACT } from './options';
import type { AcknowledgmentIdentity, AcknowledgmentOptions } from './options';
import { canEchoGroup, canEchoInterchange, canEchoMessage, fits, RECORDS_PER_STEP } from '../read';
import type { EnvelopeFinding, GroupReading, MessageReading, Steps } from '../read';

import type { InterchangeVerdict, MessageVerdict } from '../judge';

export interface ContrlPlan {
	readonly standard: 'EDIFACT';
	readonly subject: InterchangeVerdict;
	readonly transactionSet: 'CONTRL';
	readonly release: string;
	/** 8 says only that the interchange came in; 7 and 4 say what became of it. */
	readonly kind: 'receipt' | 'acknowledgment';
}

const RECEIVED = '8';
const ACKNOWLEDGED = '7';
const REJECTED = '4';
const UNSPECIFIED = '18';

export function planContrl(
	subject: InterchangeVerdict,
	options: AcknowledgmentOptions,
): ContrlPlan[] {
	const { interchange, verdict } = subject;
	// Without UNB there is no reference to acknowledge and no one to send it to.
	if (verdict === 'acknowledgment' || interchange.header.length === 0) return [];
	if (!canEchoInterchange(interchange)) return [];
	if (options.contrlWhen === 'when requested' && !interchange.acknowledgmentRequested) return [];
	const syntax = syntaxOf(subject);
	const plan = (kind: ContrlPlan['kind']): ContrlPlan => ({
		standard: 'EDIFACT',
		subject,
		transactionSet: 'CONTRL',
		release: `syntax ${syntax}`,
		kind,
	});
	if (options.contrl === 'both') return [plan('receipt'), plan('acknowledgment')];
	// 8 promises that the interchange is dealt with; one that is refused is told so.
	if (subject.envelope === 'rejected') return [plan('acknowledgment')];
	// 0031 is 2 where the sender wants a receipt and nothing more (syntax 4).
	const wantsReceipt = interchange.header[8]?.[0] === '2';
	if (options.contrlWhen === 'when requested' && wantsReceipt) return [plan('receipt')];
	return [plan(options.contrl)];
}

function syntaxOf({ interchange }: InterchangeVerdict): SyntaxVersion {
	return interchange.version.startsWith('4') ? 4 : 3;
}

type Element = string | readonly string[] | undefined;
type Segment = readonly Element[];

export function* writeContrl(
	plan: ContrlPlan,
	identity: AcknowledgmentIdentity,
	options: AcknowledgmentOptions,
): Steps<Uint8Array> {
	const { interchange } = plan.subject;
	const syntax = syntaxOf(plan.subject);
	const [syntaxId = '', version = ''] = interchange.header[0] ?? [];
	const charsetName = isKnownCharacterSet(syntaxId) ? syntaxId : 'UNOA';
	const reference = String(identity.controlNumber);
	const party = (element: number): readonly string[] => interchange.header[element - 1] ?? [];
	const identifier =
		syntax === 4 ? ['CONTRL', '4', '1', 'UN'] : ['CONTRL', ...options.contrlIdentifier.split(':')];
	const answer = yield* body(plan, options);
	const head: Segment[] = [
		[
			'UNB',
			[charsetName, /^[1-4]/.test(version) ? version.slice(0, 1) : '3'],
			party(3),
			party(2),
			[syntax === 4 ? identity.date : identity.date.slice(2), identity.time.slice(0, 4)],
			reference,
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			interchange.isTest ? '1' : undefined,
		],
		['UNH', '1', identifier],
	];
	const foot: Segment[] = [
		['UNT', String(answer.length + 2), '1'],
		['UNZ', '1', reference],
	];
	const end = options.lineBreaks ? "'\r\n" : "'";
	const specs = serviceSegments[syntax];
	const pieces = [`UNA:+.? '${options.lineBreaks ? '\r\n' : ''}`];
	for (const segments of [head, answer, foot]) {
		for (let at = 0; at < segments.length; at += RECORDS_PER_STEP) {
			const part = segments.slice(at, at + RECORDS_PER_STEP);
			pieces.push(part.map((segment) => write(segment, specs) + end).join(''));
			yield;
		}
	}
	const encode = encoderOf(charsetName, pieces);
	const bytes: Uint8Array[] = [];
	for (const piece of pieces) {
		bytes.push(encode(piece));
		yield;
	}
	return Buffer.concat(bytes);
}

/** IDs of the partner are echoed as they were, small letters under UNOA included. */
function encoderOf(id: string, pieces: readonly string[]): (text: string) => Uint8Array {
	const name = characterSetNames.find((known) => known === id);
	// Under UNOA and UNOB what is beyond Latin-1 came in as UTF-8.
	const isAscii = name === undefined || name === 'UNOA' || name === 'UNOB';
	const isWide = isAscii && pieces.some((text) => /[\u0100-\uffff]/.test(text));
	if (id === 'UNOW' || isWide) return (text) => Buffer.from(text, 'utf8');
	if (isAscii) return (text) => Buffer.from(text, 'latin1');
	const { repertoire, encode } = charsetOf(name);
	// A question mark instead would release the character behind it.
	const known = (char: string): boolean =>
		char < '\u0080' || repertoire.allows(char.codePointAt(0)!);
	return (text) => encode(Array.from(text, (char) => (known(char) ? char : '_')).join(''));
}

/** What does not fit its element is left out: cut, it would be another value. */
function write(segment: Segment, specs: Readonly<Record<string, SegmentSpec>>): string {
	const [tag = '', ...elements] = segment;
	const spec = specs[String(tag)];
	const written = elements.map((element, index) => {
		const rule = spec?.elements[index];
		const parts = element === undefined ? [] : typeof element === 'string' ? [element] : element;
		const components = rule?.components ?? (rule === undefined ? [] : [rule]);
		const fitted = components.map(({ max }, at) => {
			const part = parts[at] ?? '';
			return fits(part, max) ? part : '';
		});
		if (components.some(({ mandatory }, at) => mandatory && fitted[at] === '')) return '';
		while (fitted.length > 0 && fitted[fitted.length - 1] === '') fitted.pop();
		return fitted.map(release).join(':');
	});
	while (written.length > 0 && written[written.length - 1] === '') written.pop();
	return [tag, ...written].join('+');
}

function release(text: string): string {
	return text.replace(/[?+:']/g, '?$&');
}

/** 0074 of syntax 3 counts to 999999, and so do SG1 and SG3. */
const MAX_RESPONSES = 999_990;

function* body(plan: ContrlPlan, options: AcknowledgmentOptions): Steps<Segment[]> {
	const { interchange, envelope } = plan.subject;
	const echo = [interchange.controlNumber, interchange.header[1], interchange.header[2]];
	if (plan.kind === 'receipt') return [['UCI', ...echo, RECEIVED]];
	if (envelope === 'rejected') {
		return [['UCI', ...echo, REJECTED, ...reason(interchange.envelope, syntaxOf(plan.subject))]];
	}
	// What is not named is acknowledged with the rest, so that naming less says the same.
	const shorter = [{}, { listAccepted: false }, { listAccepted: false, detail: false }];
	for (const less of shorter) {
		const segments = yield* responses(plan.subject, { ...options, ...less });
		if (segments.length > MAX_RESPONSES) continue;
		segments.unshift(['UCI', ...echo, ACKNOWLEDGED]);
		return segments;
	}
	// More rejected messages than one CONTRL can name.
	return [['UCI', ...echo, REJECTED, UNSPECIFIED]];
}

function* responses(
	{ interchange, groups }: InterchangeVerdict,
	options: AcknowledgmentOptions,
): Steps<Segment[]> {
	const syntax = interchange.version.startsWith('4') ? 4 : 3;
	const segments: Segment[] = [];
	// SG1 and SG3 exclude each other: where there is one UNG, everything is reported by UCF.
	for (const { group, messages, verdict } of groups) {
		const answers: Segment[] = [];
		for (const [index, message] of messages.entries()) {
			for (const segment of messageResponses(message, syntax, options)) answers.push(segment);
			if (index % RECORDS_PER_STEP === 0) yield;
		}
		if (!group.implicit) {
			const groupRejected = verdict === 'rejected' && hasError(group.envelope);
			if (!groupRejected && answers.length === 0 && !options.listAccepted) continue;
			if (!canEchoGroup(group, syntax)) continue;
			segments.push(groupResponse(group, groupRejected, syntax));
			if (groupRejected) continue;
		}
		for (const segment of answers) segments.push(segment);
	}
	return segments;
}

function hasError(findings: readonly EnvelopeFinding[]): boolean {
	return findings.some(({ severity }) => severity === 'error');
}

function groupResponse(group: GroupReading, rejected: boolean, syntax: SyntaxVersion): Segment {
	return [
		'UCF',
		group.controlNumber,
		partyParts(group.sender),
		partyParts(group.receiver),
		rejected ? REJECTED : ACKNOWLEDGED,
		...(rejected ? reason(group.envelope, syntax) : []),
	];
}

function partyParts({ id, qualifier }: GroupReading['sender']): readonly string[] {
	return [id, qualifier];
}

function messageResponses(
	verdict: MessageVerdict,
	syntax: SyntaxVersion,
	options: AcknowledgmentOptions,
): Segment[] {
	const { message } = verdict;
	// CONTRL is never the subject of CONTRL.
	if (message.isAcknowledgment || !canEchoMessage(message, syntax)) return [];
	if (verdict.verdict !== 'rejected') {
		return options.listAccepted ? [messageResponse(message, ACKNOWLEDGED, [])] : [];
	}
	const errors = message.envelope.filter(({ severity }) => severity === 'error');
	return [
		messageResponse(message, REJECTED, reason(errors, syntax)),
		...(options.detail ? segmentErrors(message.findings) : []),
	];
}

function messageResponse(
	message: MessageReading,
	action: string,
	why: readonly Element[],
): Segment {
	return ['UCM', message.controlNumber, message.identifier, action, ...why];
}

/** 0085, 0013 (0135 in syntax 4) and S011 of the first error; each level has room for one. */
function reason(findings: readonly EnvelopeFinding[], syntax: SyntaxVersion): Element[] {
	const first = findings.find(({ severity }) => severity === 'error') ?? findings[0];
	if (first === undefined) return [];
	const { segment = '', element, component } = first;
	// A place means nothing without the segment it is in.
	if (!isServiceTag(segment, syntax)) return [envelopeCode(first)];
	const where =
		element === undefined
			? undefined
			: [String(element + 1), ...(component === undefined ? [] : [String(component)])];
	return [envelopeCode(first), segment, where];
}

/** UCS for the segment, UCD for its data elements; the code stands at the lowest level only. */
function segmentErrors(findings: readonly Finding[]): Segment[] {
	const segments: Segment[] = [];
	let open: number | undefined;
	let segmentCount = 0;
	let elementCount = 0;
	for (const finding of findings) {
		const { segmentPosition, element, component } = finding;
		const position = String(Math.min(segmentPosition, 999_999));
		if (!isElementFinding(finding)) {
			segmentCount += 1;
			if (segmentCount > MAX_SEGMENT_ERRORS_EDIFACT) break;
			segments.push(['UCS', position, bodyCode(finding)]);
			open = undefined;
			continue;
		}
		if (open !== segmentPosition) {
			segmentCount += 1;
			if (segmentCount > MAX_SEGMENT_ERRORS_EDIFACT) break;
			segments.push(['UCS', position]);
			open = segmentPosition;
			elementCount = 0;
		}
		elementCount += 1;
		if (elementCount > MAX_ELEMENT_ERRORS) continue;
		segments.push([
			'UCD',
			bodyCode(finding),
			// The tag is data element 1 of its segment.
			[String((element ?? 0) + 1), ...(component === undefined ? [] : [String(component)])],
		]);
	}
	return segments;
}
