import type { EdifactReadSegment } from '../../edifact';
import { detach } from './reading';
import type { GroupReading, InterchangeReading, PartyReference } from './reading';

/** CONTRL is never acknowledged; APERAK acknowledges on the application level and is. */
export const ACKNOWLEDGMENT_MESSAGE = 'CONTRL';
const NO_ELEMENTS: readonly string[] = [];

export function elementOf(
	segment: EdifactReadSegment | undefined,
	element: number,
): readonly string[] {
	return segment?.elements[element - 1] ?? NO_ELEMENTS;
}

function partyOf([id = '', qualifier = '', address = '']: readonly string[]): PartyReference {
	return { id, qualifier, ...(address === '' ? {} : { address }) };
}

/** UNB, or an interchange without one: there is nothing to acknowledge it by. */
export function interchangeOf(
	received: EdifactReadSegment | undefined,
	offset: number,
): InterchangeReading {
	const header = received?.elements.map((parts) => parts.map(detach)) ?? [];
	const at = (element: number): readonly string[] => header[element - 1] ?? NO_ELEMENTS;
	return {
		standard: 'EDIFACT',
		sender: partyOf(at(2)),
		receiver: partyOf(at(3)),
		controlNumber: at(5)[0] ?? '',
		date: at(4)[0] ?? '',
		time: at(4)[1] ?? '',
		version: at(1)[1] ?? '',
		header,
		usage: at(11)[0] ?? '',
		isTest: /^[1-4]$/.test(at(11)[0] ?? ''),
		acknowledgmentRequested: /^[12]$/.test(at(9)[0] ?? ''),
		offset,
		hasTa1: false,
		groups: [],
		envelope: [],
	};
}

export function groupOf(received: EdifactReadSegment): GroupReading {
	const at = (element: number): readonly string[] => elementOf(received, element).map(detach);
	return {
		implicit: false,
		functionalId: at(1)[0] ?? '',
		sender: partyOf(at(2)),
		receiver: partyOf(at(3)),
		controlNumber: at(5)[0] ?? '',
		version: at(7).join(':'),
		offset: received.offset,
		isAcknowledgment: at(1)[0] === ACKNOWLEDGMENT_MESSAGE,
		messages: [],
		declaredCount: undefined,
		envelope: [],
	};
}

/** Messages that stand in the interchange without UNG. */
export function implicitGroup(
	{ sender, receiver }: InterchangeReading,
	offset: number,
): GroupReading {
	return {
		implicit: true,
		functionalId: '',
		sender,
		receiver,
		controlNumber: '',
		version: '',
		offset,
		isAcknowledgment: false,
		messages: [],
		declaredCount: undefined,
		envelope: [],
	};
}
