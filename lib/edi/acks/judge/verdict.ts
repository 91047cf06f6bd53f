import type { EnvelopeFinding, FileReading, GroupReading, InterchangeReading, MessageReading, Steps } from '../read';
import { RECORDS_PER_STEP, runSteps } from '../read';

/** What is done with a set or message that has errors; set per trading partner. */
export interface VerdictRules {
	/** Errors of segments and elements. */
	readonly bodyErrors: 'reject' | 'accept with errors';
	/** Wrong counts and control numbers of a set, message or group. */
	readonly envelopeErrors: 'reject' | 'accept with errors';
	/** One bad set or message rejects its whole group (X12) or interchange (EDIFACT). */
	readonly allOrNothing: boolean;
}

export const DEFAULT_RULES: VerdictRules = {
	bodyErrors: 'reject',
	envelopeErrors: 'reject',
	allOrNothing: false,
};

export type Verdict = 'accepted' | 'accepted with errors' | 'partially accepted' | 'rejected';
/** DE717, DE715 and I17 as letters. */
export type VerdictLetter = 'A' | 'E' | 'P' | 'R';

const LETTERS: Readonly<Record<Verdict, VerdictLetter>> = {
	accepted: 'A',
	'accepted with errors': 'E',
	'partially accepted': 'P',
	rejected: 'R',
};

export function letterOf(verdict: Verdict): VerdictLetter {
	return LETTERS[verdict];
}

export interface MessageVerdict {
	readonly message: MessageReading;
	readonly verdict: Exclude<Verdict, 'partially accepted'>;
}

export interface GroupVerdict {
	readonly group: GroupReading;
	readonly verdict: Verdict;
	readonly messages: readonly MessageVerdict[];
	readonly acceptedCount: number;
}

export interface InterchangeVerdict {
	readonly interchange: InterchangeReading;
	/** Of the interchange's own header and trailer: what TA1 says. */
	readonly envelope: Exclude<Verdict, 'partially accepted'>;
	/** Of everything in it. */
	readonly verdict: Verdict | 'acknowledgment';
	readonly groups: readonly GroupVerdict[];
}

/** Codes whose severity X12 gateways leave to the partner agreement: TA1 `E` instead of `R`. */
const TOLERABLE_INTERCHANGE: ReadonlySet<EnvelopeFinding['code']> = new Set([
	'controlNumberMismatch',
	'countMismatch',
	'versionUnsupported',
]);

function hasError(findings: readonly EnvelopeFinding[]): boolean {
	return findings.some(({ severity }) => severity === 'error');
}

function judgeMessage(message: MessageReading, rules: VerdictRules): MessageVerdict {
	const body = message.findings.length > 0 || message.findingsOmitted > 0;
	const envelope = hasError(message.envelope);
	const rejected =
		(body && rules.bodyErrors === 'reject') || (envelope && rules.envelopeErrors === 'reject');
	if (rejected) return { message, verdict: 'rejected' };
	const clean = !body && message.envelope.length === 0;
	return { message, verdict: clean ? 'accepted' : 'accepted with errors' };
}

function* judgeGroup(group: GroupReading, rules: VerdictRules): Steps<GroupVerdict> {
	let messages: MessageVerdict[] = [];
	for (const message of group.messages) {
		messages.push(judgeMessage(message, rules));
		if (messages.length % RECORDS_PER_STEP === 0) yield;
	}
	const envelopeRejects = hasError(group.envelope) && rules.envelopeErrors === 'reject';
	const anyRejected = messages.some(({ verdict }) => verdict === 'rejected');
	if (envelopeRejects || (rules.allOrNothing && anyRejected)) {
		messages = messages.map(({ message }) => ({ message, verdict: 'rejected' }));
		return { group, verdict: 'rejected', messages, acceptedCount: 0 };
	}
	const acceptedCount = messages.filter(({ verdict }) => verdict !== 'rejected').length;
	const noted = group.envelope.length > 0 || messages.some(({ verdict }) => verdict !== 'accepted');
	let verdict: Verdict = noted ? 'accepted with errors' : 'accepted';
	if (acceptedCount < messages.length) {
		verdict = acceptedCount === 0 ? 'rejected' : 'partially accepted';
	}
	return { group, verdict, messages, acceptedCount };
}

