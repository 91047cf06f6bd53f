import { CoreError } from '../../errors';
import type { Envelope } from '../partner';
import type { Delimiters, X12Profile } from './profile';

function invalid(problem: string, path: string): CoreError {
	return new CoreError('X12_INVALID_ENVELOPE', problem, { path });
}

/** Control numbers and times are taken literally; a wrong one would stand in the partner's records. */
export function checkEnvelope(envelope: Envelope, groups: number): void {
	const { interchangeControlNumber, groupControlNumbers, preparedAt } = envelope;
	if (!/^\d{9}$/.test(interchangeControlNumber) || interchangeControlNumber === '000000000') {
		throw invalid(
			`The interchange control number "${interchangeControlNumber}" (ISA13) is not nine digits`,
			'interchangeControlNumber',
		);
	}
	if (groupControlNumbers.length !== groups) {
		throw invalid(
			`${groups} functional groups need as many control numbers (GS06), but ${groupControlNumbers.length} were given`,
			'groupControlNumbers',
		);
	}
	for (const number of groupControlNumbers) {
		if (!/^[1-9]\d{0,8}$/.test(number)) {
			throw invalid(
				`The group control number "${number}" (GS06) is not one to nine digits without leading zeros`,
				'groupControlNumbers',
			);
		}
	}
	if (new Set(groupControlNumbers).size !== groups) {
		throw invalid(
			'A group control number (GS06) is used twice in one interchange',
			'groupControlNumbers',
		);
	}
	if (!/^\d{8}$/.test(preparedAt.date) || !/^\d{6}$/.test(preparedAt.time)) {
		throw invalid(
			`The time of preparation "${preparedAt.date} ${preparedAt.time}" is not YYYYMMDD and HHMMSS`,
			'preparedAt',
		);
	}
}

/** ISA has fixed widths: 106 characters with its terminator (X12.5). */
export function isaSegment(
	profile: X12Profile,
	envelope: Envelope,
	delimiters: Delimiters,
): string[] {
	const repeats = profile.interchangeVersion >= '00402';
	return [
		'ISA',
		profile.authorizationQualifier,
		profile.authorizationInformation.padEnd(10),
		profile.securityQualifier,
		profile.securityInformation.padEnd(10),
		profile.senderQualifier,
		profile.senderId.padEnd(15),
		profile.receiverQualifier,
		profile.receiverId.padEnd(15),
		envelope.preparedAt.date.slice(2),
		envelope.preparedAt.time.slice(0, 4),
		// Up to 00401 the controls standard, from 00402 on the repetition separator.
		repeats ? delimiters.repetition : 'U',
		profile.interchangeVersion,
		envelope.interchangeControlNumber,
		profile.acknowledgmentRequested ? '1' : '0',
		profile.usage,
		delimiters.component,
	];
}

export function gsSegment(
	profile: X12Profile,
	envelope: Envelope,
	functionalIdentifier: string,
	groupControlNumber: string,
): string[] {
	const { date, time } = envelope.preparedAt;
	return [
		'GS',
		functionalIdentifier,
		profile.senderApplicationId,
		profile.receiverApplicationId,
		profile.groupDateFormat === 'YYMMDD' ? date.slice(2) : date,
		profile.groupTimeFormat === 'HHMM' ? time.slice(0, 4) : time,
		groupControlNumber,
		'X',
		profile.groupVersion,
	];
}
