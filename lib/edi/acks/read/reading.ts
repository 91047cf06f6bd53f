import type { Finding, TokenizerProblem } from '../../syntax';
import type { IsaComplaint } from '../../x12';

/** What can be wrong with an envelope; the level (interchange, group, message) says whose. */
export type EnvelopeCode =
	| IsaComplaint
	| 'headerLayout'
	| 'headerMissing'
	| 'trailerMissing'
	| 'countMismatch'
	| 'controlNumberMismatch'
	| 'duplicate'
	| 'elementSeparator'
	| 'componentSeparator'
	| 'segmentTerminator'
	| 'structure'
	/** Data beside the interchange that belong to none. */
	| 'unread'
	| 'contentInvalid'
	| 'empty'
	| 'groupsAndMessagesMixed'
	| 'severalMessageTypes'
	| 'senderUnknown'
	| 'receiverUnknown'
	| 'testNotAccepted'
	| 'deliveryDate'
	| 'deliveryTime'
	| 'deliveryTimeCode'
	| 'gradeOfService'
	| 'unsupported'
	| 'identifierInvalid'
	| 'notInGroup'
	| 'serviceString'
	| 'serviceCharacter'
	| 'decimalMark'
	| 'characterSetUnsupported'
	| 'securityUnsupported'
	| 'envelopeUnsupported'
	| 'valueUnsupported'
	| 'tooOld'
	| 'unreadable'
	// elements of service segments
	| 'elementMissing'
	| 'elementInvalid'
	| 'elementTooLong'
	| 'elementTooShort'
	| 'elementType'
	| 'tooManyElements'
	| 'characterInvalid';

export interface EnvelopeFinding {
	readonly code: EnvelopeCode;
	/** A warning is reported and changes nothing but the words of the verdict. */
	readonly severity: 'error' | 'warning';
	readonly message: string;
	readonly segment?: string;
	/** From 1, the tag not counted. */
	readonly element?: number;
	readonly component?: number;
	readonly value?: string;
	readonly offset?: number;
}

export interface PartyReference {
	readonly id: string;
	readonly qualifier: string;
	/** EDIFACT 0008 or 0014, the address behind the party. */
	readonly address?: string;
}

export interface MessageReading {
	/** `810`, `INVOIC`; as received. */
	readonly id: string;
	readonly controlNumber: string;
	/** `004010`, `D.96A`: the version its tables are looked up by. */
	readonly version: string;
	/** ST03. */
	readonly implementation?: string;
	/** The document's own number, as its sender knows it (`BIG02`, `BGM 1004`). */
	reference?: { readonly name: string; readonly value: string } | undefined;
	/** Components of S009, for UCM. */
	readonly identifier?: readonly string[];
	readonly offset: number;
	/** An acknowledgment is never acknowledged. */
	readonly isAcknowledgment: boolean;
	/** Whether there were tables to check the body against. */
	readonly validated: boolean;
	segmentCount: number;
	envelope: EnvelopeFinding[];
	findings: readonly Finding[];
	/** Findings beyond the limit, counted and not kept. */
	findingsOmitted: number;
}

export interface GroupReading {
	/** EDIFACT messages that stand in the interchange without UNG. */
	readonly implicit: boolean;
	/** GS01 or UNG 0038. */
	readonly functionalId: string;
	readonly sender: PartyReference;
	readonly receiver: PartyReference;
	readonly controlNumber: string;
	/** GS08 or UNG S008. */
	readonly version: string;
	readonly offset: number;
	readonly isAcknowledgment: boolean;
	readonly messages: MessageReading[];
	/** GE01 or UNE 0060 as sent. */
	declaredCount: string | undefined;
	readonly envelope: EnvelopeFinding[];
}

export interface InterchangeReading {
	readonly standard: 'X12' | 'EDIFACT';
	readonly sender: PartyReference;
	readonly receiver: PartyReference;
	readonly controlNumber: string;
	/** As sent: ISA09 and ISA10, or the components of S004. */
	readonly date: string;
	readonly time: string;
	/** ISA12 or UNB 0002. */
	readonly version: string;
	/** ISA16 elements or UNB elements as sent, for what an acknowledgment echoes. */
	readonly header: readonly (readonly string[])[];
	readonly usage: string;
	readonly isTest: boolean;
	readonly acknowledgmentRequested: boolean;
	readonly offset: number;
	/** TA1 segments or nothing but acknowledgments. */
	hasTa1: boolean;
	readonly groups: GroupReading[];
	readonly envelope: EnvelopeFinding[];
}

