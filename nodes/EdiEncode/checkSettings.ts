import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import { readDefaults, readProfile } from './settings';
import { STANDARDS } from './standards';

/** Stands for an ID that only the run knows, so that the other settings can be checked. */
const SOME_ID = '4012345000009';
const IDS = ['senderId', 'receiverId'];
const SOME_IDS = { senderId: SOME_ID, receiverId: SOME_ID };
const BEHIND_TAKE =
	"No problems found. Without the two IDs the node works behind 'Take New or Changed' only.";

/** The editor leaves null where an expression has no value yet. */
function isUnknown(value: unknown): boolean {
	return value === null || (typeof value === 'string' && value.startsWith('='));
}

/** Leaves out what only the run knows; a row of a list is left out as a whole. */
function withoutUnknown(value: unknown, path: string, unknown: string[]): unknown {
	if (isUnknown(value)) {
		unknown.push(path);
		return undefined;
	}
	if (Array.isArray(value)) {
		return value.flatMap((row: unknown, index) => {
			const before = unknown.length;
			const known = withoutUnknown(row, `${path}[${index}]`, unknown);
			return unknown.length === before ? [known] : [];
		});
	}
	if (typeof value !== 'object') return value;
	const entries = Object.entries(value as IDataObject)
		.map(([name, one]) => {
			const at = path === '' ? name : `${path}.${name}`;
			return [name, withoutUnknown(one, at, unknown)] as const;
		})
		.filter(([, one]) => one !== undefined);
	return Object.fromEntries(entries);
}

interface Failure {
	readonly message: string;
	readonly path?: string | undefined;
}

function failureOf(work: () => unknown): Failure | undefined {
	try {
		work();
		return undefined;
	} catch (error) {
		return error instanceof CoreError ? error : { message: String(error) };
	}
}

/** The first problem of each setting: the encoder stops at one, so the setting is taken out. */
function profileFindings(parameters: IDataObject, idsAreKnown: boolean): string[] {
	const read = (name: string, fallback: unknown): unknown => parameters[name] ?? fallback;
	const unreadable = failureOf(() => readProfile(read));
	if (unreadable !== undefined) {
		if (parameters.partnerProfile === undefined) return [unreadable.message];
		const others = { ...parameters };
		delete others.partnerProfile;
		return [unreadable.message, ...profileFindings(others, false)];
	}
	const { standard, profile: given } = readProfile(read);
	const profile: Record<string, unknown> = { ...given };
	for (const id of IDS) {
		// An empty field is wrong; one that the editor does not know may be filled by the run.
		if (!idsAreKnown || parameters[id] === undefined) profile[id] ??= SOME_ID;
	}
	const findings: string[] = [];
	for (;;) {
		const failure = failureOf(() => STANDARDS[standard].encoder.normalizeProfile(profile));
		if (failure === undefined) return findings;
		findings.push(failure.message);
		const [name = ''] = (failure.path ?? '').split(/[.[]/);
		if (IDS.includes(name) && profile[name] !== SOME_ID) profile[name] = SOME_ID;
		else if (!(name in profile) || IDS.includes(name)) return findings;
		else delete profile[name];
	}
}

/**
 * What is wrong in the settings, as options of a field, because the editor has no other place where
 * a node can speak while it is edited. The first option is the field's value: it shows without a click.
 */
export function settingsCheck(parameters: IDataObject): INodePropertyOptions[] {
	const unknown: string[] = [];
	// Both empty, they come from the agreement; one alone is a mistake.
	const agreed = IDS.every((id) => parameters[id] === '') && !parameters.partnerProfile;
	const given = agreed ? { ...parameters, ...SOME_IDS } : parameters;
	const known = withoutUnknown(given, '', unknown) as IDataObject;
	const defaults = failureOf(() => readDefaults((known.defaults ?? {}) as IDataObject));
	const findings = [
		...profileFindings(known, !unknown.includes('partnerProfile')),
		...(defaults === undefined ? [] : [defaults.message]),
	];
	const [first] = findings;
	const more = findings.length === 1 ? 'Problem' : `${findings.length} problems, the first`;
	const fine = agreed ? BEHIND_TAKE : 'No problems found';
	const summary = first === undefined ? fine : `${more}: ${first}`;
	const rest = findings.slice(1);
	if (unknown.length > 0) {
		rest.push(`Not checked, as their values are known to the run only: ${unknown.join(', ')}`);
	}
	return [
		{ name: summary, value: '' },
		...rest.map((name, index) => ({ name, value: `finding ${index + 2}`, disabled: true })),
	];
}

export async function checkSettings(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return settingsCheck((this.getCurrentNodeParameters() ?? {}) as IDataObject);
}
