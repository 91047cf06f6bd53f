import type { Clock } from './clock.ts';
import type { CompanyRows, EditOptions } from './company.ts';
import type { Fault } from './faults.ts';
import type { Call, Violation, ViolationKind } from './journal.ts';
import type { LimitOptions } from './limits.ts';
import type { App } from './oauth.ts';
import type { DateEncoding, PlainRow } from './wire.ts';

export const SANDBOX_APP: App = { clientId: 'sandbox-app', clientSecret: 'sandbox-app-secret' };

export interface SimulatorOptions {
	/** A folder of row files, or the rows themselves; several of them are several divisions. */
	readonly data: string | CompanyRows | readonly (string | CompanyRows)[];
	readonly port?: number;
	readonly clock?: Clock;
	readonly apps?: readonly App[];
	/** Answer the authorization page with a redirect instead of a page to click. */
	readonly autoConsent?: boolean;
	/** In every token, so that a leak is found by searching for it. */
	readonly canary?: string;
	readonly limits?: Partial<LimitOptions>;
	/** Smaller pages, to page small data. */
	readonly pageSize?: number;
	readonly filterNodeLimit?: number;
	/** Sources disagree: wall-clock of Amsterdam (Exact's FAQ), or plain UTC. */
	readonly dates?: DateEncoding;
	/** Endpoints that write dates as `2026-03-31T00:00:00`. */
	readonly isoDateEndpoints?: readonly string[];
	readonly noRights?: readonly string[];
	readonly missingModules?: readonly string[];
	/** Fields that the published model has and this company does not, by endpoint: 400. */
	readonly missingFields?: Readonly<Record<string, readonly string[]>>;
	/** Amounts come with the noise of binary arithmetic, 6400.000000000002. */
	readonly floatNoise?: boolean;
	/** A blocked key is reported as 403 with `BlockedApiKey` (default) and as 429. */
	readonly blockAnswer?: 403 | 429;
	/** Where Exact believes that it is reached, behind a proxy: `__next` and attachments point there. */
	readonly publicOrigin?: string;
	/** Empty companies beside the ones with data, to page the list of divisions. */
	readonly extraDivisions?: number;
	/** Real milliseconds until an answer leaves: time in which a parallel request is seen. */
	readonly latencyMs?: number;
	readonly longestUrl?: number;
}

export interface SimulatorRequest {
	readonly method: string;
	/** Path and query. */
	readonly url: string;
	readonly headers: Readonly<{
		accept?: string | undefined;
		authorization?: string | undefined;
	}>;
}

export interface SimulatorControls {
	/** Rows by table, named as the files: `purchase-entries`, `purchase-entry-lines`, `accounts` … */
	rows(table: string, division?: number): PlainRow[];
	row(table: string, key: string, division?: number): PlainRow | undefined;
	add(table: string, row: PlainRow, options?: EditOptions & { division?: number }): void;
	edit(
		table: string,
		key: string,
		changes: PlainRow,
		options?: EditOptions & { division?: number },
	): void;
	remove(table: string, key: string, options?: EditOptions & { division?: number }): void;
	fault(fault: Fault): void;
	clearFaults(): void;
	/** Access tokens end now; they can be refreshed. */
	expireAccessTokens(): void;
	/** The refresh token was used somewhere else. */
	useRefreshTokenElsewhere(): void;
	/** Tokens without a browser. */
	grant(clientId?: string): { accessToken: string; refreshToken: string };
	/** Calls of other processes with the same client id. */
	useQuota(calls: { minutely?: number; daily?: number }, division?: number): void;
	/** The user loses a division: 403 with this reason. */
	leaveDivision(division?: number, reason?: string): void;
	returnToDivision(division?: number): void;
	/** `CurrentDivision` follows the user's browser. */
	openDivision(division: number): void;
	/** Exact moved the division: new rowversions, and a DivisionMoveDate. */
	moveDivision(division?: number): void;
	/** The user loses a right: 200 with an empty list. */
	denyRights(endpoint: string, division?: number): void;
	grantRights(endpoint: string, division?: number): void;
	/** The module or the data scope is taken away: 403. */
	forbid(endpoint: string): void;
	permit(endpoint: string): void;
	/** The app's scope at consent loses a division: 403 in Exact's words. */
	takeOutOfScope(division?: number): void;
	putInScope(division?: number): void;
	/** Access tokens end before their time, and cannot be refreshed before 570 seconds. */
	endAccessTokensEarly(): void;
	/** Tokens, codes and client secrets: none of them may show up anywhere. */
	secrets(): string[];
	tokenCalls(): readonly { at: number; grant: string; status: number; error?: string }[];
	/** Calls that counted to the quota. */
	meteredCalls(): number;
	clearJournal(): void;
	violationsOf(kind: ViolationKind): Violation[];
}

export interface ExactSimulator {
	readonly url: string;
	readonly port: number;
	readonly division: number;
	readonly app: App;
	readonly clock: Clock;
	readonly controls: SimulatorControls;
	readonly calls: readonly Call[];
	readonly violations: readonly Violation[];
	/** One call of the API without a socket, for tests in simulated time. */
	respond(
		request: SimulatorRequest,
	): Promise<{ status: number; headers: Record<string, string>; body: string }>;
	/** One request for a token without a socket. */
	respondToken(form: URLSearchParams): {
		status: number;
		headers: Record<string, string>;
		body: string;
	};
	close(): Promise<void>;
}
