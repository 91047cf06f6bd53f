import type { Invoice } from './invoice';
import type { PurchaseOrder } from './purchaseOrder';
import type { Remittance } from './remittance';

/** What the encoders write: plain JSON, so that it travels in n8n items. */
export type BusinessDocument = Invoice | PurchaseOrder | Remittance;
export type DocumentType = BusinessDocument['type'];
