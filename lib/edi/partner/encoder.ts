import type { BusinessDocument, DocumentType } from '../../documents';
import type { Issue } from '../../errors';
import type { SentIdentifiers } from './identifiers';

/** A document as checked segments, ready for an envelope; `body` is the syntax's own affair. */
export interface PreparedDocument<Body = unknown> {
	readonly document: BusinessDocument;
	/** `810`, `INVOIC`. */
	readonly messageId: string;
	readonly body: Body;
	readonly identifiers: SentIdentifiers;
	readonly warnings: readonly Issue[];
}

export type Preparation<Body = unknown> =
	| { readonly ok: true; readonly prepared: PreparedDocument<Body> }
	| { readonly ok: false; readonly issues: readonly Issue[] };

/** Numbers and time come from outside: a replay makes the same bytes. */
export interface Envelope {
	/** ISA13 (9 digits, zeros kept) or UNB 0020. */
	readonly interchangeControlNumber: string;
	/** GS06 or UNG 0048, one for each functional group, in order. */
	readonly groupControlNumbers: readonly string[];
	/** Time of preparation in the workflow's time zone. */
	readonly preparedAt: {
		/** `YYYYMMDD` */
		readonly date: string;
		/** `HHMMSS` */
		readonly time: string;
	};
}

export interface EncodedInterchange {
	readonly standard: 'X12' | 'EDIFACT';
	readonly release: string;
	readonly bytes: Uint8Array;
	readonly mimeType: string;
	readonly interchangeControlNumber: string;
	readonly groupControlNumbers: readonly string[];
	readonly preparedAt: Envelope['preparedAt'];
	readonly segmentCount: number;
	/** In the order of the file; `controlNumber` is ST02 or UNH 0062. */
	readonly documents: readonly {
		readonly key: string;
		readonly number: string;
		readonly messageId: string;
		readonly controlNumber: string;
		readonly groupControlNumber?: string;
	}[];
}

/** What both syntaxes offer to the EDI Encode node: one mental model. */
export interface InterchangeEncoder<Profile, Body = unknown> {
	/** Reads and checks every setting once; raises `…_INVALID_OPTION` naming the setting. */
	normalizeProfile(raw: Readonly<Record<string, unknown>>): Profile;
	/** What the partner gets of a set or message, as a page in Markdown. */
	specification(messageId: string, profile: Profile): string;
	/** The set or message a document becomes, and how many groups the given documents need. */
	messageIdFor(type: DocumentType): string;
	groupCount(prepared: readonly PreparedDocument<Body>[], profile: Profile): number;
	/** Maps and checks one document, all issues at once. Uses no control number. */
	prepare(document: BusinessDocument, profile: Profile): Preparation<Body>;
	/** Writes one interchange. */
	assemble(
		prepared: readonly PreparedDocument<Body>[],
		profile: Profile,
		envelope: Envelope,
	): EncodedInterchange;
	/** Verify Output: reads the bytes back and compares them with what was meant. */
	verify(
		encoded: EncodedInterchange,
		prepared: readonly PreparedDocument<Body>[],
		profile: Profile,
	): Promise<readonly Issue[]>;
}
