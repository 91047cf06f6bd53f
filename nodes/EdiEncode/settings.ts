import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { DocumentType } from '../../lib/documents';
import { CoreError } from '../../lib/errors';
import { checkDefaults } from '../../lib/mapping';
import type { MappingOptions } from '../../lib/mapping';
import { settingFields } from '../shared';
import type { AgreedItem, ItemLedger } from '../shared/ledger';
import type { StandardName } from './standards';

export type Batching = 'perRun' | 'perPartner' | 'perDocument';
export type ChangePolicy = 'replacement' | 'original' | 'hold';

/** Read once for the run. */
export interface RunSettings {
	readonly batching: Batching;
	readonly documentType: 'auto' | DocumentType;
	readonly onInvalidDocument: 'reject' | 'stop';
	readonly dryRun: boolean;
	readonly verifyOutput: boolean;
	readonly controlNumberSource: 'automatic' | 'execution' | 'input' | 'ledger';
	readonly controlNumberOffset: number;
	readonly fileNamePattern: string;
	readonly binaryField: string;
	readonly mapping: MappingOptions;
}

/** Read for each item, so that expressions may choose the partner. */
export interface PartnerSettings {
	readonly standard: StandardName;
	/** Plain settings for the encoder's `normalizeProfile`. */
	readonly profile: Readonly<Record<string, unknown>>;
	readonly changedDocuments: ChangePolicy;
}

export interface ItemSettings extends PartnerSettings {
	readonly change: string;
	/** As the ledger decided it. */
	readonly purpose?: ItemLedger['purpose'];
	/** The agreement that the item was taken under, instead of the node's own fields. */
	readonly agreed?: AgreedItem | undefined;
}

const PROFILE_COLLECTIONS = ['envelopeOptions', 'characterOptions', 'documentOptions'] as const;

function withoutEmpty(values: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== '' && value !== undefined),
	);
}

function readJsonObject(value: unknown, label: string): IDataObject {
	if (value === undefined || value === null || value === '') return {};
	let parsed: unknown = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			parsed = undefined;
		}
	}
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
		return parsed as IDataObject;
	}
	throw invalidSetting(label, 'it must be a JSON object such as {"senderId": "MYCOMPANY"}');
}

function invalidSetting(label: string, why: string): CoreError {
	return new CoreError(
		'DOCUMENT_SETTING_INVALID',
		`The setting '${label}' cannot be used: ${why}`,
		{
			path: label,
		},
	);
}

/** Rows of a fixed collection's group. */
function rowsOf(collection: IDataObject, group: string): IDataObject[] {
	const rows = collection[group];
	return Array.isArray(rows) ? (rows as IDataObject[]) : [];
}

/** Extra segments belong to a set in X12 and to a message in EDIFACT. */
function extraSegments(collection: IDataObject, standard: StandardName): IDataObject[] {
	return rowsOf(collection, 'segment').map((row) => {
		const { appliesTo, ...rest } = withoutEmpty(row);
		if (appliesTo === undefined) return rest;
		return { ...rest, [standard === 'x12' ? 'transactionSet' : 'message']: appliesTo };
	});
}

const CHANGES = ['new', 'changed', 'unchanged'];

/** The field, else what the look-up in the ledger wrote into the item. */
export function readChange(context: IExecuteFunctions, itemIndex: number): string {
	const given: unknown = context.getNodeParameter('options.documentChange', itemIndex, '');
	const document = context.getInputData()[itemIndex]?.json.document as IDataObject | undefined;
	const change = String((given || document?.change) ?? '') || 'new';
	if (CHANGES.includes(change)) return change;
	throw invalidSetting('Document Change', `'${change}' is none of ${CHANGES.join(', ')}`);
}

