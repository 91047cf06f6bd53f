import type { BusinessDocument, DocumentType } from '../../../documents';
import type { EdifactMessage } from '../directory';
import type { GroupInstance } from '../messageBuilder';
import type { MappingContext } from './context';
import { invoiceRules } from './invoice';
import { purchaseOrderRules } from './purchaseOrder';
import { remittanceRules } from './remittance';
import type { Compiler, PlanOutput, Step } from './plan';
import type { MappingRow, Origin, Rule } from './rules';
import { checkBookedTaxes } from './taxes';

export { characterTable, type CharacterTable } from './characters';
export { MappingContext } from './context';
export { makeCompiler, type PlanOutput } from './plan';
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

/** The rules of the profile's messages, each compiled when it is first needed. */
export interface Plans {
	run(document: BusinessDocument, context: MappingContext, out: PlanOutput): boolean;
}

/** More of these than this could be more than the message holds; the careful way counts. */
const FEW_TAXES = 5;
const MOST_LINES = { INVOIC: 9_999_999, ORDERS: 200_000, REMADV: 9_999 } as const;

export function makePlans(compilerFor: (message: EdifactMessage) => Compiler): Plans {
	const lazily = <Scope>(message: EdifactMessage, rules: readonly Rule<Scope>[]): Step<Scope> => {
		let steps: readonly Step<Scope>[] | undefined;
		return (scope, context, at, out) => {
			if (steps === undefined) {
				const compiler = compilerFor(message);
				steps = rules.map((rule) => rule.compile(compiler));
			}
			for (const step of steps) if (!step(scope, context, at, out)) return false;
			return true;
		};
	};
	const invoice = lazily('INVOIC', invoiceRules);
	const purchaseOrder = lazily('ORDERS', purchaseOrderRules);
	const remittance = lazily('REMADV', remittanceRules);
	return {
		run(document, context, out) {
			switch (document.type) {
				case 'invoice':
					if (document.taxes.length > FEW_TAXES || document.lines.length > MOST_LINES.INVOIC)
						return false;
					checkBookedTaxes(document, context);
					return invoice(document, context, '', out);
				case 'purchaseOrder':
					return (
						document.lines.length <= MOST_LINES.ORDERS && purchaseOrder(document, context, '', out)
					);
				case 'remittance':
					return (
						document.items.length <= MOST_LINES.REMADV && remittance(document, context, '', out)
					);
			}
		},
	};
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
