import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import type { Issue } from '../../lib/errors';
import { encodeFlatFile, requireAllAccepted } from '../../lib/flatfile';
import type { FlatFileInput, FlatFileResult } from '../../lib/flatfile';
import { isCoreError, toIssues } from '../shared';
import { outputFiles, refusedItem } from './outputs';
import type { OutputFile } from './outputs';
import { partnerReader, readSettings } from './settings';
import type { RunSettings } from './settings';
import { valueMapper } from './valueMapping';

/** Items that go into one file. */
interface Batch {
	readonly partner: string;
	readonly itemIndexes: number[];
	readonly inputs: FlatFileInput[];
}

export interface EncodedRun {
	readonly settings: RunSettings;
	readonly files: readonly OutputFile[];
	readonly rejected: readonly INodeExecutionData[];
}

export function encodeItems(context: IExecuteFunctions): EncodedRun {
	const settings = readSettings(context);
	const items = context.getInputData();
	const partnerOf = partnerReader(context);
	const rejected: INodeExecutionData[] = [];
	const refuse = (
		itemIndex: number,
		partner: string,
		outcome: string,
		issues: readonly object[],
	) => {
		const item = items[itemIndex] as INodeExecutionData;
		rejected.push(refusedItem(item, itemIndex, { partner, outcome, issues }, settings));
	};
	const wanted = items.flatMap((item, itemIndex) => {
		if (!settings.skipUnchanged || changeOf(item.json) !== 'unchanged') return [itemIndex];
		refuse(itemIndex, partnerOf(itemIndex), 'unchanged', []);
		return [];
	});
	const files: OutputFile[] = [];
	for (const batch of batchesOf(context, settings, wanted, partnerOf)) {
		const result = encodeBatch(batch, settings);
		if (settings.stopOnInvalid) requireAllAccepted(result);
		for (const { index, issues } of result.rejected) {
			refuse(batch.itemIndexes[index] as number, batch.partner, 'rejected', issues);
		}
		if (result.file === undefined) continue;
		const accepted = result.accepted.map((index) => batch.itemIndexes[index] as number);
		const { file, warnings } = result;
		files.push(
			...outputFiles(items, { file, warnings, partner: batch.partner, accepted }, settings),
		);
	}
	refuseSameNames(files);
	return { settings, files, rejected: rejected.sort(byItem) };
}

function byItem(a: INodeExecutionData, b: INodeExecutionData): number {
	const position = (item: INodeExecutionData) => (item.pairedItem as { item: number }).item;
	return position(a) - position(b);
}

function changeOf(json: IDataObject): unknown {
	const { document } = json;
	return typeof document === 'object' && document !== null
		? (document as IDataObject)['change']
		: undefined;
}

function batchesOf(
	context: IExecuteFunctions,
	settings: RunSettings,
	itemIndexes: readonly number[],
	partnerOf: (itemIndex: number) => string,
): readonly Batch[] {
	const items = context.getInputData();
	const mappedValues = valueMapper(context, settings.layout);
	const batches = new Map<string, Batch>();
	for (const itemIndex of itemIndexes) {
		const partner = partnerOf(itemIndex);
		let batch = batches.get(partner);
		if (batch === undefined) {
			batch = { partner, itemIndexes: [], inputs: [] };
			batches.set(partner, batch);
		}
		const row = (items[itemIndex] as INodeExecutionData).json;
		const mapped = mappedValues?.(itemIndex, row);
		batch.itemIndexes.push(itemIndex);
		batch.inputs.push({ row, ...(mapped === undefined ? {} : { mapped }) });
	}
	if (settings.filePer === 'run' && batches.size > 1) {
		const names = [...batches.keys()].map((name) => `'${name}'`).join(', ');
		throw new CoreError(
			'FLATFILE_OPTION_INVALID',
			`'Partner' differs between the items (${names}), but there is one file per run.`,
			{ path: 'partner', hint: "Set 'One File Per' to Partner, or give one partner for all." },
		);
	}
	return [...batches.values()];
}

/** A file whose own records cannot be written rejects all its documents. */
function encodeBatch(batch: Batch, settings: RunSettings): FlatFileResult {
	const { layout, format, now, timeZone, sequence } = settings;
	try {
		return encodeFlatFile(layout, batch.inputs, format, {
			now,
			timeZone,
			partner: batch.partner || undefined,
			sequence: sequence || undefined,
		});
	} catch (error) {
		return rejectAll(batch, error, settings);
	}
}

function rejectAll(batch: Batch, error: unknown, settings: RunSettings): FlatFileResult {
	const fileInvalid = isCoreError(error) && error.code === 'FLATFILE_FILE_INVALID';
	if (!fileInvalid || settings.stopOnInvalid) throw error;
	const issues = toIssues(error) as Issue[];
	const rejected = batch.inputs.map((_, index) => ({ index, issues }));
	return { file: undefined, accepted: [], rejected, warnings: [] };
}

/** Two files of one name would overwrite each other on the partner's server. */
function refuseSameNames(files: readonly OutputFile[]): void {
	const seen = new Set<string>();
	for (const { fileName } of files) {
		if (seen.has(fileName)) {
			throw new CoreError(
				'FLATFILE_OPTION_INVALID',
				`Two files of this run would be named '${fileName}'.`,
				{ path: 'fileNamePattern', hint: "Put {partner} into 'File Name'." },
			);
		}
		seen.add(fileName);
	}
}
