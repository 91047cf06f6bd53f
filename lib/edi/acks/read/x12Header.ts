import {
	elementName,
	ISA_FIELDS,
	isaElement,
	isaValues,
	isShortDate,
	isShortTime,
	trimPadding,
} from '../../x12';
import type { IsaHeader, IsaValues, X12Segment } from '../../x12';
import type { EnvelopeCode, EnvelopeFinding, InterchangeReading, ReadingOptions } from './reading';

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
			add('headerLayout', elements.length < ISA_FIELDS.length ? 'error' : 'warning', problem.message);
		} else if (problem.code === 'separators') {
			add('elementSeparator', 'error', problem.message);
		} else {
			const { code, element } = blame(delimiters, elements);
			add(code, 'error', problem.message, element);
		}
	}
	const isa = isaValues(elements);
	if (elements.length >= ISA_FIELDS.length) {
		for (const [index, { from, check }] of ISA_FIELDS.entries()) {
			for (const { code, severity, holds, what } of check) {
				if (holds(isa[from], isa)) continue;
				const message = `${elementName('ISA', index + 1)} "${isa[from]}" ${what}`;
				add(code, severity, message, index + 1);
			}
		}
	}
	const of = (from: keyof IsaValues): string => trimPadding(isa[from]);
	const sender = { qualifier: of('senderQualifier'), id: of('senderId') };
	const receiver = { qualifier: of('receiverQualifier'), id: of('receiverId') };
	const knows = (ids: readonly string[] | undefined, { qualifier, id }: typeof sender): boolean =>
		ids === undefined || ids.length === 0 || ids.includes(id) || ids.includes(`${qualifier}:${id}`);
	if (!knows(options.acceptedReceivers, receiver)) {
		add(
			'receiverUnknown',
			'error',
			`the receiver ${receiver.qualifier}:${receiver.id} is not one of ours`,
			isaElement('receiverId'),
		);
	}
	if (!knows(options.acceptedSenders, sender)) {
		add(
			'senderUnknown',
			'error',
			`the sender ${sender.qualifier}:${sender.id} is not a known partner`,
			isaElement('senderId'),
		);
	}
	const usage = of('usage');
	if (options.productionOnly === true && usage === 'T') {
		const message = 'test interchanges are not accepted here';
		add('testNotAccepted', 'error', message, isaElement('usage'));
	}
	const interchange: InterchangeReading = {
		standard: 'X12',
		sender,
		receiver,
		controlNumber: of('controlNumber'),
		date: of('date'),
		time: of('time'),
		version: of('controlVersion'),
		header: elements.map((element) => [element]),
		usage,
		isTest: usage === 'T',
		acknowledgmentRequested: of('acknowledgmentRequest') === '1',
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
	if (elements.length >= ISA_FIELDS.length || component === '\u0000')
		return { code: 'componentSeparator', element: isaElement('componentSeparator') };
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
		check(2, 'deliveryTime', isShortTime(second), 'a time HHMM');
		check(3, 'deliveryTimeCode', DELIVERY_TIME_CODE.test(third), 'a delivery time code');
	}
	return findings;
}
