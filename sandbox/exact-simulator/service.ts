import type { Clock } from './clock.ts';
import type { Company } from './company.ts';
import { ENTITIES, ME_FIELDS, TABLE_FIELDS } from './entities.ts';
import type { Entity, FieldType } from './entities.ts';
import { runQuery } from './query.ts';
import type { QueryRules } from './query.ts';
import { badRequest, Refusal } from './reply.ts';
import { amsterdamOffset, toJson, toWire } from './wire.ts';
import type { DateEncoding, WireRow } from './wire.ts';

/** Services that live outside the tables. */
export interface User {
	readonly userId: string;
	readonly fullName: string;
	readonly userName: string;
	readonly email: string;
	/** Follows the user's browser. */
	currentDivision: number;
}

export interface Answer {
	readonly contentType: string;
	readonly body: string;
	readonly rows: number;
	readonly continued: boolean;
}

export interface ServiceSettings {
	readonly clock: Clock;
	readonly dates: DateEncoding;
	readonly rules: QueryRules;
	readonly user: User;
	/** Endpoints that answer an empty list, because the user has no rights there. */
	readonly noRights: Set<string>;
	/** Endpoints that the package does not have: 403. */
	readonly missingModules: Set<string>;
	/** Endpoints that write dates as `2026-03-31T00:00:00`. */
	readonly isoDateEndpoints: Set<string>;
	readonly missingFields: Readonly<Record<string, readonly string[]>>;
	readonly floatNoise: boolean;
	/** Divisions that the user and the app may see. */
	divisionsOf(clientId: string): readonly Company[];
}

export interface ServiceRequest {
	readonly origin: string;
	readonly pathname: string;
	readonly params: URLSearchParams;
	readonly accept: string | undefined;
	readonly clientId: string;
}

/** `SyncTimestamp` knows the endpoints by these names; accounts, items and payment terms are not among them. */
const SYNC_TIMESTAMP_TABLES: Readonly<Record<string, string>> = {
	TransactionLines: 'transaction-lines',
	PurchaseOrders: 'order-stream',
};

/** Behind the `Url` of a document attachment. */
export const ATTACHMENT_PATH = '/docs/SysAttachment.aspx';

const json = (value: unknown, rows: number, continued = false): Answer => ({
	contentType: 'application/json; charset=utf-8',
	body: JSON.stringify(value),
	rows,
	continued,
});

/** What sums of binary fractions look like: the two doubles after the right one. */
const withNoise = (value: number) => value * (1 + 2 * Number.EPSILON);

function writeRow(
	entity: Entity,
	row: WireRow,
	select: readonly string[],
	base: string,
	isoDates: boolean,
	noise = false,
): Record<string, unknown> {
	const key = row[entity.key];
	const literal =
		typeof key === 'bigint' ? `${key}L` : typeof key === 'number' ? key : entity.fields.get(entity.key) === 'Guid' ? `guid'${key}'` : `'${key}'`; // prettier-ignore
	const uri = `${base}/${entity.path}(${literal})`;
	const written: Record<string, unknown> = {
		__metadata: { uri, type: `Exact.Web.Api.Models.${entity.path.replaceAll('/', '.')}` },
	};
	for (const name of select) {
		const type = entity.fields.get(name) as FieldType;
		written[name] =
			type === 'Collection'
				? { __deferred: { uri: `${uri}/${name}` } }
				: toJson(row[name] ?? null, type, isoDates);
		if (noise && type === 'Double' && typeof written[name] === 'number') {
			written[name] = withNoise(written[name]);
		}
	}
	// The address of the bytes, on the host that Exact believes it has.
	if (entity.table === 'document-attachments' && select.includes('Url')) {
		written['Url'] =
			`${new URL(base).origin}${ATTACHMENT_PATH}?ID=${String(row['ID'])}&_Division_=${base.split('/').pop()}`;
	}
	return written;
}

/** The Accept rules: JSON only when asked for, XML only as Atom, a count only as plain text. */
function checkAccept(accept: string | undefined, isCount: boolean): void {
	const wanted = (accept ?? '*/*').toLowerCase();
	if (isCount) {
		if (accept !== undefined && !/text\/plain|\*\/\*/.test(wanted)) {
			throw new Refusal(415, 'Unsupported media type requested.');
		}
		return;
	}
	if (wanted.includes('application/json')) return;
	if (/application\/xml/.test(wanted)) throw new Refusal(415, 'Unsupported media type requested.');
	throw new Refusal(200, 'Atom', {
		headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
		body: '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The default answer is Atom: ask for application/json</title></feed>',
	});
}

