import { CoreError } from '../../errors';
import { checkIdentifiers } from '../partner';
import type { EncodedInterchange, Envelope, PreparedDocument } from '../partner';
import { separatorsOf, writeServiceString } from './release';
import type { EdifactBody } from './prepare';
import type { EdifactProfile } from './profile';
import { trimSegment } from './segment';
import type { EdifactSegment } from './segment';
import { segmentWriterOf } from './writer';

type Prepared = PreparedDocument<EdifactBody>;
type EncodedDocument = EncodedInterchange['documents'][number];

const REFERENCE_LENGTH = 14;
const MESSAGE_REFERENCE_DIGITS = 4;

/** UNB 0020 and UNG 0048: up to 14 characters, none of which would have to be released. */
function checkReference(reference: string, profile: EdifactProfile, name: string): void {
	const separators = separatorsOf(profile.serviceString);
	const usable =
		reference !== '' &&
		reference.length <= REFERENCE_LENGTH &&
		/^[A-Z0-9./-]+$/.test(reference) &&
		![...reference].some((character) => separators.includes(character));
	if (usable) return;
	throw new CoreError(
		'EDIFACT_CONTROL_NUMBER',
		`The ${name} "${reference}" cannot be used: it must be 1 to ${REFERENCE_LENGTH} digits or capital letters`,
		{ path: 'controlNumber' },
	);
}

/** The documents of each group: one group for each message type, in order of appearance. */
export function groupsOf(prepared: readonly Prepared[]): readonly (readonly Prepared[])[] {
	const groups = new Map<string, Prepared[]>();
	for (const document of prepared) {
		const group = groups.get(document.messageId);
		if (group === undefined) groups.set(document.messageId, [document]);
		else group.push(document);
	}
	return [...groups.values()];
}

function preparation(
	profile: EdifactProfile,
	{ date, time }: Envelope['preparedAt'],
): readonly string[] {
	// Two digits of the year up to syntax 3, four from syntax 4 on (0017).
	return [profile.syntaxVersion === 3 ? date.slice(2) : date, time.slice(0, 4)];
}

function interchangeHeader(profile: EdifactProfile, envelope: Envelope): EdifactSegment {
	return trimSegment('UNB', [
		[profile.characterSet, String(profile.syntaxVersion)],
		[profile.senderId, profile.senderQualifier, profile.senderInternalId],
		[profile.receiverId, profile.receiverQualifier, profile.receiverInternalId],
		preparation(profile, envelope.preparedAt),
		[envelope.interchangeControlNumber],
		[profile.recipientReference, profile.recipientReferenceQualifier],
		[profile.applicationReference],
		[profile.priority],
		[profile.acknowledgmentRequested ? '1' : ''],
		[profile.agreementId],
		[profile.usage === 'T' ? '1' : ''],
	]);
}

function versionOf(profile: EdifactProfile): readonly string[] {
	const [version = '', release = ''] = profile.release.split('.');
	return [version, release];
}

function groupHeader(
	profile: EdifactProfile,
	envelope: Envelope,
	messageId: string,
	reference: string,
): EdifactSegment {
	return trimSegment('UNG', [
		[messageId],
		[profile.senderApplicationId, profile.senderQualifier],
		[profile.receiverApplicationId, profile.receiverQualifier],
		preparation(profile, envelope.preparedAt),
		[reference],
		['UN'],
		[...versionOf(profile), profile.associationCode],
	]);
}

/** What an interchange is made of, in order: service segments, and the bodies of messages. */
interface Frame {
	readonly parts: readonly (EdifactSegment | EdifactBody)[];
	readonly documents: readonly EncodedDocument[];
	readonly segmentCount: number;
}

function isSegment(part: EdifactSegment | EdifactBody): part is EdifactSegment {
	return 'tag' in part;
}

