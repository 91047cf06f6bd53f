import type { CharacterPolicy } from '../../text';
import type { CodeMaps, IdentifierPolicy } from '../partner';
import type { Repertoire } from '../syntax';
import type { ExtraSegment, ExtraSegmentSettings } from './extraSegment';
import type { X12Release } from './schema';

export type X12TransactionSet = '810' | '820' | '850';
export type SegmentSuffix = 'none' | 'lf' | 'crlf';

export interface Delimiters {
	readonly element: string;
	readonly component: string;
	/** ISA11 from 00402; 004010 has no repetition and holds `U` there. */
	readonly repetition: string;
	readonly segment: string;
}

/**
 * A trading partner's settings as the encoder uses them; `normalizeX12Profile` makes it of the plain
 * object that a node, a workflow or a test gives (`X12ProfileSettings`).
 */
export interface X12Profile {
	readonly partner: string;
	readonly release: X12Release;
	readonly interchangeVersion: string;
	readonly groupVersion: string;
	readonly senderQualifier: string;
	readonly senderId: string;
	readonly receiverQualifier: string;
	readonly receiverId: string;
	readonly senderApplicationId: string;
	readonly receiverApplicationId: string;
	readonly authorizationQualifier: string;
	readonly authorizationInformation: string;
	readonly securityQualifier: string;
	readonly securityInformation: string;
	readonly usage: 'T' | 'P' | 'I';
	readonly acknowledgmentRequested: boolean;
	readonly groupDateFormat: 'CCYYMMDD' | 'YYMMDD';
	readonly groupTimeFormat: 'HHMM' | 'HHMMSS';

	readonly delimiters: Delimiters;
	/** Delimiters are chosen per interchange so that they occur nowhere in its data. */
	readonly pickDelimiters: boolean;
	readonly suffix: '' | '\n' | '\r\n';
	readonly delimiterInData: 'replace' | 'reject' | 'pick';
	/** No delimiter was agreed: an identifier that holds one of ours is sent with other delimiters. */
	readonly mayPickForIdentifiers: boolean;
	readonly repertoire: Repertoire;
	readonly encoding: 'ascii' | 'utf8';
	readonly charactersOutside: CharacterPolicy;
	readonly replacementCharacter: string;
	readonly identifierPolicy: IdentifierPolicy;
	readonly longText: 'reject' | 'cut';

	readonly creditNoteAmounts: 'positive' | 'negative';
	readonly invoiceTypeCode: string;
	readonly creditNoteTypeCode: string;
	readonly orderTypeCode: string;
	readonly ownNumberQualifier: string;
	readonly glAccountQualifier: string;
	readonly costCenterQualifier: string;
	readonly costUnitQualifier: string;
	readonly projectQualifier: string;
	readonly partyQualifier: string;
	readonly remittanceInvoiceQualifier: string;
	readonly remittanceCreditQualifier: string;

	/** Names of rules (`REF*VX`, `PID`) that are not sent. */
	readonly omitSegments: ReadonlySet<string>;
	/** Names of rules that are off by default and are sent. */
	readonly sendSegments: ReadonlySet<string>;
	readonly codeMaps: CodeMaps;
	readonly defaults: ReadonlyMap<string, string>;
	readonly extraSegments: readonly ExtraSegment[];
}

/**
 * The settings of a partner, plain JSON. Only the two IDs are required; everything else has the
 * default named here. Unknown names are refused, so that a misspelt setting is not silently ignored.
 */
