import type { IDataObject } from 'n8n-workflow';
import { checkFolder } from '../../lib/delivery';
import { CoreError } from '../../lib/errors';
import { edifactEncoder } from '../../lib/edi/edifact';
import { x12Encoder } from '../../lib/edi/x12';
import { parseLayout } from '../../lib/flatfile';
import { getAgreements } from '../../lib/ledger';
import type { Agreement, AgreementInput, AgreementTerms, Ledger } from '../../lib/ledger';
import { encoderSettings } from '../shared/ledger';
import { jsonObject } from './agreementFields';
import type { KindChoice } from './agreementFields';

export interface AgreementNames {
	readonly name: string;
	readonly company: string;
	readonly partner: string;
}

/** Where files go if nobody says anything; most servers have it so. */
const FIRST_FOLDERS = { folder: '/inbound', acksFolder: '/acks' };

/** Fields of the collection *Settings* that are terms of the agreement as they stand. */
const TERMS = [
	'stage',
	'changePolicy',
	'whenInDoubt',
	'onRefusedPayment',
	'onDeleted',
] as const satisfies readonly (keyof AgreementTerms)[];

/** A relative folder would depend on where the partner's server puts a login. */
function checkedFolder(folder: string, name: string): string {
	if (folder.startsWith('/')) return checkFolder(folder, name);
	throw new CoreError(
		'DELIVERY_FOLDER_INVALID',
		`The ${name} "${folder}" cannot be used: it does not begin at the root of the server`,
		{ path: name, hint: `Write it as '/${folder}', from the root of the server.` },
	);
}

function folders(given: IDataObject, known: Agreement | undefined): Partial<AgreementTerms> {
	const terms: { folder?: string; acksFolder?: string } = {};
	for (const name of ['folder', 'acksFolder'] as const) {
		const folder = String(given[name] ?? (known === undefined ? FIRST_FOLDERS[name] : '')).trim();
		if (folder === '') continue;
		terms[name] = checkedFolder(folder, name);
	}
	return terms;
}

/** What the fields say, on top of what the agreement had; a field that was not added changes nothing. */
export async function agreementInput(
	ledger: Ledger,
	names: AgreementNames,
	{ kind, documentType, settings: kindSettings }: KindChoice,
	given: IDataObject,
): Promise<AgreementInput> {
	const known = (await getAgreements(ledger, { retired: true })).find(
		({ name }) => name === names.name,
	);
	const settings = {
		...known?.ownSettings,
		...kindSettings,
		...(given.fileNamePattern === undefined ? {} : { fileNamePattern: given.fileNamePattern }),
		...(given.profile === undefined
			? {}
			: { profile: jsonObject(given.profile, 'Encoding Settings') ?? {} }),
		...(given.layout === undefined ? {} : { layout: jsonObject(given.layout, 'Layout') ?? {} }),
	};
	const expected = given.acknowledgmentExpected ?? known?.acknowledgment.expected ?? false;
	const withinHours = given.acknowledgedWithinHours ?? known?.acknowledgment.withinHours ?? 24;
	const input = {
		...names,
		documentType,
		sentAs: kind.sentAs,
		...folders(given, known),
		...Object.fromEntries(
			TERMS.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
		),
		...(given.sendFrom ? { sendFrom: String(given.sendFrom).slice(0, 10) } : {}),
		acknowledgment: { expected: expected === true, withinHours: Number(withinHours) },
		settings,
	};
	return input as AgreementInput;
}

/**
 * Whether the encoder can work by it, said when it is saved and not when the first invoice is due:
 * the checks are those of the run. Flat files have no IDs.
 */
export function checkAgreement(
	input: AgreementInput,
	ours: Readonly<Record<string, unknown>>,
	theirs: Readonly<Record<string, unknown>>,
): void {
	const settings = { ...ours, ...theirs, ...input.settings };
	const agreement = { partner: input.partner, settings };
	const { standard, profile, layout } = encoderSettings(agreement, 'test');
	if (layout !== undefined) parseLayout(layout, input.sentAs === 'csv' ? 'csv' : 'fixed-width');
	if (standard === 'x12') x12Encoder.normalizeProfile(profile);
	if (standard === 'edifact') edifactEncoder.normalizeProfile(profile);
}
