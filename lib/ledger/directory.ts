import { CoreError } from '../errors';
import { one, query } from './port';
import type { Actor, Tx, Work } from './port';
import {
	insertRows,
	updateRows,
	AGREEMENTS,
	AGREEMENT_VERSIONS,
	COMPANIES,
	PARTNERS,
} from './tables';
import type { AgreementRow, AgreementVersionRow, CompanyRow } from './tables';
import { read, write } from './transaction';
import type { Ledger } from './transaction';

/**
 * The partner directory: companies (ours), partners, and the agreements between them. What settings
 * mean is known in `lib/edi/partner`; here they are kept, merged and versioned.
 */
export type Settings = Readonly<Record<string, unknown>>;

export interface Company {
	readonly id: number;
	readonly name: string;
	readonly version: number;
	readonly division?: string;
	readonly vatNumber?: string;
	readonly gln?: string;
	readonly settings: Settings;
	readonly retired: boolean;
}

export interface Partner {
	readonly id: number;
	readonly name: string;
	readonly version: number;
	readonly settings: Settings;
	readonly retired: boolean;
}

const STAGES = ['draft', 'test', 'production'] as const;
export type AgreementStage = (typeof STAGES)[number];

/** What was agreed, apart from how a file is written. */
export interface AgreementTerms {
	/** `invoice`, `purchaseOrder`, `remittance`, or an Exact resource for flat files. */
	readonly documentType: string;
	/** `X12 810`, `EDIFACT INVOIC`, `fixed-width`, `csv`. */
	readonly sentAs: string;
	/** Draft: made and shown, nothing deposited, no number used. */
	readonly stage: AgreementStage;
	readonly changePolicy: 'replacement' | 'original' | 'hold';
	/** `2026-11-27`; older documents are `before start`. */
	readonly sendFrom: string;
	/** Absolute, on the partner's server. */
	readonly folder: string;
	readonly acksFolder: string;
	readonly acknowledgment: { readonly expected: boolean; readonly withinHours: number };
	readonly whenInDoubt: 'hold' | 'send again';
	readonly onRefusedPayment: 'hold advice' | 'without it';
	readonly onDeleted: 'hold' | 'cancel';
}

export interface Agreement extends AgreementTerms {
	readonly id: number;
	/** Of this version of the agreement; kept with each document and file. */
	readonly versionId: number;
	readonly version: number;
	readonly name: string;
	readonly company: string;
	readonly partner: string;
	/** `host:port user` of the credential it goes by; empty until the first deposit binds it. */
	readonly server: string;
	/** What the encoder gets: company, partner and agreement merged, without secrets. */
	readonly settings: Settings;
	/** What was saved for this agreement alone. */
	readonly ownSettings: Settings;
	readonly retired: boolean;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
	stage: STAGES,
	changePolicy: ['replacement', 'original', 'hold'],
	whenInDoubt: ['hold', 'send again'],
	onRefusedPayment: ['hold advice', 'without it'],
	onDeleted: ['hold', 'cancel'],
};

/** What an agreement says where its first version says nothing; `sendFrom` is the day it is made. */
const FIRST_TERMS: Omit<AgreementTerms, 'sendFrom'> = {
	documentType: 'invoice',
	sentAs: '',
	stage: 'draft',
	changePolicy: 'replacement',
	folder: '',
	acksFolder: '',
	acknowledgment: { expected: false, withinHours: 24 },
	whenInDoubt: 'hold',
	onRefusedPayment: 'hold advice',
	onDeleted: 'hold',
};

// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LONGEST_NAME = 120;

export function checkText(value: string, what: string, path: string): string {
	const name = value.trim();
	if (
		name === '' ||
		name.length > LONGEST_NAME ||
		CONTROL_CHARACTERS.test(name) ||
		/[\ud800-\udfff]/u.test(name)
	) {
		const shown = JSON.stringify(value.slice(0, LONGEST_NAME));
		throw new CoreError(
			'LEDGER_NAME_INVALID',
			`${shown} cannot be ${what}: use 1 to ${LONGEST_NAME} visible characters`,
			{ path },
		);
	}
	return name;
}

