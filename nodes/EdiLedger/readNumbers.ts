import type { IExecuteFunctions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import { parameterOf } from '../shared';

/** Numbers of rows of the ledger: one for each item, or several with commas, each once. */
export function readNumbers(context: IExecuteFunctions, name: string, label: string): number[] {
	const read = parameterOf<unknown>(context, name, '');
	const numbers = context.getInputData().flatMap((_, itemIndex) => {
		const given = read(itemIndex);
		const parts = Array.isArray(given) ? given : String(given ?? '').split(',');
		return parts.map((part: unknown) => {
			const digits = String(part).trim();
			if (/^\d{1,15}$/.test(digits) && Number(digits) > 0) return Number(digits);
			throw new CoreError(
				'LEDGER_SETTING_INVALID',
				`The setting '${label}' is "${digits}" for item ${itemIndex}; it must be a number of the ledger`,
				{ path: name },
			);
		});
	});
	return [...new Set(numbers)];
}
