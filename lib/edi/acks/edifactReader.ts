import {
	type EdifactReadSegment,
	type EdifactSink,
	type InterchangeStart,
	messageSchema,
	type SegmentRules,
	type SyntaxVersion,
} from '../edifact';
import type { TokenizerProblem } from '../syntax';
import { readEdifactSegment } from './edifactBody';
import { checkParties, checkServiceSegment, partyOf } from './edifactService';
import { OpenMessage } from './openMessage';
import {
	DEFAULT_MAX_FINDINGS,
	type EnvelopeCode,
	detach,
	type EnvelopeFinding,
	type FileBudget,
	type GroupReading,
	type InterchangeReading,
	type MessageReading,
	type ReadingOptions,
} from './reading';

/** CONTRL is never acknowledged; APERAK acknowledges on the application level and is. */
const ACKNOWLEDGMENT_MESSAGE = 'CONTRL';
const NO_ELEMENTS: readonly string[] = [];

/** Problems that are reported otherwise, or mean nothing if the interchange is closed. */
const HARMLESS: ReadonlySet<TokenizerProblem['code']> = new Set([
	'serviceString',
	'headerMissing',
	'missingFinalTerminator',
]);

/** Turns segments into readings: what came, how it is enveloped and everything that is wrong. */
export class EdifactReader implements EdifactSink {
	private interchange: InterchangeReading | undefined;

	private group: GroupReading | undefined;

	private message: OpenMessage | undefined;

	private syntax: SyntaxVersion = 3;

	private rules: SegmentRules = { decimalMark: 'any' };

	private checkedRepertoire: string | undefined;

	private pendingServiceProblem: { message: string; offset: number } | undefined;

	private readonly seen = new Set<string>();

	private references = new Set<string>();

	private groupReferences = new Set<string>();

	private structureReported = false;

	private readonly maxFindings: number;

	constructor(
		private readonly options: ReadingOptions,
		private readonly onProblem: (problem: TokenizerProblem) => void,
		private readonly all: InterchangeReading[],
		private readonly budget: FileBudget,
	) {
		this.maxFindings = options.maxFindings ?? DEFAULT_MAX_FINDINGS;
	}

	start(start: InterchangeStart, offset: number): void {
		this.closeInterchange('another interchange begins');
		this.syntax = start.syntaxVersion >= 4 ? 4 : 3;
		const { decimalMark } = start.service;
		this.rules = {
			// Without UNA both marks are in use; from syntax 4 on UNA has no say (ISO 9735-1).
			decimalMark:
				start.hasUna && this.syntax === 3 && (decimalMark === ',' || decimalMark === '.')
					? decimalMark
					: 'any',
			...(this.options.anyCode === undefined ? {} : { anyCode: this.options.anyCode }),
			noTrailingSeparators: this.syntax === 4,
		};
		this.references = new Set();
		this.groupReferences = new Set();
		this.structureReported = false;
		if (!start.hasUnb) this.open(undefined, offset);
		if (start.problem !== undefined) {
			// UNB follows; the finding waits for its interchange.
			this.pendingServiceProblem = { message: start.problem, offset };
		}
	}

	segment(segment: EdifactReadSegment): void {
		switch (segment.tag) {
			case 'UNB':
				return this.openInterchange(segment);
			case 'UNG':
				return this.openGroup(segment);
			case 'UNH':
				return this.openMessage(segment);
			case 'UNT':
				return this.message === undefined ? this.misplaced(segment) : this.endMessage(segment);
			case 'UNE':
				return this.endGroup(segment);
			case 'UNZ':
				return this.endInterchange(segment);
			default:
				return this.message === undefined
					? this.misplaced(segment)
					: readEdifactSegment(this.message, segment, this.rules, this.checkedRepertoire);
		}
	}

	problem(problem: TokenizerProblem): void {
		this.onProblem(problem);
		const { code, message, offset } = problem;
		const { interchange, message: open } = this;
		if (interchange === undefined || HARMLESS.has(code)) return;
		if (open !== undefined && code !== 'lineBreakInSegment') {
			open.pending = { message, offset };
		} else if (code === 'emptySegment' || code === 'segmentTooLong') {
			this.report(interchange.envelope, 'structure', message, { offset });
		}
	}

