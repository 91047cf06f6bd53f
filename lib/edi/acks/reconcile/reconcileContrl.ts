import type { EdifactReadSegment } from '../../edifact';
import { ApplicationErrors } from './applicationAnswer';
import { UN0085_WORDS, wordsOf } from './codeWords';
import { isAccepted, listed, numberOf, summarize, timestamp } from './reconciled';
import type {
	AcknowledgedError,
	AcknowledgedOutcome,
	ReconciledItem,
	ReconciliationSink,
} from './reconciled';
import { visible } from '../read';

/** UNTDID 0083; 1 to 3, 5 and 6 are of syntax 3 and were never defined for use. */
const OUTCOMES: Readonly<Record<string, AcknowledgedOutcome>> = {
	'4': 'rejected',
	'7': 'accepted',
	'8': 'received',
};

interface OpenItem {
	readonly level: ReconciledItem['level'];
	readonly status: string;
	readonly setId: string;
	readonly setControlNumber: string;
	readonly groupControlNumber: string;
	readonly errors: AcknowledgedError[];
}

/** Collects what CONTRL and APERAK say, one item for each interchange, group and message it speaks about. */
export class ContrlReconciler {
	private sender = '';

	private receiver = '';

	private reference = '';

	private acknowledgedAt = '';

	private inContrl = false;

	private application: ApplicationErrors | undefined;

	private subject = { controlNumber: '', sender: '', receiver: '' };

	private open: OpenItem[] = [];

	private groupControlNumber = '';

	private segmentPosition = 0;

	constructor(private readonly sink: ReconciliationSink) {}

	segment(segment: EdifactReadSegment): void {
		const { tag, elements } = segment;
		const at = (element: number, component = 1): string =>
			visible(elements[element - 1]?.[component - 1] ?? '');
		switch (tag) {
			case 'UNB': {
				// A CONTRL that ended early belongs to the previous interchange.
				this.finish();
				this.inContrl = false;
				this.sender = at(3);
				this.receiver = at(2);
				this.reference = at(5);
				const date = at(4);
				this.acknowledgedAt = timestamp(date.length === 6 ? `20${date}` : date, at(4, 2));
				return;
			}
			case 'UNH':
				this.finish();
				this.inContrl = at(2) === 'CONTRL';
				if (at(2) === 'APERAK') {
					const { sender, receiver, reference, acknowledgedAt } = this;
					const acknowledgmentControlNumber = reference;
					const envelope = { sender, receiver, acknowledgmentControlNumber, acknowledgedAt };
					this.application = new ApplicationErrors(this.sink, envelope, at(1));
				} else if (!this.inContrl) this.sink.other(at(2));
				return;
			case 'UNT':
				this.finish();
				this.inContrl = false;
				return;
			default:
				this.application?.segment(segment);
				if (this.inContrl) this.inMessage(tag, at);
		}
	}

	end(): void {
		this.finish();
	}

	private inMessage(tag: string, at: (element: number, component?: number) => string): void {
		switch (tag) {
			case 'UCI':
				// UCI echoes our UNB as it was: sender and recipient are not swapped.
				this.subject = { controlNumber: at(1), sender: at(2), receiver: at(3) };
				this.groupControlNumber = '';
				this.begin('interchange', '', '', at(4), at(5), at(6), at(7), at(7, 2));
				return;
			case 'UCF':
				this.groupControlNumber = at(1);
				this.begin('group', '', '', at(4), at(5), at(6), at(7), at(7, 2));
				return;
			case 'UCM':
				this.begin('message', at(2), at(1), at(3), at(4), at(5), at(6), at(6, 2));
				return;
			case 'UCS':
				this.segmentPosition = numberOf(at(1)) ?? 0;
				if (at(2) !== '') this.addError(at(2), {});
				return;
			case 'UCD':
				this.addError(at(1), { element: 0, ...place(at(2), at(2, 2)) });
				return;
			default:
		}
	}

	private begin(
		level: ReconciledItem['level'],
		setId: string,
		setControlNumber: string,
		status: string,
		code: string,
		tag: string,
		element: string,
		component: string,
	): void {
		const errors: AcknowledgedError[] = [];
		if (code !== '') {
			errors.push({
				code,
				message: `${tag === '' ? '' : `${tag}: `}${wordsOf(UN0085_WORDS, code)}`,
				...(tag === '' ? {} : { segment: tag }),
				...place(element, component),
			});
		}
		this.segmentPosition = 0;
		this.open.push({
			level,
			status,
			setId,
			setControlNumber,
			groupControlNumber: this.groupControlNumber,
			errors,
		});
	}

