import {
	type EdifactReadSegment,
	type SegmentRules,
	serviceSegments,
	type SyntaxVersion,
	validateSegment,
} from '../edifact';
import type { Finding, FindingCode } from '../syntax';
import type {
	EnvelopeCode,
	EnvelopeFinding,
	InterchangeReading,
	PartyReference,
	ReadingOptions,
} from './reading';

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

/**
 * Requests and indicators that mean nothing stop no message, nor does a date of six digits in syntax
 * 4, which wants eight: half of the files that call themselves syntax 4 have six.
 */
function isHarmless(tag: string, { code, element, component, value }: Finding): boolean {
	if (code === 'invalidCode') return true;
	return tag === 'UNB' && element === 4 && component === 1 && /^\d{6}$/.test(value ?? '');
}

const SERVICE_RULES: SegmentRules = { decimalMark: 'any' };

/** The elements of UNB, UNG, UNH, UNT, UNE and UNZ. */
export function checkServiceSegment(
	segment: EdifactReadSegment,
	syntax: SyntaxVersion,
): EnvelopeFinding[] {
	const spec = serviceSegments[syntax][segment.tag];
	if (spec === undefined) return [];
	return validateSegment(segment, spec, { position: 1 }, SERVICE_RULES).map((finding) => {
		const { element, component, value, message } = finding;
		return {
			code: SERVICE_CODES[finding.code] ?? 'elementInvalid',
			severity: isHarmless(segment.tag, finding) ? 'warning' : 'error',
			message,
			segment: segment.tag,
			offset: segment.offset,
			...(element === undefined ? {} : { element }),
			...(component === undefined ? {} : { component }),
			...(value === undefined ? {} : { value }),
		};
	});
}

/** What the receiver has said about whom it deals with. */
export function checkParties(
	{ sender, receiver, isTest }: InterchangeReading,
	options: ReadingOptions,
): EnvelopeFinding[] {
	const findings: EnvelopeFinding[] = [];
	const refuse = (code: EnvelopeCode, message: string, element: number): void => {
		findings.push({ code, severity: 'error', message, segment: 'UNB', element });
	};
	const knows = (ids: readonly string[] | undefined, { qualifier, id }: PartyReference): boolean =>
		ids === undefined || ids.length === 0 || ids.includes(id) || ids.includes(`${qualifier}:${id}`);
	if (!knows(options.acceptedReceivers, receiver)) {
		refuse('receiverUnknown', `the recipient ${receiver.id} is not one of ours`, 3);
	}
	if (!knows(options.acceptedSenders, sender)) {
		refuse('senderUnknown', `the sender ${sender.id} is not a known partner`, 2);
	}
	if (options.productionOnly === true && isTest) {
		refuse('testNotAccepted', 'test interchanges are not accepted here', 11);
	}
	return findings;
}

export function partyOf([
	id = '',
	qualifier = '',
	address = '',
]: readonly string[]): PartyReference {
	return { id, qualifier, ...(address === '' ? {} : { address }) };
}