function list(
	entity: Entity,
	rows: Iterable<WireRow>,
	request: ServiceRequest,
	settings: ServiceSettings,
	base: string,
	where?: (row: WireRow) => boolean,
): Answer {
	const missing = settings.missingFields[entity.path] ?? [];
	const unknown = request.params
		.get('$select')
		?.split(',')
		.find((name) => missing.includes(name));
	if (unknown !== undefined) {
		throw badRequest(
			`Could not find a property named '${unknown}' on type 'Exact.Web.Api.Models.${entity.path.replaceAll('/', '.')}'.`,
		);
	}
	const page = runQuery(entity, rows, request.params, { ...settings.rules, where });
	const iso = settings.isoDateEndpoints.has(entity.path);
	const written = page.rows.map((row) =>
		writeRow(entity, row, page.select, base, iso, settings.floatNoise),
	);
	const continued = request.params.has('$skiptoken');
	if (entity.bareArray) return json({ d: written }, written.length, continued);
	const results: Record<string, unknown> = { results: written };
	if (page.count !== undefined) results['__count'] = String(page.count);
	if (page.skipToken !== undefined) {
		const next = new URLSearchParams(request.params);
		next.set('$skiptoken', page.skipToken);
		if (page.topLeft !== undefined) next.set('$top', String(page.topLeft));
		const query = [...next].map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('&');
		results['__next'] = `${request.origin}${request.pathname}?${query}`;
	}
	return json({ d: results }, written.length, continued);
}

export function answerMe(request: ServiceRequest, settings: ServiceSettings): Answer {
	checkAccept(request.accept, false);
	const { user, clock } = settings;
	const now = clock.now();
	const offset = settings.dates === 'utc' ? 0 : amsterdamOffset(now);
	const values: Record<string, unknown> = {
		UserID: user.userId,
		FullName: user.fullName,
		FirstName: user.fullName.split(' ')[0],
		LastName: user.fullName.split(' ').slice(1).join(' '),
		UserName: user.userName,
		Email: user.email,
		CurrentDivision: user.currentDivision,
		AccountingDivision: user.currentDivision,
		Language: 'en-GB',
		LanguageCode: 'en-GB',
		Legislation: '1',
		PackageCode: 'SANDBOX',
		ServerTime: new Date(now + offset).toISOString().slice(0, -1),
		ServerUtcOffset: offset / 1000,
	};
	const selected = request.params
		.get('$select')
		?.split(',')
		.map((name) => name.trim());
	for (const name of selected ?? []) {
		if (!ME_FIELDS.has(name)) {
			throw badRequest(
				`Could not find a property named '${name}' on type 'Exact.Web.Api.Models.System.SystemMe'.`,
			);
		}
	}
	const row: Record<string, unknown> = {
		__metadata: { uri: `${request.origin}/api/v1/current/Me(guid'${user.userId}')` },
	};
	for (const name of selected ?? ME_FIELDS.keys()) {
		const type = ME_FIELDS.get(name) ?? 'String';
		row[name] = toJson(toWire(values[name], type, settings.dates), type, false);
	}
	return json({ d: { results: [row] } }, 1);
}

function syncTimestamp(company: Company, request: ServiceRequest): Answer {
	const modified = /^datetime'(.+)'$/.exec(request.params.get('modified') ?? '')?.[1];
	const endPoint = /^'(.+)'$/.exec(request.params.get('endPoint') ?? '')?.[1] ?? '';
	const at = Date.parse(`${modified?.includes('T') ? modified : `${modified}T00:00:00`}Z`);
	if (modified === undefined || Number.isNaN(at)) {
		throw badRequest("Bad Request - Error in query syntax: modified must be datetime'…'.");
	}
	const table = SYNC_TIMESTAMP_TABLES[endPoint];
	if (table === undefined) throw badRequest(`The endPoint '${endPoint}' is not supported.`);
	const row = {
		Modified: `/Date(${at})/`,
		API: endPoint,
		TimeStampAsBigInt: company.timestampBefore(table, at).toString(),
	};
	return json({ d: [row] }, 1);
}

