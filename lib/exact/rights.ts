import { CoreError } from '../errors';
import type { ExactClient } from './client';
import { textLiteral } from './literals';

const REFUSALS = new Set([
	'EXACT_DIVISION_SCOPE',
	'EXACT_DIVISION_INACTIVE',
	'EXACT_FORBIDDEN',
	'EXACT_NOT_AVAILABLE',
	'EXACT_PAUSED',
]);

export const isRefusal = (error: unknown) => error instanceof CoreError && REFUSALS.has(error.code);

/** Whether the user may read an endpoint; `undefined` where Exact does not say. */
export async function hasRight(
	client: ExactClient,
	division: number,
	path: string,
): Promise<boolean | undefined> {
	const query = `endpoint=${encodeURIComponent(textLiteral(path))}&action=${encodeURIComponent("'GET'")}`;
	try {
		const response = await client.get(`${division}/users/UserHasRights?${query}`);
		return typeof response.value === 'boolean' ? response.value : undefined;
	} catch (error) {
		if (isRefusal(error)) return undefined;
		throw error;
	}
}

/**
 * Exact answers 200 with an empty list where the user has lost the right, so an empty answer proves
 * nothing by itself. True: the right is confirmed. Throws where there is none.
 */
export async function confirmRight(
	client: ExactClient,
	division: number,
	path: string,
): Promise<boolean> {
	const right = await hasRight(client, division, path);
	if (right === false) {
		throw await client.withoutRight(
			path,
			division,
			new CoreError(
				'EXACT_NO_RIGHTS',
				`The connected user may not read ${path} in division ${division}: Exact answers with an empty list`,
				{ failure: { cause: 'configuration-invalid' } },
			),
		);
	}
	return right === true;
}
