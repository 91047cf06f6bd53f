import type { Finding } from '../../syntax';
import {
	hasRepetitions,
	isaSegment,
	isControlVersion,
	isPartyQualifier,
	X12_RELEASES,
} from '../../x12';
import type { X12Release } from '../../x12';
import { MAX_ELEMENT_ERRORS } from './options';
import type { AcknowledgmentIdentity, AcknowledgmentOptions } from './options';
import type { EnvelopeFinding, InterchangeReading, PartyReference, Steps } from '../read';
import { RECORDS_PER_STEP } from '../read';

import { letterOf } from '../judge';
import type { GroupVerdict, InterchangeVerdict, MessageVerdict } from '../judge';
import {
	ELEMENT_ERRORS,
	elementCode,
	groupCode,
	interchangeCode,
	isSegmentFinding,
	SEGMENT_CODES,
	SEGMENTS_IN_ERROR,
	setCode,
} from './x12Codes';

/** One acknowledgment interchange: TA1, functional acknowledgments of the same parties, or both. */
export interface X12Plan {
	readonly standard: 'X12';
	readonly subject: InterchangeVerdict;
	readonly transactionSet: '997' | '999' | 'TA1';
	readonly release: X12Release;
	readonly ta1: boolean;
	readonly groups: readonly GroupVerdict[];
}

/**
 * What an interchange is answered with. One functional group (GS FA) per plan, so that one control
 * number serves interchange and group; several only where groups have other parties or releases.
 */
export function planX12(subject: InterchangeVerdict, options: AcknowledgmentOptions): X12Plan[] {
	const { interchange, envelope, groups } = subject;
	const broken = envelope === 'rejected';
	// An error of the envelope has no place in any other answer.
	const hasError = interchange.envelope.some(({ severity }) => severity === 'error');
	const ta1 =
		options.ta1 === 'always' ||
		(options.ta1 === 'when requested' && (interchange.acknowledgmentRequested || hasError));
	const release = releaseFor(interchange.version, options);
	// The groups of a refused interchange have not been looked at, as far as the sender is concerned.
	const answered = broken
		? []
		: groups.filter(
				({ group, messages }) =>
					!group.isAcknowledgment &&
					!(messages.length > 0 && messages.every(({ message }) => message.isAcknowledgment)),
			);
	const bundles = new Map<string, GroupVerdict[]>();
	for (const verdict of answered) {
		const { group } = verdict;
		const key = JSON.stringify([
			releaseFor(group.version, options),
			group.sender.id,
			group.receiver.id,
		]);
		bundles.set(key, [...(bundles.get(key) ?? []), verdict]);
	}
	const plans: X12Plan[] = [...bundles.values()].map((bundle, index) => ({
		standard: 'X12',
		subject,
		transactionSet: options.functional,
		release: releaseFor(bundle[0]!.group.version, options),
		ta1: ta1 && index === 0,
		groups: bundle,
	}));
	// TA1 and acknowledgments are not acknowledged, not even by TA1.
	const nothingElse = plans.length === 0 && ta1 && (broken || groups.length === 0);
	if (nothingElse && !interchange.hasTa1 && !groups.some(({ group }) => group.isAcknowledgment)) {
		return [{ standard: 'X12', subject, transactionSet: 'TA1', release, ta1, groups: [] }];
	}
	return plans;
}

/** Release an acknowledgment of the version is written in: none that is newer, if we have one. */
export function releaseFor(version: string, options: AcknowledgmentOptions): X12Release {
	if (options.functional === '999') return '005010';
	if (options.release !== 'as received') return options.release;
	const normal = version.length === 5 ? `${version}0` : version.slice(0, 6);
	const known = /^\d{6}$/.test(normal) ? X12_RELEASES.filter((one) => one <= normal) : [];
	return known.at(-1) ?? '004010';
}

const ELEMENT = '*';
const SEGMENT = '~';
const COMPONENT = '>';
const REPETITION = '^';
const PIECE = 65_536;
/** What AK404 cannot copy. */
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const UNCOPIABLE = /[*~>^\x00-\x1f\x7f]|[^\x00-\x7f]/;

type Segment = readonly (string | undefined)[];

export function* writeX12(
	plan: X12Plan,
	identity: AcknowledgmentIdentity,
	options: AcknowledgmentOptions,
): Steps<Uint8Array> {
	const output = new SegmentText(options.lineBreaks);
	const { interchange } = plan.subject;
	const controlNumber = String(identity.controlNumber).padStart(9, '0');
	output.add(isa(plan, identity, controlNumber));
	if (plan.ta1) output.add(ta1(plan.subject, identity));
	const [first] = plan.groups;
	if (first !== undefined) {
		const groupNumber = String(identity.groupControlNumber ?? identity.controlNumber);
		const { sender, receiver } = first.group;
		output.add([
			'GS',
			'FA',
			groupParty(receiver, interchange.receiver),
			groupParty(sender, interchange.sender),
			identity.date,
			identity.time.slice(0, 4),
			groupNumber,
			'X',
			plan.transactionSet === '999' ? '005010X231A1' : plan.release,
		]);
		for (const [index, group] of plan.groups.entries()) {
			yield* addAcknowledgmentSet(output, group, index + 1, plan, options);
		}
		output.add(['GE', String(plan.groups.length), groupNumber]);
	}
	output.add(['IEA', first === undefined ? '0' : '1', controlNumber]);
	return output.bytes();
}