function hasNoRights(endpoint: string, division: number, settings: ServiceSettings): boolean {
	return settings.noRights.has(endpoint) || settings.noRights.has(`${division}/${endpoint}`);
}

function hasRights(division: number, request: ServiceRequest, settings: ServiceSettings): Answer {
	const endpoint = /^'(.+)'$/.exec(request.params.get('endpoint') ?? '')?.[1];
	const action = /^'(GET|POST|PUT|DELETE)'$/.exec(request.params.get('action') ?? '')?.[1];
	if (endpoint === undefined || action === undefined) {
		throw badRequest('Bad Request - Error in query syntax.');
	}
	const denied = hasNoRights(endpoint, division, settings) || settings.missingModules.has(endpoint);
	return json({ d: ENTITIES.has(endpoint) && action === 'GET' && !denied }, 0);
}

function divisionRows(settings: ServiceSettings, clientId: string): WireRow[] {
	const fields = TABLE_FIELDS.get('divisions') as ReadonlyMap<string, FieldType>;
	return settings.divisionsOf(clientId).map((company) => {
		const row: WireRow = {};
		const values = {
			...company.division,
			Current: company.code === settings.user.currentDivision,
		} as Record<string, unknown>;
		for (const [name, type] of fields) {
			if (type !== 'Collection') row[name] = toWire(values[name], type, settings.dates);
		}
		return row;
	});
}

/** One call below a division; `resource` is the path after it. */
export function answerResource(
	company: Company,
	resource: string,
	request: ServiceRequest,
	settings: ServiceSettings,
): Answer {
	const base = `${request.origin}/api/v1/${company.code}`;
	const isCount = resource.endsWith('/$count');
	checkAccept(request.accept, isCount);
	if (resource === 'read/sync/Sync/SyncTimestamp') return syncTimestamp(company, request);
	if (resource === 'users/UserHasRights') return hasRights(company.code, request, settings);

	const target = isCount ? resource.slice(0, -'/$count'.length) : resource;
	// An entity; with a key one row of it; with a navigation property behind the key its lines.
	const match = /^([^(]+)(?:\((?:guid)?'?([^')]*)'?L?\)(?:\/([A-Za-z]+))?)?$/.exec(target);
	const entity = ENTITIES.get(match?.[1] ?? '');
	if (entity === undefined) {
		throw new Refusal(404, `Resource not found for the segment '${resource.split('/').pop()}'.`);
	}
	if (settings.missingModules.has(entity.path)) throw new Refusal(403, 'Forbidden');
	const rows = hasNoRights(entity.path, company.code, settings)
		? []
		: entity.table === 'divisions' || entity.table === 'recent-divisions'
			? divisionRows(settings, request.clientId).slice(
					0,
					entity.table === 'divisions' ? undefined : 5,
				)
			: company.rows(entity.table);

	const key = match?.[2];
	if (key === undefined) {
		if (!isCount) return list(entity, rows, request, settings, base);
		request.params.set('$select', entity.key);
		request.params.set('$inlinecount', 'allpages');
		const page = runQuery(entity, rows, request.params, settings.rules);
		return { contentType: 'text/plain', body: String(page.count), rows: 0, continued: false };
	}
	const child = entity.children[match?.[3] ?? ''];
	if (child) {
		const lines = ENTITIES.get(child.path) as Entity;
		const wanted = key.toLowerCase();
		return list(
			lines,
			company.rows(lines.table),
			request,
			settings,
			base,
			(row) => row[child.foreignKey] === wanted,
		);
	}
	const row = [...rows].find((candidate) => String(candidate[entity.key]) === key.toLowerCase());
	if (row === undefined) throw new Refusal(404, 'Not Found');
	const select = request.params.get('$select')?.split(',') ?? [...entity.fields.keys()];
	for (const name of select) {
		if (!entity.fields.has(name)) throw badRequest(`Could not find a property named '${name}'.`);
	}
	const iso = settings.isoDateEndpoints.has(entity.path);
	return json({ d: writeRow(entity, row, select, base, iso) }, 1);
}