/** Reads a parameter of the node by its name. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** The settings of the partner as the encoder takes them; the node's own check reads them alike. */
export function readProfile(read: ReadParameter): Pick<PartnerSettings, 'standard' | 'profile'> {
	const standard = String(read('standard', 'x12')).toLowerCase();
	if (standard !== 'x12' && standard !== 'edifact') {
		throw invalidSetting('Standard', `'${standard}' is neither x12 nor edifact`);
	}
	const profile: IDataObject = {};
	const fields = settingFields(standard).filter(({ group }) => group === 'partner');
	for (const { name } of fields) {
		const value = read(name, '');
		if (value !== '' && value !== null && value !== undefined) {
			profile[name] = typeof value === 'string' ? value.trim() : String(value);
		}
	}
	const collection = (name: string): IDataObject => read(name, {}) as IDataObject;
	for (const name of PROFILE_COLLECTIONS) {
		Object.assign(profile, withoutEmpty(collection(name)));
	}
	const codeMaps = withoutEmpty(collection('codeMaps'));
	if (Object.keys(codeMaps).length > 0) profile.codeMaps = codeMaps;
	const guideline = read('guideline', '');
	if (guideline !== '' && guideline !== '{}') profile.guideline = guideline as IDataObject;
	const extra = extraSegments(collection('extraSegments'), standard);
	if (extra.length > 0) profile.extraSegments = extra;
	Object.assign(profile, readJsonObject(read('partnerProfile', ''), 'Partner Profile'));
	return { standard, profile };
}

export function readPartnerSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): PartnerSettings {
	const read: ReadParameter = (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback);
	return {
		...readProfile(read),
		changedDocuments: read('options.changedDocuments', 'replacement') as ChangePolicy,
	};
}

/** Paths and texts of the field *Default Values*, checked. */
export function readDefaults(collection: IDataObject): Record<string, string> {
	const defaults: Record<string, string> = {};
	for (const row of rowsOf(collection, 'default')) {
		defaults[String(row.field ?? '').trim()] = String(row.value ?? '');
	}
	checkDefaults(defaults);
	return defaults;
}

function readMapping(options: IDataObject, defaultsCollection: IDataObject): MappingOptions {
	const defaults = readDefaults(defaultsCollection);
	const statuses: Record<string, number[]> = {};
	for (const [resource, option] of [
		['purchaseEntry', 'purchaseEntryStatuses'],
		['purchaseInvoice', 'purchaseInvoiceStatuses'],
		['purchaseOrder', 'purchaseOrderStatuses'],
		['payment', 'paymentStatuses'],
	] as const) {
		const chosen = options[option];
		if (Array.isArray(chosen)) statuses[resource] = chosen.map(Number);
	}
	return {
		defaults,
		statuses,
		includeUnapprovedOrders: options.includeUnapprovedOrders === true,
		paymentSign: options.paymentSign === 'inverted' ? 'inverted' : 'as booked',
		priceFor: options.priceFor === 'itemUnit' ? 'itemUnit' : 'purchaseUnit',
	};
}

export function readRunSettings(context: IExecuteFunctions): RunSettings {
	const read = <Value>(name: string, fallback: Value): Value =>
		context.getNodeParameter(name, 0, fallback) as Value;
	const options = read<IDataObject>('options', {});
	return {
		batching: (options.batching as Batching | undefined) ?? 'perPartner',
		documentType: read<RunSettings['documentType']>('documentType', 'auto'),
		onInvalidDocument: (options.onInvalidDocument as RunSettings['onInvalidDocument'] | undefined) ?? 'reject',
		dryRun: read<boolean>('dryRun', false),
		verifyOutput: (options.verifyOutput as boolean | undefined) ?? true,
		controlNumberSource: read<RunSettings['controlNumberSource']>(
			'controlNumberSource',
			'automatic',
		),
		controlNumberOffset: Number(options.controlNumberOffset ?? 0),
		fileNamePattern: String(options.fileNamePattern ?? ''),
		binaryField: String(options.binaryPropertyName ?? '') || 'data',
		mapping: readMapping(read<IDataObject>('sourceOptions', {}), read<IDataObject>('defaults', {})),
	};
}
