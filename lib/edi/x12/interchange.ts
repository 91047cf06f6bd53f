import { CoreError } from '../../errors';
import { checkIdentifiers } from '../partner';
import type { EncodedInterchange, Envelope, PreparedDocument } from '../partner';
import { delimitersFor } from './delimiters';
import { checkEnvelope, gsSegment, isaOf } from './envelope';
import { bodySegments } from './prepare';
import type { X12Body } from './prepare';
import type { Delimiters, X12Profile } from './profile';
import { FUNCTIONAL_IDENTIFIERS } from './schema';

type Prepared = PreparedDocument<X12Body>;

export interface Group {
	readonly functionalIdentifier: string;
	readonly documents: readonly Prepared[];
}

/** One functional group for each functional identifier, in the order of first appearance. */
export function groupsOf(prepared: readonly Prepared[]): readonly Group[] {
	const groups = new Map<string, Prepared[]>();
	for (const document of prepared) {
		const id = FUNCTIONAL_IDENTIFIERS[document.messageId] ?? '';
		const group = groups.get(id);
		if (group === undefined) groups.set(id, [document]);
		else group.push(document);
	}
	return [...groups].map(([functionalIdentifier, documents]) => ({
		functionalIdentifier,
		documents,
	}));
}

/** ST02: `0001` and on within the group; DE329 has 4 to 9 characters. */
export function setControlNumber(index: number): string {
	return String(index + 1).padStart(4, '0');
}

/** All segments of the interchange, `COMPONENT_MARK` between components. */
export function* interchangeSegments(
	groups: readonly Group[],
	profile: X12Profile,
	envelope: Envelope,
	delimiters: Delimiters,
): Generator<readonly string[], void> {
	yield isaOf(profile, envelope, delimiters);
	for (let at = 0; at < groups.length; at += 1) {
		const group = groups[at] as Group;
		const controlNumber = envelope.groupControlNumbers[at] ?? '';
		yield gsSegment(profile, envelope, group.functionalIdentifier, controlNumber);
		for (let index = 0; index < group.documents.length; index += 1) {
			const { body } = group.documents[index] as Prepared;
			const number = setControlNumber(index);
			yield ['ST', body.set, number];
			yield* bodySegments(body);
			yield ['SE', String(body.segmentCount + 2), number];
		}
		yield ['GE', String(group.documents.length), controlNumber];
	}
	yield ['IEA', String(groups.length), envelope.interchangeControlNumber];
}

/** The body with the delimiters of this interchange. */
function bodyText(
	{ text, delimiters: own }: X12Body,
	delimiters: Delimiters,
	ending: string,
): string {
	if (own.element === delimiters.element && own.ending === ending) return text;
	return text
		.replaceAll(own.element, delimiters.element)
		.replaceAll(own.component, delimiters.component)
		.replaceAll(own.ending, ending);
}

export function assembleInterchange(
	prepared: readonly Prepared[],
	profile: X12Profile,
	envelope: Envelope,
): EncodedInterchange {
	if (prepared.length === 0) {
		throw new CoreError('X12_EMPTY_INTERCHANGE', 'There is no document to put into an interchange');
	}
	checkIdentifiers(prepared);
	const groups = groupsOf(prepared);
	checkEnvelope(envelope, groups.length);
	const delimiters = delimitersFor(
		prepared.map(({ body }) => body),
		profile,
	);
	const { element } = delimiters;
	const ending = delimiters.segment + profile.suffix;
	const write = (segment: readonly string[]): string => segment.join(element) + ending;
	let text = write(isaOf(profile, envelope, delimiters));
	let segmentCount = 2 + 2 * groups.length;
	const documents: EncodedInterchange['documents'][number][] = [];
	groups.forEach(({ functionalIdentifier, documents: members }, at) => {
		const groupNumber = envelope.groupControlNumbers[at] ?? '';
		text += write(gsSegment(profile, envelope, functionalIdentifier, groupNumber));
		members.forEach(({ document, messageId, body }, index) => {
			const number = setControlNumber(index);
			text += write(['ST', body.set, number]);
			text += bodyText(body, delimiters, ending);
			text += write(['SE', String(body.segmentCount + 2), number]);
			segmentCount += body.segmentCount + 2;
			documents.push({
				key: document.key,
				number: document.number,
				messageId,
				controlNumber: number,
				groupControlNumber: groupNumber,
			});
		});
		text += write(['GE', String(members.length), groupNumber]);
	});
	text += write(['IEA', String(groups.length), envelope.interchangeControlNumber]);
	return {
		standard: 'X12',
		release: profile.release,
		bytes: Buffer.from(text, profile.encoding === 'utf8' ? 'utf8' : 'latin1'),
		mimeType: 'application/edi-x12',
		interchangeControlNumber: envelope.interchangeControlNumber,
		groupControlNumbers: [...envelope.groupControlNumbers],
		preparedAt: envelope.preparedAt,
		segmentCount,
		documents,
	};
}