/** Text and not segments is kept: one AK2 loop for each of a million sets would not fit. */
class SegmentText {
	count = 0;

	private readonly done: Buffer[] = [];

	private text = '';

	private readonly end: string;

	constructor(lineBreaks: boolean) {
		this.end = SEGMENT + (lineBreaks ? '\r\n' : '');
	}

	add(segment: Segment): void {
		this.count += 1;
		this.text += trimmed(segment).join(ELEMENT) + this.end;
		if (this.text.length > PIECE) this.flush();
	}

	bytes(): Uint8Array {
		this.flush();
		return Buffer.concat(this.done);
	}

	private flush(): void {
		// Only IDs are copied into it, and those in ASCII.
		this.done.push(Buffer.from(this.text, 'latin1'));
		this.text = '';
	}
}

function trimmed(segment: Segment): string[] {
	const elements = segment.map((element) => element ?? '');
	if (segment[0] === 'ISA') return elements;
	while (elements.length > 1 && elements[elements.length - 1] === '') elements.pop();
	return elements;
}

function clean(text: string): string {
	// eslint-disable-next-line no-control-regex -- controls are what is looked for
	return text.replace(/[*~>^\x00-\x1f\x7f]|[^\x00-\x7f]/g, ' ');
}

/** GS02 and GS03 where they are usable, else the interchange's. */
function groupParty({ id }: PartyReference, fallback: PartyReference): string {
	const used = clean(id).trim() || clean(fallback.id).trim();
	return used.slice(0, 15).padEnd(2, '0');
}

function isa(plan: X12Plan, identity: AcknowledgmentIdentity, controlNumber: string): Segment {
	const { sender, receiver, usage, version } = plan.subject.interchange;
	// One that nobody knows is named by TA1, not repeated.
	const controlVersion = isControlVersion(version) ? version : plan.release.slice(0, 5);
	const idOf = ({ id }: PartyReference): string =>
		// A blank ID would make the answer as wrong as what it answers.
		(clean(id).trim() || 'UNKNOWN').slice(0, 15);
	const qualifierOf = ({ qualifier }: PartyReference): string =>
		isPartyQualifier(qualifier) ? qualifier : 'ZZ';
	return isaSegment({
		authorizationQualifier: '00',
		authorizationInformation: '',
		securityQualifier: '00',
		securityInformation: '',
		senderQualifier: qualifierOf(receiver),
		senderId: idOf(receiver),
		receiverQualifier: qualifierOf(sender),
		receiverId: idOf(sender),
		date: identity.date.slice(2),
		time: identity.time.slice(0, 4),
		standardOrRepetition: hasRepetitions(controlVersion) ? REPETITION : 'U',
		controlVersion,
		controlNumber,
		acknowledgmentRequest: '0',
		usage: /^[PTI]$/.test(usage) ? usage : 'P',
		componentSeparator: COMPONENT,
	});
}

function ta1(
	{ interchange, envelope }: InterchangeVerdict,
	identity: AcknowledgmentIdentity,
): Segment {
	const { controlNumber, date, time } = interchange;
	return [
		'TA1',
		/^\d{1,9}$/.test(controlNumber) ? controlNumber.padStart(9, '0') : '000000000',
		/^\d{6}$/.test(date) ? date : identity.date.slice(2),
		/^\d{4}$/.test(time) ? time : identity.time.slice(0, 4),
		letterOf(envelope),
		ta1Code(interchange),
	];
}

/** TA105 has room for one code: that of the first error, else of the first warning. */
export function ta1Code({ envelope }: InterchangeReading): string {
	const worst = envelope.find(({ severity }) => severity === 'error') ?? envelope.find(() => true);
	return worst === undefined ? '000' : (interchangeCode(worst) ?? '022');
}

function* addAcknowledgmentSet(
	output: SegmentText,
	verdict: GroupVerdict,
	ordinal: number,
	{ transactionSet, release }: X12Plan,
	options: AcknowledgmentOptions,
): Steps<void> {
	const { group, messages, acceptedCount } = verdict;
	const later = release === '005010';
	const number = String(ordinal).padStart(4, '0');
	const implementation = transactionSet === '999' ? '005010X231A1' : undefined;
	const groupNumber = /^\d{1,9}$/.test(group.controlNumber) ? group.controlNumber : '0';
	const before = output.count;
	output.add(['ST', transactionSet, number, implementation]);
	output.add([
		'AK1',
		/^[A-Z0-9]{2}$/.test(group.functionalId) ? group.functionalId : 'ZZ',
		groupNumber,
		later ? clean(group.version).slice(0, 12) : undefined,
	]);
	for (const [index, message] of messages.entries()) {
		if (index % RECORDS_PER_STEP === 0) yield;
		if (message.verdict === 'accepted' && !options.listAccepted) continue;
		for (const segment of setResponse(message, verdict, transactionSet, release, options)) {
			output.add(segment);
		}
	}
	const declared = group.declaredCount ?? '';
	output.add([
		'AK9',
		letterOf(verdict.verdict),
		/^\d{1,6}$/.test(declared) ? declared : setCount(messages.length),
		setCount(messages.length),
		setCount(acceptedCount),
		...codes(group.envelope, (finding) => groupCode(finding, release)),
	]);
	output.add(['SE', String(output.count - before + 1), number]);
}

