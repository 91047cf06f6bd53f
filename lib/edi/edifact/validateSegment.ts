import { ownValue } from '../../text';
import type { ElementSpec, Finding, FindingCode, SegmentSpec } from '../syntax';
import type { EdifactSegment } from './segment';

export interface SegmentPlace {
	/** Ordinal in the message: UNH is 1. */
	readonly position: number;
	readonly loop?: string;
	readonly offset?: number;
}

export interface SegmentRules {
	/** Mark of decimals; syntax 4 and files without UNA know both. */
	readonly decimalMark: '.' | ',' | 'any';
	/** `element:code`, accepted beyond the lists of the directory. */
	readonly additionalCodes?: ReadonlySet<string>;
	/** Codes of any list that are accepted as well. */
	readonly additionalPattern?: RegExp;
	/** Code lists are not looked at, as for files of partners with lists of their own. */
	readonly anyCode?: boolean;
	/** Syntax 4 forbids separators with nothing after them (0085 code 45). */
	readonly noTrailingSeparators?: boolean;
}

const LENIENT: SegmentRules = { decimalMark: 'any' };
const NONE: readonly Finding[] = [];
const INTEGER = /^-?\d+$/;
const DECIMAL = /^-?\d+([.,])\d+$/;
/** `,5` and `-.5`: a digit must stand before the mark (ISO 9735-1, 10.1). */
const NO_DIGIT = /^-?[.,]\d+$/;
const NUMBER_LIKE = /^-?[\d.,]+$/;
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufeff]/;

/**
 * Checks the elements and components of one segment against its specification: what is written
 * before it leaves, and what is read before it is acknowledged. Everything that is wrong, in order.
 */
export function validateSegment(
	segment: EdifactSegment,
	spec: SegmentSpec,
	place: SegmentPlace,
	rules: SegmentRules = LENIENT,
): readonly Finding[] {
	let findings: Finding[] | undefined;
	const report = (
		code: FindingCode,
		message: string,
		element: number,
		component?: number,
		part?: ElementSpec,
		value?: string,
	): void => {
		findings ??= [];
		findings.push({
			code,
			message,
			segment: segment.tag,
			segmentPosition: place.position,
			element,
			...(place.loop === undefined ? {} : { loop: place.loop }),
			...(place.offset === undefined ? {} : { offset: place.offset }),
			...(component === undefined ? {} : { component }),
			...(part === undefined ? {} : { dataElement: part.id }),
			...(value === undefined ? {} : { value }),
		});
	};

	const { elements } = segment;
	const specs = spec.elements;
	for (let index = 0; index < specs.length; index += 1) {
		const element = specs[index];
		if (element === undefined) continue;
		const given = elements[index];
		if (given === undefined || isEmpty(given)) {
			if (element.mandatory) {
				report(
					'elementMissing',
					`${segment.tag} needs ${element.id}`,
					index + 1,
					undefined,
					element,
				);
			}
			continue;
		}
		const parts = element.components;
		if (parts === undefined) {
			const value = given[0] ?? '';
			if (value === '' && element.mandatory) {
				report(
					'elementMissing',
					`${segment.tag} needs ${element.id}`,
					index + 1,
					undefined,
					element,
				);
			}
			if (value !== '') checkValue(value, element, rules, report, index + 1);
			if (given.length > 1) {
				report(
					'tooManyComponents',
					`${element.id} of ${segment.tag} is one value, not ${given.length}`,
					index + 1,
					2,
					element,
				);
			}
			continue;
		}
		checkComposite(segment.tag, given, element, parts, rules, report, index + 1);
	}
	for (let index = specs.length; index < elements.length; index += 1) {
		if (rules.noTrailingSeparators !== true && isEmpty(elements[index] ?? [])) continue;
		const message = `${segment.tag} has ${specs.length} elements, not ${elements.length}`;
		report('tooManyElements', message, index + 1);
	}
	const last = elements[elements.length - 1];
	if (rules.noTrailingSeparators === true && last !== undefined && isEmpty(last)) {
		report('trailingSeparator', `${segment.tag} ends in a separator`, elements.length);
	}
	checkPeriod(segment, report);
	return findings ?? NONE;
}

type Report = (
	code: FindingCode,
	message: string,
	element: number,
	component?: number,
	part?: ElementSpec,
	value?: string,
) => void;

function isEmpty(components: readonly string[]): boolean {
	for (const component of components) if (component !== '') return false;
	return true;
}

