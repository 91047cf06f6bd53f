import { isControlVersion, isDate } from '../x12';
import type { IsaHeader, X12Segment } from '../x12';
import type { EnvelopeCode, EnvelopeFinding, InterchangeReading, ReadingOptions } from './reading';
import { visible } from './visible';

/** I05; from 004010 on. */
const PARTY_QUALIFIERS = /^(?:0[1-9]|[12]\d|3[0-8]|AM|NR|SA|SN|ZZ)$/;
const TIME = /^(?:[01]\d|2[0-3])[0-5]\d$/;

export function isPartyQualifier(text: string): boolean {
	return PARTY_QUALIFIERS.test(text);
}

/** I10 has one code; a letter in its place is meant as one. */
const OTHER_STANDARD = /^[A-TV-Za-z]$/;

/** From control version 00402 on ISA11 is the repetition separator. */
function hasRepetitions(elements: readonly string[]): boolean {
	return (elements[11] ?? '') >= '00402';
}

interface IsaRule {
	readonly element: number;
	readonly code: EnvelopeCode;
	readonly severity: 'error' | 'warning';
	readonly holds: (value: string, elements: readonly string[]) => boolean;
	readonly what: string;
}

const CONTROL_IN_IT = 'holds a control character';

/**
 * What a receiver checks in ISA, in the order of the elements. Severities follow the assignment that
 * is common among gateways: what cannot lead to a wrong booking is accepted with errors.
 */
const RULES: readonly IsaRule[] = [
	rule(
		1,
		'authorizationQualifier',
		'error',
		(v) => /^0[0-8]$/.test(v),
		'is not an authorization information qualifier',
	),
	rule(
		2,
		'authorizationInformation',
		'warning',
		(v, [isa01]) => isa01 === '00' || v.trim() !== '',
		'is blank although ISA01 announces it',
	),
	rule(2, 'authorizationInformation', 'warning', isText, CONTROL_IN_IT),
	rule(
		3,
		'securityQualifier',
		'error',
		(v) => /^0[01]$/.test(v),
		'is not a security information qualifier',
	),
	rule(
		4,
		'securityInformation',
		'warning',
		(v, elements) => elements[2] === '00' || v.trim() !== '',
		'is blank although ISA03 announces it',
	),
	rule(4, 'securityInformation', 'warning', isText, CONTROL_IN_IT),
	rule(
		5,
		'senderQualifier',
		'error',
		(v) => PARTY_QUALIFIERS.test(v),
		'is not an interchange ID qualifier',
	),
	rule(6, 'senderId', 'error', (v) => v.trim() !== '', 'is blank'),
	rule(6, 'senderId', 'error', isText, CONTROL_IN_IT),
	rule(
		7,
		'receiverQualifier',
		'error',
		(v) => PARTY_QUALIFIERS.test(v),
		'is not an interchange ID qualifier',
	),
	rule(8, 'receiverId', 'error', (v) => v.trim() !== '', 'is blank'),
	rule(8, 'receiverId', 'error', isText, CONTROL_IN_IT),
	rule(9, 'dateInvalid', 'error', isShortDate, 'is not a date YYMMDD'),
	rule(10, 'timeInvalid', 'error', (v) => TIME.test(v), 'is not a time HHMM'),
	rule(
		11,
		'standardInvalid',
		'warning',
		(v, elements) => !/^[\s\d]?$/.test(v) && !(hasRepetitions(elements) && OTHER_STANDARD.test(v)),
		'is neither U nor a repetition separator',
	),
	rule(
		11,
		'standardUnsupported',
		'warning',
		(v, elements) => hasRepetitions(elements) || !OTHER_STANDARD.test(v),
		'names another standard than U',
	),
	rule(
		12,
		'versionInvalid',
		'error',
		(v) => /^\d{5}$/.test(v),
		'is not a control version of five digits',
	),
	rule(
		12,
		'versionUnsupported',
		'error',
		// 00040 is how some write 00400.
		(v) => !/^\d{5}$/.test(v) || isControlVersion(v) || v === '00040',
		'is not a known control version',
	),
	rule(
		13,
		'controlNumberInvalid',
		'error',
		(v) => /^\d{9}$/.test(v),
		'is not a control number of nine digits',
	),
	rule(14, 'acknowledgmentRequest', 'warning', (v) => /^[01]$/.test(v), 'is neither 0 nor 1'),
	rule(
		15,
		'testIndicator',
		'warning',
		(v) => /^[PTI]$/.test(v),
		'is not a usage indicator (P, T or I)',
	),
];

/** A line break at the end is padding; inside, and any other control, it is no part of an ID. */
function isText(value: string): boolean {
	const text = trimPadding(value);
	return visible(text) === text;
}

function rule(
	element: number,
	code: EnvelopeCode,
	severity: 'error' | 'warning',
	holds: IsaRule['holds'],
	what: string,
): IsaRule {
	return { element, code, severity, holds, what };
}

/** A century that is not said is this one. */
function isShortDate(value: string): boolean {
	return /^\d{6}$/.test(value) && isDate(`20${value}`);
}

