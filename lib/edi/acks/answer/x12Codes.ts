import type { Finding, FindingCode } from '../../syntax';
import type { X12Release } from '../../x12';
import type { EnvelopeCode, EnvelopeFinding } from '../read';

/** DE720 (AK304, IK304). */
export const SEGMENT_CODES: Partial<Record<FindingCode, string>> = {
	segmentUnknown: '1',
	segmentUnexpected: '2',
	segmentMissing: '3',
	loopOverMaximum: '4',
	segmentOverMaximum: '5',
	segmentNotInSet: '6',
	segmentOutOfSequence: '7',
};

/** AK304 for a segment whose elements have errors; AK4 says which. */
export const ELEMENT_ERRORS = '8';

/** DE723 (AK403, IK403); 12 and 13 came with 005010. */
export const ELEMENT_CODES: Partial<Record<FindingCode, string>> = {
	elementMissing: '1',
	conditionalElementMissing: '2',
	tooManyElements: '3',
	tooShort: '4',
	tooLong: '5',
	invalidCharacter: '6',
	invalidType: '6',
	invalidDecimal: '6',
	invalidCode: '7',
	invalidDate: '8',
	invalidTime: '9',
	exclusionViolated: '10',
	tooManyRepetitions: '12',
	tooManyComponents: '13',
	trailingSeparator: '3',
};

export function isSegmentFinding({ code }: Finding): boolean {
	return SEGMENT_CODES[code] !== undefined;
}

export function elementCode({ code }: Finding, release: X12Release): string {
	const found = ELEMENT_CODES[code] ?? '6';
	return release === '004010' && (found === '12' || found === '13') ? '3' : found;
}

/** DE718 (AK502 to AK506, IK502 to IK506). */
const SET_CODES: Partial<Record<EnvelopeCode, string>> = {
	unsupported: '1',
	trailerMissing: '2',
	controlNumberMismatch: '3',
	countMismatch: '4',
	identifierInvalid: '6',
	notInGroup: '6',
	controlNumberInvalid: '7',
	duplicate: '23',
};

/** AK502 when the segments of the set have errors. */
export const SEGMENTS_IN_ERROR = '5';

/** DE716 (AK905 to AK909). */
const GROUP_CODES: Partial<Record<EnvelopeCode, string>> = {
	unsupported: '1',
	versionUnsupported: '2',
	trailerMissing: '3',
	controlNumberMismatch: '4',
	countMismatch: '5',
	controlNumberInvalid: '6',
	duplicate: '19',
};

/** I18 (TA105). */
const INTERCHANGE_CODES: Partial<Record<EnvelopeCode, string>> = {
	controlNumberMismatch: '001',
	standardUnsupported: '002',
	standardInvalid: '016',
	versionUnsupported: '003',
	segmentTerminator: '004',
	senderQualifier: '005',
	senderId: '006',
	senderUnknown: '006',
	receiverQualifier: '007',
	receiverId: '008',
	receiverUnknown: '009',
	authorizationQualifier: '010',
	authorizationInformation: '011',
	securityQualifier: '012',
	securityInformation: '013',
	dateInvalid: '014',
	timeInvalid: '015',
	versionInvalid: '017',
	controlNumberInvalid: '018',
	acknowledgmentRequest: '019',
	testIndicator: '020',
	testNotAccepted: '020',
	countMismatch: '021',
	headerLayout: '022',
	structure: '022',
	unread: '022',
	trailerMissing: '023',
	contentInvalid: '024',
	empty: '024',
	duplicate: '025',
	elementSeparator: '026',
	componentSeparator: '027',
	deliveryDate: '028',
	deliveryTime: '029',
	deliveryTimeCode: '030',
	gradeOfService: '031',
};

export function setCode(
	{ code }: EnvelopeFinding,
	acknowledgment: '997' | '999' = '997',
): string | undefined {
	// DE618 of the 999 has a code for it, DE718 of the 997 has none before 005040.
	if (code === 'notInGroup' && acknowledgment === '999') return '18';
	return SET_CODES[code];
}

export function groupCode({ code }: EnvelopeFinding, release: X12Release): string | undefined {
	const found = GROUP_CODES[code];
	// 004010 has no code for a number used twice; what it says of a bad number comes nearest.
	return found === '19' && release === '004010' ? '6' : found;
}

export function interchangeCode({ code }: EnvelopeFinding): string | undefined {
	return INTERCHANGE_CODES[code];
}
