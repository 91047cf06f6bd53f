import type { IDataObject } from 'n8n-workflow';
import { saveAgreement, saveCompany, savePartner } from '../../../lib/ledger';
import { settingUpHtml } from '../../../lib/page';
import { forEachItem } from '../../shared';
import { agreementInput, checkAgreement } from '../agreementInput';
import { agreementSettings, kindDetails, kindField, readKind } from '../agreementFields';
import { directoryItem, partyOf, refuseIdOfAnother } from '../directory';
import { goAheadOnlyOnYes, isDeclined, text } from '../fields';
import { identification, partySettings } from '../identification';
import type { LedgerOperation } from '../operation';

export const setUpOperation: LedgerOperation = {
	name: 'Set Up',
	action: 'Set up company, partner and agreement',
	description:
		'Make company, partner and a first agreement in one go. It begins as a draft: everything is shown and nothing is sent.',
	properties: [
		text('Company', 'companyName', 'Short name of your company', {
			required: true,
			placeholder: 'e.g. Jansen BV',
		}),
		...identification('sender', 'company'),
		text('Partner', 'partnerName', 'Short name of who gets the files', {
			required: true,
			placeholder: 'e.g. ACME',
		}),
		...identification('receiver', 'partner'),
		kindField,
		...kindDetails,
		text('Agreement', 'agreementName', 'By default made of the other fields', {
			placeholder: 'e.g. Jansen BV to ACME: X12 810',
		}),
		agreementSettings,
		goAheadOnlyOnYes,
	],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			if (isDeclined(context)) {
				const html = settingUpHtml(undefined).text;
				return [{ json: { outcome: 'declined', html } }];
			}
			const read = (field: string) => context.getNodeParameter(field, itemIndex, '') as string;
			const company = read('companyName').trim();
			const partner = read('partnerName').trim();
			const kind = readKind(read);
			const name = read('agreementName').trim() || `${company} to ${partner}: ${kind.kind.sentAs}`;
			const ours = partySettings(
				'sender',
				await partyOf(ledger, 'company', company),
				{ qualifier: read('companyQualifier'), identification: read('companyIdentification') },
				{},
			);
			const theirs = partySettings(
				'receiver',
				await partyOf(ledger, 'partner', partner),
				{ qualifier: read('partnerQualifier'), identification: read('partnerIdentification') },
				{},
			);
			await refuseIdOfAnother(ledger, partner, theirs.settings);
			const settings = context.getNodeParameter('settings', itemIndex, {}) as IDataObject;
			const input = await agreementInput(ledger, { name, company, partner }, kind, settings);
			checkAgreement(input, ours.settings, theirs.settings);
			await saveCompany(ledger, { name: company, ...ours }, actor);
			await savePartner(ledger, { name: partner, ...theirs }, actor);
			const agreement = await saveAgreement(ledger, input, actor);
			const html = settingUpHtml(agreement).text;
			return [directoryItem({ ...agreement, html }, 'set up')];
		}),
	],
};
