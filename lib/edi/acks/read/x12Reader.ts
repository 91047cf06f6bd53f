import type { TokenizerProblem } from '../../syntax';
import { releaseOfVersion, validateSegment, x12Segment } from '../../x12';
import type { IsaHeader, X12Delimiters, X12Segment, X12Sink } from '../../x12';
import { controlNumber, sameNumber } from './controlNumber';
import type { OpenMessage } from './openMessage';
import { DEFAULT_MAX_FINDINGS, detach } from './reading';
import type {
	EnvelopeCode,
	EnvelopeFinding,
	FileBudget,
	GroupReading,
	InterchangeReading,
	ReadingOptions,
} from './reading';
import { isText, readX12Segment } from './x12Body';
import { checkDelivery, checkIsa } from './x12Header';
import { checkServiceElements, isUnsupportedGroup, openX12Set } from './x12Set';

/** Turns segments into readings: what came, how it is enveloped and everything that is wrong. */
export class X12Reader implements X12Sink {
	private interchange: InterchangeReading | undefined;

	private group: GroupReading | undefined;

	private set: OpenMessage | undefined;

	private readonly seen = new Set<string>();

	private groupNumbers = new Set<string>();

	private setNumbers = new Set<string>();

	private structureReported = false;

	/** The last segment has no terminator: what is wrong with it may be missing. */
	private cutOff = false;

	private readonly maxFindings: number;

	constructor(
		private readonly options: ReadingOptions,
		private readonly onProblem: (problem: TokenizerProblem) => void,
		/** Interchanges of the file, shared with the other syntax so that their order is kept. */
		private readonly all: InterchangeReading[],
		private readonly budget: FileBudget,
	) {
		this.maxFindings = options.maxFindings ?? DEFAULT_MAX_FINDINGS;
	}

	header(header: IsaHeader, offset: number): void {
		this.closeInterchange('another interchange begins');
		const { interchange, findings } = checkIsa(header, offset, this.options);
		const key = [interchange.sender, interchange.receiver]
			.map(({ qualifier, id }) => `${qualifier}:${id}`)
			.concat(controlNumber(interchange.controlNumber, 1))
			.join('|');
		if (this.seen.has(key)) {
			findings.push({
				code: 'duplicate',
				severity: 'error',
				message: `interchange ${interchange.controlNumber} of this sender stands in the file twice`,
				segment: 'ISA',
				element: 13,
				offset,
			});
		}
		this.seen.add(key);
		this.interchange = interchange;
		this.groupNumbers = new Set();
		this.structureReported = false;
		this.all.push(interchange);
	}

	segment(segment: X12Segment, delimiters: X12Delimiters): void {
		switch (segment.tag) {
			case 'ISA':
				return undefined;
			case 'GS':
				return this.openGroup(segment);
			case 'ST':
				return this.openSet(segment);
			case 'SE':
				return this.set === undefined ? this.misplaced(segment) : this.endSet(segment);
			case 'GE':
				return this.closeGroup(segment);
			case 'IEA':
				return this.endInterchange(segment);
			default:
				return this.set === undefined
					? this.betweenSets(segment)
					: readX12Segment(this.set, segment, delimiters, this.options.anyCode === true);
		}
	}

	problem(problem: TokenizerProblem): void {
		this.onProblem(problem);
		const { interchange, set } = this;
		const { code, message, offset } = problem;
		if (interchange === undefined || code === 'isaLength' || code === 'delimiters') return;
		if (code === 'missingFinalTerminator') this.cutOff = true;
		else if (set !== undefined && code !== 'lineBreakInSegment') {
			set.pending = { message, offset };
		} else if (code === 'emptySegment' || code === 'segmentTooLong') {
			this.report(interchange.envelope, 'structure', message, { offset });
		}
	}

	end(): void {
		this.closeInterchange('the file ends');
	}

