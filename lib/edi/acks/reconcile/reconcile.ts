import { isApplicationAnswer, readSteps, runSteps, visible } from '../read';
import type { EnvelopeFinding, FileReading, GroupReading, InterchangeReading, Steps } from '../read';
import { ContrlReconciler } from './reconcileContrl';
import type { ReconciledItem, ReconciliationSink } from './reconciled';
import { X12Reconciler } from './reconcileX12';

export interface Reconciliation {
	readonly items: readonly ReconciledItem[];
	/** The file held no acknowledgment, or held other things as well. */
	readonly others: readonly string[];
	/** What is wrong with the file and its acknowledgments, or contradicts itself. */
	readonly problems: readonly string[];
}

const MAX_PROBLEMS = 100;
const MAX_OTHERS = 100;

/** Reads acknowledgments of either syntax; what is not one is named in `others`. */
export function reconcile(bytes: Uint8Array, encoding?: string): Reconciliation {
	return runSteps(reconcileSteps(bytes, encoding));
}

export function* reconcileSteps(bytes: Uint8Array, encoding?: string): Steps<Reconciliation> {
	const others = new Set<string>();
	const problems = new Set<string>();
	const problem = (message: string): void => {
		if (problems.size < MAX_PROBLEMS) problems.add(visible(message));
	};
	const sink: ReconciliationSink = {
		items: [],
		other: (setId) => {
			if (others.size < MAX_OTHERS) others.add(setId);
		},
		problem,
	};
	const x12 = new X12Reconciler(sink);
	const contrl = new ContrlReconciler(sink);
	const reading = yield* readSteps(
		bytes,
		{ encoding },
		{
			x12: (segment) => x12.segment(segment),
			edifact: (segment) => contrl.segment(segment),
		},
	);
	x12.end();
	contrl.end();
	for (const message of problemsOf(reading)) problem(message);
	return { items: sink.items, others: [...others], problems: [...problems] };
}

/** What the tables and envelopes say of the bytes and of the acknowledgments in them. */
function* problemsOf({ problems, interchanges }: FileReading): Generator<string> {
	for (const { message, offset } of problems) yield `byte ${offset}: ${message}`;
	for (const interchange of interchanges) {
		const { groups, hasTa1 } = interchange;
		const isOne = hasTa1 || groups.length === 0 || groups.some(holdsAcknowledgments);
		if (isOne) for (const finding of interchange.envelope) yield inEnvelope(finding, interchange);
		for (const group of interchange.groups.filter(holdsAcknowledgments)) {
			for (const finding of group.envelope) yield inEnvelope(finding, interchange);
			for (const { id, controlNumber, envelope, findings } of group.messages) {
				for (const { message } of envelope) yield `${id} ${controlNumber}: ${message}`;
				for (const { message, segmentPosition } of findings) {
					yield `${id} ${controlNumber}, segment ${segmentPosition}: ${message}`;
				}
			}
		}
	}
}

function holdsAcknowledgments({ isAcknowledgment, messages }: GroupReading): boolean {
	return (
		isAcknowledgment ||
		messages.some((message) => message.isAcknowledgment || isApplicationAnswer(message.id))
	);
}

function inEnvelope(
	{ message, offset }: EnvelopeFinding,
	{ controlNumber }: InterchangeReading,
): string {
	return offset === undefined
		? `interchange ${controlNumber}: ${message}`
		: `byte ${offset}: ${message}`;
}
