import type { IExecuteFunctions } from 'n8n-workflow';

import { CoreError } from '../../lib/errors';

function invalid(label: string, problem: string): CoreError {
	return new CoreError('DELIVERY_OPTION_INVALID', `'${label}' ${problem}`, { path: label });
}

/** A field as text. An expression may give anything; a field that is not in the item gives nothing. */
export function textParameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	label: string,
): string {
	const value: unknown = context.getNodeParameter(name, itemIndex, '');
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') throw invalid(label, 'is not a text');
	return String(value);
}

interface NumberField {
	readonly label: string;
	readonly fallback: number;
	readonly least: number;
}

/** A field as a number; the editor's limits do not hold for expressions. */
export function numberParameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	{ label, fallback, least }: NumberField,
): number {
	const value: unknown = context.getNodeParameter(name, itemIndex, fallback);
	if (value === undefined || value === null || value === '') return fallback;
	const number =
		typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
	if (Number.isFinite(number) && number >= least) return number;
	throw invalid(label, `is not a number from ${least}`);
}
