import type { X12Segment } from '../../x12';
import { ApplicationAdvice } from './applicationAnswer';
import type { AnswerEnvelope } from './applicationAnswer';
import {
	AK304_WORDS,
	AK403_WORDS,
	AK502_WORDS,
	AK905_WORDS,
	TA1_WORDS,
	wordsOf,
} from './codeWords';
import { isAccepted, listed, numberOf, summarize, timestamp } from './reconciled';
import type {
	AcknowledgedError,
	AcknowledgedOutcome,
	ReconciledItem,
	ReconciliationSink,
} from './reconciled';
import { controlNumber, visible } from '../read';

type FunctionalAcknowledgment = '997' | '999';

const OUTCOMES: Readonly<Record<string, AcknowledgedOutcome>> = {
	A: 'accepted',
	E: 'accepted with errors',
	P: 'partially accepted',
	R: 'rejected',
	// Rejected for security reasons: assurance failed, authentication failed, not decrypted.
	M: 'rejected',
	W: 'rejected',
	X: 'rejected',
};

/** Collects what 997, 999, TA1 and 824 say, one item for each thing they speak about. */
export class X12Reconciler {
	private sender = '';

	private receiver = '';

	private interchangeNumber = '';

	private acknowledgedAt = '';

	private set: FunctionalAcknowledgment | undefined;

	private setNumber = '';

	private advice: ApplicationAdvice | undefined;

	private group = { id: '', controlNumber: '' };

	/** AK1 was read, and AK9 not yet. */
	private groupIsOpen = false;

	private item: { id: string; controlNumber: string; errors: AcknowledgedError[] } | undefined;

	private segmentError: { segment: string; segmentPosition: number } | undefined;

	private groupItems: ReconciledItem[] = [];

	constructor(private readonly sink: ReconciliationSink) {}

	segment(segment: X12Segment): void {
		const { tag, elements } = segment;
		const at = (element: number): string => visible((elements[element - 1] ?? '').trim());
		switch (tag) {
			case 'ISA':
				this.leaveSet();
				// An acknowledgment goes back: its receiver sent what it is about.
				this.sender = at(8);
				this.receiver = at(6);
				this.interchangeNumber = at(13);
				this.acknowledgedAt = timestamp(`20${at(9)}`, at(10));
				return;
			case 'TA1':
				this.sink.items.push(this.interchangeItem(at));
				return;
			case 'ST':
				this.leaveSet();
				this.setNumber = at(2);
				if (at(1) === '824') {
					this.advice = new ApplicationAdvice(this.sink, this.envelope(), this.setNumber);
					return;
				}
				this.set =
					at(1) === '997' || at(1) === '999' ? (at(1) as FunctionalAcknowledgment) : undefined;
				if (this.set === undefined) this.sink.other(at(1));
				this.item = undefined;
				return;
			case 'SE':
				this.leaveSet();
				return;
			default:
				this.advice?.segment(segment);
				if (this.set !== undefined) this.inAcknowledgment(tag, at);
		}
	}

	end(): void {
		this.leaveSet();
	}

	private leaveSet(): void {
		this.leaveGroup();
		this.set = undefined;
		this.advice?.end();
		this.advice = undefined;
	}

	private envelope(): AnswerEnvelope {
		const { sender, receiver, acknowledgedAt } = this;
		const acknowledgmentControlNumber = this.interchangeNumber;
		return { sender, receiver, acknowledgmentControlNumber, acknowledgedAt };
	}

	private inAcknowledgment(tag: string, at: (element: number) => string): void {
		switch (tag) {
			case 'AK1':
				this.leaveGroup();
				this.group = { id: at(1), controlNumber: controlNumber(at(2), 1) };
				this.groupIsOpen = true;
				return;
			case 'AK2':
				this.leaveItem();
				this.item = { id: at(1), controlNumber: controlNumber(at(2), 4), errors: [] };
				this.segmentError = undefined;
				return;
			case 'AK3':
			case 'IK3':
				return this.addSegmentError(at);
			case 'AK4':
			case 'IK4':
				return this.addElementError(at);
			case 'AK5':
			case 'IK5':
				return this.closeItem(at(1), [at(2), at(3), at(4), at(5), at(6)]);
			case 'AK9':
				return this.closeGroup(at);
			default:
		}
	}

