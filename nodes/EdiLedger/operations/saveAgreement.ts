import type { IDataObject } from 'n8n-workflow';
import { saveAgreement } from '../../../lib/ledger';
import { forEachItem } from '../../shared';
import { agreementInput, checkAgreement } from '../agreementInput';
import { agreementSettings, kindDetails, kindField, readKind } from '../agreementFields';
import { chosenName, directoryItem, partyOf } from '../directory';
import { locator, text } from '../fields';
import type { LedgerOperation } from '../operation';

export const saveAgreementOperation: LedgerOperation = {
	name: 'Save',
	action: 'Save an agreement',
	description: 'Create an agreement with a partner or change it; every change makes a new version',
	properties: [
		text('Name', 'name', 'As it is chosen in Take New or Changed', {
			required: true,
			placeholder: 'e.g. Jansen BV to ACME: X12 810',
		}),
		locator('Company', 'company', 'Which of your companies sends'),
		locator('Partner', 'partner', 'Who gets the files'),
		kindField,
		...kindDetails('kind'),
		agreementSettings,
	],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			const read = (field: string): unknown => context.getNodeParameter(field, itemIndex, '');
			const input = await agreementInput(
				ledger,
				{
					name: String(read('name')).trim(),
					company: chosenName(context, 'company', itemIndex),
					partner: chosenName(context, 'partner', itemIndex),
				},
				readKind(read),
				context.getNodeParameter('settings', itemIndex, {}) as IDataObject,
			);
			const ours = await partyOf(ledger, 'company', input.company);
			const theirs = await partyOf(ledger, 'partner', input.partner);
			// One that is not in the directory is told by saving.
			if (ours && theirs) checkAgreement(input, ours, theirs);
			return [directoryItem(await saveAgreement(ledger, input, actor), 'saved')];
		}),
	],
};
