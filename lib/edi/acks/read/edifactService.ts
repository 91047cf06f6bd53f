import {
	directories,
	isCalendarDay,
	messageSchema,
	serviceSegments,
	validateSegment,
} from '../../edifact';
import type { EdifactReadSegment, SegmentRules, ServiceProblem, SyntaxVersion } from '../../edifact';
import type { Finding, FindingCode } from '../../syntax';
import type {
	EnvelopeCode,
	EnvelopeFinding,
	GroupReading,
	InterchangeReading,
	MessageReading,
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
	digitMissing: 'elementType',
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
	const found = validateSegment(segment, spec, { position: 1 }, SERVICE_RULES);
	const elements = found.map((finding): EnvelopeFinding => {
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
	return [...elements, ...checkPreparation(segment)];
}

/** S004 of UNB and UNG: a day of the calendar and a time of day. */
function checkPreparation({ tag, elements, offset }: EdifactReadSegment): EnvelopeFinding[] {
	if (tag !== 'UNB' && tag !== 'UNG') return [];
	const [date = '', time = ''] = elements[3] ?? [];
	const findings: EnvelopeFinding[] = [];
	const refuse = (component: number, value: string, what: string): void => {
		const message = `${tag} says it was prepared at "${value}", which is no ${what}`;
		const where = { segment: tag, element: 4, component, value, offset };
		findings.push({ code: 'elementInvalid', severity: 'error', message, ...where });
	};
	// Other lengths are told as such; a century that is not said is this one.
	const day = /^\d{6}(?:\d\d)?$/.test(date) ? date.padStart(8, '20') : undefined;
	if (day !== undefined) {
		const [year, month, dayOfMonth] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].map(Number);
		if (!isCalendarDay(year!, month!, dayOfMonth!)) refuse(1, date, 'date');
	}
	if (/^\d{4}$/.test(time) && !/^(?:[01]\d|2[0-3])[0-5]\d$/.test(time)) refuse(2, time, 'time');
	return findings;
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

/** 0085 by what is wrong with the service characters; an error where what was read is in doubt. */
export const SERVICE_PROBLEMS: Readonly<
	Record<ServiceProblem['kind'], Pick<EnvelopeFinding, 'code' | 'severity'>>
> = {
	layout: { code: 'serviceString', severity: 'warning' },
	excess: { code: 'serviceString', severity: 'error' },
	separators: { code: 'serviceString', severity: 'error' },
	characters: { code: 'serviceCharacter', severity: 'error' },
	decimalMark: { code: 'decimalMark', severity: 'warning' },
};

/** ISO 9735-5, -6, -7 and -9. */
const SECURITY = /^US[ABCDEFHLRTUXY]$/;
/** Messages that consist of security segments. */
const SECURITY_MESSAGES: ReadonlySet<string> = new Set(['AUTACK', 'KEYMAN']);
/** Packages (ISO 9735-8) and interactive interchanges (ISO 9735-3). */
const OTHER_ENVELOPES = /^(?:UN[OP]|UI[BHRTZ])$/;

export function isSecured(tag: string, { id }: MessageReading): boolean {
	return tag.startsWith('US') && SECURITY.test(tag) && !SECURITY_MESSAGES.has(id);
}

/** What a service segment outside of a message is about, if it is not out of its place. */
export function foreignServiceCode(tag: string, syntax: SyntaxVersion): EnvelopeCode | undefined {
	if (SECURITY.test(tag)) return 'securityUnsupported';
	// 0085 code 47 came with syntax 4.
	return syntax === 4 && OTHER_ENVELOPES.test(tag) ? 'envelopeUnsupported' : undefined;
}

/** S004 of UNB and UNG. */
export function checkAge(
	{ tag, elements, offset }: EdifactReadSegment,
	oldest: string | undefined,
): EnvelopeFinding[] {
	const value = elements[3]?.[0] ?? '';
	const date = /^\d{6}$/.test(value) ? `20${value}` : value;
	if (oldest === undefined || !/^\d{8}$/.test(date) || date >= oldest) return [];
	const message = `prepared on ${date}; what was prepared before ${oldest} is not accepted`;
	const where = { segment: tag, element: 4, component: 1, value, offset };
	return [{ code: 'tooOld', severity: 'error', message, ...where }];
}

/** The count and the reference of UNT, UNE or UNZ beside what came and what its header says. */
export function checkTrailer(
	{ tag, elements, offset }: EdifactReadSegment,
	counted: { readonly count: number; readonly what: string; readonly things: string },
	header: { readonly tag: string; readonly reference: string },
): EnvelopeFinding[] {
	const findings: EnvelopeFinding[] = [];
	const count = elements[0]?.[0] ?? '';
	if (count !== '' && Number(count) !== counted.count) {
		const message = `${tag} says ${count}, ${counted.what} has ${counted.count} ${counted.things}`;
		const where = { segment: tag, element: 1, value: count, offset };
		findings.push({ code: 'countMismatch', severity: 'error', message, ...where });
	}
	const reference = elements[1]?.[0] ?? '';
	if (reference !== '' && reference !== header.reference) {
		const message = `${tag} refers to "${reference}", ${header.tag} is "${header.reference}"`;
		const where = { segment: tag, element: 2, value: reference, offset };
		findings.push({ code: 'controlNumberMismatch', severity: 'error', message, ...where });
	}
	return findings;
}

/** A message we know in other directories, or one that we do not know at all. */
export function unsupported(
	{ id, version, identifier = [] }: MessageReading,
	at: Partial<EnvelopeFinding>,
): EnvelopeFinding {
	const message = `${identifier.join(':')} is not supported`;
	const isKnown = directories.some((directory) => messageSchema(id, directory) !== undefined);
	if (!isKnown) return { code: 'unsupported', severity: 'error', message, ...at, element: 2 };
	const place = { element: 2, component: version.startsWith('D.') ? 3 : 2 };
	return { code: 'valueUnsupported', severity: 'error', message, ...at, ...place };
}

/** Until syntax 3 a group names the one type of message it has. */
export function checkType(
	{ implicit, functionalId, offset }: GroupReading,
	id: string,
): EnvelopeFinding[] {
	if (implicit || functionalId === id || functionalId === '') return [];
	const message = `UNG names ${functionalId}, the messages are ${id}`;
	const where = { segment: 'UNG', element: 1, value: functionalId, offset };
	return [{ code: 'elementInvalid', severity: 'warning', message, ...where }];
}
