import type { CharacterPolicy } from '../../text';
import type { CodeMaps, IdentifierPolicy } from '../partner';
import type { Charset, CharacterSetName } from './characterSets';
import type { Directory } from './directory';
import type { ExtraSegment, ExtraSegmentSettings } from './extraSegment';
import type { ServiceString } from './serviceString';

export type SegmentSuffix = 'none' | 'lf' | 'crlf';

/**
 * A trading partner's settings as the encoder uses them; `normalizeEdifactProfile` makes it of the
 * plain object that a node, a workflow or a test gives (`EdifactProfileSettings`).
 */
export interface EdifactProfile {
	readonly partner: string;
	readonly release: Directory;
	readonly syntaxVersion: 3 | 4;
	readonly characterSet: CharacterSetName;
	readonly charset: Charset;
	readonly senderQualifier: string;
	readonly senderId: string;
	readonly senderInternalId: string;
	readonly receiverQualifier: string;
	readonly receiverId: string;
	readonly receiverInternalId: string;
	readonly recipientReference: string;
	readonly applicationReference: string;
	readonly priority: string;
	readonly agreementId: string;
	readonly associationCode: string;
	readonly usage: 'T' | 'P';
	readonly acknowledgmentRequested: boolean;
	readonly groups: boolean;
	readonly senderApplicationId: string;
	readonly receiverApplicationId: string;

	readonly serviceString: ServiceString;
	readonly sendServiceString: boolean;
	readonly suffix: '' | '\n' | '\r\n';
	readonly charactersOutside: CharacterPolicy;
	readonly replacementCharacter: string;
	readonly identifierPolicy: IdentifierPolicy;
	readonly longText: 'reject' | 'cut';

	readonly invoiceTypeCode: string;
	readonly creditNoteTypeCode: string;
	readonly orderTypeCode: string;
	readonly remittanceTypeCode: string;
	readonly creditNoteAmounts: 'positive' | 'negative';
	readonly remittanceCreditAmounts: 'positive' | 'negative';
	readonly ownNumberQualifier: string;
	readonly glAccountQualifier: string;
	readonly costCenterQualifier: string;
	readonly costUnitQualifier: string;
	readonly projectQualifier: string;
	readonly supplierAgency: string;
	readonly buyerAgency: string;
	readonly gtinType: string;
	readonly reverseChargeCategory: string;
	readonly reverseChargeText: string;

	readonly omitSegments: ReadonlySet<string>;
	readonly sendSegments: ReadonlySet<string>;
	readonly codeMaps: CodeMaps;
	/** `1153:API`: codes the partner agreed to beyond the directory's lists. */
	readonly additionalCodes: ReadonlySet<string>;
	readonly defaults: ReadonlyMap<string, string>;
	readonly extraSegments: readonly ExtraSegment[];
}

/**
 * The settings of a partner, plain JSON, with X12's names where the idea is the same. Only the two
 * IDs are required; everything else has the default named here. Unknown names are refused, so that a
 * misspelt setting is not silently ignored.
 */
export interface EdifactProfileSettings {
	/** Short name of the partner, for file names and messages. Default: the receiver ID. */
	partner?: string;
	/** `D.96A` (default) or `D.01B`. */
	release?: Directory;
	/** Syntax version of the service segments, `3` (default) or `4`. */
	syntaxVersion?: 3 | 4;
	/** UNB 0001: `UNOA`, `UNOB`, `UNOC` (default, ISO 8859-1) … `UNOK`, `UNOY` (UTF-8). */
	characterSet?: CharacterSetName;
	/** UNB 0007, such as `14` (GLN) or `ZZZ`. Default `14` where the ID is a GLN, else empty. */
	senderQualifier?: string;
	receiverQualifier?: string;
	/** UNB 0004 / 0010, at most 35 characters. Required. */
	senderId?: string;
	receiverId?: string;
	/** UNB 0008 / 0014, address for reverse routing. Default empty. */
	senderInternalId?: string;
	receiverInternalId?: string;
	/** UNB 0022, a reference the recipient asks for. Default empty. */
	recipientReference?: string;
	/** UNB 0026. Default empty; many partners want the message type. */
	applicationReference?: string;
	/** UNB 0029, one letter. Default empty. */
	priority?: string;
	/** UNB 0032, interchange agreement. Default empty. */
	agreementId?: string;
	/** UNH 0057, such as `EAN008` or `EAN011`, as the partner's guideline says. Default empty. */
	associationCode?: string;
	/** UNB 0035: `test` (default) or `production`. */
	usage?: 'test' | 'production';
	/** UNB 0031: the partner is asked for a CONTRL. Default false. */
	acknowledgmentRequested?: boolean;
	/** UNG and UNE around the messages of one type. Default false. */
	groups?: boolean;
	/** UNG 0040 / 0044, only with `groups`. Default: the interchange IDs. */
	senderApplicationId?: string;
	receiverApplicationId?: string;

