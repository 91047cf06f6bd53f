import { CoreError } from '../errors';
import type { ExactClient } from './client';
import type { Row } from './decode';
import { decodeRow } from './decode';
import { queryUrl } from './literals';
import type { Reader } from './reader';
import { createReader } from './reader';
import { hrmDivisionsFields, meFields, RESOURCES } from './resources';
import { hasRight, isRefusal } from './rights';
import type { DateEncoding } from './wallClock';

const ME_FIELDS = [
	'UserID',
	'UserName',
	'FullName',
	'Email',
	'CurrentDivision',
	'DivisionCustomerName',
	'LanguageCode',
	'PackageCode',
	'ServerTime',
	'ServerUtcOffset',
];

/** Who is connected. Without a division in the URL, so it costs nothing of the daily quota. */
export async function readMe(client: ExactClient, encoding: DateEncoding): Promise<Row> {
	const response = await client.get(queryUrl('current/Me', { select: ME_FIELDS }));
	const raw = response.rows[0];
	if (raw === undefined) {
		throw new CoreError('EXACT_RESPONSE_INVALID', 'Exact Online does not say who is connected');
	}
	return decodeRow(raw, meFields, encoding);
}

/**
 * How Exact numbers its wall clock, by its own word: `ServerUtcOffset` is 0 where it is UTC's. Where
 * it does not say, that of Amsterdam, as its documentation has it.
 */
export async function detectEncoding(client: ExactClient): Promise<DateEncoding> {
	const { rows } = await client.get(
		queryUrl('current/Me', { select: ['UserID', 'ServerTime', 'ServerUtcOffset'] }),
	);
	const offset = rows[0]?.ServerUtcOffset;
	return offset === 0 || offset === '0' ? 'utc' : 'amsterdam';
}

export interface DivisionChoice {
	readonly code: number;
	readonly name: string;
	readonly active: boolean;
}

export interface DivisionList {
	readonly divisions: readonly DivisionChoice[];
	/** Where the list is from; `current/Me` when neither endpoint may be read. */
	readonly source: 'system/Divisions' | 'hrm/Divisions' | 'current/Me';
	readonly note?: string;
}

const PICKER_FIELDS = ['Code', 'Description', 'CustomerName', 'Status'];

async function readDivisions(
	reader: Reader,
	source: 'system/Divisions' | 'hrm/Divisions',
): Promise<DivisionChoice[]> {
	const isSystem = source === 'system/Divisions';
	const target = {
		path: source,
		withoutDivision: true,
		fields: isSystem ? RESOURCES.division.fields : hrmDivisionsFields,
	};
	const choices: DivisionChoice[] = [];
	for await (const page of reader.pages(target, { select: PICKER_FIELDS })) {
		for (const row of page.rows) {
			choices.push({
				code: Number(row.Code),
				name: [row.CustomerName, row.Description]
					.filter((part, index, parts) => part && parts.indexOf(part) === index)
					.join(' – '),
				// system: 0 inactive, 1 active, 2 archived; hrm: 0 regular, 1 archived.
				active: isSystem ? row.Status === 1 : row.Status === 0,
			});
		}
	}
	return choices.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.code - b.code));
}

/**
 * All pages of divisions. The call needs a division in its URL, and an app that is not scoped for
 * that one is refused: then the licence's own list, then just the current division.
 */
export async function listDivisions(
	client: ExactClient,
	encoding: DateEncoding,
	me?: Row,
): Promise<DivisionList> {
	const user = me ?? (await readMe(client, encoding));
	const current = Number(user.CurrentDivision);
	const reader = createReader(client, current, encoding);
	for (const source of ['system/Divisions', 'hrm/Divisions'] as const) {
		try {
			const divisions = await readDivisions(reader, source);
			if (divisions.length > 0) return { divisions, source };
		} catch (error) {
			if (!isRefusal(error)) throw error;
		}
	}
	return {
		divisions: [{ code: current, name: String(user.DivisionCustomerName ?? ''), active: true }],
		source: 'current/Me',
		note: 'The app is not scoped for the division that is open in Exact Online, so Exact refuses the list. Give the division by ID.',
	};
}

export interface ConnectionReport {
	readonly user: Row;
	readonly divisions: DivisionList;
	/** Of the chosen division. */
	readonly division: number;
	readonly rights: ReadonlyArray<{
		readonly resource: string;
		readonly endpoint: string;
		readonly scope: string;
		readonly mayRead: boolean | null;
	}>;
}

/** Who is connected, to which divisions, with which rights. n8n never tests OAuth2 by itself. */
export async function checkConnection(
	client: ExactClient,
	encoding: DateEncoding,
	division: number | undefined,
): Promise<ConnectionReport> {
	const user = await readMe(client, encoding);
	const divisions = await listDivisions(client, encoding, user);
	const chosen = division ?? Number(user.CurrentDivision);
	const known = divisions.divisions.find((entry) => entry.code === chosen);
	if (divisions.source !== 'current/Me' && known === undefined) {
		throw new CoreError(
			'EXACT_DIVISION_SCOPE',
			`Division ${chosen} is not among the ${divisions.divisions.length} divisions that the connected user and app may read`,
			{ path: 'division', failure: { cause: 'configuration-invalid' } },
		);
	}
	if (known?.active === false) {
		throw new CoreError(
			'EXACT_DIVISION_INACTIVE',
			`Division ${chosen} (${known.name}) is not active`,
			{ path: 'division' },
		);
	}
	const rights = [];
	for (const resource of Object.values(RESOURCES)) {
		rights.push({
			resource: resource.displayName,
			endpoint: resource.path,
			scope: resource.scope,
			mayRead: (await hasRight(client, chosen, resource.path)) ?? null,
		});
	}
	return { user, divisions, division: chosen, rights };
}
