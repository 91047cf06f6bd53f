/**
 * The tables, as numbered migrations. Both databases get the same statements: `integer` is 64 bits
 * wide, `blob` is `bytea` in PostgreSQL, text is compared byte by byte. Ids come from one counter
 * for the whole ledger, so an id names one thing.
 *
 * A migration is never changed once it is released. It adds first; `oldestWriter` is the oldest
 * schema whose package may still write, because n8n reloads a package while its old code runs.
 */
export interface Migration {
	readonly number: number;
	readonly oldestWriter: number;
	readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
	{
		number: 1,
		oldestWriter: 1,
		sql: `
create table ledger (
	id text not null, name text not null, schema_version integer not null, oldest_writer integer not null,
	key_salt text not null, key_hash text not null, created_at text not null, restored_at text not null,
	next_id integer not null, head integer not null, hash text not null, head_at text not null
);
create table links (
	number integer primary key, at text not null, events integer not null, actor_hash text not null, hash text not null,
	salt text, actor text
);
create table events (
	link integer not null, ordinal integer not null, subject text not null, subject_id integer not null,
	state_from text not null, state_to text not null, details_hash text not null, salt text, details text,
	primary key (link, ordinal)
);
create index events_subject on events (subject_id, link, ordinal);

create table companies (
	id integer primary key, name text not null unique, version integer not null, settings text not null,
	secrets text not null, retired integer not null
);
create table partners (
	id integer primary key, name text not null unique, version integer not null, settings text not null,
	secrets text not null, retired integer not null
);
create table agreements (
	id integer primary key, name text not null unique, company_id integer not null references companies (id),
	partner_id integer not null references partners (id), version integer not null, version_id integer not null,
	terms text not null, settings text not null, secrets text not null, server text not null,
	implicit integer not null, retired integer not null
);
create index agreements_company on agreements (company_id);
create index agreements_partner on agreements (partner_id);
create table agreement_versions (
	id integer primary key, agreement_id integer not null references agreements (id), version integer not null,
	name text not null, terms text not null, settings text not null
);
create index agreement_versions_agreement on agreement_versions (agreement_id);

create table documents (
	id integer primary key, agreement_id integer not null references agreements (id), usage text not null,
	document_key text not null, version_id integer not null, unique (agreement_id, usage, document_key)
);
create table versions (
	id integer primary key, document_id integer not null references documents (id), agreement_id integer not null,
	agreement_version_id integer not null, content_hash text not null, number text not null, own_number text not null, counterparty text not null,
	document_date text not null, currency text not null, amount text not null, modified text not null,
	state text not null, change text not null, purpose text not null, attempt integer not null,
	reservation text not null, lease_until text not null, manual_workflow text not null,
	file_id integer not null, supersedes_file text not null, issues text not null, taken_at text not null,
	document blob
);
create index versions_document on versions (document_id);
create index versions_number on versions (number);
create index versions_own_number on versions (own_number);
create index versions_date on versions (document_date, id);
create index versions_agreement on versions (agreement_id, id);
create index versions_open on versions (state, id) where state not in ('filed', 'overtaken');
create index versions_file on versions (file_id) where file_id > 0;

create table files (
	id integer primary key, agreement_version_id integer not null, agreement_id integer not null, kind text not null,
	name text not null, folder text not null, server text not null, path text not null, format text not null,
	transaction_set text not null, release text not null, usage text not null, sender text not null, receiver text not null,
	control_number text not null, group_control_numbers text not null, sha256 text not null, bytes integer not null,
	mime_type text not null, document_count integer not null, state text not null, state_before text not null,
	attempts integer not null, claim_token text not null, lease_until text not null, when_in_doubt text not null,
	acknowledge_hours integer not null, error_code text not null, error text not null, receipt text not null,
	recorded_at text not null, deposited_at text not null, answer_due_at text not null, answered_at text not null,
	on_behalf text not null, answers integer not null, contents text not null
);
create index files_name on files (name);
create index files_control_number on files (control_number);
create index files_state on files (state, id);
create index files_agreement on files (agreement_id, id);
create index files_deposited on files (deposited_at);
create index files_sha256 on files (sha256);
create index files_due on files (answer_due_at) where state in ('deposited', 'picked up');
create index files_answers on files (answers) where answers > 0;
create table file_versions (
	file_id integer not null references files (id), version_id integer not null references versions (id),
	set_control_number text not null, group_control_number text not null, purpose text not null,
	primary key (file_id, version_id)
);
create index file_versions_version on file_versions (version_id);
create table contents (owner_id integer not null, part integer not null, bytes blob not null, primary key (owner_id, part));
create table file_numbers (
	file_id integer not null references files (id), kind text not null, sender text not null, receiver text not null, number text not null,
	primary key (file_id, kind, number)
);
create index file_numbers_number on file_numbers (sender, receiver, kind, number);

create table received (
	id integer primary key, path text not null, modified_at text not null, name text not null, sha256 text not null,
	bytes integer not null, partner text not null, sender text not null, receiver text not null, control_number text not null,
	format text not null, state text not null, claim_token text not null, lease_until text not null, received_at text not null, contents text not null
);
create index received_sha256 on received (sha256);
create index received_number on received (sender, receiver, control_number);
create table answers (
	id integer primary key, sha256 text not null, position integer not null, file_id integer not null, acknowledgment text not null,
	level text not null, outcome text not null, status text not null, set_control_number text not null, summary text not null,
	errors text not null, on_behalf integer not null, acknowledged_at text not null, applied integer not null, note text not null,
	unique (sha256, position, on_behalf)
);
create index answers_file on answers (file_id);

create table counters (
	id integer primary key, sender text not null, receiver text not null, kind text not null, usage text not null,
	first_number integer not null, next_number integer not null, unique (sender, receiver, kind, usage)
);
create table numbers (
	id integer primary key, counter_id integer not null references counters (id), number integer not null,
	state text not null, reservation text not null, ordinal integer not null, file_id integer not null, reason text not null,
	reserved_at text not null, unique (counter_id, number)
);
create index numbers_reservation on numbers (reservation, counter_id);
create index numbers_reserved on numbers (reserved_at) where state = 'reserved';
`,
	},
	{
		number: 2,
		oldestWriter: 1,
		sql: `
create table reminders (name text primary key, content text not null, keep_until text not null);
create index reminders_keep_until on reminders (keep_until);
`,
	},
];

export const SCHEMA_VERSION = MIGRATIONS.at(-1)!.number;
