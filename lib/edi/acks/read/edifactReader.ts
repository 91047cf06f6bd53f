import {
	additionalCodesOf,
	isEdifactSegment,
	isKnownCharacterSet,
	messageSchema,
} from '../../edifact';
import type {
	EdifactReadSegment,
	EdifactSink,
	InterchangeStart,
	SegmentRules,
	SyntaxVersion,
} from '../../edifact';
import type { TokenizerProblem } from '../../syntax';
import { isApplicationAnswer } from './applicationAnswer';
import { readEdifactSegment } from './edifactBody';
import { canEchoGroup, canEchoInterchange, canEchoMessage, hindersEcho } from './edifactEcho';
import {
	ACKNOWLEDGMENT_MESSAGE,
	elementOf,
	groupOf,
	implicitGroup,
	interchangeOf,
} from './edifactRecords';
import {
	checkAge,
	checkParties,
	checkServiceSegment,
	checkTrailer,
	checkType,
	foreignServiceCode,
	isSecured,
	SERVICE_PROBLEMS,
	unsupported,
} from './edifactService';
import { OpenMessage } from './openMessage';
import { DEFAULT_MAX_FINDINGS, detach } from './reading';
import type {
	EnvelopeCode,
	EnvelopeFinding,
	FileBudget,
	GroupReading,
	InterchangeReading,
	MessageReading,
	ReadingOptions,
} from './reading';

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

	/** What was found before the interchange it belongs to could be opened. */
	private pendingFindings: EnvelopeFinding[] = [];

	/** With the codes that the message's association adds. */
	private messageRules: SegmentRules = this.rules;

	/** UNB 0001 where we cannot tell what its bytes beyond ASCII mean. */
	private unknownCharacterSet: string | undefined;

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
		this.dropHeaderless();
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
		if (start.problem !== undefined) {
			const { kind, message } = start.problem;
			// Where UNB follows the finding waits for its interchange.
			const segment = start.hasUna ? 'UNA' : 'UNB';
			this.pendingFindings.push({ ...SERVICE_PROBLEMS[kind], message, segment, offset });
		}
		if (!start.hasUnb) this.open(undefined, offset);
	}

	segment(segment: EdifactReadSegment): void {
		if (this.unknownCharacterSet !== undefined && !segment.plain) this.checkReadable(segment);
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
					: this.readBody(this.message, segment);
		}
	}

	private readBody(open: OpenMessage, segment: EdifactReadSegment): void {
		if (!isSecured(segment.tag, open.reading)) {
			return readEdifactSegment(open, segment, this.messageRules, this.checkedRepertoire);
		}
		open.pass(segment.offset);
		const { envelope } = open.reading;
		if (envelope.some(({ code }) => code === 'securityUnsupported')) return undefined;
		const { tag, offset } = segment;
		const message = `${tag}: signatures and encryption are not checked here`;
		return this.report(envelope, 'securityUnsupported', message, { segment: tag, offset });
	}

	problem(problem: TokenizerProblem): void {
		this.onProblem(problem);
		const { code, message, offset } = problem;
		const { interchange, message: open } = this;
		if (interchange === undefined || HARMLESS.has(code)) return;
		if (code === 'segmentTooLong') {
			open?.pass(offset);
			const { envelope } = open?.reading ?? interchange;
			this.report(envelope, 'unreadable', message, { offset });
		} else if (open !== undefined && code !== 'lineBreakInSegment') {
			open.pending = { message, offset };
		} else if (code === 'emptySegment') {
			this.report(interchange.envelope, 'structure', message, { offset });
		}
	}

	end(): void {
		this.closeInterchange('the file ends');
	}

	private openInterchange(segment: EdifactReadSegment): void {
		// A UNB that does not look like one to the tokenizer may stand in the middle of another's.
		this.closeInterchange('another interchange begins');
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
		envelope.push(
			...checkParties(interchange, this.options),
			...checkAge(segment, this.options.oldest),
		);
		if (!canEchoInterchange(interchange)) {
			envelope.push({
				code: 'elementMissing',
				severity: 'warning',
				message:
					'no CONTRL can be sent: it would have to repeat the reference and the parties of UNB',
				segment: 'UNB',
				offset: segment.offset,
			});
		}
	}

	/** ASCII is the same everywhere; what lies beyond is not. */
	private checkReadable({ elements, offset }: EdifactReadSegment): void {
		const { interchange, unknownCharacterSet: id } = this;
		// eslint-disable-next-line no-control-regex -- ISO 2022 changes alphabets by escape sequences
		const isBeyond = (value: string): boolean => /[^\u0000-\u007f]|\u001b/.test(value);
		if (interchange === undefined || !elements.some((parts) => parts.some(isBeyond))) return;
		this.unknownCharacterSet = undefined;
		const code = this.syntax === 4 ? 'characterSetUnsupported' : 'versionUnsupported';
		const message = `characters of ${id} cannot be read; set the character set`;
		const where = { segment: 'UNB', element: 1, component: 1, offset };
		this.report(interchange.envelope, code, message, where);
	}

	private open(unb: EdifactReadSegment | undefined, offset: number): InterchangeReading {
		const interchange = interchangeOf(unb, offset);
		const syntaxId = interchange.header[0]?.[0] ?? '';
		this.checkedRepertoire = this.options.repertoire === 'check' ? syntaxId : undefined;
		const isTold = syntaxId === '' || this.options.encoding !== undefined;
		this.unknownCharacterSet = isTold || isKnownCharacterSet(syntaxId) ? undefined : syntaxId;
		if (unb === undefined) {
			const message = 'UNB is missing; without it there is no one to answer to';
			this.report(interchange.envelope, 'headerMissing', message, { segment: 'UNB', offset });
		}
		interchange.envelope.push(...this.pendingFindings);
		this.pendingFindings = [];
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
		const group = groupOf(segment);
		const echoed = canEchoGroup(group, this.syntax);
		this.checkService(segment, group.envelope, echoed ? undefined : interchange.envelope);
		group.envelope.push(...checkAge(segment, this.options.oldest));
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
		this.group = implicitGroup(interchange, segment.offset);
		interchange.groups.push(this.group);
		return this.group;
	}

	private openMessage(received: EdifactReadSegment): void {
		const segment = { ...received, elements: received.elements.map((parts) => parts.map(detach)) };
		if (this.message !== undefined) this.abandonMessage('another message begins');
		const group = this.currentGroup(segment);
		if (group === undefined) return;
		const controlNumber = elementOf(segment, 1)[0] ?? '';
		const identifier = elementOf(segment, 2);
		const [id = '', version = '', release = '', , association = ''] = identifier;
		const directory = `${version}.${release}`;
		const schema = messageSchema(id, directory, this.syntax);
		const reading: MessageReading = {
			id,
			controlNumber,
			version: directory,
			identifier,
			offset: segment.offset,
			isAcknowledgment:
				id === ACKNOWLEDGMENT_MESSAGE ||
				(this.options.leaveApplicationAnswers === true && isApplicationAnswer(id)),
			validated: schema !== undefined,
			segmentCount: 0,
			envelope: [],
			findings: [],
			findingsOmitted: 0,
		};
		const above = group.implicit ? this.interchange! : group;
		const echoed = canEchoMessage(reading, this.syntax);
		this.checkService(segment, reading.envelope, echoed ? undefined : above.envelope);
		const at = { segment: 'UNH', offset: segment.offset };
		if (this.references.has(controlNumber)) {
			const message = `message reference ${controlNumber} stands in the interchange twice`;
			this.report(reading.envelope, 'duplicate', message, { ...at, element: 1 });
		}
		this.references.add(controlNumber);
		if (schema === undefined && this.options.rejectUnsupported === true) {
			reading.envelope.push(unsupported(reading, at));
		}
		const [first] = group.messages;
		if (first === undefined && this.syntax === 3) group.envelope.push(...checkType(group, id));
		if (!group.implicit && first !== undefined && first.id !== id) {
			const message = `a group of ${first.id} messages holds ${id}`;
			if (!group.envelope.some(({ code }) => code === 'severalMessageTypes')) {
				this.report(group.envelope, 'severalMessageTypes', message, at);
			}
		}
		group.messages.push(reading);
		this.messageRules = { ...this.rules, ...additionalCodesOf(association) };
		this.message = new OpenMessage(reading, schema, this.maxFindings, isEdifactSegment);
		this.message.place('UNH', segment.offset);
	}

	private endMessage(segment: EdifactReadSegment): void {
		const message = this.message!;
		message.place('UNT', segment.offset);
		const { reading } = message;
		this.checkService(segment, reading.envelope);
		const counted = { count: reading.segmentCount, what: 'the message', things: 'segments' };
		const header = { tag: 'UNH', reference: reading.controlNumber };
		reading.envelope.push(...checkTrailer(segment, counted, header));
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
		group.declaredCount = elementOf(segment, 1)[0] ?? '';
		const counted = { count: group.messages.length, what: 'the group', things: 'messages' };
		const header = { tag: 'UNG', reference: group.controlNumber };
		group.envelope.push(...checkTrailer(segment, counted, header));
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
		const groups = interchange.groups.filter(({ implicit }) => !implicit).length;
		const messages = interchange.groups.reduce((sum, group) => sum + group.messages.length, 0);
		const things = groups > 0 ? 'groups' : 'messages';
		const counted = { count: groups > 0 ? groups : messages, what: 'the interchange', things };
		const header = { tag: 'UNB', reference: interchange.controlNumber };
		interchange.envelope.push(...checkTrailer(segment, counted, header));
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

	/** Segments between UNA and UNB, none of them a message, make no interchange of their own. */
	private dropHeaderless(): void {
		const { interchange } = this;
		if (interchange === undefined || interchange.header.length > 0) return;
		if (interchange.groups.length > 0 || this.all.at(-1) !== interchange) return;
		this.all.pop();
		this.interchange = undefined;
		const stray = interchange.envelope.find(({ code }) => code === 'structure');
		if (stray !== undefined) this.pendingFindings.push(stray);
	}

	private finishInterchange(interchange: InterchangeReading): void {
		if (interchange.groups.length === 0) {
			this.report(interchange.envelope, 'empty', 'the interchange has no message', {
				segment: 'UNH',
			});
		}
		this.interchange = undefined;
	}

	/** `above` takes what keeps the acknowledgment from naming this level. */
	private checkService(
		segment: EdifactReadSegment,
		list: EnvelopeFinding[],
		above?: EnvelopeFinding[],
	): void {
		for (const finding of checkServiceSegment(segment, this.syntax)) {
			(above !== undefined && hindersEcho(finding) ? above : list).push(finding);
		}
	}

	private misplaced({ tag, offset }: EdifactReadSegment): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		// A CONTRL without its UNH is one nevertheless.
		if (/^UC[IMFSD]$/.test(tag)) interchange.hasTa1 = true;
		if (this.structureReported) return;
		this.structureReported = true;
		const code = foreignServiceCode(tag, this.syntax) ?? 'structure';
		const message = `${tag} stands outside of a message`;
		this.report(interchange.envelope, code, message, { segment: tag, offset });
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
