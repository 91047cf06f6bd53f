import type { BusinessDocument, DocumentType } from '../../../documents';
import { mappingRows as rowsOf } from '../../mapping';
import type { LineLoop, MappingRow } from '../../mapping';
import type { EdifactMessage } from '../directory';
import type { MappingContext } from './context';
import { invoiceRules } from './invoice';
import { purchaseOrderRules } from './purchaseOrder';
import { remittanceRules } from './remittance';
import { checkBookedTaxes } from './taxes';
import type { Rule } from './words';

export { characterTable, scanCharacters, type CharacterTable } from './characters';
export { MappingContext } from './context';
export { makePlan, type Plan } from './plan';
export { segment, type Rule } from './words';

/** What a message is made of. */
export interface EdifactMapping {
	readonly message: EdifactMessage;
	readonly type: DocumentType;
	/** Of the group that begins with each line. */
	readonly lineLoop: LineLoop;
	readonly rules: readonly Rule<never>[];
	/** What no segment can show. */
	readonly check: (document: BusinessDocument, context: MappingContext) => void;
}

const nothing = (): void => undefined;

/** One row for each message. */
export const MAPPINGS: readonly EdifactMapping[] = [
	{
		message: 'INVOIC',
		type: 'invoice',
		lineLoop: ['LIN'],
		rules: invoiceRules,
		check: (document, context) => {
			if (document.type === 'invoice') checkBookedTaxes(document, context);
		},
	},
	{
		message: 'ORDERS',
		type: 'purchaseOrder',
		lineLoop: ['LIN'],
		rules: purchaseOrderRules,
		check: nothing,
	},
	{
		message: 'REMADV',
		type: 'remittance',
		lineLoop: ['DOC'],
		rules: remittanceRules,
		check: nothing,
	},
];

export function mappingFor(type: DocumentType): EdifactMapping {
	const found = MAPPINGS.find((mapping) => mapping.type === type);
	if (found === undefined) throw new TypeError(`no message for ${type}`);
	return found;
}

/** The mapping of a message as a table, for the reference page. */
export function mappingRows(message: EdifactMessage): readonly MappingRow[] {
	return MAPPINGS.filter((mapping) => mapping.message === message).flatMap(({ rules }) =>
		rules.flatMap((rule) => rowsOf(rule)),
	);
}
