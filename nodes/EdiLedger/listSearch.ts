import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { getAgreements, getCompanies, getPartners } from '../../lib/ledger';
import type { Ledger } from '../../lib/ledger';
import { toNodeError } from '../shared';
import { ledgerOf } from '../shared/ledger';

interface Choice {
	readonly name: string;
	readonly retired: boolean;
	/** Behind the name, to tell rows apart. */
	readonly more?: string;
}

/** An empty list is an answer; a ledger that cannot be read says why. */
async function search(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	list: (ledger: Ledger) => Promise<readonly Choice[]>,
): Promise<INodeListSearchResult> {
	try {
		const wanted = filter?.trim().toLowerCase() ?? '';
		const rows = await list(await ledgerOf(context));
		return {
			results: rows
				.filter(({ retired }) => !retired)
				.map(({ name, more }) => ({ name: more ? `${name} (${more})` : name, value: name }))
				.filter(({ name }) => name.toLowerCase().includes(wanted))
				.sort((a, b) => a.name.localeCompare(b.name, 'en')),
		};
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

export async function searchAgreements(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, filter, async (ledger) =>
		(await getAgreements(ledger)).map(({ name, retired, sentAs, stage }) => ({
			name,
			retired,
			more: `${sentAs}, ${stage}`,
		})),
	);
}

export async function searchCompanies(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, filter, async (ledger) => await getCompanies(ledger));
}

export async function searchPartners(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, filter, async (ledger) => await getPartners(ledger));
}
