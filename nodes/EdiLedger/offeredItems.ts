import type { IExecuteFunctions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import type { OfferedDocument } from '../../lib/ledger';
import { locatorValue, parameterOf } from '../shared';
import { offeredDocument } from './offeredDocument';

export interface OfferedItem extends OfferedDocument {
	readonly itemIndex: number;
}

/**
 * The input items as documents, each with its agreement: the chosen one, or what `agreementFor` finds
 * for its key. What is gone at the source stands apart.
 */
export function offerItems(
	context: IExecuteFunctions,
	agreementFor?: (key: string) => string,
): {
	readonly documents: readonly OfferedItem[];
	readonly deleted: readonly OfferedItem[];
} {
	const chosen = parameterOf(context, 'agreement', '');
	const documents: OfferedItem[] = [];
	const deleted: OfferedItem[] = [];
	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		// What *Always Output Data* puts there, where a read found nothing.
		if (Object.keys(json).length === 0) continue;
		const offered = offeredDocument(json, '');
		const agreement = agreementFor?.(offered.key) ?? locatorValue(chosen(itemIndex));
		const document = { ...offered, agreement, itemIndex };
		const subject = document.number || document.key || `item ${itemIndex}`;
		// The whole run, before anything is taken: an item for nobody is a fault of the flow.
		if (agreement === '') {
			throw new CoreError('LEDGER_AGREEMENT_EMPTY', `No agreement is chosen for ${subject}`, {
				path: 'agreement',
			});
		}
		if (document.key === '') {
			throw new CoreError(
				'LEDGER_DOCUMENT_INVALID',
				`Item ${itemIndex} is no document: it has no key`,
				{ path: 'document.key' },
			);
		}
		(json.outcome === 'deleted' ? deleted : documents).push(document);
	}
	return { documents, deleted };
}
