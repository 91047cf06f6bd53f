import { CoreError } from '../../errors';
import { isRecord } from '../../text';

/**
 * A partner's own codes: what the company's unit, VAT code, payment condition or party is called in
 * the partner's files. Settings are read once; look-ups ignore case and surrounding spaces.
 */
export interface CodeMaps {
	/** Exact unit code → X12 355 / UN Rec 20 code. */
	readonly units: CodeMap;
	/** Exact VAT code → X12 963 tax type / EDIFACT 5305 duty category. */
	readonly vatCodes: CodeMap;
	/** Exact payment condition → X12 336 terms type / EDIFACT 4279. */
	readonly paymentTerms: CodeMap;
	/** Number or code of ours, exactly → what is sent for it wherever it stands. */
	readonly identifiers: CodeMap;
	/** Account code, GLN or VAT number → identification in the partner's files. */
	readonly parties: PartyMap;
}

export type CodeMap = ReadonlyMap<string, string>;
export type PartyMap = ReadonlyMap<string, PartyIdentification>;

export interface PartyIdentification {
	/** X12 66 (`UL`, `92`, `1`) or EDIFACT 3055 (`9`, `92`). */
	readonly qualifier: string;
	readonly id: string;
}

export const CODE_MAP_NAMES = ['units', 'vatCodes', 'paymentTerms', 'identifiers'] as const;

function keyOf(code: string): string {
	return code.trim().toLowerCase();
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() : undefined;
}

function invalid(path: string, received: unknown): CoreError {
	return new CoreError(
		'SYNTAX_INVALID_CODE_MAP',
		`The code map '${path}' cannot be used: every entry needs a code of yours and a code of the partner's, received ${JSON.stringify(received) ?? 'nothing'}`,
		{ path },
	);
}

/** Rows of `{from, to}` as a list setting gives them, or an object `{ours: theirs}`. */
function rowsOf(raw: unknown, path: string): readonly (readonly [string, unknown])[] {
	if (raw === undefined || raw === null || raw === '') return [];
	if (Array.isArray(raw)) {
		return raw.map((row: unknown) => {
			const from = isRecord(row) ? textOf(row['from']) : undefined;
			if (from === undefined || from === '' || !isRecord(row)) throw invalid(path, row);
			return [from, 'to' in row ? row['to'] : row] as const;
		});
	}
	if (isRecord(raw)) return Object.entries(raw);
	throw invalid(path, raw);
}

function readCodeMap(raw: unknown, path: string, key = keyOf): CodeMap {
	const map = new Map<string, string>();
	for (const [from, to] of rowsOf(raw, path)) {
		const text = textOf(to);
		if (text === undefined || text === '') throw invalid(`${path}.${from}`, to);
		map.set(key(from), text);
	}
	return map;
}

function readPartyMap(raw: unknown, path: string): PartyMap {
	const map = new Map<string, PartyIdentification>();
	for (const [from, to] of rowsOf(raw, path)) {
		const qualifier = isRecord(to) ? textOf(to['qualifier']) : undefined;
		const id = isRecord(to) ? textOf(to['id']) : undefined;
		if (qualifier === undefined || id === undefined || qualifier === '' || id === '') {
			throw invalid(`${path}.${from}`, to);
		}
		map.set(keyOf(from), { qualifier, id });
	}
	return map;
}

/**
 * Reads `{ units, vatCodes, paymentTerms, identifiers, parties }`: each an object `{ours: theirs}` or a list of
 * `{from, to}`; a party's target is `{qualifier, id}` (in a list: `{from, qualifier, id}`).
 */
export function readCodeMaps(raw: unknown): CodeMaps {
	if (raw !== undefined && raw !== null && !isRecord(raw)) throw invalid('codeMaps', raw);
	const given = raw ?? {};
	for (const name of Object.keys(given)) {
		if (name !== 'parties' && !CODE_MAP_NAMES.some((known) => known === name)) {
			throw new CoreError(
				'SYNTAX_INVALID_CODE_MAP',
				`There is no code map '${name}'; known are ${[...CODE_MAP_NAMES, 'parties'].join(', ')}`,
				{ path: `codeMaps.${name}` },
			);
		}
	}
	return {
		units: readCodeMap(given['units'], 'codeMaps.units'),
		vatCodes: readCodeMap(given['vatCodes'], 'codeMaps.vatCodes'),
		paymentTerms: readCodeMap(given['paymentTerms'], 'codeMaps.paymentTerms'),
		// Two identifiers that differ in a capital are two identifiers.
		identifiers: readCodeMap(given['identifiers'], 'codeMaps.identifiers', (from) => from.trim()),
		parties: readPartyMap(given['parties'], 'codeMaps.parties'),
	};
}

export function lookUp(map: CodeMap, code: string | undefined): string | undefined {
	return code === undefined || map.size === 0 ? undefined : map.get(keyOf(code));
}

/** By account code first, then by GLN, then by VAT number. */
export function lookUpParty(
	map: PartyMap,
	party: {
		readonly code?: string | undefined;
		readonly gln?: string | undefined;
		readonly vatNumber?: string | undefined;
	},
): PartyIdentification | undefined {
	if (map.size === 0) return undefined;
	for (const key of [party.code, party.gln, party.vatNumber]) {
		const found = key === undefined ? undefined : map.get(keyOf(key));
		if (found !== undefined) return found;
	}
	return undefined;
}