	end(): void {
		this.closeInterchange('the file ends');
	}

	private openInterchange(segment: EdifactReadSegment): void {
		const interchange = this.open(segment, segment.offset);
		const { envelope } = interchange;
		const version = interchange.version;
		if (!/^[1-4]/.test(version)) {
			this.report(envelope, 'versionUnsupported', `syntax version "${version}" is not supported`, {
				segment: 'UNB',
				element: 1,
				component: 2,
				value: version,
				offset: segment.offset,
			});
		}
		this.checkService(segment, envelope);
		const key = [interchange.sender, interchange.receiver]
			.map(({ qualifier, id }) => `${qualifier}:${id}`)
			.concat(interchange.controlNumber)
			.join('|');
		if (this.seen.has(key)) {
			const message = `interchange ${interchange.controlNumber} of this sender stands in the file twice`;
			this.report(envelope, 'duplicate', message, { segment: 'UNB', element: 5 });
		}
		this.seen.add(key);
		envelope.push(...checkParties(interchange, this.options));
	}

	/** UNB, or an interchange without one: there is nothing to acknowledge it by. */
	private open(unb: EdifactReadSegment | undefined, offset: number): InterchangeReading {
		const at = (element: number): readonly string[] => unb?.elements[element - 1] ?? NO_ELEMENTS;
		const [syntaxId = '', version = ''] = at(1);
		this.checkedRepertoire = this.options.repertoire === 'check' ? syntaxId : undefined;
		const interchange: InterchangeReading = {
			standard: 'EDIFACT',
			sender: partyOf(at(2)),
			receiver: partyOf(at(3)),
			controlNumber: at(5)[0] ?? '',
			date: at(4)[0] ?? '',
			time: at(4)[1] ?? '',
			version,
			header: unb?.elements ?? [],
			usage: at(11)[0] ?? '',
			isTest: /^[1-4]$/.test(at(11)[0] ?? ''),
			acknowledgmentRequested: /^[12]$/.test(at(9)[0] ?? ''),
			offset,
			hasTa1: false,
			groups: [],
			envelope: [],
		};
		if (unb === undefined) {
			const message = 'UNB is missing; without it there is no one to answer to';
			this.report(interchange.envelope, 'headerMissing', message, { segment: 'UNB', offset });
		}
		if (this.pendingServiceProblem !== undefined) {
			const { message, offset: where } = this.pendingServiceProblem;
			interchange.envelope.push({
				code: 'serviceString',
				severity: 'warning',
				message,
				segment: 'UNA',
				offset: where,
			});
			this.pendingServiceProblem = undefined;
		}
		this.interchange = interchange;
		this.all.push(interchange);
		return interchange;
	}

