import {
	type EdifactReadSegment,
	type EdifactSink,
	type InterchangeStart,
	messageSchema,
	type SegmentRules,
	serviceSegments,
	type ServiceString,
	type SyntaxVersion,
	validateSegment,
} from '../edifact';
import {
	compileStructure,
	type Finding,
	type FindingCode,
	type MessageSchema,
	StructureMatcher,
	type TokenizerProblem,
} from '../syntax';
import {
	DEFAULT_MAX_FINDINGS,
	type EnvelopeCode,
	detach,
	type EnvelopeFinding,
	type FindingsBudget,
	type GroupReading,
	type InterchangeReading,
	keepFindings,
	type MessageReading,
	type PartyReference,
	type ReadingOptions,
} from './reading';
import { isOutsideRepertoire } from './unoRepertoire';

/** CONTRL is never acknowledged; APERAK acknowledges on the application level and is. */
const ACKNOWLEDGMENT_MESSAGE = 'CONTRL';
/** Beyond this many times the kept findings nothing more is looked for in a message. */
const STRUCTURE_LIMIT = 10;
const NO_ELEMENTS: readonly string[] = [];

interface OpenMessage {
	readonly reading: MessageReading;
	readonly schema: MessageSchema | undefined;
	readonly matcher: StructureMatcher | undefined;
	readonly elementFindings: Finding[];
	lastOffset: number;
	/** What the tokenizer said about the segment that comes next. */
	pending: { readonly message: string; readonly offset: number } | undefined;
}

/** Problems that are reported otherwise, or mean nothing if the interchange is closed. */
const HARMLESS: ReadonlySet<TokenizerProblem['code']> = new Set([
	'serviceString',
	'headerMissing',
	'missingFinalTerminator',
]);

/** Findings in service segments, as what they mean for the envelope. */
const SERVICE_CODES: Partial<Record<FindingCode, EnvelopeCode>> = {
	elementMissing: 'elementMissing',
	tooManyElements: 'tooManyElements',
	tooManyComponents: 'tooManyElements',
	tooLong: 'elementTooLong',
	tooShort: 'elementTooShort',
	invalidType: 'elementType',
	invalidDecimal: 'elementType',
	invalidCharacter: 'characterInvalid',
};

/** Turns segments into readings: what came, how it is enveloped and everything that is wrong. */
export class EdifactReader implements EdifactSink {
	private interchange: InterchangeReading | undefined;

	private group: GroupReading | undefined;

	private message: OpenMessage | undefined;

	private syntax: SyntaxVersion = 3;

	private rules: SegmentRules = { decimalMark: 'any' };

	private repertoire = '';

	private readonly seen = new Set<string>();

	private references = new Set<string>();

	private groupReferences = new Set<string>();

	private structureReported = false;

	private readonly maxFindings: number;

	constructor(
		private readonly options: ReadingOptions,
		private readonly onProblem: (problem: TokenizerProblem) => void,
		private readonly all: InterchangeReading[],
		private readonly budget: FindingsBudget,
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
		this.repertoire = '';
		this.references = new Set();
		this.groupReferences = new Set();
		this.structureReported = false;
		if (!start.hasUnb) this.open(undefined, offset);
		if (start.problem !== undefined) {
			// UNB follows; the finding waits for its interchange.
			this.pendingServiceProblem = { message: start.problem, offset };
		}
	}

	private pendingServiceProblem: { message: string; offset: number } | undefined;

	segment(segment: EdifactReadSegment, _service: ServiceString): void {
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
					: this.inMessage(this.message, segment);
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
		this.checkParties(interchange);
	}

	private checkParties(interchange: InterchangeReading): void {
		const { sender, receiver, envelope } = interchange;
		const knows = (ids: readonly string[] | undefined, party: PartyReference): boolean =>
			ids === undefined ||
			ids.length === 0 ||
			ids.includes(party.id) ||
			ids.includes(`${party.qualifier}:${party.id}`);
		if (!knows(this.options.acceptedReceivers, receiver)) {
			const message = `the recipient ${receiver.id} is not one of ours`;
			this.report(envelope, 'receiverUnknown', message, { segment: 'UNB', element: 3 });
		}
		if (!knows(this.options.acceptedSenders, sender)) {
			const message = `the sender ${sender.id} is not a known partner`;
			this.report(envelope, 'senderUnknown', message, { segment: 'UNB', element: 2 });
		}
		if (this.options.productionOnly === true && interchange.isTest) {
			const message = 'test interchanges are not accepted here';
			this.report(envelope, 'testNotAccepted', message, { segment: 'UNB', element: 11 });
		}
	}

	/** UNB, or an interchange without one: there is nothing to acknowledge it by. */
	private open(unb: EdifactReadSegment | undefined, offset: number): InterchangeReading {
		const at = (element: number): readonly string[] => unb?.elements[element - 1] ?? NO_ELEMENTS;
		const [syntaxId = '', version = ''] = at(1);
		this.repertoire = syntaxId;
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
		this.message = {
			reading,
			schema,
			matcher:
				schema === undefined ? undefined : new StructureMatcher(compileStructure(schema.structure)),
			elementFindings: [],
			lastOffset: segment.offset,
			pending: undefined,
		};
		this.place(this.message, segment);
	}

