import type { Execution } from '../n8n/index.ts';

/** How the demo uses a template. A template that is not named here is imported, but not run. */
export interface Plan {
	/** File name without `.json` begins with this. */
	readonly number: string;
	/** Values of the `Configure me` node; every field has to exist. */
	readonly configure?: Readonly<Record<string, unknown>>;
	/** Fields of the form on demand, by label; undefined: no run of its own. */
	readonly form?: Readonly<Record<string, string>>;
	/** Executions may end this way without failing the demo. */
	readonly mayEndWith?: readonly Execution['status'][];
}

const EVERYTHING = { 'From date': '2000-01-01', 'To date': '2099-12-31' } as const;

/** In this order. */
export const PLANS: readonly Plan[] = [
	{ number: 'S1' },
	{ number: '12' },
	{ number: '01', form: EVERYTHING },
	{ number: '02', form: EVERYTHING },
	{ number: '03', form: EVERYTHING },
	{ number: '04', form: EVERYTHING },
	{ number: '05', form: EVERYTHING },
	{ number: '06', form: {} },
	{ number: '07' },
	{ number: '08' },
	{ number: '09' },
	{ number: '10' },
	{ number: '11' },
];
