import type { IDataObject } from 'n8n-workflow';
import type { Agreement } from '../../../lib/ledger';
import type { LedgerUsage } from './itemLedger';

/** An agreement as an encode node takes it. */
export interface EncoderSettings {
	readonly standard: 'x12' | 'edifact' | undefined;
	/** For the encoder's `normalizeProfile`. */
	readonly profile: IDataObject;
	/** For flat files: a layout of the agreement's own, or nothing. */
	readonly layout: IDataObject | undefined;
	readonly fileNamePattern: string | undefined;
}

const object = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};

const SIDES = ['sender', 'receiver'] as const;

/** EDIFACT may know a party by another ID than X12; a qualifier of X12 says nothing there. */
function partyIds(settings: IDataObject, standard: EncoderSettings['standard']): IDataObject {
	const ids: IDataObject = {};
	for (const side of SIDES) {
		const id = settings[`${side}Id`];
		if (standard === 'edifact') {
			ids[`${side}Id`] = settings[`${side}EdifactId`] ?? id;
			ids[`${side}Qualifier`] = settings[`${side}EdifactQualifier`];
			continue;
		}
		ids[`${side}Id`] = id;
		ids[`${side}Qualifier`] = settings[`${side}Qualifier`];
		ids[`${side}ApplicationId`] = settings[`${side}ApplicationId`];
	}
	return ids;
}

/** Passwords of the envelope belong to one standard each. */
function envelopeSecrets(secrets: IDataObject, standard: EncoderSettings['standard']): IDataObject {
	if (standard === 'edifact') return { recipientReference: secrets.recipientReference };
	const { authorizationInformation, securityInformation } = secrets;
	return {
		...(authorizationInformation ? { authorizationQualifier: '03', authorizationInformation } : {}),
		...(securityInformation ? { securityQualifier: '01', securityInformation } : {}),
	};
}

const filled = (fields: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
	);

/** The settings of company, partner and agreement in the words of the encoders. */
export function encoderSettings(
	agreement: Pick<Agreement, 'partner' | 'settings'> & { readonly secrets?: object },
	usage: LedgerUsage,
): EncoderSettings {
	const settings = object(agreement.settings);
	const standard =
		settings.standard === 'x12' || settings.standard === 'edifact' ? settings.standard : undefined;
	const profile = filled({
		partner: agreement.partner,
		release: settings.release,
		...partyIds(settings, standard),
		...envelopeSecrets(object(agreement.secrets), standard),
		...object(settings.profile),
		// Drafts are made as test files: nobody can take them for real ones.
		usage: usage === 'production' ? 'production' : 'test',
	});
	const layout = object(settings.layout);
	return {
		standard,
		profile,
		layout: Object.keys(layout).length === 0 ? undefined : layout,
		fileNamePattern:
			typeof settings.fileNamePattern === 'string' ? settings.fileNamePattern : undefined,
	};
}
