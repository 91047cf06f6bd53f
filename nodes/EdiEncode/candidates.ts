import type { IDataObject } from 'n8n-workflow';
import { documentSubject } from '../../lib/documents';
import type { BusinessDocument } from '../../lib/documents';
import type { Issue } from '../../lib/errors';
import {
	contentHash,
	detectResource,
	documentHead,
	MAPPING_RULES,
	readNeutralDocument,
	toDocument,
	toRemittances,
} from '../../lib/mapping';
import type { DocumentResource, MappingOptions, Row } from '../../lib/mapping';
import { itemLedger } from '../shared/ledger';
import type { ItemLedger } from '../shared/ledger';
import { isRecord } from '../../lib/text';
import type { ItemSettings, RunSettings } from './settings';

/** A source record: what the ledger knows a document by. */
export interface Source {
	readonly itemIndex: number;
	readonly key: string;
	readonly number: string;
	readonly contentHash: string;
	readonly type: string;
	/** Of a document that *Take New or Changed* handed out. */
	readonly version?: number | undefined;
	readonly reservation?: string | undefined;
}

/** A document that may be encoded, and the records it was made of. */
export interface Candidate {
	readonly document: BusinessDocument;
	readonly sources: readonly Source[];
	readonly warnings: readonly Issue[];
	readonly settings: ItemSettings;
}

export type RefusalOutcome = 'rejected' | 'skipped' | 'held' | 'unchanged' | 'failed';

export interface Refusal {
	readonly source: Source;
	readonly outcome: RefusalOutcome;
	readonly issues: readonly object[];
	readonly settings: ItemSettings | undefined;
}

/** An input item with its settings. */
export interface Entry {
	readonly itemIndex: number;
	readonly json: Row;
	readonly settings: ItemSettings;
}