	private addError(code: string, place: Partial<AcknowledgedError>): void {
		const { segmentPosition } = this;
		const { element, component } = place;
		const where = [
			`segment ${segmentPosition}`,
			element === undefined ? '' : `data element ${element}`,
			component === undefined ? '' : `component ${component}`,
		].filter(Boolean);
		this.open[this.open.length - 1]?.errors.push({
			code,
			message: `${where.join(', ')}: ${wordsOf(UN0085_WORDS, code)}`,
			segmentPosition,
			...place,
		});
	}

	/** What counts of an interchange or group is known when all below it has been read. */
	private finish(): void {
		this.application?.end();
		this.application = undefined;
		const items = this.open.map((item) => this.itemOf(item));
		const above = parentsOf(items);
		this.open = [];
		this.nameContradictions(items, above);
		const settled: ReconciledItem[] = [];
		// From the top: nothing that was rejected as a whole is taken as accepted in its parts.
		for (const [index, item] of items.entries()) {
			settled.push(this.fallWith(settled[above[index]!], item));
		}
		// From the bottom: a rejected part makes the whole accepted in part.
		const hasRejected = new Set<number>();
		for (let index = settled.length - 1; index >= 0; index -= 1) {
			const item = settled[index]!;
			const isPart = item.outcome === 'rejected' || hasRejected.has(index);
			if (isPart && above[index]! >= 0) hasRejected.add(above[index]!);
			const isOpen = isAccepted(item.outcome) || item.outcome === 'received';
			if (isPart && isOpen) settled[index] = this.withOutcome(item, 'partially accepted');
		}
		for (const item of settled) this.sink.items.push(item);
	}

	private nameContradictions(items: readonly ReconciledItem[], above: readonly number[]): void {
		const accepted = new Map<ReconciledItem, ReconciledItem[]>();
		for (const [index, item] of items.entries()) {
			const whole = items[above[index]!];
			if (whole?.outcome !== 'rejected' || !isAccepted(item.outcome)) continue;
			accepted.set(whole, [...(accepted.get(whole)?.slice(0, 20) ?? []), item]);
		}
		for (const [{ level, status }, parts] of accepted) {
			const tag = level === 'interchange' ? 'UCI' : 'UCF';
			this.sink.problem(
				`CONTRL ${this.reference}: ${tag} says ${status} (rejected), below it ${listed(parts)} accepted; ${tag} counts`,
			);
		}
	}

	private fallWith(whole: ReconciledItem | undefined, item: ReconciledItem): ReconciledItem {
		if (whole?.outcome !== 'rejected' || !isAccepted(item.outcome)) return item;
		const message = `the whole ${whole.level} was rejected, although this level says ${item.status}`;
		const errors = [...item.errors, { code: '', message }];
		return this.withOutcome({ ...item, errors }, 'rejected');
	}

	private itemOf({ errors, ...item }: OpenItem): ReconciledItem {
		const { status } = item;
		const outcome = (Object.hasOwn(OUTCOMES, status) ? OUTCOMES[status] : undefined) ?? 'unknown';
		const made: ReconciledItem = {
			acknowledgment: 'CONTRL',
			...item,
			outcome,
			sender: this.subject.sender || this.sender,
			receiver: this.subject.receiver || this.receiver,
			interchangeControlNumber: this.subject.controlNumber,
			acknowledgmentControlNumber: this.reference,
			acknowledgedAt: this.acknowledgedAt,
			errors,
			summary: '',
		};
		return this.withOutcome(made, outcome);
	}

	private withOutcome(item: ReconciledItem, outcome: AcknowledgedOutcome): ReconciledItem {
		const { level, setId, setControlNumber, groupControlNumber, receiver, errors } = item;
		const what =
			level === 'interchange'
				? `interchange ${item.interchangeControlNumber}`
				: level === 'group'
					? `group ${groupControlNumber}`
					: `${setId} ${setControlNumber}`;
		return { ...item, outcome, summary: summarize(what, outcome, receiver, errors) };
	}
}

/** By index: the group a message stands in, the interchange a group or message stands in, or -1. */
function parentsOf(items: readonly ReconciledItem[]): readonly number[] {
	let interchange = -1;
	let group = -1;
	return items.map(({ level }, index) => {
		if (level === 'message') return group >= 0 ? group : interchange;
		if (level === 'group') {
			group = index;
			return interchange;
		}
		[interchange, group] = [index, -1];
		return -1;
	});
}

/** The tag is data element 1 of its segment; people count from the one after it. */
function place(element: string, component: string): { element?: number; component?: number } {
	const position = numberOf(element);
	const part = numberOf(component);
	return {
		...(position === undefined ? {} : { element: Math.max(0, position - 1) }),
		...(part === undefined ? {} : { component: part }),
	};
}
