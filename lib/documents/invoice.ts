import type { DecimalText } from '../decimal';
import type {
	CodedName,
	DocumentHead,
	IsoDate,
	ItemIdentification,
	PaymentTerms,
	Tax,
} from './common';
import type { Party } from './party';

/** A supplier's invoice or credit note as the buying company booked it. */
export interface Invoice extends DocumentHead {
	readonly type: 'invoice';
	readonly kind: 'invoice' | 'creditNote';
	/** The supplier's own number (Exact `YourRef`), where it was booked. */
	readonly supplierNumber?: string;
	readonly dueDate?: IsoDate;
	readonly supplier: Party;
	readonly buyer: Party;
	readonly purchaseOrderNumber?: string;
	readonly paymentTerms?: PaymentTerms;
	readonly paymentReference?: string;
	/** Units of the company's own currency per unit of `currency`. */
	readonly exchangeRate?: DecimalText;
	readonly companyCurrency?: string;
	readonly lines: readonly InvoiceLine[];
	/** Per VAT code and percentage; booked amounts. */
	readonly taxes: readonly Tax[];
	/** Booked totals in `currency`. Amounts of a credit note are positive, as on the paper. */
	readonly netTotal: DecimalText;
	readonly taxTotal: DecimalText;
	readonly grossTotal: DecimalText;
}

export interface InvoiceLine {
	readonly number: number;
	readonly description?: string;
	/** Absent for ledger lines, which have an amount only. */
	readonly quantity?: DecimalText;
	readonly unit?: string;
	/** Price of one unit. */
	readonly unitPrice?: DecimalText;
	/** Percentage points. */
	readonly discountPercentage?: DecimalText;
	/**
	 * `net`: the discount is taken off `unitPrice` already; `list`: it still comes off. Absent: the
	 * one of the two that makes the amount.
	 */
	readonly priceType?: 'net' | 'list';
	/** Excluding VAT. */
	readonly netAmount: DecimalText;
	readonly tax?: Tax;
	readonly item?: ItemIdentification;
	readonly glAccount?: CodedName;
	readonly costCenter?: CodedName;
	readonly costUnit?: CodedName;
	readonly project?: CodedName;
	readonly purchaseOrderNumber?: string;
	readonly periodFrom?: IsoDate;
	readonly periodTo?: IsoDate;
	/** Fields of the sender's own, for extra segments. */
	readonly custom?: Readonly<Record<string, unknown>>;
}
