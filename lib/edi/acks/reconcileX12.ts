import type { X12Delimiters, X12Segment } from '../x12';
import {
	AK304_WORDS,
	AK403_WORDS,
	AK502_WORDS,
	AK905_WORDS,
	TA1_WORDS,
	wordsOf,
} from './codeWords';
import {
	summarize,
	timestamp,
	type AcknowledgedError,
	type AcknowledgedOutcome,
	type ReconciledItem,
} from './reconciled';

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

/** Collects what 997, 999 and TA1 say, one item for each thing they speak about. */
export class X12Reconciler {
	private sender = '';

	private receiver = '';

	private interchangeNumber = '';

	private acknowledgedAt = '';

	private set: FunctionalAcknowledgment | undefined;

	private group = { id: '', controlNumber: '' };

	private item: { id: string; controlNumber: string; errors: AcknowledgedError[] } | undefined;

	private segmentError: { segment: string; segmentPosition: number } | undefined;

	private groupItems: ReconciledItem[] = [];

	constructor(
		private readonly items: ReconciledItem[],
		private readonly others: Set<string>,
	) {}

	segment({ tag, elements }: X12Segment, delimiters: X12Delimiters): void {
		const at = (element: number): string => (elements[element - 1] ?? '').trim();
		switch (tag) {
			case 'ISA':
				// An acknowledgment goes back: its receiver sent what it is about.
				this.sender = at(8);
				this.receiver = at(6);
				this.interchangeNumber = at(13);
				this.acknowledgedAt = timestamp(`20${at(9)}`, at(10));
				return;
			case 'TA1':
				this.items.push(this.interchangeItem(at));
				return;
			case 'ST':
				this.set =
					at(1) === '997' || at(1) === '999' ? (at(1) as FunctionalAcknowledgment) : undefined;
				if (this.set === undefined) this.others.add(at(1));
				this.item = undefined;
				return;
			case 'SE':
				this.closeItem('', []);
				this.set = undefined;
				return;
			default:
				if (this.set !== undefined) this.inAcknowledgment(tag, at, delimiters);
		}
	}

	end(): void {
		this.closeItem('', []);
	}

	private inAcknowledgment(
		tag: string,
		at: (element: number) => string,
		delimiters: X12Delimiters,
	): void {
		switch (tag) {
			case 'AK1':
				this.group = { id: at(1), controlNumber: at(2).replace(/^0+(?=\d)/, '') };
				this.groupItems = [];
				return;
			case 'AK2':
				this.closeItem('', []);
				this.item = { id: at(1), controlNumber: at(2), errors: [] };
				this.segmentError = undefined;
				return;
			case 'AK3':
			case 'IK3':
				return this.addSegmentError(at);
			case 'AK4':
			case 'IK4':
				return this.addElementError(at, delimiters);
			case 'AK5':
			case 'IK5':
				return this.closeItem(at(1), [at(2), at(3), at(4), at(5), at(6)]);
			case 'AK9':
				return this.closeGroup(at);
			default:
		}
	}

	private addSegmentError(at: (element: number) => string): void {
		this.segmentError = { segment: at(1), segmentPosition: Number(at(2)) || 0 };
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

	private addElementError(at: (element: number) => string, delimiters: X12Delimiters): void {
		const { segment = '', segmentPosition = 0 } = this.segmentError ?? {};
		const [element = 0, component, repetition] = at(1).split(delimiters.component).map(Number);
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

	/** AK5 ends what AK2 began; without it the partner left the answer open. */
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
		this.closeItem('', []);
		const { set } = this;
		if (set === undefined) return;
		const count = (element: number): number | undefined =>
			/^\d+$/.test(at(element)) ? Number(at(element)) : undefined;
		const errors = [5, 6, 7, 8, 9]
			.map(at)
			.filter(Boolean)
			.map((code) => ({ code, message: wordsOf(AK905_WORDS, code) }));
		const [setsIncluded, setsReceived, setsAccepted] = [count(2), count(3), count(4)];
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
		this.items.push(group, ...this.groupItems);
		this.groupItems = [];
	}

	private interchangeItem(at: (element: number) => string): ReconciledItem {
		const code = at(5);
		const errors =
			code === '' || code === '000' ? [] : [{ code, message: wordsOf(TA1_WORDS, code) }];
		return {
			...this.makeItem('TA1', 'interchange', at(4), {
				setId: '',
				setControlNumber: '',
				errors,
				what: `interchange ${at(1)}`,
			}),
			interchangeControlNumber: at(1),
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
		const outcome = OUTCOMES[status] ?? 'unknown';
		return {
			acknowledgment,
			level,
			outcome,
			status,
			sender: this.sender,
			receiver: this.receiver,
			interchangeControlNumber: '',
			groupControlNumber: this.group.controlNumber,
			acknowledgmentControlNumber: this.interchangeNumber,
			acknowledgedAt: this.acknowledgedAt,
			...facts,
			summary: summarize(what, outcome, this.receiver, facts.errors),
		};
	}
}