/** DE97, DE123 and DE2 have six digits; a group of more sets is refused for its own count. */
function setCount(count: number): string {
	return String(Math.min(count, 999_999));
}

function codes(
	findings: readonly EnvelopeFinding[],
	codeOf: (finding: EnvelopeFinding) => string | undefined,
	more: readonly string[] = [],
): string[] {
	const all = [...findings.map(codeOf).filter((code) => code !== undefined), ...more];
	return [...new Set(all)].slice(0, 5);
}

function setResponse(
	{ message, verdict }: MessageVerdict,
	group: GroupVerdict,
	transactionSet: X12Plan['transactionSet'],
	release: X12Release,
	options: AcknowledgmentOptions,
): Segment[] {
	const prefix = transactionSet === '999' ? 'IK' : 'AK';
	const segments: Segment[] = [
		[
			'AK2',
			clean(message.id).slice(0, 3).padEnd(3, '0'),
			clean(message.controlNumber).slice(0, 9).padStart(4, '0'),
			release === '005010' ? message.implementation : undefined,
		],
	];
	if (options.detail) {
		const context =
			transactionSet === '999' && message.reference !== undefined
				? businessUnit(message.reference)
				: undefined;
		segments.push(...segmentErrors(message.findings, prefix, release, context));
	}
	const body = message.findings.length + message.findingsOmitted > 0 ? [SEGMENTS_IN_ERROR] : [];
	const found = codes(
		message.envelope,
		(finding) => setCode(finding, transactionSet === '999' ? '999' : '997'),
		body,
	);
	// A set that falls with its group has no error of its own; DE718 has no code for that.
	const noReason = verdict === 'rejected' && found.length === 0 && group.verdict === 'rejected';
	segments.push([`${prefix}5`, letterOf(verdict), ...(noReason ? [] : found)]);
	return segments;
}

/** CTX01-1 of the business unit identifier: what 005010X231A1 lists, and we read of a set. */
const BUSINESS_UNITS: ReadonlySet<string> = new Set(['TRN02', 'CLM01', 'ENT01', 'NM109']);

/** The business unit identifier of the 999: which document the sender has to look at. */
function businessUnit({ name, value }: { name: string; value: string }): Segment | undefined {
	if (!BUSINESS_UNITS.has(name) || UNCOPIABLE.test(value)) return undefined;
	// A longer one is cut at what CTX01-2 holds (X12 RFI 2293).
	return ['CTX', `${name}${COMPONENT}${value.slice(0, 35).trimEnd()}`];
}

function segmentErrors(
	findings: readonly Finding[],
	prefix: string,
	release: X12Release,
	context: Segment | undefined,
): Segment[] {
	const segments: Segment[] = [];
	let open = 0;
	let elements = 0;
	const position = release === '005010' ? 9_999_999_999 : 999_999;
	for (const finding of findings) {
		const { segment, segmentPosition } = finding;
		const at = String(Math.min(segmentPosition, position));
		// AK301 is mandatory, and what stood there may be no segment ID (element 721) at all.
		const tag = /^[A-Z0-9]{2,3}$/.test(segment) ? segment : 'XXX';
		if (isSegmentFinding(finding)) {
			segments.push([`${prefix}3`, tag, at, undefined, SEGMENT_CODES[finding.code]]);
			if (context !== undefined) segments.push(context);
			open = 0;
			continue;
		}
		if (open !== segmentPosition) {
			segments.push([`${prefix}3`, tag, at, undefined, ELEMENT_ERRORS]);
			if (context !== undefined) segments.push(context);
			open = segmentPosition;
			elements = 0;
		}
		elements += 1;
		if (elements <= MAX_ELEMENT_ERRORS && finding.element !== undefined) {
			segments.push(elementError(finding, prefix, release));
		}
	}
	return segments;
}

function elementError(finding: Finding, prefix: string, release: X12Release): Segment {
	const { element = 1, component, repetition, dataElement, value } = finding;
	const code = elementCode(finding, release);
	const where = [
		String(Math.min(element, 99)),
		component === undefined ? '' : String(Math.min(component, 99)),
		repetition === undefined || release === '004010' ? '' : String(Math.min(repetition, 9999)),
	];
	while (where[where.length - 1] === '') where.pop();
	// The copy is left out where it could not be read back (997: when the character is the error).
	const copy =
		value === undefined || value === '' || code === '6' || UNCOPIABLE.test(value)
			? undefined
			: value.slice(0, 99);
	return [
		`${prefix}4`,
		where.join(COMPONENT),
		dataElement !== undefined && /^\d{1,4}$/.test(dataElement) ? dataElement : undefined,
		code,
		copy,
	];
}
