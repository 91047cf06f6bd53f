import type { SyntaxVersion } from '../edifact';
import type { GroupReading, InterchangeReading, MessageReading } from './reading';

/**
 * UCI, UCF and UCM repeat references and parties as they were received. Where one of the mandatory
 * ones is missing or too long no valid CONTRL can be made with it (ISO 9735-4, errors in data
 * elements that are copied): the error goes to the level above, and from UCI to other means.
 */
function fits(value: string | undefined, max: number): boolean {
	return value !== undefined && value !== '' && value.length <= max;
}

export function canEchoInterchange({
	controlNumber,
	sender,
	receiver,
}: Pick<InterchangeReading, 'controlNumber' | 'sender' | 'receiver'>): boolean {
	return fits(controlNumber, 14) && fits(sender.id, 35) && fits(receiver.id, 35);
}

export function canEchoGroup(
	{ controlNumber, sender, receiver }: Pick<GroupReading, 'controlNumber' | 'sender' | 'receiver'>,
	syntax: SyntaxVersion,
): boolean {
	const parties = fits(sender.id, 35) && fits(receiver.id, 35);
	// S006 and S007 may be left out of UCF in syntax 4.
	return fits(controlNumber, 14) && (parties || syntax === 4);
}

export function canEchoIdentifier(identifier: readonly string[], syntax: SyntaxVersion): boolean {
	const [type, version, release, agency] = identifier;
	const inLength = fits(type, 6) && fits(version, 3) && fits(release, 3);
	return inLength && fits(agency, syntax === 4 ? 3 : 2);
}

export function canEchoMessage(
	{ controlNumber, identifier = [] }: Pick<MessageReading, 'controlNumber' | 'identifier'>,
	syntax: SyntaxVersion,
): boolean {
	// S009 may be left out of UCM in syntax 4.
	return fits(controlNumber, 14) && (syntax === 4 || canEchoIdentifier(identifier, syntax));
}
