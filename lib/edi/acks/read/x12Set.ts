import {
	FUNCTIONAL_IDENTIFIERS,
	releaseOfVersion,
	validateSegment,
	x12Schema,
	x12Segment,
} from '../../x12';
import type { X12Release, X12Segment } from '../../x12';
import { controlNumber as withoutZeros } from './controlNumber';
import { isApplicationAnswer } from './applicationAnswer';
import { OpenMessage } from './openMessage';
import { detach } from './reading';
import type {
	EnvelopeCode,
	EnvelopeFinding,
	GroupReading,
	MessageReading,
	ReadingOptions,
} from './reading';
import { isX12Segment } from './x12StandardSegments';

/** X12 sets that acknowledge: never acknowledged themselves (997 note 1/010). */
const ACKNOWLEDGMENT_SETS: ReadonlySet<string> = new Set(['997', '999']);
const SET_CONTROL_NUMBER = /^[^\s]{4,9}$/;

/** GS01 (DE479) of the sets around orders, deliveries and payments that we have no tables for. */
const MORE_FUNCTIONAL_IDENTIFIERS: Readonly<Record<string, string>> = {
	'812': 'CD',
	'830': 'PS',
	'852': 'PD',
	'864': 'TX',
	'865': 'CA',
	'867': 'PT',
};

function functionalIdentifier(set: string): string | undefined {
	if (Object.hasOwn(FUNCTIONAL_IDENTIFIERS, set)) return FUNCTIONAL_IDENTIFIERS[set];
	return Object.hasOwn(MORE_FUNCTIONAL_IDENTIFIERS, set)
		? MORE_FUNCTIONAL_IDENTIFIERS[set]
		: undefined;
}

/** What an ST opens, and what is wrong with the ST. */
export function openX12Set(
	segment: X12Segment,
	group: GroupReading,
	setNumbers: ReadonlySet<string>,
	options: ReadingOptions,
	maxFindings: number,
): OpenMessage {
	const [id = '', controlNumber = '', implementation = ''] = segment.elements.map(detach);
	const release = releaseOfVersion(group.version);
	const schema = release === undefined ? undefined : x12Schema(id, release);
	const reading: MessageReading = {
		// The table's own text: one for all sets, where each cut from the file is one more.
		id: schema?.id ?? id,
		controlNumber,
		version: release ?? group.version,
		...(implementation === '' ? {} : { implementation }),
		offset: segment.offset,
		isAcknowledgment:
			group.isAcknowledgment ||
			ACKNOWLEDGMENT_SETS.has(id) ||
			(options.leaveApplicationAnswers === true && isApplicationAnswer(id)),
		validated: schema !== undefined,
		reference: undefined,
		segmentCount: 0,
		envelope: [],
		findings: [],
		findingsOmitted: 0,
	};
	checkHeader(reading, group, setNumbers, options);
	const set = new OpenMessage(reading, schema, maxFindings, isX12Segment);
	set.place('ST', segment.offset);
	if (release !== undefined) checkServiceElements(set, segment, release);
	return set;
}

function checkHeader(
	{ id, controlNumber, offset, validated, envelope }: MessageReading,
	group: GroupReading,
	setNumbers: ReadonlySet<string>,
	options: ReadingOptions,
): void {
	const report = (
		code: EnvelopeCode,
		message: string,
		element: number,
		severity: EnvelopeFinding['severity'] = 'error',
	): void => {
		const value = element === 1 ? id : controlNumber;
		envelope.push({ code, severity, message, segment: 'ST', element, value, offset });
	};
	if (!/^[A-Z0-9]{3}$/.test(id)) {
		report('identifierInvalid', `ST01 "${id}" is not the number of a set`, 1);
	} else if (!validated && options.rejectUnsupported === true) {
		report('unsupported', `set ${id} ${group.version} is not supported`, 1);
	}
	const groupId = functionalIdentifier(id);
	if (groupId !== undefined && groupId !== group.functionalId) {
		const message = `set ${id} belongs in a group ${groupId}, not ${group.functionalId}`;
		report('notInGroup', message, 1, 'warning');
	}
	if (!SET_CONTROL_NUMBER.test(controlNumber)) {
		const message = `ST02 "${controlNumber}" is not a control number of 4 to 9 characters`;
		report('controlNumberInvalid', message, 2);
	} else if (setNumbers.has(withoutZeros(controlNumber, 1))) {
		const message = `set control number ${controlNumber} stands in the group twice`;
		report('duplicate', message, 2);
	}
}

/** What ST and SE hold besides the two elements that have codes of their own (DE718). */
export function checkServiceElements(
	set: OpenMessage,
	{ tag, elements, offset }: X12Segment,
	release: X12Release,
): void {
	const spec = elements.length > 2 ? x12Segment(tag, release) : undefined;
	if (spec === undefined) return;
	const found = validateSegment(spec, elements, {
		segmentPosition: set.reading.segmentCount,
		offset,
		componentSeparator: '\u0000',
	});
	for (const finding of found) if ((finding.element ?? 0) > 2) set.add(finding);
}

/** With tables wanted for everything: a group whose kind is none of ours, nor any set in it. */
export function isUnsupportedGroup(group: GroupReading): boolean {
	return (
		group.messages.length > 0 &&
		!Object.values(FUNCTIONAL_IDENTIFIERS).includes(group.functionalId) &&
		group.messages.every(({ validated }) => !validated)
	);
}
