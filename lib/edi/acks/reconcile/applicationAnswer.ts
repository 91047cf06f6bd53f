import type { EdifactReadSegment } from '../../edifact';
import type { X12Segment } from '../../x12';
import { controlNumber, visible } from '../read';
import { APPLICATION_ERROR_WORDS, wordsOf } from './codeWords';
import { numberOf, summarize } from './reconciled';
import type {
	AcknowledgedError,
	AcknowledgedOutcome,
	ReconciledItem,
	ReconciliationSink,
} from './reconciled';

/** What the interchange around it says. */
export interface AnswerEnvelope {
	/** Of our file: the receiver of the answer. */
	readonly sender: string;
	readonly receiver: string;
	readonly acknowledgmentControlNumber: string;
	readonly acknowledgedAt: string;
}

/** One document, and all that is said of it. */
interface AnsweredDocument {
	readonly kind: string;
	readonly number: string;
	readonly setId: string;
	readonly groupControlNumber: string;
	readonly setControlNumber: string;
	readonly said: { readonly outcome: AcknowledgedOutcome; readonly status: string }[];
	readonly errors: AcknowledgedError[];
}

/** Of several verdicts on parts of a document, none of which is lost. */
function together(outcomes: readonly AcknowledgedOutcome[]): AcknowledgedOutcome {
	const all = new Set(outcomes);
	if (all.size === 1) return outcomes[0]!;
	if (all.has('unknown')) return 'unknown';
	return all.has('rejected') || all.has('partially accepted')
		? 'partially accepted'
		: 'accepted with errors';
}

function itemOf(
	acknowledgment: '824' | 'APERAK',
	{ kind, number, setId, groupControlNumber, setControlNumber, said, errors }: AnsweredDocument,
	envelope: AnswerEnvelope,
): ReconciledItem {
	const outcome = together(said.map((one) => one.outcome));
	const what = [kind, number || `${setId} ${setControlNumber}`.trim()].filter(Boolean).join(' ');
	return {
		acknowledgment,
		level: 'document',
		outcome,
		status: [...new Set(said.map(({ status }) => status))].join(' ').trim(),
		...envelope,
		interchangeControlNumber: '',
		groupControlNumber,
		setControlNumber,
		setId,
		documentNumber: number,
		errors,
		summary: summarize(what, outcome, envelope.receiver, errors),
	};
}

/** DE128 and 1153: what a reference refers to. */
const KINDS: Readonly<Record<string, string>> = {
	IV: 'invoice',
	IN: 'invoice',
	PO: 'order',
	ON: 'order',
};

function kindOf(qualifier: string): string {
	return (Object.hasOwn(KINDS, qualifier) ? KINDS[qualifier] : undefined) ?? 'document';
}

/** DE110: the first letter says of what (set, item, batch, group), the second what. */
const OTI_OUTCOMES: Readonly<Record<string, AcknowledgedOutcome>> = {
	A: 'accepted',
	C: 'accepted with errors',
	E: 'accepted with errors',
	P: 'partially accepted',
	R: 'rejected',
};

/** Reads one 824 between ST and SE. */
export class ApplicationAdvice {
	private readonly documents = new Map<string, AnsweredDocument>();

	private current: AnsweredDocument | undefined;

	constructor(
		private readonly sink: ReconciliationSink,
		private readonly envelope: AnswerEnvelope,
		private readonly setNumber: string,
	) {}

	segment({ tag, elements }: X12Segment): void {
		const at = (element: number): string => visible((elements[element - 1] ?? '').trim());
		switch (tag) {
			case 'OTI':
				return this.begin(at);
			case 'TED':
				return this.addError(at);
			case 'LQ':
				if (at(2) !== '') this.current?.errors.push({ code: at(2), message: `code ${at(2)}` });
				return;
			case 'NTE':
				return this.addWords(at(2));
			case 'RED':
				return this.addWords(at(1));
			default:
		}
	}

	end(): void {
		if (this.documents.size === 0) {
			this.sink.problem(`824 ${this.setNumber}: OTI is missing, so nothing is said of a document`);
		}
		for (const document of this.documents.values()) {
			this.sink.items.push(itemOf('824', document, this.envelope));
		}
	}

	private begin(at: (element: number) => string): void {
		const status = at(1);
		const found = OTI_OUTCOMES[/^[TIBG]([ACEPR])$/.exec(status)?.[1] ?? ''];
		if (found === undefined) {
			this.sink.problem(`824 ${this.setNumber}: OTI01 "${status}" is not known, for ${at(3)}`);
		}
		const group = at(8) === '' ? '' : controlNumber(at(8), 1);
		const set = at(9) === '' ? '' : controlNumber(at(9), 4);
		const key = JSON.stringify([at(3), group, set]);
		const document = this.documents.get(key) ?? {
			kind: kindOf(at(2)),
			number: at(3),
			setId: at(10),
			groupControlNumber: group,
			setControlNumber: set,
			said: [],
			errors: [],
		};
		document.said.push({ outcome: found ?? 'unknown', status });
		this.documents.set(key, document);
		this.current = document;
	}