function checkComposite(
	tag: string,
	given: readonly string[],
	element: ElementSpec,
	parts: readonly ElementSpec[],
	rules: SegmentRules,
	report: Report,
	position: number,
): void {
	for (let index = 0; index < parts.length; index += 1) {
		const part = parts[index];
		if (part === undefined) continue;
		const value = given[index] ?? '';
		if (value !== '') checkValue(value, part, rules, report, position, index + 1);
		else if (part.mandatory) {
			report(
				'elementMissing',
				`${element.id} of ${tag} needs ${part.id}`,
				position,
				index + 1,
				part,
			);
		}
	}
	for (let index = parts.length; index < given.length; index += 1) {
		if (given[index] === '' && rules.noTrailingSeparators !== true) continue;
		const message = `${element.id} of ${tag} has ${parts.length} components, not ${given.length}`;
		report('tooManyComponents', message, position, index + 1, element, given[index]);
	}
	if (rules.noTrailingSeparators === true && given.length > 1 && given[given.length - 1] === '') {
		report(
			'trailingSeparator',
			`${element.id} of ${tag} ends in a separator`,
			position,
			given.length,
			element,
		);
	}
}

/** Sign and decimal mark are not counted (ISO 9735-1, 10.1). */
function lengthOf(value: string, spec: ElementSpec): number {
	if (spec.type === 'n') return value.replace(/[-.,]/g, '').length;
	if (value.length <= spec.max) return value.length;
	return Array.from(value).length;
}

function checkValue(
	value: string,
	spec: ElementSpec,
	rules: SegmentRules,
	report: Report,
	element: number,
	component?: number,
): void {
	if (spec.type === 'n') {
		if (!INTEGER.test(value)) {
			const mark = DECIMAL.exec(value)?.[1];
			if (mark === undefined) {
				const message = `${spec.id} must be a number, not "${value}"`;
				const code = NO_DIGIT.test(value)
					? 'digitMissing'
					: NUMBER_LIKE.test(value)
						? 'invalidDecimal'
						: 'invalidType';
				report(code, message, element, component, spec, value);
				return;
			}
			if (rules.decimalMark !== 'any' && mark !== rules.decimalMark) {
				const message = `the decimal mark of "${value}" must be "${rules.decimalMark}"`;
				report('invalidDecimal', message, element, component, spec, value);
			}
		}
	} else if (CONTROL.test(value)) {
		const message = `${spec.id} holds a control character`;
		report('invalidCharacter', message, element, component, spec, value);
	} else if (spec.type === 'a' && /\d/.test(value)) {
		report('invalidType', `${spec.id} must hold letters only`, element, component, spec, value);
	}
	const length = lengthOf(value, spec);
	if (length > spec.max) {
		const message = `${spec.id} holds at most ${spec.max} characters, not ${length}`;
		report('tooLong', message, element, component, spec, value);
	} else if (length < spec.min) {
		const message = `${spec.id} needs ${spec.min} characters, not ${length}`;
		report('tooShort', message, element, component, spec, value);
	}
	if (spec.codes !== undefined && rules.anyCode !== true && !spec.codes.has(value)) {
		if (rules.additionalCodes?.has(`${spec.id}:${value}`) === true) return;
		if (rules.additionalPattern?.test(value) === true) return;
		const message = `"${value}" is not a code of ${spec.id}`;
		report('invalidCode', message, element, component, spec, value);
	}
}

/** Patterns of 2379 that are calendar dates, and times where they have one. */
const PERIODS: Readonly<Record<string, RegExp>> = {
	'2': /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{2})$/,
	'101': /^(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})$/,
	'102': /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
	'201': /^(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})$/,
	'203': /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})$/,
	'204': /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})\d{2}$/,
};

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isCalendarDay(year: number, month: number, day: number): boolean {
	const days = DAYS[month - 1];
	if (days === undefined || day < 1 || day > days) return false;
	if (month !== 2 || day < 29) return true;
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function checkPeriod(segment: EdifactSegment, report: Report): void {
	if (segment.tag !== 'DTM') return;
	const [, value = '', format = ''] = segment.elements[0] ?? [];
	const pattern = ownValue(PERIODS, format);
	if (value === '' || pattern === undefined) return;
	const groups = pattern.exec(value)?.groups;
	const year = Number(groups?.['year']);
	// Two digits of a year do not say the century; 2000 and 2096 are both leap years.
	if (
		groups === undefined ||
		!isCalendarDay(year < 100 ? 2000 + year : year, Number(groups['month']), Number(groups['day']))
	) {
		report('invalidDate', `"${value}" is not a date of format ${format}`, 1, 2, undefined, value);
		return;
	}
	if (Number(groups['hour'] ?? 0) > 23 || Number(groups['minute'] ?? 0) > 59) {
		report('invalidTime', `"${value}" is not a time of format ${format}`, 1, 2, undefined, value);
	}
}
