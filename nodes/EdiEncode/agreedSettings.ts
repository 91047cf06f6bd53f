import { CoreError } from '../../lib/errors';
import type { AgreedItem } from '../shared/ledger';
import type { ItemSettings } from './settings';

/** The settings of an item that *Take New or Changed* handed out: those of its agreement. */
export function agreedSettings(agreed: AgreedItem): ItemSettings {
	const { profile, standard, sentAs, file, taken } = agreed;
	if (standard === undefined) {
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			`The agreement '${file.agreement}' is about a file of the kind '${sentAs}', which EDI Encode does not make`,
			{
				path: 'ledger.agreement',
				hint: "Connect 'Fixed-Width Encode' here, or choose an agreement for X12 or EDIFACT in 'Take New or Changed'.",
			},
		);
	}
	return {
		standard,
		profile,
		// Take decided already whether and as what a changed document goes.
		change: taken.purpose === 'original' ? 'new' : 'changed',
		changedDocuments: 'replacement',
		purpose: taken.purpose,
		agreed,
	};
}
