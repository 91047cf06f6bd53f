import type { IDataObject } from 'n8n-workflow';
import { saveCompany, savePartner } from '../../../lib/ledger';
import { forEachItem } from '../../shared';
import { directoryItem, partyOf, refuseIdOfAnother } from '../directory';
import { text } from '../fields';
import { companyFields, identification, partnerFields, partySettings } from '../identification';
import type { LedgerOperation } from '../operation';

const name = (placeholder: string) =>
	text('Name', 'name', 'Short name, as it stands in lists, messages and file names', {
		required: true,
		placeholder,
	});

const idsOf = (read: (field: string) => string) => ({
	qualifier: read('qualifier'),
	identification: read('identification'),
});

export const saveCompanyOperation: LedgerOperation = {
	name: 'Save',
	action: 'Save a company',
	description: 'Create one of your companies or change it; every change makes a new version',
	properties: [name('e.g. Jansen BV'), ...identification('sender'), companyFields],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			const read = (field: string) => context.getNodeParameter(field, itemIndex, '') as string;
			const more = context.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
			const facts = ['division', 'vatNumber', 'gln'].flatMap((field) =>
				more[field] ? [[field, String(more[field]).trim()]] : [],
			);
			const known = await partyOf(ledger, 'company', read('name').trim());
			const party = partySettings('sender', known, idsOf(read), more);
			const company = { name: read('name').trim(), ...Object.fromEntries(facts), ...party };
			return [directoryItem(await saveCompany(ledger, company, actor), 'saved')];
		}),
	],
};

export const savePartnerOperation: LedgerOperation = {
	name: 'Save',
	action: 'Save a partner',
	description: 'Create a trading partner or change it; every change makes a new version',
	properties: [name('e.g. ACME'), ...identification('receiver'), partnerFields],
	execute: async ({ context, ledger, actor }) => [
		await forEachItem(context, async (itemIndex) => {
			const read = (field: string) => context.getNodeParameter(field, itemIndex, '') as string;
			const more = context.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
			const known = await partyOf(ledger, 'partner', read('name').trim());
			const party = partySettings('receiver', known, idsOf(read), more);
			await refuseIdOfAnother(ledger, read('name').trim(), party.settings);
			const partner = await savePartner(ledger, { name: read('name').trim(), ...party }, actor);
			return [directoryItem(partner, 'saved')];
		}),
	],
};
