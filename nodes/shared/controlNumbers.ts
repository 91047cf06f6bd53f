import type { IExecuteFunctions } from 'n8n-workflow';

/** Numbers used so far, for all nodes, loops and retries of the execution that write interchanges. */
const FLOW_KEY = 'exactEdiControlNumbers';

interface NumbersUsed {
	readonly executionId: string;
	readonly used: number;
}

export function numbersUsed(context: IExecuteFunctions): number {
	const kept = context.getContext('flow')[FLOW_KEY] as NumbersUsed | undefined;
	// A retried execution takes over the old one's context, but has numbers of its own.
	return kept?.executionId === context.getExecutionId() ? kept.used : 0;
}

export function saveNumbersUsed(context: IExecuteFunctions, used: number): void {
	context.getContext('flow')[FLOW_KEY] = { executionId: context.getExecutionId(), used };
}

/** Day and time in the workflow's time zone, as X12 and EDIFACT write them. */
export function preparationTime(now: Date, timeZone: string): { date: string; time: string } {
	const parts = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	}).formatToParts(now);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
	return {
		date: part('year') + part('month') + part('day'),
		time: part('hour') + part('minute') + part('second'),
	};
}
