import type { WorkflowSource } from '../builder.ts';
import { exportPurchaseInvoicesX12 } from './01-export-purchase-invoices-x12.ts';

/** In the order of their numbers. */
export const templates: readonly WorkflowSource[] = [exportPurchaseInvoicesX12];
