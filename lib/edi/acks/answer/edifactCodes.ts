import type { Finding, FindingCode } from '../../syntax';
import type { EnvelopeCode, EnvelopeFinding } from '../read';

/** UNTDID 0085 for findings in the body of a message. */
export const BODY_CODES: Readonly<Record<FindingCode, string>> = {
	segmentUnknown: '15',
	segmentNotInSet: '15',
	segmentUnexpected: '15',
	segmentOutOfSequence: '15',
	segmentMissing: '13',
	segmentOverMaximum: '35',
	loopOverMaximum: '36',
	elementMissing: '13',
	conditionalElementMissing: '13',
	exclusionViolated: '15',
	tooManyElements: '16',
	tooManyComponents: '16',
	tooManyRepetitions: '35',
	tooShort: '40',
	tooLong: '39',
	invalidCharacter: '21',
	invalidType: '37',
	invalidCode: '12',
	invalidDate: '12',
	invalidTime: '12',
	invalidDecimal: '19',
	digitMissing: '38',
	trailingSeparator: '45',
};

/** UNTDID 0085 for findings in service segments; all levels share the list. */
const ENVELOPE_CODES: Partial<Record<EnvelopeCode, string>> = {
	versionUnsupported: '2',
	receiverUnknown: '7',
	elementInvalid: '12',
	headerMissing: '13',
	trailerMissing: '13',
	elementMissing: '13',
	valueUnsupported: '14',
	structure: '33',
	unread: '33',
	tooManyElements: '16',
	unsupported: '17',
	unreadable: '18',
	decimalMark: '19',
	serviceCharacter: '20',
	characterInvalid: '21',
	serviceString: '22',
	senderUnknown: '23',
	tooOld: '24',
	testNotAccepted: '25',
	duplicate: '26',
	securityUnsupported: '27',
	controlNumberMismatch: '28',
	countMismatch: '29',
	groupsAndMessagesMixed: '30',
	severalMessageTypes: '31',
	empty: '32',
	elementType: '37',
	elementTooLong: '39',
	elementTooShort: '40',
	characterSetUnsupported: '46',
	envelopeUnsupported: '47',
};

export function bodyCode({ code }: Finding): string {
	return BODY_CODES[code];
}

export function envelopeCode({ code }: EnvelopeFinding): string {
	return ENVELOPE_CODES[code] ?? '18';
}

/** Findings about one data element or component go to UCD, others to UCS. */
export function isElementFinding({ element }: Finding): boolean {
	return element !== undefined;
}