/** Numbers and time come from the envelope alone. */
function frame(prepared: readonly Prepared[], profile: EdifactProfile, envelope: Envelope): Frame {
	if (prepared.length === 0) {
		throw new CoreError(
			'EDIFACT_NOTHING_TO_ENCODE',
			`There is no document for an interchange to ${profile.partner}`,
		);
	}
	checkIdentifiers(prepared);
	const { interchangeControlNumber: reference } = envelope;
	checkReference(reference, profile, 'interchange control reference');
	const parts: (EdifactSegment | EdifactBody)[] = [interchangeHeader(profile, envelope)];
	const documents: EncodedDocument[] = [];
	let segmentCount = 2;
	const groups = profile.groups ? groupsOf(prepared) : [prepared];
	groups.forEach((group, index) => {
		const groupReference = profile.groups ? (envelope.groupControlNumbers[index] ?? '') : undefined;
		const messageId = group[0]?.messageId ?? '';
		if (groupReference !== undefined) {
			checkReference(groupReference, profile, 'group reference');
			parts.push(groupHeader(profile, envelope, messageId, groupReference));
			segmentCount += 2;
		}
		for (const { document, messageId: id, body } of group) {
			const controlNumber = String(documents.length + 1).padStart(MESSAGE_REFERENCE_DIGITS, '0');
			// UNH and UNT count themselves (0074).
			const count = body.segmentCount + 2;
			parts.push(
				messageHeader(profile, id, controlNumber),
				body,
				messageTrailer(count, controlNumber),
			);
			segmentCount += count;
			documents.push({
				key: document.key,
				number: document.number,
				messageId: id,
				controlNumber,
				...(groupReference === undefined ? {} : { groupControlNumber: groupReference }),
			});
		}
		if (groupReference !== undefined) {
			parts.push({ tag: 'UNE', elements: [[String(group.length)], [groupReference]] });
		}
	});
	const count = profile.groups ? groups.length : prepared.length;
	parts.push({ tag: 'UNZ', elements: [[String(count)], [reference]] });
	return { parts, documents, segmentCount };
}

function messageHeader(profile: EdifactProfile, id: string, controlNumber: string): EdifactSegment {
	return trimSegment('UNH', [
		[controlNumber],
		[id, ...versionOf(profile), 'UN', profile.associationCode],
	]);
}

function messageTrailer(count: number, controlNumber: string): EdifactSegment {
	return { tag: 'UNT', elements: [[String(count)], [controlNumber]] };
}

/** Every segment from UNB to UNZ as it is meant, before any character is released. */
export function meantSegments(
	prepared: readonly Prepared[],
	profile: EdifactProfile,
	envelope: Envelope,
): readonly EdifactSegment[] {
	const { parts } = frame(prepared, profile, envelope);
	return parts.flatMap((part) => (isSegment(part) ? [part] : part.segments));
}

export interface WrittenInterchange {
	readonly text: string;
	readonly documents: readonly EncodedDocument[];
	readonly segmentCount: number;
}

export function writeInterchange(
	prepared: readonly Prepared[],
	profile: EdifactProfile,
	envelope: Envelope,
): WrittenInterchange {
	const { parts, documents, segmentCount } = frame(prepared, profile, envelope);
	const write = segmentWriterOf(profile);
	let text = profile.sendServiceString
		? writeServiceString(profile.serviceString) + profile.suffix
		: '';
	for (const part of parts) text += isSegment(part) ? write([part]) : part.text;
	return { text, documents, segmentCount };
}

export function assembleInterchange(
	prepared: readonly PreparedDocument<EdifactBody>[],
	profile: EdifactProfile,
	envelope: Envelope,
): EncodedInterchange {
	const { text, documents, segmentCount } = writeInterchange(prepared, profile, envelope);
	const groups = profile.groups ? groupsOf(prepared).length : 0;
	return {
		standard: 'EDIFACT',
		release: profile.release,
		bytes: profile.charset.encode(text),
		mimeType: 'application/edifact',
		interchangeControlNumber: envelope.interchangeControlNumber,
		groupControlNumbers: envelope.groupControlNumbers.slice(0, groups),
		preparedAt: envelope.preparedAt,
		segmentCount,
		documents,
	};
}
