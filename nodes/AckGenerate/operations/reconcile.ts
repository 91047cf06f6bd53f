import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { reconcileSteps } from '../../../lib/edi/acks';
import type { Reconciliation } from '../../../lib/edi/acks';
import { inSlices, readBinaryFile } from '../../shared';
import type { Operation } from '../operation';
import { binaryField, characterSet } from '../properties/file';
import { fileProblem } from '../fileProblem';
import { readEncoding } from '../settings';

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [characterSet],
};

/** What the file holds that is no acknowledgment of ours, or why it cannot be read. */
function nothingSaid(
	{ others, problems }: Reconciliation,
	fileName: string,
): { readonly outcome: string; readonly summary: string } {
	const name = fileName || 'The file';
	if (others.length > 0) {
		return {
			outcome: 'not an acknowledgment',
			summary: `${name} holds ${others.join(', ')} and no acknowledgment`,
		};
	}
	const why = problems.length === 0 ? '' : `: ${problems.slice(0, 3).join('; ')}`;
	return {
		outcome: 'unreadable',
		summary: `${name} holds no acknowledgment that could be read${why}`,
	};
}

export const reconcile: Operation = {
	name: 'Reconcile',
	action: 'Reconcile acknowledgments that came in',
	description:
		'Read 997, 999, TA1 or CONTRL, and what an application answers (824, APERAK): one item for each thing that was answered',
	properties: [binaryField, options],
	execute: async (context, itemIndex, item) => {
		const field = context.getNodeParameter('binaryField', itemIndex, 'data') as string;
		const encoding = readEncoding(
			context.getNodeParameter('options', itemIndex, {}) as IDataObject,
		);
		const { bytes, fileName = '' } = await readBinaryFile(context, itemIndex, field);
		const whole = (json: IDataObject): INodeExecutionData => ({
			json: { ...item.json, ...json },
			...(item.binary === undefined ? {} : { binary: item.binary }),
		});
		let read: Reconciliation;
		try {
			read = await inSlices(context, reconcileSteps(bytes, encoding), fileName, bytes.length);
		} catch (error) {
			const { issues, report } = fileProblem(error, fileName);
			return [whole({ outcome: 'unreadable', issues, fileName, summary: report })];
		}
		const { items, others, problems } = read;
		const file = { fileName, otherSets: [...others], problems: [...problems] };
		if (items.length === 0) return [whole({ ...file, ...nothingSaid(read, fileName) })];
		return items.map((reconciled) =>
			whole({ ...file, ...(reconciled as unknown as IDataObject) }),
		);
	},
};
