import { createClock, startExactSimulator } from '../../../sandbox/exact-simulator/index.ts';
import type {
	AdjustableClock,
	CompanyRows,
	ExactSimulator,
	SimulatorOptions,
} from '../../../sandbox/exact-simulator/index.ts';

export const DIVISION = 700;

export const guid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A small ledger: `entries` purchase entries with two lines each, one supplier, one customer. */
export function smallLedger(entries = 3): CompanyRows {
	const numbers = Array.from({ length: entries }, (_, i) => i + 1);
	return {
		division: [{ Code: DIVISION, Description: 'Test company', Status: 1, Currency: 'EUR' }],
		accounts: [
			{ ID: guid(9001), Code: '              1001', Name: "O'Brien & Co", IsSupplier: true, Division: DIVISION, GLAP: guid(9100) },
			{ ID: guid(9002), Code: '              1002', Name: 'Customer', IsSupplier: false, Division: DIVISION },
		], // prettier-ignore
		'gl-accounts': [{ ID: guid(9100), Code: '1600', Description: 'Creditors', Type: 22 }],
		'cost-centers': [{ ID: guid(9200), Code: 'K1', Description: 'Office' }],
		'purchase-entries': numbers.map((n) => ({
			EntryID: guid(n),
			EntryNumber: 100 + n,
			Journal: '70',
			Type: n % 5 === 0 ? 31 : 30,
			Status: 20,
			Supplier: guid(9001),
			SupplierName: "O'Brien & Co",
			Currency: 'EUR',
			Rate: 1,
			AmountFC: 12.1,
			EntryDate: '2026-03-29',
			YourRef: n === 2 ? null : `INV-${n}`,
			// One hour before and one after the clocks go forward in Amsterdam.
			Modified: n % 2 === 0 ? '2026-03-29T01:30:00.000Z' : '2026-03-29T00:30:00.000Z',
			Division: DIVISION,
		})),
		'purchase-entry-lines': numbers.flatMap((n) =>
			[1, 2].map((line) => ({
				ID: guid(n * 10 + line + 1000),
				EntryID: guid(n),
				LineNumber: line,
				AmountFC: 5,
				GLAccountCode: '4000',
				CostCenter: 'K1',
				Division: DIVISION,
			})),
		),
	};
}

/** The fields that tests look at. */
export interface Row {
	readonly __metadata: { readonly uri: string };
	readonly ID: string;
	readonly EntryID: string;
	readonly EntryNumber: number;
	readonly EntityType: number;
	readonly LineNumber: number;
	readonly LineType: number;
	readonly Code: string;
	readonly Timestamp: string;
	readonly TimeStampAsBigInt: string;
	readonly Modified: string;
	readonly [field: string]: unknown;
}

interface Body {
	readonly d?: unknown;
	readonly error?: { readonly message?: { readonly value?: string } };
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	/** Parsed JSON, undefined when it is not JSON. */
	readonly body: Body | undefined;
	/** `d.results`, or the array of `d`. */
	readonly rows: Row[];
	readonly next: string | undefined;
	/** Exact's message. */
	readonly message: string;
}

export interface Harness {
	readonly simulator: ExactSimulator;
	readonly clock: AdjustableClock;
	token: string;
	/** Path below `/api/v1/{division}/`, or an absolute address. */
	get(path: string, init?: RequestInit & { token?: string }): Promise<Answer>;
	login(): void;
	close(): Promise<void>;
}

export const START = '2026-04-01T10:00:05.000Z';

export async function startHarness(
	options: Partial<SimulatorOptions> & { entries?: number } = {},
): Promise<Harness> {
	const clock = createClock({ startsAt: START, frozen: true });
	const { entries, ...rest } = options;
	const simulator = await startExactSimulator({
		data: smallLedger(entries),
		clock,
		latencyMs: 0,
		...rest,
	});
	const harness: Harness = {
		simulator,
		clock,
		token: '',
		login() {
			harness.token = simulator.controls.grant().accessToken;
		},
		async get(path, init = {}) {
			const url = path.startsWith('http')
				? path
				: path.startsWith('/')
					? `${simulator.url}${path}`
					: `${simulator.url}/api/v1/${DIVISION}/${path}`;
			const { token, headers, ...more } = init;
			const response = await fetch(url, {
				headers: {
					Authorization: `Bearer ${token ?? harness.token}`,
					Accept: 'application/json',
					...headers,
				},
				...more,
			});
			const text = await response.text();
			let body: Body | undefined;
			try {
				body = JSON.parse(text) as Body;
			} catch {
				body = undefined;
			}
			const d = body?.d as { results?: Row[]; __next?: string } | Row[] | undefined;
			return {
				status: response.status,
				headers: response.headers,
				text,
				body,
				rows: Array.isArray(d) ? d : (d?.results ?? []),
				next: Array.isArray(d) ? undefined : d?.__next,
				message: body?.error?.message?.value ?? '',
			};
		},
		close: () => simulator.close(),
	};
	harness.login();
	return harness;
}

export async function requestToken(
	simulator: ExactSimulator,
	fields: Record<string, string>,
): Promise<{ status: number; headers: Headers; body: Record<string, string> }> {
	const response = await fetch(`${simulator.url}/api/oauth2/token`, {
		method: 'POST',
		body: new URLSearchParams({
			client_id: simulator.app.clientId,
			client_secret: simulator.app.clientSecret,
			...fields,
		}),
	});
	return {
		status: response.status,
		headers: response.headers,
		body: (await response.json()) as Record<string, string>,
	};
}
