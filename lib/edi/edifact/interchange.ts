import { CoreError } from '../../errors';
import type { EncodedInterchange, Envelope, PreparedDocument } from '../syntax';
import { separatorsOf, makeRelease, writeServiceString } from './release';
import type { EdifactBody } from './prepare';
import type { EdifactProfile } from './profile';
import { trimSegment, type EdifactSegment } from './segment';

type Prepared = PreparedDocument<EdifactBody>;
type EncodedDocument = EncodedInterchange['documents'][number];

/** An interchange as it is meant: every segment from UNB to UNZ, before any character is released. */
export interface Interchange {
	readonly segments: readonly EdifactSegment[];
	readonly documents: readonly EncodedDocument[];
}

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
		[profile.recipientReference],
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

/** Builds the whole interchange; numbers and time come from the envelope alone. */
export function buildInterchange(
	prepared: readonly Prepared[],
	profile: EdifactProfile,
	envelope: Envelope,
): Interchange {
	if (prepared.length === 0) {
		throw new CoreError(
			'EDIFACT_NOTHING_TO_ENCODE',
			`There is no document for an interchange to ${profile.partner}`,
		);
	}
	const { interchangeControlNumber: reference } = envelope;
	checkReference(reference, profile, 'interchange control reference');
	const segments: EdifactSegment[] = [interchangeHeader(profile, envelope)];
	const documents: EncodedDocument[] = [];
	const groups = profile.groups ? groupsOf(prepared) : [prepared];
	groups.forEach((group, index) => {
		const groupReference = profile.groups ? (envelope.groupControlNumbers[index] ?? '') : undefined;
		const messageId = group[0]?.messageId ?? '';
		if (groupReference !== undefined) {
			checkReference(groupReference, profile, 'group reference');
			segments.push(groupHeader(profile, envelope, messageId, groupReference));
		}
		for (const document of group) {
			const controlNumber = String(documents.length + 1).padStart(MESSAGE_REFERENCE_DIGITS, '0');
			writeMessage(document, controlNumber, profile, segments);
			documents.push({
				key: document.document.key,
				number: document.document.number,
				messageId: document.messageId,
				controlNumber,
				...(groupReference === undefined ? {} : { groupControlNumber: groupReference }),
			});
		}
		if (groupReference !== undefined) {
			segments.push({ tag: 'UNE', elements: [[String(group.length)], [groupReference]] });
		}
	});
	const count = profile.groups ? groups.length : prepared.length;
	segments.push({ tag: 'UNZ', elements: [[String(count)], [reference]] });
	return { segments, documents };
}

function writeMessage(
	{ messageId, body }: Prepared,
	controlNumber: string,
	profile: EdifactProfile,
	segments: EdifactSegment[],
): void {
	segments.push(
		trimSegment('UNH', [
			[controlNumber],
			[messageId, ...versionOf(profile), 'UN', profile.associationCode],
		]),
	);
	for (const segment of body.segments) segments.push(segment);
	// UNH and UNT count themselves (0074).
	segments.push({ tag: 'UNT', elements: [[String(body.segments.length + 2)], [controlNumber]] });
}

/** The text of an interchange: separators between values, and released inside them. */
export function writeInterchange(
	segments: readonly EdifactSegment[],
	profile: EdifactProfile,
): string {
	const { serviceString: service, suffix } = profile;
	const release = makeRelease(service);
	const end = service.segment + suffix;
	let text = profile.sendServiceString ? writeServiceString(service) + suffix : '';
	for (const { tag, elements } of segments) {
		text += tag;
		for (const components of elements) {
			text += service.element;
			for (let index = 0; index < components.length; index += 1) {
				if (index > 0) text += service.component;
				const value = components[index] as string;
				if (value !== '') text += release(value);
			}
		}
		text += end;
	}
	return text;
}