function isPlain(value: unknown): value is Settings {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects are merged field by field; anything else, lists too, is replaced. */
export function mergeSettings(base: Settings, over: Settings): Settings {
	const merged: Record<string, unknown> = { ...base };
	for (const [name, value] of Object.entries(over)) {
		if (value === undefined) continue;
		const known = merged[name];
		merged[name] = isPlain(known) && isPlain(value) ? mergeSettings(known, value) : value;
	}
	return merged;
}

/** The same settings give the same text, in whatever order they came. */
function stable(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(stable);
	if (!isPlain(value)) return value;
	return Object.fromEntries(
		Object.keys(value)
			.sort()
			.filter((key) => value[key] !== undefined)
			.map((key) => [key, stable(value[key])]),
	);
}

function textOf(value: unknown): string {
	return JSON.stringify(stable(value));
}

function settingsOf(text: string): Settings {
	return JSON.parse(text) as Settings;
}

/** Secrets that are not given stay as they are. */
function secretsText(known: string | undefined, given: Settings | undefined): string {
	return textOf(mergeSettings(settingsOf(known ?? '{}'), given ?? {}));
}

export interface CompanyInput {
	readonly name: string;
	readonly division?: string | undefined;
	readonly vatNumber?: string | undefined;
	readonly gln?: string | undefined;
	readonly settings?: Settings | undefined;
	readonly secrets?: Settings | undefined;
}

export interface PartnerInput {
	readonly name: string;
	readonly settings?: Settings | undefined;
	readonly secrets?: Settings | undefined;
}

export type AgreementInput = Partial<AgreementTerms> & {
	readonly name: string;
	readonly company: string;
	readonly partner: string;
	/** To let the agreement go by another server: the new one, or empty to bind it anew. */
	readonly server?: string | undefined;
	readonly settings?: Settings | undefined;
	readonly secrets?: Settings | undefined;
};

type PartyTable = typeof COMPANIES | typeof PARTNERS;

const PARTY_NOUNS = { companies: 'company', partners: 'partner' } as const;

/** The facts of a company that are no settings stand beside them in one text. */
function companyText({ division, vatNumber, gln, settings }: CompanyInput, known = '{}'): string {
	return textOf({
		settings: {},
		...settingsOf(known),
		...stripped({ division, vatNumber, gln, settings }),
	});
}

function stripped(values: Settings): Settings {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A new version of a company or partner where anything is other than before. */
function* saveParty(
	tx: Tx,
	table: PartyTable,
	given: string,
	settingsText: (known?: string) => string,
	secrets: Settings | undefined,
): Work<CompanyRow> {
	const noun = PARTY_NOUNS[table.name];
	const name = checkText(given, `the name of a ${noun}`, 'name');
	const known = yield* one<CompanyRow>(`select * from ${table.name} where name = ?`, name);
	const settings = settingsText(known?.settings);
	const secretText = secretsText(known?.secrets, secrets);
	if (known === undefined) {
		const row = { id: tx.newId(), name, version: 1, settings, secrets: secretText, retired: 0 };
		yield* insertRows(tx, table, [row]);
		return row;
	}
	if (known.settings === settings && known.retired === 0) {
		if (known.secrets !== secretText) {
			const note = { secrets: 'changed' };
			yield* updateRows(tx, table, [{ id: known.id, set: { secrets: secretText }, note }]);
		}
		return { ...known, secrets: secretText };
	}
	const set = { version: known.version + 1, settings, secrets: secretText, retired: 0 };
	yield* updateRows(tx, table, [{ id: known.id, set }]);
	// What its files are written by has changed, so each of its agreements has a new version.
	const column = table.name === 'companies' ? 'company_id' : 'partner_id';
	const agreements = yield* query<AgreementRow>(
		`select * from agreements where ${column} = ? order by id`,
		known.id,
	);
	for (const agreement of agreements) yield* newVersion(tx, agreement, {});
	return { ...known, ...set };
}

function* effectiveSettings(agreement: AgreementRow): Work<Settings> {
	const company = yield* one<CompanyRow>(
		'select * from companies where id = ?',
		agreement.company_id,
	);
	const partner = yield* one<CompanyRow>(
		'select * from partners where id = ?',
		agreement.partner_id,
	);
	return [
		settingsOf(company!.settings)['settings'] as Settings,
		settingsOf(partner!.settings),
		settingsOf(agreement.settings),
	].reduce(mergeSettings);
}

/** The agreement as it will be, with a version row that keeps what encoders get. */
function* newVersion(
	tx: Tx,
	known: AgreementRow,
	change: Partial<AgreementRow>,
): Work<AgreementRow> {
	const next = { ...known, ...change, version: known.version + 1, version_id: tx.newId() };
	const version: AgreementVersionRow = {
		id: next.version_id,
		agreement_id: next.id,
		version: next.version,
		name: next.name,
		terms: next.terms,
		settings: textOf(yield* effectiveSettings(next)),
	};
	const { id } = next;
	const set = { ...change, version: next.version, version_id: next.version_id };
	if (known.version === 0) {
		yield* insertRows(tx, AGREEMENTS, [next]);
	} else {
		yield* updateRows(tx, AGREEMENTS, [{ id, set }]);
	}
	yield* insertRows(tx, AGREEMENT_VERSIONS, [version]);
	return next;
}

export async function saveCompany(
	ledger: Ledger,
	input: CompanyInput,
	actor: Actor,
): Promise<Company> {
	return await write(ledger, actor, {}, function* (tx) {
		const text = (known?: string) => companyText(input, known);
		return companyOf(yield* saveParty(tx, COMPANIES, input.name, text, input.secrets));
	});
}

export async function savePartner(
	ledger: Ledger,
	input: PartnerInput,
	actor: Actor,
): Promise<Partner> {
	return await write(ledger, actor, {}, function* (tx) {
		const text = (known = '{}') => (input.settings === undefined ? known : textOf(input.settings));
		return partnerOf(yield* saveParty(tx, PARTNERS, input.name, text, input.secrets));
	});
}

function checkTerms(terms: AgreementTerms): AgreementTerms {
	for (const [name, choices] of Object.entries(CHOICES)) {
		const value = String(terms[name as keyof AgreementTerms]);
		if (choices.includes(value)) continue;
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			`${name} is ${JSON.stringify(value)}; it can be ${choices.join(', ')}`,
			{ path: name },
		);
	}
	if (!/^\d{4}-\d{2}-\d{2}$/.test(terms.sendFrom) || Number.isNaN(Date.parse(terms.sendFrom))) {
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			`sendFrom is ${JSON.stringify(terms.sendFrom)}; give a date such as 2026-11-27`,
			{ path: 'sendFrom' },
		);
	}
	const { expected, withinHours } = terms.acknowledgment;
	if (typeof expected !== 'boolean' || !Number.isSafeInteger(withinHours) || withinHours < 0) {
		throw new CoreError(
			'LEDGER_SETTING_INVALID',
			'acknowledgment needs expected (true or false) and withinHours (a whole number)',
			{ path: 'acknowledgment' },
		);
	}
	return terms;
}