interface Classified {
	readonly entry: Entry;
	readonly source: Source;
	readonly resource: DocumentResource | undefined;
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Identity as the Exact node gave it, else made anew from the record. */
export function classify(entry: Entry, mapping: MappingOptions): Classified {
	const { json, itemIndex } = entry;
	const resource = detectResource(json);
	const { version, reservation } = itemLedger(json as IDataObject) ?? {};
	const given = isRecord(json.document) ? json.document : {};
	if (resource === undefined) {
		const source: Source = {
			itemIndex,
			key: text(json.key) || text(given.key),
			number: text(json.number) || text(given.number),
			contentHash: text(given.contentHash) || contentHash(json),
			type: text(json.type),
			version,
			reservation,
		};
		return { entry, source, resource };
	}
	const complete = text(given.key) !== '' && text(given.contentHash) !== '';
	const head = complete ? given : { ...documentHead(resource, json, mapping) };
	const source: Source = {
		itemIndex,
		key: text(head.key),
		number: text(head.number),
		contentHash: text(head.contentHash),
		type: MAPPING_RULES[resource].type,
		version,
		reservation,
	};
	return { entry, source, resource };
}

function warning(code: Issue['code'], path: string, message: string): Issue {
	return { code, severity: 'warning', path, message };
}

/** Of two versions of one document the later one counts. */
function repeated(all: readonly Classified[]): ReadonlySet<number> {
	const last = new Map<string, number>();
	for (const { source } of all) if (source.key !== '') last.set(source.key, source.itemIndex);
	return new Set(
		all
			.filter(({ source }) => source.key !== '' && last.get(source.key) !== source.itemIndex)
			.map(({ source }) => source.itemIndex),
	);
}

/** Why a document is not even mapped: sent before, waiting for a person, given twice, not wanted. */
function refuseEarly(
	{ entry, source, resource }: Classified,
	run: RunSettings,
	isRepeated: boolean,
): Refusal | undefined {
	const refuse = (outcome: RefusalOutcome, issue: Issue): Refusal => ({
		source,
		outcome,
		issues: [issue],
		settings: entry.settings,
	});
	const subject = documentSubject({ type: source.type, number: source.number });
	if (isRepeated) {
		return refuse(
			'skipped',
			warning('DOCUMENT_REPEATED', 'document.key', `${subject}: a later item holds it, too`),
		);
	}
	const wanted = entry.settings.agreed?.documentType ?? run.documentType;
	if (wanted !== 'auto' && source.type !== wanted) {
		return refuse('rejected', {
			code: 'DOCUMENT_TYPE_UNEXPECTED',
			severity: 'error',
			path: 'type',
			message: `${subject}: it is of type '${source.type || 'unknown'}', but ${
				entry.settings.agreed === undefined
					? "'Document Type'"
					: `the agreement '${entry.settings.agreed.file.agreement}'`
			} is '${wanted}'`,
		});
	}
	if (entry.settings.change === 'unchanged') {
		return refuse(
			'unchanged',
			warning('DOCUMENT_UNCHANGED', 'document.change', `${subject}: it was sent with this content`),
		);
	}
	if (entry.settings.change !== 'changed') return undefined;
	const { changedDocuments } = entry.settings;
	// Neither an 820 nor an advice of single payments can say which payment it replaces.
	const cannotReplace = resource === 'payment' && changedDocuments === 'replacement';
	if (changedDocuments !== 'hold' && !cannotReplace) return undefined;
	return refuse(
		'held',
		warning(
			'DOCUMENT_HELD',
			'document.change',
			`${subject}: it was sent before with other content and waits for a person`,
		),
	);
}

function purposeOf({ purpose }: BusinessDocument, settings: ItemSettings): ItemLedger['purpose'] {
	if (settings.purpose === 'cancellation') return settings.purpose;
	if (purpose !== undefined) return purpose;
	return settings.change === 'changed' && settings.changedDocuments === 'replacement'
		? 'replacement'
		: 'original';
}

function mapOne(
	{ entry, source, resource }: Classified,
	mapping: MappingOptions,
): Candidate | Refusal {
	const { json, settings } = entry;
	const result =
		resource === undefined || resource === 'payment'
			? readNeutralDocument(json, mapping)
			: toDocument(resource, json, mapping);
	if (!result.ok) {
		const outcome = result.skipped ? 'skipped' : 'rejected';
		return { source, outcome, issues: result.issues, settings };
	}
	const purpose = purposeOf(result.document, settings);
	const document = { ...result.document, purpose };
	const { key, number } = document;
	const exact = resource === undefined ? { contentHash: contentHash(document) } : {};
	// The ledger knows a document it handed out by the key and hash it was taken with.
	const identity = source.version === undefined ? { key, number, ...exact } : {};
	return {
		document,
		sources: [{ ...source, ...identity, type: document.type }],
		warnings: result.warnings,
		settings,
	};
}

function mapPayments(
	payments: readonly Classified[],
	mapping: MappingOptions,
): readonly (Candidate | Refusal)[] {
	const rows = payments.map(({ entry }) => entry.json);
	return toRemittances(rows, mapping).flatMap((result): (Candidate | Refusal)[] => {
		const members = result.rows.flatMap((row) => payments[row] ?? []);
		const [first] = members;
		if (first === undefined) return [];
		if (result.ok) {
			return [
				{
					document: { ...result.document, purpose: 'original' },
					sources: members.map(({ source }) => source),
					warnings: result.warnings,
					settings: first.entry.settings,
				},
			];
		}
		const outcome = result.skipped ? 'skipped' : 'rejected';
		return members.map(({ source, entry }) => ({
			source,
			outcome,
			issues: result.issues,
			settings: entry.settings,
		}));
	});
}

/** Payments of one partner make common advices; those of different partners never do. */
function byPartner(payments: readonly Classified[]): readonly (readonly Classified[])[] {
	const groups = new Map<string, Classified[]>();
	for (const payment of payments) {
		const key = settingsKey(payment.entry.settings);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [payment]);
		else group.push(payment);
	}
	return [...groups.values()];
}

export function settingsKey(settings: ItemSettings): string {
	const { agreed, profile, standard } = settings;
	return JSON.stringify([agreed?.file.agreementVersion, agreed?.file.usage, standard, profile]);
}

export function isRefusal(result: Candidate | Refusal): result is Refusal {
	return 'outcome' in result;
}

/** Items → documents, and the items that make none, in the order of the input. */
export function collectCandidates(
	entries: readonly Entry[],
	run: RunSettings,
): { readonly candidates: readonly Candidate[]; readonly refusals: readonly Refusal[] } {
	const classified = entries.map((entry) => classify(entry, run.mapping));
	const twice = repeated(classified);
	const results: (Candidate | Refusal)[] = [];
	const payments: Classified[] = [];
	for (const one of classified) {
		const refused = refuseEarly(one, run, twice.has(one.source.itemIndex));
		if (refused !== undefined) results.push(refused);
		else if (one.resource === 'payment') payments.push(one);
		else results.push(mapOne(one, run.mapping));
	}
	for (const group of byPartner(payments)) results.push(...mapPayments(group, run.mapping));
	return {
		candidates: results.filter((result): result is Candidate => !isRefusal(result)),
		refusals: results.filter(isRefusal),
	};
}