	private addError(at: (element: number) => string): void {
		const [code, words, segment, value] = [at(1), at(2), at(3), at(7)];
		const segmentPosition = numberOf(at(4));
		const element = numberOf(at(5));
		const place = [
			segment,
			segmentPosition === undefined ? '' : `at segment ${segmentPosition}`,
			element === undefined ? '' : `element ${element}`,
		].filter(Boolean);
		const said = words === '' ? wordsOf(APPLICATION_ERROR_WORDS, code) : words;
		const where = place.length === 0 ? '' : `${place.join(' ')}: `;
		this.current?.errors.push({
			code,
			message: `${where}${said}${value === '' ? '' : ` ("${value}")`}`,
			...(segment === '' ? {} : { segment }),
			...(segmentPosition === undefined ? {} : { segmentPosition }),
			...(element === undefined ? {} : { element }),
			...(at(6) === '' ? {} : { dataElement: at(6) }),
			...(value === '' ? {} : { value }),
		});
	}

	/** Notes and related data belong to the error before them. */
	private addWords(words: string): void {
		addToLast(this.current?.errors, words);
	}
}

function addToLast(errors: AcknowledgedError[] | undefined, words: string): void {
	if (errors === undefined || words === '') return;
	const last = errors.pop();
	const message = last === undefined ? words : `${last.message}; ${words}`;
	errors.push({ ...(last ?? { code: '' }), message });
}

/** BGM 4343, in the words of UNTDID. */
const RESPONSES: Readonly<Record<string, AcknowledgedOutcome>> = {
	AB: 'received',
	AC: 'accepted with errors',
	AD: 'accepted',
	AP: 'accepted',
	CA: 'accepted with errors',
	RE: 'rejected',
};

/** BGM 1225: not accepted, accepted, accepted with amendments or reserves. */
const FUNCTIONS: Readonly<Record<string, AcknowledgedOutcome>> = {
	'27': 'rejected',
	'28': 'accepted with errors',
	'29': 'accepted',
	'30': 'accepted with errors',
	'44': 'accepted',
	'45': 'accepted with errors',
};

/** What an APERAK is about, the surest first; ACW is any message sent before. */
const REFERENCES = ['IV', 'ON', 'DM', 'ACW'];

/** Reads one APERAK between UNH and UNT. */
export class ApplicationErrors {
	private verdict: AcknowledgedOutcome | undefined;

	private status = '';

	private readonly references: { readonly qualifier: string; readonly number: string }[] = [];

	private readonly errors: AcknowledgedError[] = [];

	private inErrors = false;

	constructor(
		private readonly sink: ReconciliationSink,
		private readonly envelope: AnswerEnvelope,
		private readonly messageReference: string,
	) {}

	segment({ tag, elements }: EdifactReadSegment): void {
		const at = (element: number, component = 1): string =>
			visible(elements[element - 1]?.[component - 1] ?? '');
		switch (tag) {
			case 'BGM':
				this.status = [at(3), at(4)].filter(Boolean).join(' ');
				this.verdict = own(RESPONSES, at(4)) ?? own(FUNCTIONS, at(3));
				return;
			case 'DOC':
				if (at(2) !== '') this.references.unshift({ qualifier: '', number: at(2) });
				return;
			case 'RFF':
				// Behind ERC it names a place in the document.
				if (this.inErrors) addToLast(this.errors, [at(1), at(1, 2)].filter(Boolean).join(' '));
				else if (at(1, 2) !== '') this.references.push({ qualifier: at(1), number: at(1, 2) });
				return;
			case 'ERC':
				this.inErrors = true;
				this.errors.push({ code: at(1), message: `error ${at(1)}` });
				return;
			case 'FTX': {
				const words = [1, 2, 3, 4, 5].map((part) => at(4, part)).filter(Boolean).join(' ');
				if (this.inErrors || this.verdict === 'rejected') addToLast(this.errors, words);
				return;
			}
			default:
		}
	}

	end(): void {
		const about =
			this.references.find(({ qualifier }) => qualifier === '') ??
			REFERENCES.flatMap(
				(wanted) => this.references.find(({ qualifier }) => qualifier === wanted) ?? [],
			)[0] ??
			this.references[0];
		if (about === undefined) {
			this.sink.problem(
				`APERAK ${this.messageReference}: RFF is missing, so nothing is said of a document`,
			);
		}
		this.sink.items.push(
			itemOf(
				'APERAK',
				{
					kind: kindOf(about?.qualifier ?? ''),
					number: about?.number ?? '',
					setId: '',
					groupControlNumber: '',
					setControlNumber: '',
					said: [{ outcome: this.outcome(), status: this.status }],
					errors: this.errors,
				},
				this.envelope,
			),
		);
	}

	/**
	 * Where BGM says nothing, the purpose of the message does (APERAK, 1.1): it tells of errors for which
	 * a message was rejected, and without them that it was received.
	 */
	private outcome(): AcknowledgedOutcome {
		const { verdict, errors } = this;
		if (verdict === undefined) return this.inErrors ? 'rejected' : 'received';
		return verdict === 'accepted' && errors.length > 0 ? 'accepted with errors' : verdict;
	}
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