	/** Default `:`, `+`, `?`, `'`. `\n`, `\r`, `\t` and `\x1d` notations are understood. */
	componentSeparator?: string;
	elementSeparator?: string;
	releaseCharacter?: string;
	segmentTerminator?: string;
	/** Syntax 4 only. Default `*`. */
	repetitionSeparator?: string;
	/** `.` (default) or `,`. */
	decimalMark?: '.' | ',';
	/** UNA: `always` (default) or `whenNeeded`, that is when a character is not the default one. */
	serviceStringAdvice?: 'always' | 'whenNeeded';
	/** `none` (default), `lf`, `crlf` after each terminator. */
	segmentSuffix?: SegmentSuffix;
	/** Characters outside the set. Default `transliterate`. */
	charactersOutside?: CharacterPolicy;
	/** For `replace`. Default a space. */
	replacementCharacter?: string;
	/** Descriptive text that does not fit after wrapping: `reject` (default) or `cut`. Names, numbers and codes are never cut. */
	longText?: 'reject' | 'cut';
	/** Numbers and codes with a character outside the set: `reject` (default) or `replaceAndWarn`. */
	identifierPolicy?: IdentifierPolicy;

	/** BGM 1001 and DOC 1001 of an invoice. Default `380`. */
	invoiceTypeCode?: string;
	/** BGM 1001 and DOC 1001 of a credit note. Default `381`. */
	creditNoteTypeCode?: string;
	/** BGM 1001 of an order. Default `220`. */
	orderTypeCode?: string;
	/** BGM 1001 of a remittance advice. Default `481`. */
	remittanceTypeCode?: string;
	/** Amounts of a credit note: `positive` (default, the type says what they are) or `negative`. */
	creditNoteAmounts?: 'positive' | 'negative';
	/** The same for the credit notes in a remittance advice. Default `positive`. */
	remittanceCreditAmounts?: 'positive' | 'negative';
	/** RFF 1153 of the own number (Exact entry number). Default `ABO`. */
	ownNumberQualifier?: string;
	/** RFF 1153 of the G/L account. Default `ADE` (account number). */
	glAccountQualifier?: string;
	/** RFF 1153 of the cost center. Default `CR` (customer reference number). */
	costCenterQualifier?: string;
	/** RFF 1153 of the cost unit. Default empty: not sent. */
	costUnitQualifier?: string;
	/** RFF 1153 of the project. Default empty: not sent; `AEP` is project number. */
	projectQualifier?: string;
	/** NAD 3055 of a supplier's code. Default `92` (assigned by the buyer). */
	supplierAgency?: string;
	/** NAD 3055 of the buyer's own code. Default `92`; our number at the supplier goes as `91`. */
	buyerAgency?: string;
	/** LIN 7143 of a GTIN. Default `EN` in D.96A, `SRV` in D.01B. */
	gtinType?: string;
	/** TAX 5305 for reverse charge. Default `B` (transferred VAT); `AE` is in neither directory. */
	reverseChargeCategory?: string;
	/** FTX+TXD text for reverse charge. Default `Reverse charge`; the line of a tax description wins. */
	reverseChargeText?: string;

	/** Names from the mapping reference: what is not sent, and what is sent though off by default. */
	omitSegments?: readonly string[];
	sendSegments?: readonly string[];
	/** See `readCodeMaps`: units to Rec 20, VAT codes to 5305, payment terms to 4279, parties to 3055 and 3039. */
	codeMaps?: unknown;
	/** Codes agreed beyond the directory's lists, `element:code`, such as `1153:API`. */
	additionalCodes?: readonly string[];
	/** Document path → text for what a document lacks: `{ "lines.unit": "PCE" }`. */
	defaults?: Readonly<Record<string, string>>;
	extraSegments?: readonly ExtraSegmentSettings[];
}
