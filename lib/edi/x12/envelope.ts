import { CoreError } from '../../errors';
import type { Envelope } from '../partner';
import { hasRepetitions, isaSegment } from './isaFields';
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

export function isaOf(profile: X12Profile, envelope: Envelope, delimiters: Delimiters): string[] {
	const { interchangeVersion } = profile;
	return isaSegment({
		...profile,
		date: envelope.preparedAt.date.slice(2),
		time: envelope.preparedAt.time.slice(0, 4),
		standardOrRepetition: hasRepetitions(interchangeVersion) ? delimiters.repetition : 'U',
		controlVersion: interchangeVersion,
		controlNumber: envelope.interchangeControlNumber,
		acknowledgmentRequest: profile.acknowledgmentRequested ? '1' : '0',
		componentSeparator: delimiters.component,
	});
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