function termsOf(input: Partial<AgreementTerms>, base: AgreementTerms): AgreementTerms {
	const terms: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(base)) {
		terms[name] = input[name as keyof AgreementTerms] ?? value;
	}
	return checkTerms(terms as unknown as AgreementTerms);
}

function* partyByName(table: PartyTable, name: string): Work<CompanyRow> {
	const row = yield* one<CompanyRow>(`select * from ${table.name} where name = ?`, name.trim());
	if (row === undefined) {
		const noun = PARTY_NOUNS[table.name];
		throw new CoreError('LEDGER_UNKNOWN', `The ledger has no ${noun} '${name}'`, { path: noun });
	}
	return row;
}

/** Terms, settings and secrets that are not given stay as they were. */
export async function saveAgreement(
	ledger: Ledger,
	input: AgreementInput,
	actor: Actor,
): Promise<Agreement> {
	return await write(ledger, actor, {}, function* (tx) {
		const name = checkText(input.name, 'the name of an agreement', 'name');
		const company = yield* partyByName(COMPANIES, input.company);
		const partner = yield* partyByName(PARTNERS, input.partner);
		const known = yield* one<AgreementRow>('select * from agreements where name = ?', name);
		const base: AgreementRow = known ?? {
			id: tx.newId(),
			name,
			company_id: company.id,
			partner_id: partner.id,
			version: 0,
			version_id: 0,
			terms: textOf({ ...FIRST_TERMS, sendFrom: tx.now.slice(0, 10) }),
			settings: '{}',
			secrets: '{}',
			server: '',
			implicit: 0,
			retired: 0,
		};
		if (base.company_id !== company.id) {
			throw new CoreError(
				'LEDGER_SETTING_INVALID',
				`The agreement '${name}' is of another company; give it another name`,
				{ path: 'company' },
			);
		}
		const change = {
			partner_id: partner.id,
			terms: textOf(termsOf(input, settingsOf(base.terms) as unknown as AgreementTerms)),
			settings: input.settings === undefined ? base.settings : textOf(input.settings),
			secrets: secretsText(base.secrets, input.secrets),
			server: input.server ?? base.server,
			retired: 0,
		};
		const same = Object.entries(change).every(
			([column, value]) => base[column as keyof AgreementRow] === value,
		);
		const saved = known !== undefined && same ? known : yield* newVersion(tx, base, change);
		return yield* agreementOf(saved);
	});
}

export interface Retired {
	readonly kind: 'company' | 'partner' | 'agreement';
	readonly name: string;
}

const RETIRABLE = { company: COMPANIES, partner: PARTNERS, agreement: AGREEMENTS } as const;

