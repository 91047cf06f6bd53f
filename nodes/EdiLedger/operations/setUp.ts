import type { IDataObject } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import { saveAgreement, saveCompany, savePartner } from '../../../lib/ledger';
import type { Agreement, AgreementInput } from '../../../lib/ledger';
import { settingUpHtml } from '../../../lib/page';
import { forEachItem } from '../../shared';
import { agreementInput, checkAgreement } from '../agreementInput';
import { agreementSettings, kindDetails, kindsField, readKinds } from '../agreementFields';
import { directoryItem, partyOf, refuseIdOfAnother } from '../directory';
import { goAheadOnlyOnYes, isDeclined, text } from '../fields';
import { identification, partySettings } from '../identification';
import type { LedgerOperation } from '../operation';

export const setUpOperation: LedgerOperation = {
	name: 'Set Up',
	action: 'Set up company, partner and agreements',
	description:
		'Make company, partner and their agreements in one go. They begin as drafts: everything is shown and nothing is sent.',
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
		kindsField,
		...kindDetails('kinds'),
		text('Agreement', 'agreementName', 'By default made of the other fields', {
			placeholder: 'e.g. Jansen BV to ACME: X12 810',
		}),
		agreementSettings,
		goAheadOnlyOnYes,
	],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			if (isDeclined(context)) {
				const html = settingUpHtml([]).text;
				return [{ json: { outcome: 'declined', html } }];
			}
			const read = (field: string) => context.getNodeParameter(field, itemIndex, '') as string;
			const company = read('companyName').trim();
			const partner = read('partnerName').trim();
			const kinds = readKinds((field) => context.getNodeParameter(field, itemIndex, ''));
			const name = read('agreementName').trim();
			if (name !== '' && kinds.length > 1) {
				throw new CoreError(
					'LEDGER_NAME_INVALID',
					`'${name}' cannot be the name of ${kinds.length} agreements`,
					{
						path: 'agreementName',
						hint: 'Leave it empty, or set them up one by one.',
					},
				);
			}
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
			const inputs: AgreementInput[] = [];
			for (const kind of kinds) {
				const names = {
					name: name || `${company} to ${partner}: ${kind.kind.sentAs}`,
					company,
					partner,
				};
				const input = await agreementInput(ledger, names, kind, settings);
				checkAgreement(input, ours.settings, theirs.settings);
				inputs.push(input);
			}
			await saveCompany(ledger, { name: company, ...ours }, actor);
			await savePartner(ledger, { name: partner, ...theirs }, actor);
			const agreements: Agreement[] = [];
			for (const input of inputs) agreements.push(await saveAgreement(ledger, input, actor));
			const html = settingUpHtml(agreements).text;
			return agreements.map((agreement) => directoryItem({ ...agreement, html }, 'set up'));
		}),
	],
};
