import type { BusinessDocument, DocumentType } from '../../../documents';
import type { GroupInstance } from '../messageBuilder';
import type { EdifactMessage } from '../profile';
import type { MappingContext } from './context';
import { invoiceRules } from './invoice';
import { purchaseOrderRules } from './purchaseOrder';
import { remittanceRules } from './remittance';
import type { MappingRow, Origin, Rule } from './rules';
import { checkBookedTaxes } from './taxes';

export { MappingContext } from './context';
export type { MappingRow, Origin } from './rules';

export const messageOf: Readonly<Record<DocumentType, EdifactMessage>> = {
	invoice: 'INVOIC',
	purchaseOrder: 'ORDERS',
	remittance: 'REMADV',
};

function writeAll<Scope>(
	rules: readonly Rule<Scope>[],
	scope: Scope,
	root: GroupInstance<Origin>,
	context: MappingContext,
): void {
	for (const rule of rules) rule.write(scope, root, context, '');
}

/** Fills the message with what the document says; what is wrong is in the context. */
export function mapDocument(
	document: BusinessDocument,
	root: GroupInstance<Origin>,
	context: MappingContext,
): void {
	switch (document.type) {
		case 'invoice':
			checkBookedTaxes(document, context);
			return writeAll(invoiceRules, document, root, context);
		case 'purchaseOrder':
			return writeAll(purchaseOrderRules, document, root, context);
		case 'remittance':
			return writeAll(remittanceRules, document, root, context);
	}
}

/** The mapping of a message as a table, for the reference page. */
export function mappingRows(message: EdifactMessage): readonly MappingRow[] {
	const rows = <Scope>(rules: readonly Rule<Scope>[]): readonly MappingRow[] =>
		rules.flatMap((rule) => rule.rows('', ''));
	switch (message) {
		case 'INVOIC':
			return rows(invoiceRules);
		case 'ORDERS':
			return rows(purchaseOrderRules);
		case 'REMADV':
			return rows(remittanceRules);
	}
}
