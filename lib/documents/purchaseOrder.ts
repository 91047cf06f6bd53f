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

/** An order the company places with a supplier. */
export interface PurchaseOrder extends DocumentHead {
	readonly type: 'purchaseOrder';
	readonly supplier: Party;
	readonly buyer: Party;
	readonly shipTo?: Party;
	readonly deliveryDate?: IsoDate;
	readonly supplierReference?: string;
	readonly paymentTerms?: PaymentTerms;
	/** Incoterms code, such as `DAP`, and the named place. */
	readonly incoterm?: { readonly code: string; readonly place?: string };
	readonly lines: readonly PurchaseOrderLine[];
	readonly netTotal: DecimalText;
	readonly taxTotal?: DecimalText;
	readonly grossTotal?: DecimalText;
}

export interface PurchaseOrderLine {
	readonly number: number;
	readonly description?: string;
	readonly item?: ItemIdentification;
	readonly quantity: DecimalText;
	readonly unit?: string;
	/** Price of one unit. */
	readonly unitPrice: DecimalText;
	/** Percentage points. */
	readonly discountPercentage?: DecimalText;
	/** As in an invoice line. */
	readonly priceType?: 'net' | 'list';
	readonly netAmount: DecimalText;
	readonly deliveryDate?: IsoDate;
	readonly tax?: Tax;
	readonly costCenter?: CodedName;
	readonly costUnit?: CodedName;
	readonly project?: CodedName;
	readonly notes?: string;
	/** Fields of the sender's own, for extra segments. */
	readonly custom?: Readonly<Record<string, unknown>>;
}