export interface X12ProfileSettings {
	/** Short name of the partner, for file names and messages. Default: the receiver ID. */
	partner?: string;
	/** `004010` (default) or `005010`. */
	release?: X12Release;
	/** ISA12. Default `00401` or `00501` by the release. */
	interchangeVersion?: string;
	/** GS08, such as `004010VICS`. Default: the release. */
	groupVersion?: string;
	/** ISA05 / ISA07. Default `ZZ`. */
	senderQualifier?: string;
	receiverQualifier?: string;
	/** ISA06 / ISA08, at most 15 characters. Required. */
	senderId?: string;
	receiverId?: string;
	/** GS02 / GS03, 2 to 15 characters. Default: the ISA IDs. */
	senderApplicationId?: string;
	receiverApplicationId?: string;
	/** ISA01-04. Default `00` and blanks. */
	authorizationQualifier?: string;
	authorizationInformation?: string;
	securityQualifier?: string;
	securityInformation?: string;
	/** ISA15: `test` (default), `production`, `information`. */
	usage?: 'test' | 'production' | 'information';
	/** ISA14 `1`: the partner is asked for a TA1. Default false. */
	acknowledgmentRequested?: boolean;
	/** GS04: `CCYYMMDD` (default, what 004010 says) or `YYMMDD` for partners that ask for it. */
	groupDateFormat?: 'CCYYMMDD' | 'YYMMDD';
	/** GS05: `HHMM` (default) or `HHMMSS`. */
	groupTimeFormat?: 'HHMM' | 'HHMMSS';

	/** Default `*`. `\n`, `\r`, `\t` and `\x1d` notations are understood. */
	elementSeparator?: string;
	/** Default `>`: `:` occurs in ordinary text. */
	componentSeparator?: string;
	/** Default `^`; written with 00402 and later. */
	repetitionSeparator?: string;
	/** Default `~`. */
	segmentTerminator?: string;
	/** `none` (default), `lf`, `crlf` after each terminator. */
	segmentSuffix?: SegmentSuffix;
	/** A delimiter in data is replaced (default), rejected, or other delimiters are picked. */
	delimiterInData?: 'replace' | 'reject' | 'pick';
	/** `basic`, `extended` (default) or `utf8`. */
	characterSet?: 'basic' | 'extended' | 'utf8';
	/** Default `transliterate`. */
	charactersOutside?: CharacterPolicy;
	/** For `replace`, and for delimiters in data. Default a space. */
	replacementCharacter?: string;
	/** Descriptive text that does not fit after wrapping: `reject` (default) or `cut`. Numbers and codes are never cut. */
	longText?: 'reject' | 'cut';
	/** Numbers and codes with a delimiter or a character outside the set: `reject` (default) or `replaceAndWarn`. */
	identifierPolicy?: IdentifierPolicy;

	/** Amounts of a credit note: `positive` (default, with BIG07 `CR`) or `negative`. */
	creditNoteAmounts?: 'positive' | 'negative';
	/** BIG07 of an invoice. Default empty. */
	invoiceTypeCode?: string;
	/** BIG07 of a credit note. Default `CR`. */
	creditNoteTypeCode?: string;
	/** BEG02. Default `SA` (stand-alone order). */
	orderTypeCode?: string;
	/** REF01 of the own number (Exact entry number). Default `VV` (voucher). */
	ownNumberQualifier?: string;
	/** REF01 of the G/L account. Default `GZ`. */
	glAccountQualifier?: string;
	/** REF01 of the cost center. Default `CA`. */
	costCenterQualifier?: string;
	/** REF01 of the cost unit. Default empty: not sent. */
	costUnitQualifier?: string;
	/** REF01 of the project. Default empty: not sent. */
	projectQualifier?: string;
	/** N103 of a party without GLN. Default `92` (assigned by the buyer). */
	partyQualifier?: string;
	/** RMR01 of an invoice and of a credit note. Default `IV`; some partners want `CL` or `CM`. */
	remittanceInvoiceQualifier?: string;
	remittanceCreditQualifier?: string;

	/** Names from the mapping reference: what is not sent, and what is sent though off by default. */
	omitSegments?: readonly string[];
	sendSegments?: readonly string[];
	/** See `readCodeMaps`. */
	codeMaps?: unknown;
	/** Document path → text for what a document lacks: `{ "lines.unit": "EA" }`. */
	defaults?: Readonly<Record<string, string>>;
	extraSegments?: readonly ExtraSegmentSettings[];
}
