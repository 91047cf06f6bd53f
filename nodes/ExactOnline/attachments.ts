import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Reader } from '../../lib/exact';
import { attachmentFileName, getOne, mimeTypeOf, RESOURCES } from '../../lib/exact';
import { withOutcome } from '../shared';
import { startDownload } from '../shared/exactOnline';

/** One item per file, with its bytes: streamed into n8n's binary storage. */
export async function downloadAttachments(
	context: IExecuteFunctions,
	reader: Reader,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const input = context.getInputData()[itemIndex]?.json ?? {};
	const id = String(context.getNodeParameter('documentId', itemIndex, '') ?? '').trim();
	// Not every entry has a document.
	if (id === '') return [{ json: withOutcome(input, 'no attachments', []) }];
	const row = await getOne(reader, RESOURCES.document, id, { includes: ['attachments'] });
	const attachments = (row.attachments ?? []) as IDataObject[];
	if (attachments.length === 0) return [{ json: withOutcome(input, 'no attachments', []) }];
	const pattern = context.getNodeParameter('fileName', itemIndex, '{name}') as string;
	const identity = input.document as IDataObject | undefined;
	const items: INodeExecutionData[] = [];
	for (const [index, attachment] of attachments.entries()) {
		const fileName = attachmentFileName(pattern, String(attachment.FileName ?? ''), {
			number: String(identity?.number ?? row.HID ?? ''),
			ordinal: index + 1,
		});
		const stream = await reader.client.download(
			reader.division,
			String(attachment.Url ?? ''),
			async (url) => await startDownload(context, url),
		);
		const data = await context.helpers.prepareBinaryData(stream, fileName, mimeTypeOf(fileName));
		const json: IDataObject = {
			fileName,
			attachment: {
				ID: attachment.ID,
				FileName: attachment.FileName,
				FileSize: attachment.FileSize,
			},
			exactDocument: { ID: row.ID, Subject: row.Subject, HID: row.HID } as IDataObject,
			...(identity === undefined ? {} : { document: identity }),
		};
		items.push({ json: withOutcome(json, 'downloaded', []), binary: { data } });
	}
	return items;
}
