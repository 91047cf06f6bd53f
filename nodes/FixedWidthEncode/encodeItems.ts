import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CoreError, type Issue } from '../../lib/errors';
import {
	encodeFlatFile,
	type FlatFileInput,
	type FlatFileResult,
	requireAllAccepted,
} from '../../lib/flatfile';
import { isCoreError, toIssues } from '../shared';
import type { FileLedger } from '../shared/ledger';
import { agreedLayouts, type AgreedRun } from './agreedLayout';
import { type OutputFile, outputFiles, refusedItem } from './outputs';
import { DEFAULT_FIELD, partnerReader, readSettings, type RunSettings } from './settings';
import { valueMapper } from './valueMapping';

/** Items that go into one file. */
interface Batch {
	readonly settings: RunSettings;
	readonly partner: string;
	/** Of items that the ledger handed out. */
	readonly ledger: FileLedger | undefined;
	readonly itemIndexes: number[];
	readonly inputs: FlatFileInput[];
}

export interface EncodedRun {
	readonly binaryField: string;
	readonly files: readonly OutputFile[];
	readonly rejected: readonly INodeExecutionData[];
}

export async function encodeItems(context: IExecuteFunctions): Promise<EncodedRun> {
	const agreedOf = await agreedLayouts(context);
	const items = context.getInputData();
	const own = lazily(() => readSettings(context));
	const settingsOf = ({ json }: INodeExecutionData) => agreedOf(json)?.settings ?? own();
	const partnerOf = partnerReader(context);
	const partnerFor = (itemIndex: number) => {
		const agreed = agreedOf((items[itemIndex] as INodeExecutionData).json);
		return agreed === undefined ? partnerOf(itemIndex) : String(agreed.item.profile.partner ?? '');
	};
	const rejected: INodeExecutionData[] = [];
	const refuse = (itemIndex: number, outcome: string, issues: readonly object[]) => {
		const item = items[itemIndex] as INodeExecutionData;
		const refusal = { partner: partnerFor(itemIndex), outcome, issues };
		rejected.push(refusedItem(item, itemIndex, refusal, settingsOf(item)));
	};
	const wanted = items.flatMap((item, itemIndex) => {
		if (!settingsOf(item).skipUnchanged || changeOf(item.json) !== 'unchanged') return [itemIndex];
		refuse(itemIndex, 'unchanged', []);
		return [];
	});
	const files: OutputFile[] = [];
	for (const batch of batchesOf(context, wanted, { agreedOf, own, partnerFor })) {
		const { settings, ledger, partner } = batch;
		const result = encodeBatch(batch, settings);
		if (settings.stopOnInvalid) requireAllAccepted(result);
		for (const { index, issues } of result.rejected) {
			refuse(batch.itemIndexes[index] as number, 'rejected', issues);
		}
		if (result.file === undefined) continue;
		const accepted = result.accepted.map((index) => batch.itemIndexes[index] as number);
		const { file, warnings } = result;
		files.push(...outputFiles(items, { file, warnings, partner, accepted, ledger }, settings));
	}
	refuseSameNames(files);
	const [first] = items;
	const binaryField = first === undefined ? DEFAULT_FIELD : settingsOf(first).binaryField;
	return { binaryField, files, rejected: rejected.sort(byItem) };
}

function lazily<Value>(make: () => Value): () => Value {
	let made: { readonly value: Value } | undefined;
	return () => (made ??= { value: make() }).value;
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

interface BatchBy {
	readonly agreedOf: (json: IDataObject) => AgreedRun | undefined;
	/** The node's own fields, read only where an item needs them. */
	readonly own: () => RunSettings;
	readonly partnerFor: (itemIndex: number) => string;
}

function batchesOf(
	context: IExecuteFunctions,
	itemIndexes: readonly number[],
	{ agreedOf, own, partnerFor }: BatchBy,
): readonly Batch[] {
	const items = context.getInputData();
	const mappedValues = lazily(() => valueMapper(context, own().layout));
	const batches = new Map<string, Batch>();
	for (const itemIndex of itemIndexes) {
		const { json: row } = items[itemIndex] as INodeExecutionData;
		const agreed = agreedOf(row);
		const partner = partnerFor(itemIndex);
		// One file for each agreement and kind of record, whatever stands in the node.
		const settings = agreed?.settings ?? own();
		const key = JSON.stringify([
			agreed?.item.file.agreementVersion,
			agreed?.item.file.usage,
			settings.layout.name,
			partner,
		]);
		let batch = batches.get(key);
		if (batch === undefined) {
			batch = { settings, partner, ledger: agreed?.item.file, itemIndexes: [], inputs: [] };
			batches.set(key, batch);
		}
		const mapped = agreed === undefined ? mappedValues()?.(itemIndex, row) : undefined;
		batch.itemIndexes.push(itemIndex);
		batch.inputs.push({ row, ...(mapped === undefined ? {} : { mapped }) });
	}
	const ownBatches = [...batches.values()].filter(({ ledger }) => ledger === undefined);
	if (ownBatches.length > 1 && own().filePer === 'run') {
		const names = ownBatches.map(({ partner }) => `'${partner}'`).join(', ');
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
