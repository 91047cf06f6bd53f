import type { SyntaxVersion } from '../../edifact';
import type {
	EnvelopeCode,
	EnvelopeFinding,
	GroupReading,
	InterchangeReading,
	MessageReading,
} from './reading';

// eslint-disable-next-line no-control-regex -- controls are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * UCI, UCF and UCM repeat references and parties as they were received. Where one of the mandatory
 * ones is missing, too long or garbled no valid CONTRL can be made with it (ISO 9735-4, errors in data
 * elements that are copied): the error goes to the level above, and from UCI to other means.
 */
export function fits(value: string | undefined, max: number): boolean {
	return value !== undefined && value !== '' && value.length <= max && !CONTROL.test(value);
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

const HINDERING: ReadonlySet<EnvelopeCode> = new Set([
	'elementMissing',
	'elementTooLong',
	'characterInvalid',
]);

/** Whether a finding in UNG or UNH may be what keeps UCF or UCM from repeating it. */
export function hindersEcho({ code }: EnvelopeFinding): boolean {
	return HINDERING.has(code);
}