export interface FileReading {
	readonly bytes: number;
	readonly interchanges: readonly InterchangeReading[];
	/** What is wrong with the bytes themselves, with offsets. */
	readonly problems: readonly TokenizerProblem[];
}

export interface ReadingOptions {
	/** WHATWG label of the character set; by default what the file declares. */
	readonly encoding?: string | undefined;
	/** IDs that are ours; an interchange for anyone else is refused. */
	readonly acceptedReceivers?: readonly string[] | undefined;
	readonly acceptedSenders?: readonly string[] | undefined;
	/** Test interchanges are refused. */
	readonly productionOnly?: boolean | undefined;
	/** `YYYYMMDD`: EDIFACT interchanges and groups prepared before are refused as too old. */
	readonly oldest?: string | undefined;
	/** Sets, messages and versions without tables are refused instead of acknowledged unchecked. */
	readonly rejectUnsupported?: boolean | undefined;
	/** 824 and APERAK are taken for acknowledgments, which are not acknowledged themselves. */
	readonly leaveApplicationAnswers?: boolean | undefined;
	/** Code lists are not checked. */
	readonly anyCode?: boolean | undefined;
	/** `check`: characters that UNOA or UNOB does not have are errors; real files are full of them. */
	readonly repertoire?: 'check' | 'ignore' | undefined;
	/** Findings kept per set or message. */
	readonly maxFindings?: number | undefined;
	/** Findings are passed here as well, for files whose report is written while reading. */
	readonly onMessage?: ((message: MessageReading, group: GroupReading) => void) | undefined;
}

export const DEFAULT_MAX_FINDINGS = 1_000;

/** Findings kept of a whole file; a file with more is beyond reading by a person anyway. */
export const MAX_FINDINGS_OF_FILE = 20_000;

/** Sets and messages that are listed with their documents' numbers; of others only the number counts. */
export const LISTED_SETS = 1_000;

/**
 * Records kept of a file: one per set, message and group, a hundred per interchange with its header
 * and its own acknowledgment. A gigabyte of invoices stays below; what has more is no business file.
 */
export const MAX_RECORDS_OF_FILE = 3_000_000;
export const RECORDS_PER_INTERCHANGE = 100;

/** How much more of a file may be kept; shared by the readers of both syntaxes. */
export interface FileBudget {
	/** Findings. */
	left: number;
	/** Sets, messages and groups so far. */
	records: number;
	/** Segments of sets whose order was looked at a second time. */
	explained: number;
}

const NO_FINDINGS: never[] = [];
Object.freeze(NO_FINDINGS);

/** Nearly every set of a large file is right: there are many, and little is to be kept of them. */
export function compactRecord(message: MessageReading, budget: FileBudget): void {
	budget.records += 1;
	if (message.envelope.length > 0 || message.findings.length > 0) return;
	message.envelope = NO_FINDINGS;
	message.findings = NO_FINDINGS;
	if (budget.records > LISTED_SETS) message.reference = undefined;
}

/** Files of many bad messages would fill the memory with findings: each message keeps what it may. */
export function keepFindings(
	message: MessageReading,
	findings: readonly Finding[],
	max: number,
	budget: FileBudget,
): void {
	const allowed = Math.min(max, budget.left);
	message.findings = findings.slice(0, allowed).map(detachFinding);
	message.findingsOmitted += findings.length - message.findings.length;
	budget.left -= message.findings.length;
}

/**
 * A text cut from a piece of the file keeps the whole piece in memory; what outlives the piece is
 * copied. The engine copies short texts by itself.
 */
export function detach(text: string): string {
	return text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8');
}

function detachFinding(finding: Finding): Finding {
	const message = detach(finding.message);
	if (finding.value === undefined) return { ...finding, message };
	return { ...finding, message, value: detach(finding.value.slice(0, 200)) };
}
