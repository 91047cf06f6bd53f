import type { AgreementTerms } from './directory';
import { query } from './port';
import type { ReadTx, Work } from './port';
import { DELIVERED_STATES, isOneOf, UNDELIVERED_STATES } from './states';
import type { VersionState } from './states';
import { VERSIONS } from './tables';
import type { VersionRow } from './tables';

/** A version with where its file stands. */
export type FiledVersion = Omit<VersionRow, 'document'> & {
	readonly usage: string;
	readonly document_key: string;
	readonly file_state: string;
	readonly file_name: string;
	readonly file_sha256: string;
};

/** What a version counts as: its own state, or that of its file. */
export type Standing =
	| Exclude<VersionState, 'filed' | 'accepted' | 'accepted with errors'>
	/** In a file that the partner does not have yet. */
	| 'under way'
	| 'delivered';

export function standingOf(version: FiledVersion): Standing {
	const state = version.state as VersionState;
	if (state === 'accepted' || state === 'accepted with errors') return 'delivered';
	if (state !== 'filed') return state;
	if (isOneOf(UNDELIVERED_STATES, version.file_state)) return 'under way';
	if (version.file_state === 'rejected') return 'rejected';
	if (isOneOf(DELIVERED_STATES, version.file_state)) return 'delivered';
	// The file never got beyond `recording`.
	return 'reserved';
}

const COLUMNS = Object.keys(VERSIONS.columns)
	.filter((column) => column !== 'document')
	.map((column) => `v.${column}`)
	.join(', ');

const FILED_VERSION = `select ${COLUMNS}, d.usage, d.document_key,
	coalesce(f.state, '') as file_state, coalesce(f.name, '') as file_name, coalesce(f.sha256, '') as file_sha256`;

export interface WantedDocument {
	readonly agreement_id: number;
	readonly usage: string;
	readonly document_key: string;
}

/** All versions of the given documents, oldest first. */
export function* versionsOfDocuments(
	tx: ReadTx,
	wanted: readonly WantedDocument[],
): Work<Map<string, FiledVersion[]>> {
	const columns = { agreement_id: 'integer', usage: 'text', document_key: 'text' } as const;
	// `cross join` keeps SQLite to this order: the list first, then one look-up for each.
	const rows = yield* query<FiledVersion>(
		`${FILED_VERSION} from ${tx.dialect.rowsOf(columns)} as wanted
		cross join documents d
		join versions v on v.document_id = d.id left join files f on f.id = v.file_id and v.file_id > 0
		where d.agreement_id = wanted.agreement_id and d.usage = wanted.usage and d.document_key = wanted.document_key
		order by v.id`,
		JSON.stringify(wanted),
	);
	const byDocument = new Map<string, FiledVersion[]>();
	for (const row of rows) {
		const id = documentName(row);
		const known = byDocument.get(id);
		if (known === undefined) byDocument.set(id, [row]);
		else known.push(row);
	}
	return byDocument;
}

export function documentName({ agreement_id, usage, document_key }: WantedDocument): string {
	return `${agreement_id} ${usage} ${document_key}`;
}

export function* versionsById(tx: ReadTx, ids: readonly number[]): Work<Map<number, FiledVersion>> {
	const rows = yield* query<FiledVersion>(
		`${FILED_VERSION} from ${tx.dialect.rowsOf({ id: 'integer' })} as wanted
		cross join versions v
		join documents d on d.id = v.document_id left join files f on f.id = v.file_id and v.file_id > 0
		where v.id = wanted.id order by v.id`,
		JSON.stringify(ids.map((id) => ({ id }))),
	);
	return new Map(rows.map((row) => [row.id, row]));
}

/** An agreement as a run needs it. */
export interface ActiveAgreement {
	readonly id: number;
	readonly name: string;
	readonly versionId: number;
	readonly terms: AgreementTerms;
	readonly retired: boolean;
	readonly server: string;
}

export function* agreementsByName(
	tx: ReadTx,
	names: readonly string[],
): Work<Map<string, ActiveAgreement>> {
	const rows = yield* query<{
		id: number;
		name: string;
		version_id: number;
		terms: string;
		server: string;
		retired: number;
	}>(
		`select a.id, a.name, a.version_id, a.terms, a.server, a.retired + c.retired + p.retired as retired
		from ${tx.dialect.rowsOf({ name: 'text' })} as wanted
		cross join agreements a join companies c on c.id = a.company_id join partners p on p.id = a.partner_id
		where a.name = wanted.name`,
		JSON.stringify(names.map((name) => ({ name }))),
	);
	return new Map(
		rows.map((row) => [
			row.name,
			{
				id: row.id,
				name: row.name,
				versionId: row.version_id,
				terms: JSON.parse(row.terms) as AgreementTerms,
				retired: row.retired > 0,
				server: row.server,
			},
		]),
	);
}