/** Nothing new is taken for what is retired; what is recorded is still delivered and answered. */
export async function retire(ledger: Ledger, { kind, name }: Retired, actor: Actor): Promise<void> {
	await write(ledger, actor, {}, function* (tx) {
		const table = RETIRABLE[kind];
		const row = yield* one<CompanyRow>(`select * from ${table.name} where name = ?`, name.trim());
		if (row === undefined) {
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no ${kind} '${name}'`, { path: kind });
		}
		if (row.retired === 0) yield* updateRows(tx, table, [{ id: row.id, set: { retired: 1 } }]);
	});
}

function companyOf(row: CompanyRow): Company {
	const { settings, ...facts } = settingsOf(row.settings) as { settings: Settings } & Record<
		string,
		string
	>;
	return {
		id: row.id,
		name: row.name,
		version: row.version,
		...facts,
		settings,
		retired: row.retired === 1,
	};
}

function partnerOf({ id, name, version, settings, retired }: CompanyRow): Partner {
	return { id, name, version, settings: settingsOf(settings), retired: retired === 1 };
}

interface AgreementOrigin {
	/** Read by a version: its terms and settings, not today's. */
	readonly version?: AgreementVersionRow | undefined;
}

function* agreementOf(row: AgreementRow, origin: AgreementOrigin = {}): Work<Agreement> {
	const version =
		origin.version ??
		(yield* one<AgreementVersionRow>(
			'select * from agreement_versions where id = ?',
			row.version_id,
		));
	const company = yield* one<CompanyRow>('select * from companies where id = ?', row.company_id);
	const partner = yield* one<CompanyRow>('select * from partners where id = ?', row.partner_id);
	return {
		...(settingsOf(version!.terms) as unknown as AgreementTerms),
		id: row.id,
		versionId: version!.id,
		version: version!.version,
		name: row.name,
		company: company!.name,
		partner: partner!.name,
		server: row.server,
		settings: settingsOf(version!.settings),
		ownSettings: settingsOf(row.settings),
		retired: row.retired + company!.retired + partner!.retired > 0,
	};
}

export interface DirectoryFilter {
	/** Also what is retired. */
	readonly retired?: boolean | undefined;
}

function* partyRows(table: PartyTable, filter: DirectoryFilter): Work<readonly CompanyRow[]> {
	const where = filter.retired === true ? '' : 'where retired = 0';
	return yield* query<CompanyRow>(`select * from ${table.name} ${where} order by name`);
}

export async function getCompanies(
	ledger: Ledger,
	filter: DirectoryFilter = {},
): Promise<Company[]> {
	return await read(ledger, function* () {
		return (yield* partyRows(COMPANIES, filter)).map(companyOf);
	});
}

export async function getPartners(
	ledger: Ledger,
	filter: DirectoryFilter = {},
): Promise<Partner[]> {
	return await read(ledger, function* () {
		return (yield* partyRows(PARTNERS, filter)).map(partnerOf);
	});
}

export interface AgreementFilter extends DirectoryFilter {
	readonly company?: string | undefined;
	readonly partner?: string | undefined;
	readonly documentType?: string | undefined;
}

export async function getAgreements(
	ledger: Ledger,
	filter: AgreementFilter = {},
): Promise<Agreement[]> {
	return await read(ledger, function* () {
		const rows = yield* query<AgreementRow>(
			'select * from agreements where implicit = 0 order by name',
		);
		const found: Agreement[] = [];
		for (const row of rows) {
			const agreement = yield* agreementOf(row);
			const wanted =
				(filter.retired === true || !agreement.retired) &&
				(filter.company ?? agreement.company) === agreement.company &&
				(filter.partner ?? agreement.partner) === agreement.partner &&
				(filter.documentType ?? agreement.documentType) === agreement.documentType;
			if (wanted) found.push(agreement);
		}
		return found;
	});
}

export type WhichAgreement = { readonly name: string } | { readonly versionId: number };

/** By name as it is today, or by version as it was when a document was taken. */
export async function readAgreement(
	ledger: Ledger,
	which: WhichAgreement,
	options: { readonly withSecrets?: boolean } = {},
): Promise<Agreement & { readonly secrets?: Settings }> {
	return await read(ledger, function* () {
		let version: AgreementVersionRow | undefined;
		if ('versionId' in which) {
			version = yield* one('select * from agreement_versions where id = ?', which.versionId);
		}
		const row =
			'name' in which
				? yield* one<AgreementRow>('select * from agreements where name = ?', which.name.trim())
				: yield* one<AgreementRow>(
						'select * from agreements where id = ?',
						version?.agreement_id ?? 0,
					);
		if (row === undefined) {
			const said = 'name' in which ? `'${which.name}'` : `version ${which.versionId}`;
			throw new CoreError('LEDGER_UNKNOWN', `The ledger has no agreement ${said}`, {
				path: 'agreement',
			});
		}
		const agreement = yield* agreementOf(row, { version });
		if (options.withSecrets !== true) return agreement;
		const company = yield* one<CompanyRow>('select * from companies where id = ?', row.company_id);
		const partner = yield* one<CompanyRow>('select * from partners where id = ?', row.partner_id);
		const secrets = [company!.secrets, partner!.secrets, row.secrets]
			.map(settingsOf)
			.reduce(mergeSettings);
		return { ...agreement, secrets };
	});
}