	private openGroup(segment: X12Segment): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		if (this.group !== undefined) this.abandonGroup('another group begins before GE');
		const { offset } = segment;
		const elements = segment.elements.map(detach);
		const at = (index: number): string => elements[index - 1] ?? '';
		const group: GroupReading = {
			implicit: false,
			functionalId: at(1),
			sender: { id: at(2), qualifier: '' },
			receiver: { id: at(3), qualifier: '' },
			controlNumber: at(6),
			version: at(8),
			offset,
			isAcknowledgment: at(1) === 'FA',
			messages: [],
			declaredCount: undefined,
			envelope: [],
		};
		const spec = x12Segment('GS', releaseOfVersion(group.version) ?? '004010');
		if (spec !== undefined) {
			const problems = validateSegment(spec, elements, {
				segmentPosition: 1,
				offset,
				componentSeparator: '\u0000',
				allows: isText,
			});
			for (const { element, message } of problems) {
				const where = { segment: 'GS', offset, ...(element === undefined ? {} : { element }) };
				if (element === 6) this.report(group.envelope, 'controlNumberInvalid', message, where);
				else if (element !== 4 || !/^\d{6}$/.test(at(4))) {
					this.report(interchange.envelope, 'contentInvalid', message, where);
				}
			}
		}
		if (this.options.rejectUnsupported === true && releaseOfVersion(group.version) === undefined) {
			this.report(
				group.envelope,
				'versionUnsupported',
				`version ${group.version} is not supported`,
				{
					segment: 'GS',
					element: 8,
					offset,
				},
			);
		}
		if (this.groupNumbers.has(controlNumber(group.controlNumber, 1))) {
			this.report(
				group.envelope,
				'duplicate',
				`group control number ${group.controlNumber} stands in the interchange twice`,
				{ segment: 'GS', element: 6, offset },
			);
		}
		this.groupNumbers.add(controlNumber(group.controlNumber, 1));
		this.setNumbers = new Set();
		this.group = group;
		this.budget.records += 1;
		interchange.groups.push(group);
	}

	private openSet(segment: X12Segment): void {
		if (this.set !== undefined) this.abandonSet('another set begins before SE');
		const { group } = this;
		if (group === undefined) return this.misplaced(segment);
		this.set = openX12Set(segment, group, this.setNumbers, this.options, this.maxFindings);
		const { reading } = this.set;
		this.setNumbers.add(controlNumber(reading.controlNumber, 1));
		group.messages.push(reading);
	}

	private endSet(segment: X12Segment): void {
		const set = this.set!;
		set.place('SE', segment.offset);
		const { reading } = set;
		const release = releaseOfVersion(reading.version);
		if (release !== undefined) checkServiceElements(set, segment, release);
		const [count = '', number = ''] = segment.elements;
		const at = { segment: 'SE', offset: segment.offset };
		if (!/^\d{1,10}$/.test(count) || Number(count) !== reading.segmentCount) {
			this.report(
				reading.envelope,
				'countMismatch',
				`SE01 says ${count === '' ? 'nothing' : count}, the set has ${reading.segmentCount} segments`,
				{ ...at, element: 1, value: count },
			);
		}
		if (!sameNumber(number, reading.controlNumber)) {
			this.report(
				reading.envelope,
				'controlNumberMismatch',
				`SE02 is "${number}", ST02 is "${reading.controlNumber}"`,
				{ ...at, element: 2, value: number },
			);
		}
		this.finishSet(true);
	}

	private finishSet(hasTrailer: boolean): void {
		const set = this.set!;
		this.set = undefined;
		set.finish(hasTrailer ? undefined : 'SE', this.budget);
		if (this.group !== undefined) this.options.onMessage?.(set.reading, this.group);
	}

	private abandonSet(why: string): void {
		const { reading, lastOffset } = this.set!;
		this.report(reading.envelope, 'trailerMissing', `SE is missing: ${why}`, {
			segment: 'SE',
			offset: lastOffset,
		});
		this.finishSet(false);
	}

	private closeGroup(segment: X12Segment): void {
		if (this.set !== undefined) this.abandonSet('the group ends');
		const { group, interchange } = this;
		if (group === undefined) return this.misplaced(segment);
		if (interchange !== undefined) this.checkLength(segment, interchange);
		const [count = '', number = ''] = segment.elements;
		const at = { segment: 'GE', offset: segment.offset };
		group.declaredCount = count;
		this.checkSupport(group);
		if (!/^\d{1,6}$/.test(count) || Number(count) !== group.messages.length) {
			this.report(
				group.envelope,
				'countMismatch',
				`GE01 says ${count === '' ? 'nothing' : count}, the group has ${group.messages.length} sets`,
				{ ...at, element: 1, value: count },
			);
		}
		if (!sameNumber(number, group.controlNumber)) {
			this.report(
				group.envelope,
				'controlNumberMismatch',
				`GE02 is "${number}", GS06 is "${group.controlNumber}"`,
				{ ...at, element: 2, value: number },
			);
		}
		this.group = undefined;
	}

	private checkSupport(group: GroupReading): void {
		const { functionalId, version, offset, envelope } = group;
		if (this.options.rejectUnsupported !== true || releaseOfVersion(version) === undefined) return;
		if (!isUnsupportedGroup(group)) return;
		this.report(envelope, 'unsupported', `groups ${functionalId} are not supported`, {
			segment: 'GS',
			element: 1,
			value: functionalId,
			offset,
		});
	}

	private abandonGroup(why: string): void {
		if (this.set !== undefined) this.abandonSet(why);
		const { group } = this;
		if (group === undefined) return;
		this.checkSupport(group);
		this.report(group.envelope, 'trailerMissing', `GE is missing: ${why}`, { segment: 'GE' });
		this.group = undefined;
	}

	private endInterchange(segment: X12Segment): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		if (this.group !== undefined) this.abandonGroup('the interchange ends');
		const [count = '', number = ''] = segment.elements;
		const at = { segment: 'IEA', offset: segment.offset };
		const groups = interchange.groups.length;
		// Interchanges that hold nothing but TA1 say 0 or 1; both are in use.
		const counted =
			groups === 0 && interchange.hasTa1 ? Number(count) <= 1 : Number(count) === groups;
		if (!/^\d{1,5}$/.test(count) || !counted) {
			this.report(
				interchange.envelope,
				'countMismatch',
				`IEA01 says ${count === '' ? 'nothing' : count}, the interchange has ${groups} groups`,
				{ ...at, element: 1, value: count },
			);
		}
		if (this.cutOff && number !== interchange.controlNumber) {
			this.report(interchange.envelope, 'trailerMissing', 'the file ends within IEA', at);
		} else if (!sameNumber(number, interchange.controlNumber)) {
			this.report(
				interchange.envelope,
				'controlNumberMismatch',
				`IEA02 is "${number}", ISA13 is "${interchange.controlNumber}"`,
				{ ...at, element: 2, value: number },
			);
		}
		this.checkLength(segment, interchange);
		this.finishInterchange(interchange);
	}

	/** GE and IEA have two elements; what stands behind them would go unread. */
	private checkLength({ tag, elements, offset }: X12Segment, to: InterchangeReading): void {
		const more = elements.findIndex((value, index) => index >= 2 && value !== '');
		if (more < 0) return;
		const where = { segment: tag, element: more + 1, value: elements[more]!, offset };
		this.report(to.envelope, 'structure', `${tag} has more than two elements`, where);
	}

	private closeInterchange(why: string): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		if (this.group !== undefined) this.abandonGroup(why);
		this.report(interchange.envelope, 'trailerMissing', `IEA is missing: ${why}`, {
			segment: 'IEA',
		});
		this.finishInterchange(interchange);
	}

	private finishInterchange(interchange: InterchangeReading): void {
		if (interchange.groups.length === 0 && !interchange.hasTa1) {
			this.report(interchange.envelope, 'empty', 'the interchange has no functional group', {
				segment: 'GS',
			});
		}
		this.interchange = undefined;
	}

	private betweenSets(segment: X12Segment): void {
		const { interchange } = this;
		if (interchange === undefined) return;
		const { tag } = segment;
		if (tag === 'TA1' && this.group === undefined) interchange.hasTa1 = true;
		else if ((tag === 'ISB' || tag === 'ISE') && interchange.groups.length === 0) {
			interchange.envelope.push(...checkDelivery(segment));
		} else this.misplaced(segment);
	}

	private misplaced({ tag, offset }: X12Segment): void {
		const { interchange } = this;
		// One stretch of misplaced segments is one mistake.
		if (interchange === undefined || this.structureReported) return;
		this.structureReported = true;
		this.report(
			interchange.envelope,
			'structure',
			`${tag} stands outside of a ${this.group === undefined ? 'functional group' : 'transaction set'}`,
			{ segment: tag, offset },
		);
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
