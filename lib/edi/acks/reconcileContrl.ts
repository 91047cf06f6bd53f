import type { EdifactReadSegment } from '../edifact';
import { UN0085_WORDS, wordsOf } from './codeWords';
import {
	summarize,
	timestamp,
	type AcknowledgedError,
	type AcknowledgedOutcome,
	type ReconciledItem,
} from './reconciled';

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

/** Collects what CONTRL says, one item for each interchange, group and message it speaks about. */
export class ContrlReconciler {
	private sender = '';

	private receiver = '';

	private reference = '';

	private acknowledgedAt = '';

	private inContrl = false;

	private subject = { controlNumber: '', sender: '', receiver: '' };

	private open: OpenItem[] = [];

	private groupControlNumber = '';

	private segmentPosition = 0;

	constructor(
		private readonly items: ReconciledItem[],
		private readonly others: Set<string>,
	) {}

	segment({ tag, elements }: EdifactReadSegment): void {
		const at = (element: number, component = 1): string =>
			elements[element - 1]?.[component - 1] ?? '';
		switch (tag) {
			case 'UNB': {
				// One that broke off belongs to the interchange before.
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
				if (!this.inContrl) this.others.add(at(2));
				return;
			case 'UNT':
				this.finish();
				this.inContrl = false;
				return;
			default:
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
				this.segmentPosition = Number(at(1)) || 0;
				if (at(2) !== '') this.addError(at(2), {});
				return;
			case 'UCD':
				this.addError(at(1), {
					// The tag is data element 1 of its segment; people count from the one after it.
					element: Math.max(0, (Number(at(2)) || 0) - 1),
					...(at(2, 2) === '' ? {} : { component: Number(at(2, 2)) }),
				});
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
				...(element === '' ? {} : { element: Math.max(0, Number(element) - 1) }),
				...(component === '' ? {} : { component: Number(component) }),
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

	/** The interchange is known to be accepted in part only when its messages have been read. */
	private finish(): void {
		const rejected = this.open.some(
			({ level, status }) => level !== 'interchange' && status === '4',
		);
		for (const item of this.open) {
			const { level, status, setId, setControlNumber, groupControlNumber, errors } = item;
			let outcome = OUTCOMES[status] ?? 'unknown';
			if (level === 'interchange' && outcome === 'accepted' && rejected) {
				outcome = 'partially accepted';
			}
			const what =
				level === 'interchange'
					? `interchange ${this.subject.controlNumber}`
					: level === 'group'
						? `group ${groupControlNumber}`
						: `${setId} ${setControlNumber}`;
			this.items.push({
				acknowledgment: 'CONTRL',
				level,
				outcome,
				status,
				sender: this.subject.sender || this.sender,
				receiver: this.subject.receiver || this.receiver,
				interchangeControlNumber: this.subject.controlNumber,
				groupControlNumber,
				setControlNumber,
				setId,
				acknowledgmentControlNumber: this.reference,
				acknowledgedAt: this.acknowledgedAt,
				errors,
				summary: summarize(what, outcome, this.subject.receiver || this.receiver, errors),
			});
		}
		this.open = [];
	}
}
