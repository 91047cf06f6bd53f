import { CoreError } from '../../lib/errors';
import { getAgreements, getCompanies, saveCompany } from '../../lib/ledger';
import type { Agreement } from '../../lib/ledger';
import { divisionOfKey } from '../../lib/mapping';
import { AGREEMENT_KINDS, isAgreementKind } from '../shared/ledger';
import { kindSought, readKind } from './agreementFields';
import type { LedgerRun } from './operation';

/** The value of *Which Agreement* that looks for the only one there is. */
export const ONLY_ONE = 'only';

export const onlyAgreementFields = kindSought({ agreementBy: [ONLY_ONE] });

export interface OnlyAgreements {
	/** The name of the agreement for a document; stops the run where there is not exactly one. */
	readonly of: (key: string) => string;
	/** Keeps which division a company is, so that no other one's documents go out under its name. */
	readonly bindDivisions: () => Promise<void>;
}

/**
 * The agreement of a kind, where a division has exactly one. A company whose division is not known
 * yet counts for any of them, until its first documents that are more than a draft are taken.
 */
export async function onlyAgreements({
	context,
	ledger,
	actor,
}: LedgerRun): Promise<OnlyAgreements> {
	const read = (field: string) => context.getNodeParameter(field, 0, '');
	const { kind, documentType } = readKind(read);
	const value = String(read('kind'));
	const words = isAgreementKind(value) ? AGREEMENT_KINDS[value].name : value;
	const agreements = (await getAgreements(ledger, { documentType })).filter(
		({ sentAs }) => sentAs === kind.sentAs,
	);
	const known = new Map(
		(await getCompanies(ledger)).map(({ name, division = '' }) => [name, division]),
	);
	const found = new Map<string, Agreement>();

	function find(division: string): Agreement {
		const ofDivision = (wanted: string) =>
			agreements.filter(({ company }) => known.get(company) === wanted);
		const own = division === '' ? agreements : ofDivision(division);
		const fitting = own.length > 0 ? own : ofDivision('');
		const [only] = fitting;
		if (only !== undefined && fitting.length === 1) return only;
		const whose = division === '' ? '' : ` of division ${division}`;
		if (only === undefined) {
			throw new CoreError('LEDGER_AGREEMENT_NOT_ONE', `Nobody gets ${words}${whose}`, {
				path: 'kind',
				hint: 'Set the partner up with template 00, or with the operation Set Up of Agreement.',
			});
		}
		const names = fitting.map(({ name }) => `'${name}'`).join(', ');
		throw new CoreError(
			'LEDGER_AGREEMENT_NOT_ONE',
			`There are ${fitting.length} agreements for ${words}${whose}: ${names}`,
			{
				path: 'agreementBy',
				hint: "Set 'Which Agreement' to 'Chosen Here' and choose one; the other partner gets a copy of this workflow.",
			},
		);
	}

	return {
		of: (key) => {
			const division = divisionOfKey(key);
			const agreement = found.get(division) ?? find(division);
			found.set(division, agreement);
			// In one run, too, a company has one division.
			if (agreement.stage !== 'draft' && known.get(agreement.company) === '')
				known.set(agreement.company, division);
			return agreement.name;
		},
		bindDivisions: async () => {
			for (const [division, { company, stage }] of found) {
				if (division === '' || stage === 'draft') continue;
				await saveCompany(ledger, { name: company, division }, actor);
			}
		},
	};
}