	private openGroup(segment: EdifactReadSegment): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		if (this.message !== undefined) this.abandonMessage('a group begins');
		if (this.group !== undefined && !this.group.implicit) this.abandonGroup('another group begins');
		if (interchange.groups.some(({ implicit }) => implicit)) this.reportMixed(interchange, segment);
		const at = (element: number): readonly string[] => segment.elements[element - 1] ?? NO_ELEMENTS;
		const group: GroupReading = {
			implicit: false,
			functionalId: at(1)[0] ?? '',
			sender: partyOf(at(2)),
			receiver: partyOf(at(3)),
			controlNumber: at(5)[0] ?? '',
			version: at(7).join(':'),
			offset: segment.offset,
			isAcknowledgment: at(1)[0] === ACKNOWLEDGMENT_MESSAGE,
			messages: [],
			declaredCount: undefined,
			envelope: [],
		};
		this.checkService(segment, group.envelope);
		if (this.groupReferences.has(group.controlNumber)) {
			const message = `group reference ${group.controlNumber} stands in the interchange twice`;
			this.report(group.envelope, 'duplicate', message, { segment: 'UNG', element: 5 });
		}
		this.groupReferences.add(group.controlNumber);
		this.references = new Set();
		this.group = group;
		this.budget.records += 1;
		interchange.groups.push(group);
	}

	private reportMixed(interchange: InterchangeReading, { tag, offset }: EdifactReadSegment): void {
		if (interchange.envelope.some(({ code }) => code === 'groupsAndMessagesMixed')) return;
		const message = 'messages in groups and messages without stand in one interchange';
		this.report(interchange.envelope, 'groupsAndMessagesMixed', message, { segment: tag, offset });
	}

	private currentGroup(segment: EdifactReadSegment): GroupReading | undefined {
		const { interchange } = this;
		if (this.group !== undefined || interchange === undefined) return this.group;
		if (interchange.groups.some(({ implicit }) => !implicit))
			this.reportMixed(interchange, segment);
		this.group = {
			implicit: true,
			functionalId: '',
			sender: interchange.sender,
			receiver: interchange.receiver,
			controlNumber: '',
			version: '',
			offset: segment.offset,
			isAcknowledgment: false,
			messages: [],
			declaredCount: undefined,
			envelope: [],
		};
		interchange.groups.push(this.group);
		return this.group;
	}

	private openMessage(received: EdifactReadSegment): void {
		const segment = { ...received, elements: received.elements.map((parts) => parts.map(detach)) };
		if (this.message !== undefined) this.abandonMessage('another message begins');
		const group = this.currentGroup(segment);
		if (group === undefined) return;
		const controlNumber = segment.elements[0]?.[0] ?? '';
		const identifier = segment.elements[1] ?? NO_ELEMENTS;
		const [id = '', version = '', release = ''] = identifier;
		const directory = `${version}.${release}`;
		const schema = messageSchema(id, directory, this.syntax);
		const reading: MessageReading = {
			id,
			controlNumber,
			version: directory,
			identifier,
			offset: segment.offset,
			isAcknowledgment: id === ACKNOWLEDGMENT_MESSAGE,
			validated: schema !== undefined,
			segmentCount: 0,
			envelope: [],
			findings: [],
			findingsOmitted: 0,
		};
		this.checkService(segment, reading.envelope);
		const at = { segment: 'UNH', offset: segment.offset };
		if (this.references.has(controlNumber)) {
			const message = `message reference ${controlNumber} stands in the interchange twice`;
			this.report(reading.envelope, 'duplicate', message, { ...at, element: 1 });
		}
		this.references.add(controlNumber);
		if (schema === undefined && this.options.rejectUnsupported === true) {
			const message = `${identifier.join(':')} is not supported`;
			this.report(reading.envelope, 'unsupported', message, { ...at, element: 2 });
		}
		const [first] = group.messages;
		if (!group.implicit && first !== undefined && first.id !== id) {
			const message = `a group of ${first.id} messages holds ${id}`;
			if (!group.envelope.some(({ code }) => code === 'severalMessageTypes')) {
				this.report(group.envelope, 'severalMessageTypes', message, at);
			}
		}
		group.messages.push(reading);
		this.message = new OpenMessage(reading, schema, this.maxFindings);
		this.message.place('UNH', segment.offset);
	}

	private endMessage(segment: EdifactReadSegment): void {
		const message = this.message!;
		message.place('UNT', segment.offset);
		const { reading } = message;
		this.checkService(segment, reading.envelope);
		const [count = ''] = segment.elements[0] ?? NO_ELEMENTS;
		const [reference = ''] = segment.elements[1] ?? NO_ELEMENTS;
		const at = { segment: 'UNT', offset: segment.offset };
		if (count !== '' && Number(count) !== reading.segmentCount) {
			const text = `UNT says ${count}, the message has ${reading.segmentCount} segments`;
			this.report(reading.envelope, 'countMismatch', text, { ...at, element: 1, value: count });
		}
		if (reference !== '' && reference !== reading.controlNumber) {
			const text = `UNT refers to "${reference}", UNH is "${reading.controlNumber}"`;
			this.report(reading.envelope, 'controlNumberMismatch', text, {
				...at,
				element: 2,
				value: reference,
			});
		}
		this.finishMessage(true);
	}

	private abandonMessage(why: string): void {
		const { reading, lastOffset } = this.message!;
		this.report(reading.envelope, 'trailerMissing', `UNT is missing: ${why}`, {
			segment: 'UNT',
			offset: lastOffset,
		});
		this.finishMessage(false);
	}

	private finishMessage(hasTrailer: boolean): void {
		const message = this.message!;
		this.message = undefined;
		message.finish(hasTrailer ? undefined : 'UNT', this.budget);
		if (this.group !== undefined) this.options.onMessage?.(message.reading, this.group);
	}

	private endGroup(segment: EdifactReadSegment): void {
		if (this.message !== undefined) this.abandonMessage('the group ends');
		const { group } = this;
		if (group === undefined || group.implicit) return this.misplaced(segment);
		this.checkService(segment, group.envelope);
		const [count = ''] = segment.elements[0] ?? NO_ELEMENTS;
		const [reference = ''] = segment.elements[1] ?? NO_ELEMENTS;
		const at = { segment: 'UNE', offset: segment.offset };
		group.declaredCount = count;
		if (count !== '' && Number(count) !== group.messages.length) {
			const text = `UNE says ${count}, the group has ${group.messages.length} messages`;
			this.report(group.envelope, 'countMismatch', text, { ...at, element: 1, value: count });
		}
		if (reference !== '' && reference !== group.controlNumber) {
			const text = `UNE refers to "${reference}", UNG is "${group.controlNumber}"`;
			this.report(group.envelope, 'controlNumberMismatch', text, { ...at, element: 2 });
		}
		this.closeGroup(group);
	}

	private abandonGroup(why: string): void {
		if (this.message !== undefined) this.abandonMessage(why);
		const { group } = this;
		if (group === undefined) return;
		if (!group.implicit) {
			this.report(group.envelope, 'trailerMissing', `UNE is missing: ${why}`, { segment: 'UNE' });
		}
		this.closeGroup(group);
	}

	private closeGroup(group: GroupReading): void {
		if (group.messages.length === 0) {
			this.report(group.envelope, 'empty', 'the group has no message', { segment: 'UNG' });
		}
		this.group = undefined;
	}

	private endInterchange(segment: EdifactReadSegment): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		this.abandonGroup('the interchange ends');
		this.checkService(segment, interchange.envelope);
		const [count = ''] = segment.elements[0] ?? NO_ELEMENTS;
		const [reference = ''] = segment.elements[1] ?? NO_ELEMENTS;
		const explicit = interchange.groups.filter(({ implicit }) => !implicit).length;
		const messages = interchange.groups.reduce((sum, group) => sum + group.messages.length, 0);
		const counted = explicit > 0 ? explicit : messages;
		const at = { segment: 'UNZ', offset: segment.offset };
		if (count !== '' && Number(count) !== counted) {
			const things = explicit > 0 ? 'groups' : 'messages';
			const text = `UNZ says ${count}, the interchange has ${counted} ${things}`;
			this.report(interchange.envelope, 'countMismatch', text, { ...at, element: 1, value: count });
		}
		if (reference !== '' && reference !== interchange.controlNumber) {
			const text = `UNZ refers to "${reference}", UNB is "${interchange.controlNumber}"`;
			this.report(interchange.envelope, 'controlNumberMismatch', text, {
				...at,
				element: 2,
				value: reference,
			});
		}
		this.finishInterchange(interchange);
	}

	private closeInterchange(why: string): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		this.abandonGroup(why);
		// Without UNB there is nothing that UNZ could close.
		if (interchange.header.length > 0) {
			this.report(interchange.envelope, 'trailerMissing', `UNZ is missing: ${why}`, {
				segment: 'UNZ',
			});
		}
		this.finishInterchange(interchange);
	}

	private finishInterchange(interchange: InterchangeReading): void {
		if (interchange.groups.length === 0) {
			this.report(interchange.envelope, 'empty', 'the interchange has no message', {
				segment: 'UNH',
			});
		}
		this.interchange = undefined;
	}

	private checkService(segment: EdifactReadSegment, list: EnvelopeFinding[]): void {
		list.push(...checkServiceSegment(segment, this.syntax));
	}

	private misplaced({ tag, offset }: EdifactReadSegment): void {
		const { interchange } = this;
		if (interchange === undefined || this.structureReported) return;
		this.structureReported = true;
		const message = `${tag} stands outside of a message`;
		this.report(interchange.envelope, 'structure', message, { segment: tag, offset });
	}

	private report(
		list: EnvelopeFinding[],
		code: EnvelopeCode,
		message: string,
		where: Partial<EnvelopeFinding>,
	): void {
		list.push({ code, severity: 'error', message, ...where });
	}
}
