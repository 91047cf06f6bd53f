import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readAgreement } from '../../../lib/ledger';
import type { Agreement, Ledger } from '../../../lib/ledger';
import { encoderSettings } from './encoderSettings';
import type { EncoderSettings } from './encoderSettings';
import { itemLedger } from './itemLedger';
import type { FileLedger, ItemLedger } from './itemLedger';
import { ledgerOf, refuseOtherLedger } from './ledgerOf';

/** What an encode node works by for one item that *Take New or Changed* handed out. */
export interface AgreedItem extends EncoderSettings {
	readonly taken: ItemLedger;
	/** What the file's item gets as `ledger`. */
	readonly file: FileLedger;
	readonly company: string;
	readonly partner: string;
	readonly documentType: string;
	readonly sentAs: string;
}

export interface Agreements {
	readonly ledger: Ledger;
	/** Undefined for an item that came without a ledger. */
	readonly of: (json: IDataObject) => AgreedItem | undefined;
}

function agreed(taken: ItemLedger, agreement: Agreement & { secrets?: object }): AgreedItem {
	const { usage } = taken;
	return {
		...encoderSettings(agreement, usage),
		taken,
		file: {
			id: taken.id,
			agreement: agreement.name,
			agreementVersion: taken.agreementVersion,
			usage,
			folder: agreement.folder,
		},
		company: agreement.company,
		partner: agreement.partner,
		documentType: agreement.documentType,
		sentAs: agreement.sentAs,
	};
}

/**
 * The agreements of the input items, each version read once: what held when the documents were
 * taken holds until they are delivered. Undefined where no item comes from a ledger.
 */
export async function agreementsOf(context: IExecuteFunctions): Promise<Agreements | undefined> {
	const taken = context.getInputData().flatMap(({ json }) => itemLedger(json) ?? []);
	if (taken.length === 0) return undefined;
	const ledger = await ledgerOf(context);
	for (const { id } of taken) refuseOtherLedger(ledger, id);
	const versions = new Map<number, Agreement & { secrets?: object }>();
	for (const versionId of new Set(taken.map(({ agreementVersion }) => agreementVersion))) {
		versions.set(versionId, await readAgreement(ledger, { versionId }, { withSecrets: true }));
	}
	return {
		ledger,
		of: (json) => {
			const facts = itemLedger(json);
			const agreement = facts && versions.get(facts.agreementVersion);
			return facts && agreement && agreed(facts, agreement);
		},
	};
}
