import type { DecimalText } from '../decimal';

/** `YYYY-MM-DD`, a calendar day without a time zone. */
export type IsoDate = string;

/** What every document of ours has, whatever it is written as. */
export interface DocumentHead {
	/** Stable identity in the source, `exact:<division>:<resource>:<id>` for Exact documents. */
	readonly key: string;
	/** The number people know it by; in error messages and BIG02, BGM 1004, RMR02. */
	readonly number: string;
	/** The writing company's own number (Exact entry, order or batch number). */
	readonly ownNumber?: string;
	readonly date: IsoDate;
	/** ISO 4217 */
	readonly currency: string;
	/** `replacement` when the partner has an earlier version (BIG08 / BEG01 `05`, BGM 1225 `5`). */
	readonly purpose?: 'original' | 'replacement';
	readonly description?: string;
	/** Fields of the sender's own, for extra segments. */
	readonly custom?: Readonly<Record<string, unknown>>;
}

/** A code with its words, such as a G/L account or a cost center. */
export interface CodedName {
	readonly code: string;
	readonly name?: string;
}

/** VAT of a line or of a document. Booked amounts are carried; recomputed ones only check them. */
export interface Tax {
	/** The VAT code of the source system. */
	readonly code?: string;
	/** Percentage points as decimal text: `21` is 21 percent. */
	readonly percentage?: DecimalText;
	/** Taxable amount. */
	readonly base?: DecimalText;
	readonly amount: DecimalText;
	/** Buyer accounts for the VAT (Exact `Charged`). */
	readonly reverseCharge?: boolean;
	/** No VAT applies (Exact VAT type N). Exact's E is `excluding`, I `including`, B `base only`. */
	readonly exempt?: boolean;
	readonly description?: string;
}

export interface PaymentTerms {
	readonly code?: string;
	readonly description?: string;
	readonly netDays?: number;
	/** Months to the end of which the due date is moved; 0 or absent: none. */
	readonly endOfMonths?: number;
	readonly discountDays?: number;
	/** Percentage points: `2` is 2 percent. */
	readonly discountPercentage?: DecimalText;
	/** Exact payment method: B on credit, I collection, K cash. */
	readonly method?: string;
}

export interface ItemIdentification {
	readonly code?: string;
	readonly supplierCode?: string;
	/** GTIN / EAN barcode. */
	readonly gtin?: string;
}