	private place(message: OpenMessage, segment: EdifactReadSegment): string | undefined {
		const { reading, matcher } = message;
		reading.segmentCount += 1;
		message.lastOffset = segment.offset;
		if (message.pending !== undefined) {
			message.elementFindings.push({
				code: 'invalidCharacter',
				...message.pending,
				segment: segment.tag,
				segmentPosition: reading.segmentCount,
			});
			message.pending = undefined;
		}
		if (matcher === undefined) return undefined;
		if (matcher.findings.length > this.maxFindings * STRUCTURE_LIMIT) {
			reading.findingsOmitted += 1;
			return undefined;
		}
		return matcher.place(segment.tag, reading.segmentCount, segment.offset)?.loop;
	}

	private inMessage(message: OpenMessage, segment: EdifactReadSegment): void {
		const loop = this.place(message, segment);
		const { reading, schema, elementFindings } = message;
		if (segment.tag === 'BGM' && reading.reference === undefined) {
			const value = segment.elements[1]?.[0] ?? '';
			if (value !== '') reading.reference = { name: 'BGM 1004', value: detach(value) };
		}
		const place = {
			position: reading.segmentCount,
			offset: segment.offset,
			...(loop === undefined || loop === '' ? {} : { loop }),
		};
		const spec = loop === undefined ? undefined : schema?.segments[segment.tag];
		if (spec !== undefined) {
			const found = validateSegment(segment, spec, place, this.rules);
			if (elementFindings.length >= this.maxFindings) reading.findingsOmitted += found.length;
			else if (found.length > 0) elementFindings.push(...found);
			for (const [element, list] of segment.repetitions ?? []) {
				const allowed = spec.elements[element]?.repeat ?? 1;
				if (list.length + 1 <= allowed) continue;
				elementFindings.push({
					code: 'tooManyRepetitions',
					message: `${segment.tag} repeats a data element ${list.length + 1} times, at most ${allowed} are allowed`,
					segment: segment.tag,
					segmentPosition: place.position,
					element: element + 1,
					offset: segment.offset,
				});
			}
		}
		if (this.options.repertoire !== 'check' || (segment.plain && this.repertoire !== 'UNOA'))
			return;
		const outside = isOutsideRepertoire(segment.elements, this.repertoire);
		if (outside === undefined) return;
		elementFindings.push({
			code: 'invalidCharacter',
			message: `${segment.tag} holds ${JSON.stringify(outside.character)}, which ${this.repertoire} does not have`,
			segment: segment.tag,
			segmentPosition: place.position,
			element: outside.element + 1,
			component: outside.component + 1,
			value: outside.value,
			offset: segment.offset,
		});
	}

	private endMessage(segment: EdifactReadSegment): void {
		const message = this.message!;
		this.place(message, segment);
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
		const { reading, matcher, elementFindings, lastOffset } = message;
		let structure: readonly Finding[] = [];
		if (matcher !== undefined) {
			matcher.finish(reading.segmentCount, lastOffset);
			structure = matcher.findings.filter(({ segment }) => hasTrailer || segment !== 'UNT');
		}
		const all = [...structure, ...elementFindings];
		all.sort((a, b) => a.segmentPosition - b.segmentPosition);
		keepFindings(reading, all, this.maxFindings, this.budget);
		if (this.group !== undefined) this.options.onMessage?.(reading, this.group);
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

	/** The elements of UNB, UNG, UNH, UNT, UNE and UNZ. */
	private checkService(segment: EdifactReadSegment, list: EnvelopeFinding[]): void {
		const spec = serviceSegments[this.syntax][segment.tag];
		if (spec === undefined) return;
		for (const finding of validateSegment(segment, spec, { position: 1 }, SERVICE_RULES)) {
			const { element, component, value, message } = finding;
			list.push({
				code: SERVICE_CODES[finding.code] ?? 'elementInvalid',
				severity: isHarmless(segment.tag, finding) ? 'warning' : 'error',
				message,
				segment: segment.tag,
				offset: segment.offset,
				...(element === undefined ? {} : { element }),
				...(component === undefined ? {} : { component }),
				...(value === undefined ? {} : { value }),
			});
		}
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

/**
 * Requests and indicators that mean nothing stop no message, nor does a date of six digits in syntax
 * 4, which wants eight: half of the files that call themselves syntax 4 have six.
 */
function isHarmless(tag: string, { code, element, component, value }: Finding): boolean {
	if (code === 'invalidCode') return true;
	return tag === 'UNB' && element === 4 && component === 1 && /^\d{6}$/.test(value ?? '');
}

const SERVICE_RULES: SegmentRules = { decimalMark: 'any' };

function partyOf([id = '', qualifier = '', address = '']: readonly string[]): PartyReference {
	return { id, qualifier, ...(address === '' ? {} : { address }) };
}
