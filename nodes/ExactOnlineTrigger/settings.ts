import type { IDataObject, INodeParameterResourceLocator, IPollFunctions } from 'n8n-workflow';
import type {
	DateEncoding,
	DeltaMethod,
	IncludeName,
	OutputShape,
	Resource,
	ResourceName,
	Start,
} from '../../lib/exact';
import { assertDivision, RESOURCES } from '../../lib/exact';
import { CoreError } from '../../lib/errors';
import { locatorValue } from '../shared';

export type DivisionChoice =
	| { readonly kind: 'one'; readonly value: string }
	| { readonly kind: 'several'; readonly codes: readonly number[] }
	| { readonly kind: 'all' }
	| { readonly kind: 'byName'; readonly pattern: string };

export interface Settings {
	readonly resource: Resource;
	readonly method: DeltaMethod | undefined;
	readonly start: Start;
	readonly includes: readonly IncludeName[];
	readonly encoding: DateEncoding | 'auto';
	readonly output: OutputShape;
	readonly onePerLine: boolean;
	readonly withDeletions: boolean;
	readonly overlapMs: number;
	readonly divisions: DivisionChoice;
}

const MINUTE = 60_000;

function readStart(context: IPollFunctions): Start {
	const kind = context.getNodeParameter('startFrom') as Start['kind'];
	switch (kind) {
		case 'date':
			return { kind, date: String(context.getNodeParameter('startDate')) };
		case 'cursor':
			return { kind, cursor: String(context.getNodeParameter('startCursor')) };
		default:
			return { kind };
	}
}

function required(context: IPollFunctions, name: string, label: string): string {
	const text = String(context.getNodeParameter(name, '')).trim();
	if (text !== '') return text;
	throw new CoreError('EXACT_DIVISION_INVALID', `${label} is empty`, { path: name });
}

function readDivisionChoice(context: IPollFunctions): DivisionChoice {
	const kind = context.getNodeParameter('divisions', 'one') as DivisionChoice['kind'];
	switch (kind) {
		case 'all':
			return { kind };
		case 'byName':
			return { kind, pattern: required(context, 'divisionPattern', 'Name Pattern') };
		case 'several': {
			const numbers = required(context, 'divisionNumbers', 'Division Numbers').split(',');
			const codes = numbers
				.filter((part) => part.trim() !== '')
				.map((part) => assertDivision(part, 'divisionNumbers'));
			return { kind, codes: [...new Set(codes)] };
		}
		default: {
			const chosen = context.getNodeParameter('division') as INodeParameterResourceLocator;
			return { kind: 'one', value: locatorValue(chosen) };
		}
	}
}

export function readSettings(context: IPollFunctions): Settings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const method = context.getNodeParameter('detectBy', '') as DeltaMethod | '';
	return {
		resource: RESOURCES[context.getNodeParameter('resource') as ResourceName],
		method: method === '' ? undefined : method,
		start: readStart(context),
		includes: context.getNodeParameter('include', []) as IncludeName[],
		encoding: (options.dateEncoding ?? 'auto') as DateEncoding | 'auto',
		output: context.getNodeParameter('output', 'simplified') as OutputShape,
		onePerLine: context.getNodeParameter('onePerLine', false) as boolean,
		withDeletions: options.deletions === true,
		overlapMs: Number(options.overlapMinutes ?? 5) * MINUTE,
		divisions: readDivisionChoice(context),
	};
}
