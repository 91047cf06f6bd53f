import type { DecimalText } from '../decimal';
import type { DocumentHead, IsoDate } from './common';
import type { Party } from './party';

/** Advice to one payee of the invoices that one payment settles. Advises; never orders a payment. */
export interface Remittance extends DocumentHead {
	readonly type: 'remittance';
	readonly payer: Party;
	readonly payee: Party;
	readonly paymentReference?: string;
	/** Bank batch of the source, where there is one. */
	readonly batchNumber?: string;
	/** Sum of `paidAmount`; more than zero. */
	readonly total: DecimalText;
	readonly items: readonly RemittanceItem[];
}

export interface RemittanceItem {
	/** Key of the payment row in the source. */
	readonly key: string;
	readonly kind: 'invoice' | 'creditNote';
	/** The supplier's number where known, else the own one. */
	readonly invoiceNumber: string;
	readonly ownNumber?: string;
	readonly invoiceDate?: IsoDate;
	/** Negative for a credit note. */
	readonly paidAmount: DecimalText;
	/** Total of the invoice; negative for a credit note. */
	readonly invoiceAmount?: DecimalText;
	readonly discountAmount?: DecimalText;
	/** Fields of the sender's own, for extra segments. */
	readonly custom?: Readonly<Record<string, unknown>>;
}
