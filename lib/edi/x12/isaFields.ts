import { isControlVersion } from './controlVersions';
import { isDate } from './validateSegment';

/** What an ISA says, in words instead of numbers. */
export interface IsaValues {
	readonly authorizationQualifier: string;
	readonly authorizationInformation: string;
	readonly securityQualifier: string;
	readonly securityInformation: string;
	readonly senderQualifier: string;
	readonly senderId: string;
	readonly receiverQualifier: string;
	readonly receiverId: string;
	/** YYMMDD */
	readonly date: string;
	/** HHMM */
	readonly time: string;
	/** Up to control version 00401 `U`, from 00402 on the repetition separator. */
	readonly standardOrRepetition: string;
	readonly controlVersion: string;
	readonly controlNumber: string;
	readonly acknowledgmentRequest: string;
	readonly usage: string;
	readonly componentSeparator: string;
}

/** What can be wrong with a value; an acknowledgment has a code for each (I18). */
export type IsaComplaint =
	| 'authorizationQualifier'
	| 'authorizationInformation'
	| 'securityQualifier'
	| 'securityInformation'
	| 'senderQualifier'
	| 'senderId'
	| 'receiverQualifier'
	| 'receiverId'
	| 'dateInvalid'
	| 'timeInvalid'
	| 'standardInvalid'
	| 'standardUnsupported'
	| 'versionInvalid'
	| 'versionUnsupported'
	| 'controlNumberInvalid'
	| 'acknowledgmentRequest'
	| 'testIndicator';

export interface IsaCheck {
	readonly code: IsaComplaint;
	/**
	 * Severities follow the assignment that is common among gateways: what cannot lead to a wrong
	 * booking is accepted with errors.
	 */
	readonly severity: 'error' | 'warning';
	readonly holds: (value: string, isa: IsaValues) => boolean;
	/** Of a value for which it does not hold: `ISA06 "…" is blank`. */
	readonly what: string;
}

export interface IsaField {
	/** Offset of the first character; the separator stands before it. */
	readonly at: number;
	readonly width: number;
	readonly from: keyof IsaValues;
	readonly check: readonly IsaCheck[];
}

/** I05; from 004010 on. */
const PARTY_QUALIFIER = /^(?:0[1-9]|[12]\d|3[0-8]|AM|NR|SA|SN|ZZ)$/;
const TIME = /^(?:[01]\d|2[0-3])[0-5]\d$/;
/** I10 has one code; a letter in its place is meant as one. */
const OTHER_STANDARD = /^[A-TV-Za-z]$/;
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

export function isPartyQualifier(text: string): boolean {
	return PARTY_QUALIFIER.test(text);
}

/** A century that is not said is this one. */
export function isShortDate(text: string): boolean {
	return /^\d{6}$/.test(text) && isDate(`20${text}`);
}

export function isShortTime(text: string): boolean {
	return TIME.test(text);
}

/** From control version 00402 on ISA11 is the repetition separator. */
export function hasRepetitions(controlVersion: string): boolean {
	return controlVersion >= '00402';
}

/** No-break spaces pad some files; they are no part of an ID. */
export function trimPadding(text: string): string {
	return text.replaceAll(/[\s\u00a0]+$/g, '').replaceAll(/^[\s\u00a0]+/g, '');
}

const error = (code: IsaComplaint, holds: IsaCheck['holds'], what: string): IsaCheck => ({
	code,
	severity: 'error',
	holds,
	what,
});
const warning = (code: IsaComplaint, holds: IsaCheck['holds'], what: string): IsaCheck => ({
	...error(code, holds, what),
	severity: 'warning',
});
const matches =
	(pattern: RegExp): IsaCheck['holds'] =>
	(value) =>
		pattern.test(value);
const isFilled = (value: string): boolean => value.trim() !== '';
/** A line break at the end is padding; inside, and any other control, it is no part of a value. */
const isText = (value: string): boolean => !CONTROL.test(trimPadding(value));
const CONTROL_IN_IT = 'holds a control character';
const NO_QUALIFIER = 'is not an interchange ID qualifier';

/**
 * ISA is the one segment of fixed widths (X12.5): 106 characters with its terminator. Writer, reader,
 * header check and acknowledgment know it from here.
 */