function judgeEnvelope(
	{ standard, envelope }: InterchangeReading,
	rules: VerdictRules,
): InterchangeVerdict['envelope'] {
	if (envelope.length === 0) return 'accepted';
	const tolerable = ({ code }: EnvelopeFinding): boolean =>
		rules.envelopeErrors === 'accept with errors' ||
		(standard === 'X12' && TOLERABLE_INTERCHANGE.has(code));
	const rejected = envelope.some((finding) => finding.severity === 'error' && !tolerable(finding));
	return rejected ? 'rejected' : 'accepted with errors';
}

/** Interchanges that hold acknowledgments and nothing else. */
function isAcknowledgment({ groups, hasTa1 }: InterchangeReading): boolean {
	const messages = groups.flatMap((group) => group.messages);
	if (groups.length === 0) return hasTa1;
	return (
		groups.every(
			(group) =>
				group.isAcknowledgment ||
				(group.messages.length > 0 && group.messages.every((message) => message.isAcknowledgment)),
		) &&
		(messages.length > 0 || hasTa1 || groups.some((group) => group.isAcknowledgment))
	);
}

function* judgeInterchange(
	interchange: InterchangeReading,
	rules: VerdictRules,
): Steps<InterchangeVerdict> {
	const envelope = judgeEnvelope(interchange, rules);
	let groups: GroupVerdict[] = [];
	for (const group of interchange.groups) groups.push(yield* judgeGroup(group, rules));
	const edifactRejected =
		interchange.standard === 'EDIFACT' &&
		rules.allOrNothing &&
		groups.some(({ verdict }) => verdict === 'rejected' || verdict === 'partially accepted');
	if (envelope === 'rejected' || edifactRejected) {
		groups = groups.map(({ group, messages }) => ({
			group,
			verdict: 'rejected',
			messages: messages.map(({ message }) => ({ message, verdict: 'rejected' })),
			acceptedCount: 0,
		}));
	}
	const verdict = isAcknowledgment(interchange)
		? 'acknowledgment'
		: combine([envelope, ...groups.map((group) => group.verdict)], envelope === 'rejected');
	return { interchange, envelope, verdict, groups };
}

function combine(verdicts: readonly Verdict[], rejected: boolean): Verdict {
	const [, ...groups] = verdicts;
	if (rejected || (groups.length > 0 && groups.every((verdict) => verdict === 'rejected'))) {
		return 'rejected';
	}
	if (groups.some((verdict) => verdict === 'rejected' || verdict === 'partially accepted')) {
		return 'partially accepted';
	}
	return verdicts.every((verdict) => verdict === 'accepted') ? 'accepted' : 'accepted with errors';
}

export type FileVerdict = Verdict | 'acknowledgment' | 'unreadable';

export interface FileJudgment {
	readonly verdict: FileVerdict;
	readonly interchanges: readonly InterchangeVerdict[];
}

export function judgeFile(reading: FileReading, rules: VerdictRules = DEFAULT_RULES): FileJudgment {
	return runSteps(judgeSteps(reading, rules));
}

export function* judgeSteps(reading: FileReading, rules: VerdictRules): Steps<FileJudgment> {
	const interchanges: InterchangeVerdict[] = [];
	for (const interchange of reading.interchanges) {
		interchanges.push(yield* judgeInterchange(interchange, rules));
		if (interchanges.length % RECORDS_PER_STEP === 0) yield;
	}
	const verdicts = interchanges
		.map(({ verdict }) => verdict)
		.filter((verdict) => verdict !== 'acknowledgment');
	if (interchanges.length === 0) return { verdict: 'unreadable', interchanges };
	if (verdicts.length === 0) return { verdict: 'acknowledgment', interchanges };
	if (verdicts.every((verdict) => verdict === 'rejected')) {
		return { verdict: 'rejected', interchanges };
	}
	return { verdict: combine(['accepted', ...verdicts], false), interchanges };
}