	private addSegmentError(at: (element: number) => string): void {
		this.segmentError = { segment: at(1), segmentPosition: numberOf(at(2)) ?? 0 };
		const code = at(4);
		// Code 8 is said by the AK4 segments that follow.
		if (code === '' || code === '8') return;
		const { segment, segmentPosition } = this.segmentError;
		this.item?.errors.push({
			code,
			message: `${segment} at segment ${segmentPosition}: ${wordsOf(AK304_WORDS, code)}`,
			segment,
			segmentPosition,
		});
	}

	private addElementError(at: (element: number) => string): void {
		const { segment = '', segmentPosition = 0 } = this.segmentError ?? {};
		// Some write C030 with another component separator than their ISA16.
		const [first, component, repetition] = at(1)
			.split(/[^0-9]/)
			.map(numberOf);
		const element = first ?? 0;
		const code = at(3);
		const value = at(4);
		const name = `${segment}${String(element).padStart(2, '0')}`;
		const part = component === undefined || component === 0 ? '' : `-${component}`;
		const copy = value === '' ? '' : ` ("${value}")`;
		this.item?.errors.push({
			code,
			message: `${name}${part} at segment ${segmentPosition}: ${wordsOf(AK403_WORDS, code)}${copy}`,
			segment,
			segmentPosition,
			element,
			...(component === undefined || component === 0 ? {} : { component }),
			...(repetition === undefined || repetition === 0 ? {} : { repetition }),
			...(at(2) === '' ? {} : { dataElement: at(2) }),
			...(value === '' ? {} : { value }),
		});
	}

	/** Without AK5 the partner left the answer open. */
	private leaveItem(): void {
		if (this.item === undefined) return;
		const { id, controlNumber: number } = this.item;
		this.sink.problem(`${this.where()}: AK5 is missing, so nothing is said of ${id} ${number}`);
		this.closeItem('', []);
	}

	/** Without AK9 nothing is said of the group, and its sets count as far as they were read. */
	private leaveGroup(): void {
		this.leaveItem();
		const { set, groupIsOpen, groupItems } = this;
		if (set === undefined || (!groupIsOpen && groupItems.length === 0)) return;
		const { id, controlNumber: number } = this.group;
		const message = `AK9 is missing, so nothing is said of group ${number} as a whole`;
		this.sink.problem(`${this.where()}: ${message}`);
		const errors = [{ code: '', message }];
		const what = `group ${number}`;
		this.sink.items.push(
			this.makeItem(set, 'group', '', { setId: id, setControlNumber: '', errors, what }),
			...groupItems,
		);
		this.groupItems = [];
		this.groupIsOpen = false;
	}

	private where(): string {
		return `${this.set} ${this.setNumber} about group ${this.group.controlNumber}`;
	}

	/** AK5 ends what AK2 began. */
	private closeItem(status: string, codes: readonly string[]): void {
		const { item, set } = this;
		this.item = undefined;
		if (item === undefined || set === undefined) return;
		const errors = [
			...item.errors,
			...codes
				.filter((code) => code !== '' && !(code === '5' && item.errors.length > 0))
				.map((code) => ({ code, message: wordsOf(AK502_WORDS, code) })),
		];
		this.groupItems.push(
			this.makeItem(set, 'set', status, {
				setId: item.id,
				setControlNumber: item.controlNumber,
				errors,
				what: `${item.id} ${item.controlNumber}`,
			}),
		);
	}

