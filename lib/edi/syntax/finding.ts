/**
 * What a reader found wrong with an interchange, independent of the acknowledgment that will report
 * it. `lib/edi/acks` translates findings to X12 AK304/AK403/AK502/AK905/TA1 and UNTDID 0085 codes.
 */
export type FindingCode =
	// segments of a transaction set or message
	| 'segmentUnknown' // not a segment of the standard at all
	| 'segmentNotInSet' // a segment of the standard that this set does not use
	| 'segmentUnexpected'
	| 'segmentMissing'
	| 'segmentOutOfSequence'
	| 'segmentOverMaximum'
	| 'loopOverMaximum'
	// elements and components
	| 'elementMissing'
	| 'conditionalElementMissing'
	| 'exclusionViolated'
	| 'tooManyElements'
	| 'tooManyComponents'
	| 'tooManyRepetitions'
	| 'tooShort'
	| 'tooLong'
	| 'invalidCharacter'
	| 'invalidType'
	| 'invalidCode'
	| 'invalidDate'
	| 'invalidTime'
	| 'invalidDecimal'
	| 'digitMissing' // before the decimal mark; EDIFACT tells it apart
	| 'trailingSeparator';

export interface Finding {
	readonly code: FindingCode;
	readonly message: string;
	readonly segment: string;
	/** Ordinal in the set or message: ST or UNH is 1. */
	readonly segmentPosition: number;
	/** X12 loop or EDIFACT segment group the segment stands in, where known. */
	readonly loop?: string;
	/** From 1; X12 `IT104` is 4. EDIFACT counts data elements after the tag from 1 as well. */
	readonly element?: number;
	readonly component?: number;
	readonly repetition?: number;
	/** Data element number or id (`373`, `1004`). */
	readonly dataElement?: string;
	readonly value?: string;
	/** Byte offset of the segment (or of the element, where known) in the file. */
	readonly offset?: number;
}
