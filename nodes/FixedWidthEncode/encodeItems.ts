import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import type { Issue } from '../../lib/errors';
import { encodeFlatFile, requireAllAccepted } from '../../lib/flatfile';
import type { FlatFileInput, FlatFileResult } from '../../lib/flatfile';
import { isCoreError, itemLedger, toIssues } from '../shared';
import { agreementsOf, ledgerNumbers } from '../shared/ledger';
import type { AgreedItem } from '../shared/ledger';
import { agreedSettings } from './agreedSettings';
import { parametersOf } from './layoutParameters';
import { outputFiles, refusedItem } from './outputs';
import type { OutputFile, Refusal } from './outputs';
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

/** The items of one agreement, or all that came without a ledger. */
interface Group {
	readonly settings: RunSettings;
	readonly itemIndexes: readonly number[];
	readonly partnerOf: (itemIndex: number) => string;
}

type Refuse = (itemIndex: number, refusal: Refusal) => void;

export async function encodeItems(context: IExecuteFunctions): Promise<EncodedRun> {
	const settings = readSettings(context);
	const items = context.getInputData();
	const rejected: INodeExecutionData[] = [];
	const refuse: Refuse = (itemIndex, refusal) => {
		const item = items[itemIndex] as INodeExecutionData;
		rejected.push(refusedItem(item, itemIndex, refusal));
	};
	const files: OutputFile[] = [];
	for (const group of await groupsOf(context, settings)) {
		const made = encodeGroup(context, group, refuse);
		if (made.length === 0) {
			await group.settings.agreedFile?.giveBack('no document could be written');
		}
		files.push(...made);
	}
	refuseSameNames(files);
	return { settings, files, rejected: rejected.sort(byItem) };
}

/** What *Take New or Changed* handed out goes by its agreement, the rest by the node's own fields. */
const resourceOf = ({ document }: IDataObject): string => {
	const { resource } = (document ?? {}) as IDataObject;
	return typeof resource === 'string' ? resource : '';
};

async function groupsOf(context: IExecuteFunctions, base: RunSettings): Promise<readonly Group[]> {
	const agreements = await agreementsOf(context);
	const own: number[] = [];
	const taken = new Map<
		string,
		{ readonly agreed: AgreedItem; readonly resource: string; readonly itemIndexes: number[] }
	>();
	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		const agreed = agreements?.of(json);
		if (agreed === undefined) {
			own.push(itemIndex);
			continue;
		}
		// Vendors and accounts of one agreement are a file each, by the layout for what they are.
		const resource = resourceOf(json);
		const key = `${agreed.file.agreementVersion} ${agreed.file.usage} ${resource}`;
		const group = taken.get(key) ?? { agreed, resource, itemIndexes: [] };
		taken.set(key, group);
		group.itemIndexes.push(itemIndex);
	}
	const groups: Group[] = [];
	const reserve = ledgerNumbers(context, agreements?.ledger);
	const read = parametersOf(context);
	for (const { agreed, resource, itemIndexes } of taken.values()) {
		const versions = itemIndexes.map((itemIndex) =>
			String(itemLedger(context.getInputData()[itemIndex]?.json ?? {})?.version ?? itemIndex),
		);
		const settings = await agreedSettings(base, { agreed, resource }, read, reserve, versions);
		groups.push({ settings, itemIndexes, partnerOf: () => agreed.partner });
	}
	if (own.length > 0) {
		groups.push({ settings: base, itemIndexes: own, partnerOf: partnerReader(context) });
	}
	return groups;
}

function encodeGroup(
	context: IExecuteFunctions,
	{ settings, itemIndexes, partnerOf }: Group,
	refuse: Refuse,
): OutputFile[] {
	const items = context.getInputData();
	const wanted = itemIndexes.filter((itemIndex) => {
		if (!settings.skipUnchanged) return true;
		if (changeOf(items[itemIndex]?.json ?? {}) !== 'unchanged') return true;
		refuse(itemIndex, { outcome: 'unchanged', issues: [] });
		return false;
	});
	const files: OutputFile[] = [];
	for (const batch of batchesOf(context, settings, wanted, partnerOf)) {
		const { partner } = batch;
		const result = encodeBatch(batch, settings);
		if (settings.stopOnInvalid) requireAllAccepted(result);
		for (const { index, issues } of result.rejected) {
			refuse(batch.itemIndexes[index] as number, { outcome: 'rejected', issues });
		}
		if (result.file === undefined) continue;
		const accepted = result.accepted.map((index) => batch.itemIndexes[index] as number);
		const { file, warnings } = result;
		files.push(...outputFiles(items, { file, warnings, partner, accepted }, settings));
	}
	return files;
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
	// An agreement's own layout has other fields than those that are mapped in the node.
	const ownFields = settings.agreedFile === undefined;
	const mappedValues = ownFields ? valueMapper(context, settings.layout) : undefined;
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
			`'Partner' differs between the items (${names}), but there is one file per run`,
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
				`Two files of this run would be named "${fileName}"`,
				{ path: 'fileNamePattern', hint: "Put {partner} into 'File Name'." },
			);
		}
		seen.add(fileName);
	}
}
