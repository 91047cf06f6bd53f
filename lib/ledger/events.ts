import { sha256 } from '../text';
import { insertInto, query } from './port';
import type { Actor, Dialect, LedgerEvent, Work } from './port';

export interface Head {
	readonly number: number;
	readonly hash: string;
	readonly at: string;
}

export const FIRST_HASH = '0'.repeat(64);

export interface EventRow {
	readonly link: number;
	readonly ordinal: number;
	readonly subject: string;
	readonly subject_id: number;
	readonly state_from: string;
	readonly state_to: string;
	readonly details_hash: string;
	readonly salt: string | null;
	readonly details: string | null;
}

/** Details are chained by a salted hash: without salt and details nobody can guess them back. */
export function detailsHash(salt: string, details: string): string {
	return sha256(`${salt}\n${details}`);
}

type ChainedEvent = Omit<EventRow, 'salt' | 'details'>;

function eventText(event: ChainedEvent): string {
	return JSON.stringify([
		event.ordinal,
		event.subject,
		event.subject_id,
		event.state_from,
		event.state_to,
		event.details_hash,
	]);
}

/** The hash of a link: over the link before it and everything that its transaction changed. */
export function linkHash(
	previous: string,
	link: { readonly number: number; readonly at: string; readonly actor_hash: string },
	events: readonly ChainedEvent[],
): string {
	const body = sha256(events.map(eventText).join('\n'));
	return sha256(JSON.stringify([previous, link.number, link.at, link.actor_hash, body]));
}

export interface LinkRow {
	readonly number: number;
	readonly at: string;
	readonly events: number;
	readonly actor_hash: string;
	readonly hash: string;
	/** Null where it was erased. */
	readonly salt: string | null;
	readonly actor: string | null;
}

const EVENT_COLUMNS = {
	link: 'integer',
	ordinal: 'integer',
	subject: 'text',
	subject_id: 'integer',
	state_from: 'text',
	state_to: 'text',
	details_hash: 'text',
	salt: 'text',
	details: 'text',
} as const;

/** Appends the link of one transaction; `secret` makes the salts and is kept nowhere. */
export function* appendLink(
	dialect: Dialect,
	head: Head,
	link: { readonly at: string; readonly actor: Actor; readonly secret: string },
	events: readonly LedgerEvent[],
): Work<Head> {
	const number = head.number + 1;
	const actor = JSON.stringify(link.actor);
	const rows: EventRow[] = events.map((event, index) => {
		const details = JSON.stringify(event.details);
		const salt = sha256(`${link.secret}:${index}`).slice(0, 32);
		return {
			link: number,
			ordinal: index + 1,
			subject: event.subject,
			subject_id: event.subjectId,
			state_from: event.from,
			state_to: event.to,
			details_hash: detailsHash(salt, details),
			salt,
			details,
		};
	});
	const salt = sha256(`${link.secret}:actor`).slice(0, 32);
	const actorHash = detailsHash(salt, actor);
	const hash = linkHash(head.hash, { number, at: link.at, actor_hash: actorHash }, rows);
	yield* insertInto(dialect, 'events', EVENT_COLUMNS, rows as unknown as Record<string, string>[]);
	yield* query(
		'insert into links (number, at, events, actor_hash, hash, salt, actor) values (?, ?, ?, ?, ?, ?, ?)',
		number,
		link.at,
		rows.length,
		actorHash,
		hash,
		salt,
		actor,
	);
	return { number, hash, at: link.at };
}
