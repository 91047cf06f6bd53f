import type { IDataObject, INodeParameterResourceLocator, IPollFunctions } from 'n8n-workflow';
import type {
	DateEncoding,
	DeltaMethod,
	ExactClient,
	IncludeName,
	OutputShape,
	Resource,
	ResourceName,
	Start,
} from '../../lib/exact';
import { assertDivision, RESOURCES } from '../../lib/exact';
import { resolveDivision } from '../shared/exactOnline';

export interface Settings {
	readonly resource: Resource;
	readonly method: DeltaMethod | undefined;
	readonly start: Start;
	readonly includes: readonly IncludeName[];
	readonly encoding: DateEncoding;
	readonly output: OutputShape;
	readonly onePerLine: boolean;
	readonly withDeletions: boolean;
	readonly overlapMs: number;
	readonly moreDivisions: readonly number[];
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

export function readSettings(context: IPollFunctions): Settings {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const method = context.getNodeParameter('detectBy', '') as DeltaMethod | '';
	const more = String(options.moreDivisions ?? '')
		.split(',')
		.filter((part) => part.trim() !== '');
	return {
		resource: RESOURCES[context.getNodeParameter('resource') as ResourceName],
		method: method === '' ? undefined : method,
		start: readStart(context),
		includes: context.getNodeParameter('include', []) as IncludeName[],
		encoding: (options.dateEncoding ?? 'amsterdam') as DateEncoding,
		output: context.getNodeParameter('output', 'simplified') as OutputShape,
		onePerLine: context.getNodeParameter('onePerLine', false) as boolean,
		withDeletions: options.deletions === true,
		overlapMs: Number(options.overlapMinutes ?? 5) * MINUTE,
		moreDivisions: more.map((part) => assertDivision(part, 'options.moreDivisions')),
	};
}

/**
 * The user's current division follows their browser, so it is looked up once and kept: a trigger
 * that silently changed companies would send one company's invoices as another's.
 */
export async function readDivisions(
	context: IPollFunctions,
	client: ExactClient,
	settings: Settings,
	pinned: number | undefined,
): Promise<{ divisions: number[]; pinned: number | undefined }> {
	const chosen = context.getNodeParameter('division') as INodeParameterResourceLocator | string;
	const value = typeof chosen === 'object' ? chosen.value : chosen;
	const isCurrent = String(value).trim() === 'current';
	const first =
		isCurrent && pinned !== undefined
			? pinned
			: await resolveDivision(client, chosen, settings.encoding);
	return {
		divisions: [...new Set([first, ...settings.moreDivisions])],
		pinned: isCurrent ? first : undefined,
	};
}
