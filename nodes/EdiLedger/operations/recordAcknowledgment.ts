import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { keepAcknowledgment, recordAcknowledgment } from '../../../lib/ledger';
import type { ReceivedFile, ReconciledAnswer } from '../../../lib/ledger';
import { readBinaryFile, withOutcome } from '../../shared';
import { inputBinaryField } from '../fileRows';
import type { LedgerOperation, LedgerRun } from '../operation';
import { receivedFile } from '../receivedFile';

interface ReadAnswer {
	readonly itemIndex: number;
	readonly answer: ReconciledAnswer;
}

/** Each file that the items were read from, once; an item without one is only what it says. */
async function filesOf(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): Promise<ReadonlyMap<string, ReceivedFile>> {
	const files = new Map<string, ReceivedFile>();
	for (const [itemIndex, item] of items.entries()) {
		const field = context.getNodeParameter('binaryPropertyName', itemIndex, 'data') as string;
		if (item.binary?.[field] === undefined || files.has(placeOf(item))) continue;
		const file = await readBinaryFile(context, itemIndex, field);
		files.set(placeOf(item), receivedFile(item, file));
	}
	return files;
}

const placeOf = ({ json }: INodeExecutionData): string =>
	JSON.stringify([json.path, json.fileName, json.sha256]);

/** Items of one acknowledgment file are told apart by their place in it: read again, they are the same. */
function answersOf(
	items: readonly INodeExecutionData[],
	files: ReadonlyMap<string, ReceivedFile>,
): ReadAnswer[] {
	const counts = new Map<string, number>();
	return items.flatMap((item, itemIndex) => {
		// What Reconcile could not read as an acknowledgment says nothing about a file of ours.
		if (typeof item.json.acknowledgment !== 'string') return [];
		const place = placeOf(item);
		const position = (counts.get(place) ?? 0) + 1;
		counts.set(place, position);
		const sha256 = files.get(place)?.sha256 ?? item.json.sha256;
		const known = typeof sha256 === 'string' ? { sha256, position } : {};
		return [{ itemIndex, answer: { ...item.json, ...known } as unknown as ReconciledAnswer }];
	});
}

async function keep({ ledger, actor }: LedgerRun, files: Iterable<ReceivedFile>): Promise<void> {
	for (const file of files) await keepAcknowledgment(ledger, file, actor);
}

export const recordAcknowledgmentOperation: LedgerOperation = {
	name: 'Record Acknowledgment',
	action: 'Record acknowledgments',
	description:
		"Write what partners answered beside the files and documents, and keep the bytes: connect 'Reconcile' of Ack Generate here",
	properties: [inputBinaryField],
	execute: async (run) => {
		const { context, ledger, actor, items } = run;
		const files = await filesOf(context, items);
		const answers = answersOf(items, files);
		const results = await recordAcknowledgment(
			ledger,
			answers.map(({ answer }) => answer),
			actor,
		);
		await keep(run, files.values());
		const byItem = new Map(
			results.map((result) => [answers[result.index]?.itemIndex, result] as const),
		);
		const output = items.map((item, itemIndex): INodeExecutionData => {
			const result = byItem.get(itemIndex);
			const pairedItem = { item: itemIndex };
			if (result === undefined) return { ...item, pairedItem };
			const { outcome: recorded, fileId, file, stateBefore, state, documents, note } = result;
			const more = { stateBefore, state, documents, note };
			const facts = { id: ledger.id, recorded, file: fileId, fileName: file, ...more };
			const said = String(item.json.outcome ?? '');
			const json = withOutcome(item.json, said, [], { ledger: facts as IDataObject });
			return { ...item, json, pairedItem };
		});
		return [output];
	},
};