	private closeGroup(at: (element: number) => string): void {
		this.leaveItem();
		const { set } = this;
		if (set === undefined) return;
		const errors = [5, 6, 7, 8, 9]
			.map(at)
			.filter(Boolean)
			.map((code) => ({ code, message: wordsOf(AK905_WORDS, code) }));
		const [setsIncluded, setsReceived, setsAccepted] = [2, 3, 4].map((place) =>
			numberOf(at(place)),
		);
		const group = this.makeItem(set, 'group', at(1), {
			setId: this.group.id,
			setControlNumber: '',
			errors,
			what: `group ${this.group.controlNumber}`,
			...(setsIncluded === undefined ? {} : { setsIncluded }),
			...(setsReceived === undefined ? {} : { setsReceived }),
			...(setsAccepted === undefined ? {} : { setsAccepted }),
		});
		// The group comes first: it is what a file in the ledger is found by.
		this.sink.items.push(...this.settle(group, this.groupItems));
		this.groupItems = [];
		this.groupIsOpen = false;
	}

	/** AK9 and the AK5 below it can contradict each other: nothing rejected is taken as accepted. */
	private settle(group: ReconciledItem, sets: readonly ReconciledItem[]): ReconciledItem[] {
		const { outcome, status, setsReceived = sets.length, setsIncluded = 0, setsAccepted } = group;
		const said = `${this.where()}: AK9 says ${status} (${outcome})`;
		if (outcome === 'rejected') {
			const accepted = sets.filter((set) => isAccepted(set.outcome));
			if (accepted.length === 0) return [group, ...sets];
			this.sink.problem(`${said}, AK5 says ${listed(accepted)} accepted; the group counts`);
			return [group, ...sets.map((set) => this.fallWithGroup(set))];
		}
		if (!isAccepted(outcome)) return [group, ...sets];
		const rejected = sets.filter((set) => set.outcome === 'rejected');
		let left = Math.max(setsReceived, setsIncluded, sets.length) - rejected.length;
		if (rejected.length > 0) {
			this.sink.problem(
				`${said}, AK5 says ${listed(rejected)} rejected; what is said of the set counts`,
			);
		} else if (setsAccepted !== undefined && setsAccepted < setsReceived) {
			left = setsAccepted;
			this.sink.problem(
				`${said}, but also that ${setsAccepted} of ${setsReceived} sets were accepted; the count counts`,
			);
		} else return [group, ...sets];
		return [this.withOutcome(group, left > 0 ? 'partially accepted' : 'rejected'), ...sets];
	}

	private fallWithGroup(set: ReconciledItem): ReconciledItem {
		if (!isAccepted(set.outcome)) return set;
		const message = `the whole group was rejected, although AK5 says ${set.status}`;
		return this.withOutcome({ ...set, errors: [...set.errors, { code: '', message }] }, 'rejected');
	}

	private withOutcome(item: ReconciledItem, outcome: AcknowledgedOutcome): ReconciledItem {
		const { level, setId, setControlNumber, groupControlNumber, errors } = item;
		const what = level === 'group' ? `group ${groupControlNumber}` : `${setId} ${setControlNumber}`;
		return { ...item, outcome, summary: summarize(what, outcome, this.receiver, errors) };
	}

	private interchangeItem(at: (element: number) => string): ReconciledItem {
		const code = at(5);
		const number = controlNumber(at(1), 9);
		const errors =
			code === '' || code === '000' ? [] : [{ code, message: wordsOf(TA1_WORDS, code) }];
		return {
			...this.makeItem('TA1', 'interchange', at(4), {
				setId: '',
				setControlNumber: '',
				errors,
				what: `interchange ${number}`,
			}),
			interchangeControlNumber: number,
			groupControlNumber: '',
		};
	}

	private makeItem(
		acknowledgment: ReconciledItem['acknowledgment'],
		level: ReconciledItem['level'],
		status: string,
		{
			what,
			...facts
		}: Pick<ReconciledItem, 'setId' | 'setControlNumber' | 'errors'> &
			Partial<ReconciledItem> & { what: string },
	): ReconciledItem {
		const outcome = (Object.hasOwn(OUTCOMES, status) ? OUTCOMES[status] : undefined) ?? 'unknown';
		return {
			acknowledgment,
			level,
			outcome,
			status,
			...this.envelope(),
			interchangeControlNumber: '',
			groupControlNumber: this.group.controlNumber,
			...facts,
			summary: summarize(what, outcome, this.receiver, facts.errors),
		};
	}
}
