import type { X12Release } from '../../x12';
import { DEFAULT_RULES } from '../judge';
import type { VerdictRules } from '../judge';

export interface AcknowledgmentOptions {
	readonly rules: VerdictRules;
	/** 999 is the implementation acknowledgment of 005010; 997 exists in every release. */
	readonly functional: '997' | '999';
	/** Release a 997 is written in. */
	readonly release: 'as received' | X12Release;
	readonly ta1: 'when requested' | 'always' | 'never';
	/** AK2/AK5 or UCM for what was accepted as well. */
	readonly listAccepted: boolean;
	/** AK3/AK4, IK3/IK4, UCS/UCD. */
	readonly detail: boolean;
	readonly lineBreaks: boolean;
	readonly contrl: 'acknowledgment' | 'receipt' | 'both';
	readonly contrlWhen: 'always' | 'when requested';
	/** Version, release and agency of the CONTRL message in syntax 1 to 3 (S009). */
	readonly contrlIdentifier: string;
}

export const DEFAULT_OPTIONS: AcknowledgmentOptions = {
	rules: DEFAULT_RULES,
	functional: '997',
	release: 'as received',
	ta1: 'when requested',
	listAccepted: true,
	detail: true,
	lineBreaks: false,
	contrl: 'acknowledgment',
	contrlWhen: 'always',
	contrlIdentifier: 'D:3:UN',
};

/** Numbers and time of an acknowledgment come from outside, as those of every interchange. */
export interface AcknowledgmentIdentity {
	/** Interchange control number, 1 to 999999999; the group's, too, where that has none of its own. */
	readonly controlNumber: number;
	/** GS06 of X12, where groups are counted by themselves. */
	readonly groupControlNumber?: number | undefined;
	/** `YYYYMMDD` */
	readonly date: string;
	/** `HHMMSS` */
	readonly time: string;
}

/** What AK4 lets a segment say (997 note; DE 99 in the structure of the set). */
export const MAX_ELEMENT_ERRORS = 99;
/** UCS per UCM (ISO 9735-4). */
export const MAX_SEGMENT_ERRORS_EDIFACT = 999;