/** No-break spaces pad some files; they are no part of an ID. */
function trimPadding(text: string | undefined): string {
	return (text ?? '').replaceAll(/[\s\u00a0]+$/g, '').replaceAll(/^[\s\u00a0]+/g, '');
}

/** The interchange an ISA opens, and what is wrong with the ISA. */
export function checkIsa(
	header: IsaHeader,
	offset: number,
	options: ReadingOptions,
): { interchange: InterchangeReading; findings: EnvelopeFinding[] } {
	const { elements, delimiters } = header;
	const findings: EnvelopeFinding[] = [];
	const add = (
		code: EnvelopeCode,
		severity: 'error' | 'warning',
		message: string,
		element?: number,
	) =>
		findings.push({
			code,
			severity,
			message,
			segment: 'ISA',
			offset,
			...(element === undefined ? {} : { element, value: elements[element - 1] ?? '' }),
		});
	for (const problem of header.problems) {
		if (problem.code === 'isaLength') {
			// Padding that was trimmed changes no meaning; elements that are gone do.
			add('headerLayout', elements.length < 16 ? 'error' : 'warning', problem.message);
		} else if (problem.code === 'separators') {
			add('elementSeparator', 'error', problem.message);
		} else {
			const { code, element } = blame(delimiters, elements);
			add(code, 'error', problem.message, element);
		}
	}
	if (elements.length >= 16) {
		for (const { element, code, severity, holds, what } of RULES) {
			const value = elements[element - 1]!;
			if (!holds(value, elements)) {
				const name = `ISA${String(element).padStart(2, '0')}`;
				add(code, severity, `${name} "${value}" ${what}`, element);
			}
		}
	}
	const at = (element: number): string => trimPadding(elements[element - 1]);
	const sender = { qualifier: at(5), id: at(6) };
	const receiver = { qualifier: at(7), id: at(8) };
	const knows = (ids: readonly string[] | undefined, { qualifier, id }: typeof sender): boolean =>
		ids === undefined || ids.length === 0 || ids.includes(id) || ids.includes(`${qualifier}:${id}`);
	if (!knows(options.acceptedReceivers, receiver)) {
		add(
			'receiverUnknown',
			'error',
			`the receiver ${receiver.qualifier}:${receiver.id} is not one of ours`,
			8,
		);
	}
	if (!knows(options.acceptedSenders, sender)) {
		add(
			'senderUnknown',
			'error',
			`the sender ${sender.qualifier}:${sender.id} is not a known partner`,
			6,
		);
	}
	if (options.productionOnly === true && at(15) === 'T') {
		add('testNotAccepted', 'error', 'test interchanges are not accepted here', 15);
	}
	const interchange: InterchangeReading = {
		standard: 'X12',
		sender,
		receiver,
		controlNumber: at(13),
		date: at(9),
		time: at(10),
		version: at(12),
		header: elements.map((element) => [element]),
		usage: at(15),
		isTest: at(15) === 'T',
		acknowledgmentRequested: at(14) === '1',
		offset,
		hasTa1: false,
		groups: [],
		envelope: findings,
	};
	return { interchange, findings };
}

/** Which of the delimiters makes the set of them unusable. */
function blame(
	{ element, component, segment }: IsaHeader['delimiters'],
	elements: readonly string[],
): { code: EnvelopeCode; element?: number } {
	if (/[A-Za-z0-9\s]/.test(element)) return { code: 'elementSeparator' };
	if (/[A-Za-z0-9 ]/.test(segment) || segment === element) return { code: 'segmentTerminator' };
	if (elements.length >= 16 || component === '\u0000')
		return { code: 'componentSeparator', element: 16 };
	return { code: 'elementSeparator' };
}

/** I34; I37: hours from UTC and the zones of North America. */
const GRADE_OF_SERVICE = /^[012]$/;
const DELIVERY_TIME_CODE = /^(?:0[1-9]|1\d|2[0-4]|[CEMP][DST]|GM|LT|UT)?$/;

/** ISB and ISE ask for a delivery that has happened when the file is read: never worth a refusal. */
export function checkDelivery({ tag, elements, offset }: X12Segment): EnvelopeFinding[] {
	const findings: EnvelopeFinding[] = [];
	const check = (element: number, code: EnvelopeCode, holds: boolean, what: string): void => {
		const value = elements[element - 1] ?? '';
		if (holds) return;
		const message = `${tag}0${element} "${value}" is not ${what}`;
		findings.push({ code, severity: 'warning', message, segment: tag, element, value, offset });
	};
	const [first = '', second = '', third = ''] = elements;
	if (tag === 'ISB') check(1, 'gradeOfService', GRADE_OF_SERVICE.test(first), 'a grade of service');
	else {
		check(1, 'deliveryDate', isShortDate(first), 'a date YYMMDD');
		check(2, 'deliveryTime', TIME.test(second), 'a time HHMM');
		check(3, 'deliveryTimeCode', DELIVERY_TIME_CODE.test(third), 'a delivery time code');
	}
	return findings;
}
