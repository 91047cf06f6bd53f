import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameterResourceLocator,
} from 'n8n-workflow';
import type {
	DateEncoding,
	ExactClient,
	Filters,
	IncludeName,
	Joiner,
	OutputShape,
	Reader,
	Resource,
	ResourceName,
	Row,
} from '../../lib/exact';
import {
	assertDivision,
	checkConnection,
	createJoiner,
	createReader,
	getMany,
	getOne,
	readAnyPath,
	RESOURCES,
} from '../../lib/exact';
import { CoreError } from '../../lib/errors';
import { locatorValue, withOutcome } from '../shared';
import {
	chosenDivision,
	connect,
	encodingOf,
	isChosen,
	toItemJson,
	withNotices,
} from '../shared/exactOnline';
import { downloadAttachments } from './attachments';
import { ANY_PATH } from './operations';

/** What lives as long as the execution of the node: the client and what it has read already. */
export interface Run {
	readonly client: ExactClient;
	readonly readers: Map<string, Reader>;
	readonly joiners: Map<string, Joiner>;
	lastDivision: number | undefined;
}

export async function startRun(context: IExecuteFunctions): Promise<Run> {
	const signal = context.getExecutionCancelSignal();
	const client = await connect(context, {
		...(signal === undefined ? {} : { signal }),
		onProgress: ({ calls, rows }) => {
			if (context.getMode() !== 'manual') return;
			context.sendMessageToUI(`Exact Online: ${calls} calls, ${rows} rows read`);
		},
	});
	return { client, readers: new Map(), joiners: new Map(), lastDivision: undefined };
}

const list = (text: unknown) =>
	(Array.isArray(text) ? text.map(String) : String(text ?? '').split(','))
		.map((part) => part.trim())
		.filter((part) => part !== '');

const text = (value: unknown) => (value ? String(value) : undefined);

function readFilters(context: IExecuteFunctions, itemIndex: number, options: IDataObject): Filters {
	const given = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	return {
		modifiedSince: text(given.modifiedSince),
		dateFrom: text(given.dateFrom),
		dateTo: text(given.dateTo),
		status: list(given.status),
		supplier: text(given.supplier),
		journal: text(given.journal),
		documentNumbers: list(given.documentNumbers),
		raw: text(options.filter),
	};
}

export function readerFor(run: Run, division: number, encoding: DateEncoding): Reader {
	const key = `${division}/${encoding}`;
	const reader = run.readers.get(key) ?? createReader(run.client, division, encoding);
	run.readers.set(key, reader);
	return reader;
}

function joinerFor(
	run: Run,
	reader: Reader,
	resource: Resource,
	includes: readonly IncludeName[],
): Joiner {
	const key = JSON.stringify([reader.division, reader.encoding, resource.name, includes]);
	const known = run.joiners.get(key);
	if (known !== undefined) return known;
	const joiner = createJoiner(reader, resource, includes);
	run.joiners.set(key, joiner);
	return joiner;
}

const limitOf = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('returnAll', itemIndex)
		? undefined
		: (context.getNodeParameter('limit', itemIndex) as number);

async function readPath(
	context: IExecuteFunctions,
	reader: Reader,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	// n8n makes a second type of the node for agents.
	if (context.getNode().type.endsWith('Tool')) {
		throw new CoreError('EXACT_PATH_REFUSED', 'Any Path is not read for an agent', {
			path: 'path',
		});
	}
	const path = context.getNodeParameter('path', itemIndex) as string;
	const rows = await readAnyPath(reader, path, limitOf(context, itemIndex));
	return rows.map((row) => ({ json: withOutcome(row as IDataObject, 'read', []) }));
}

export async function readItem(
	context: IExecuteFunctions,
	run: Run,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const name = context.getNodeParameter('resource', itemIndex) as string;
	const operation = context.getNodeParameter('operation', itemIndex) as string;
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const encoding = await encodingOf(
		run.client,
		options.dateEncoding as DateEncoding | 'auto' | undefined,
	);
	const chosen = locatorValue(
		context.getNodeParameter('division', itemIndex) as INodeParameterResourceLocator,
	);
	if (operation === 'checkConnection') {
		const asked = isChosen(chosen) ? assertDivision(chosen) : undefined;
		const report = await checkConnection(run.client, encoding, asked);
		run.lastDivision = report.division;
		const quota = run.client.quota(report.division);
		const json = { ...report, quota } as unknown as IDataObject;
		return [{ json: withOutcome(json, 'connected', []) }];
	}
	const division = await chosenDivision(run.client, chosen);
	run.lastDivision = division;
	const reader = readerFor(run, division, encoding);
	if (name === ANY_PATH) return await readPath(context, reader, itemIndex);
	const resource = RESOURCES[name as ResourceName];
	if (operation === 'download') return await downloadAttachments(context, reader, itemIndex);
	const output = context.getNodeParameter('output', itemIndex, 'simplified') as OutputShape;
	const fields =
		output === 'selected' ? (context.getNodeParameter('fields', itemIndex, []) as string[]) : [];
	const includes = context.getNodeParameter('include', itemIndex, []) as IncludeName[];
	const joiner = joinerFor(run, reader, resource, includes);
	// A document's content hash covers all of it, whatever is shown: its usual fields are read too.
	const asked =
		fields.length > 0 && resource.isDocument ? [...resource.defaultFields, ...fields] : fields;
	const read = { includes, fields: asked, joiner };
	const rows: Row[] =
		operation === 'get'
			? [await getOne(reader, resource, String(context.getNodeParameter('id', itemIndex)), read)]
			: await getMany(reader, resource, {
					...read,
					filters: readFilters(context, itemIndex, options),
					limit: limitOf(context, itemIndex),
				});
	const shape = {
		output,
		fields,
		onePerLine: context.getNodeParameter('onePerLine', itemIndex, false) as boolean,
	};
	return rows
		.flatMap((row) => toItemJson(row, resource, reader, shape))
		.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}

/** In the first item, the log and a hint: what was used and what is left. */
export function reportQuota(
	context: IExecuteFunctions,
	run: Run,
	items: readonly INodeExecutionData[],
): void {
	if (run.lastDivision === undefined) return;
	const quota = run.client.quota(run.lastDivision);
	if (items.some(({ json }) => json.outcome === 'read')) {
		withNotices(items, run.client.notices, quota);
	}
	const left =
		quota.dailyRemaining === undefined
			? ''
			: `, ${quota.dailyRemaining} of ${quota.dailyLimit ?? '?'} left today`;
	const message = `${quota.calls} calls to Exact Online, ${quota.rows} rows${left}`;
	context.logger.info(message);
	context.addExecutionHints({ message, location: 'outputPane' });
}