export const ISA_FIELDS: readonly IsaField[] = [
	{
		at: 4,
		width: 2,
		from: 'authorizationQualifier',
		check: [
			error(
				'authorizationQualifier',
				matches(/^0[0-8]$/),
				'is not an authorization information qualifier',
			),
		],
	},
	{
		at: 7,
		width: 10,
		from: 'authorizationInformation',
		check: [
			warning(
				'authorizationInformation',
				(value, isa) => isa.authorizationQualifier === '00' || isFilled(value),
				'is blank although ISA01 announces it',
			),
			warning('authorizationInformation', isText, CONTROL_IN_IT),
		],
	},
	{
		at: 18,
		width: 2,
		from: 'securityQualifier',
		check: [
			error('securityQualifier', matches(/^0[01]$/), 'is not a security information qualifier'),
		],
	},
	{
		at: 21,
		width: 10,
		from: 'securityInformation',
		check: [
			warning(
				'securityInformation',
				(value, isa) => isa.securityQualifier === '00' || isFilled(value),
				'is blank although ISA03 announces it',
			),
			warning('securityInformation', isText, CONTROL_IN_IT),
		],
	},
	{
		at: 32,
		width: 2,
		from: 'senderQualifier',
		check: [error('senderQualifier', isPartyQualifier, NO_QUALIFIER)],
	},
	{
		at: 35,
		width: 15,
		from: 'senderId',
		check: [error('senderId', isFilled, 'is blank'), error('senderId', isText, CONTROL_IN_IT)],
	},
	{
		at: 51,
		width: 2,
		from: 'receiverQualifier',
		check: [error('receiverQualifier', isPartyQualifier, NO_QUALIFIER)],
	},
	{
		at: 54,
		width: 15,
		from: 'receiverId',
		check: [error('receiverId', isFilled, 'is blank'), error('receiverId', isText, CONTROL_IN_IT)],
	},
	{
		at: 70,
		width: 6,
		from: 'date',
		check: [error('dateInvalid', isShortDate, 'is not a date YYMMDD')],
	},
	{
		at: 77,
		width: 4,
		from: 'time',
		check: [error('timeInvalid', isShortTime, 'is not a time HHMM')],
	},
	{
		at: 82,
		width: 1,
		from: 'standardOrRepetition',
		check: [
			warning(
				'standardInvalid',
				(value, isa) =>
					!/^[\s\d]?$/.test(value) &&
					!(hasRepetitions(isa.controlVersion) && OTHER_STANDARD.test(value)),
				'is neither U nor a repetition separator',
			),
			warning(
				'standardUnsupported',
				(value, isa) => hasRepetitions(isa.controlVersion) || !OTHER_STANDARD.test(value),
				'names another standard than U',
			),
		],
	},
	{
		at: 84,
		width: 5,
		from: 'controlVersion',
		check: [
			error('versionInvalid', matches(/^\d{5}$/), 'is not a control version of five digits'),
			error(
				'versionUnsupported',
				// 00040 is how some write 00400.
				(value) => !/^\d{5}$/.test(value) || isControlVersion(value) || value === '00040',
				'is not a known control version',
			),
		],
	},
	{
		at: 90,
		width: 9,
		from: 'controlNumber',
		check: [
			error('controlNumberInvalid', matches(/^\d{9}$/), 'is not a control number of nine digits'),
		],
	},
	{
		at: 100,
		width: 1,
		from: 'acknowledgmentRequest',
		check: [warning('acknowledgmentRequest', matches(/^[01]$/), 'is neither 0 nor 1')],
	},
	{
		at: 102,
		width: 1,
		from: 'usage',
		check: [warning('testIndicator', matches(/^[PTI]$/), 'is not a usage indicator (P, T or I)')],
	},
	// What can be wrong with it is wrong with the delimiters as a set.
	{ at: 104, width: 1, from: 'componentSeparator', check: [] },
];

export const ISA_LENGTH = 106;

/** Where the element separators stand. */
export const ISA_SEPARATORS: readonly number[] = ISA_FIELDS.map(({ at }) => at - 1);

/** Tag and elements, each padded to its width. */
export function isaSegment(values: IsaValues): string[] {
	return ['ISA', ...ISA_FIELDS.map(({ from, width }) => values[from].padEnd(width))];
}

/** The values of an ISA as read, with their padding; what is missing is empty. */
export function isaValues(elements: readonly string[]): IsaValues {
	return Object.fromEntries(
		ISA_FIELDS.map(({ from }, index) => [from, elements[index] ?? '']),
	) as unknown as IsaValues;
}

/** Element number of a field: `senderId` is ISA06. */
export function isaElement(from: keyof IsaValues): number {
	return ISA_FIELDS.findIndex((field) => field.from === from) + 1;
}
