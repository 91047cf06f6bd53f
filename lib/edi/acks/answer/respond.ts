import { DEFAULT_OPTIONS } from './options';
import type { AcknowledgmentIdentity, AcknowledgmentOptions } from './options';
import { readInterchanges, readSteps, runSteps, visible } from '../read';
import type { FileReading, PartyReference, ReadingOptions, Steps } from '../read';
import {
	countFindings,
	countSets,
	reportFindings,
	reportSets,
	reportText,
	unreadableText,
} from './report';
import type { ReportedFinding, ReportedSet } from './report';

import { judgeSteps } from '../judge';
import type { FileVerdict, InterchangeVerdict } from '../judge';

import { planContrl, writeContrl } from './writeContrl';
import type { ContrlPlan } from './writeContrl';
import { planX12, writeX12 } from './writeX12';
import type { X12Plan } from './writeX12';

export type AcknowledgmentPlan = X12Plan | ContrlPlan;

/** What came in, in the words of an item. */
export interface AcknowledgedInterchange {
	readonly standard: 'X12' | 'EDIFACT';
	readonly sender: PartyReference;
	readonly receiver: PartyReference;
	readonly controlNumber: string;
	readonly groupControlNumbers: readonly string[];
	readonly usage: 'test' | 'production';
	readonly acknowledgmentRequested: boolean;
	readonly setCount: number;
	readonly sets: readonly ReportedSet[];
}

/** One interchange of the file with everything that is to be said about it and sent for it. */
export interface InterchangeResponse {
	readonly verdict: InterchangeVerdict['verdict'];
	readonly acknowledges: AcknowledgedInterchange;
	/** The first 1,000. */
	readonly findings: readonly ReportedFinding[];
	/** Of all, those not in `findings` included. */
	readonly findingCount: number;
	readonly report: string;
	/** Set ids whose content could not be checked. */
	readonly unchecked: readonly string[];
	readonly plans: readonly AcknowledgmentPlan[];
}

export interface FileResponse {
	readonly verdict: FileVerdict;
	readonly report: string;
	readonly interchanges: readonly InterchangeResponse[];
	readonly reading: FileReading;
}

const MAX_REPORTED_FINDINGS = 1_000;
const MAX_REPORTED_SETS = 1_000;

export function respond(
	reading: FileReading,
	options: AcknowledgmentOptions = DEFAULT_OPTIONS,
	fileName?: string,
): FileResponse {
	return runSteps(respondSteps(reading, options, fileName));
}

function* respondSteps(
	reading: FileReading,
	options: AcknowledgmentOptions,
	fileName: string | undefined,
): Steps<FileResponse> {
	const { verdict, interchanges } = yield* judgeSteps(reading, options.rules);
	const responses: InterchangeResponse[] = [];
	for (const subject of interchanges) {
		responses.push(yield* respondTo(subject, options, fileName));
		yield;
	}
	const report =
		responses.length === 0
			? unreadableText(reading, fileName)
			: responses.map((response) => response.report).join('\n');
	return { verdict, report, interchanges: responses, reading };
}

export function respondToFile(
	bytes: Uint8Array,
	options: AcknowledgmentOptions = DEFAULT_OPTIONS,
	readingOptions: ReadingOptions = {},
	fileName?: string,
): FileResponse {
	return respond(readInterchanges(bytes, readingOptions), options, fileName);
}

/** The same in pieces, for files of any size. */
export function* respondToFileSteps(
	bytes: Uint8Array,
	options: AcknowledgmentOptions = DEFAULT_OPTIONS,
	readingOptions: ReadingOptions = {},
	fileName?: string,
): Steps<FileResponse> {
	const reading = yield* readSteps(bytes, readingOptions);
	return yield* respondSteps(reading, options, fileName);
}

function* respondTo(
	subject: InterchangeVerdict,
	options: AcknowledgmentOptions,
	fileName: string | undefined,
): Steps<InterchangeResponse> {
	const { interchange, verdict } = subject;
	const findings = reportFindings(subject, options, MAX_REPORTED_FINDINGS);
	yield;
	const findingCount = countFindings(subject);
	yield;
	const unchecked = uncheckedSets(subject);
	yield;
	const plans =
		interchange.standard === 'X12' ? planX12(subject, options) : planContrl(subject, options);
	return {
		verdict,
		acknowledges: {
			standard: interchange.standard,
			sender: visibleParty(interchange.sender),
			receiver: visibleParty(interchange.receiver),
			controlNumber: visible(interchange.controlNumber),
			groupControlNumbers: interchange.groups
				.filter(({ implicit }) => !implicit)
				.map(({ controlNumber }) => visible(controlNumber)),
			usage: interchange.isTest ? 'test' : 'production',
			acknowledgmentRequested: interchange.acknowledgmentRequested,
			setCount: countSets(subject),
			sets: reportSets(subject, MAX_REPORTED_SETS),
		},
		findings,
		findingCount,
		report: reportText(subject, fileName, findings),
		unchecked,
		plans,
	};
}

function visibleParty({ id, qualifier, address }: PartyReference): PartyReference {
	const shown = { id: visible(id), qualifier: visible(qualifier) };
	return address === undefined ? shown : { ...shown, address: visible(address) };
}

function uncheckedSets({ interchange }: InterchangeVerdict): string[] {
	const ids = new Set<string>();
	for (const { messages } of interchange.groups) {
		for (const { id, validated } of messages) if (!validated) ids.add(visible(id));
	}
	return [...ids];
}

/** The bytes of one acknowledgment. */
export function writeAcknowledgment(
	plan: AcknowledgmentPlan,
	identity: AcknowledgmentIdentity,
	options: AcknowledgmentOptions = DEFAULT_OPTIONS,
): Uint8Array {
	return runSteps(writeAcknowledgmentSteps(plan, identity, options));
}

/** The same in pieces: an acknowledgment names up to a million sets. */
export function writeAcknowledgmentSteps(
	plan: AcknowledgmentPlan,
	identity: AcknowledgmentIdentity,
	options: AcknowledgmentOptions = DEFAULT_OPTIONS,
): Steps<Uint8Array> {
	return plan.standard === 'X12'
		? writeX12(plan, identity, options)
		: writeContrl(plan, identity, options);
}
