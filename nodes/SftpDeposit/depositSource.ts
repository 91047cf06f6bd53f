import type { IExecuteFunctions } from 'n8n-workflow';

import type { DeliverySource } from '../../lib/delivery';
import { passingBytes } from '../shared';

/** In chunks of this size the garbage collector keeps up; with 256 KB, twice as much memory is taken (bench/sftp.ts). */
const STREAM_CHUNK = 64 * 1024;

function declaredHash(context: IExecuteFunctions, itemIndex: number): string | undefined {
	if (context.getNodeParameter('options.checkDeclaredHash', itemIndex, true) !== true)
		return undefined;
	const declared = context.getInputData()[itemIndex]?.json.sha256;
	return typeof declared === 'string' && /^[0-9a-f]{64}$/i.test(declared)
		? declared.toLowerCase()
		: undefined;
}

/** The item's binary data: as a stream where n8n keeps it outside of memory, else decoded when it is read. */
export async function depositSource(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: string,
): Promise<{ readonly source: DeliverySource; readonly fileName: string | undefined }> {
	const binary = context.helpers.assertBinaryData(itemIndex, fieldName);
	const sha256 = declaredHash(context, itemIndex);
	const declared = sha256 === undefined ? {} : { sha256 };
	const { id } = binary;
	if (id !== undefined) {
		const { fileSize } = await context.helpers.getBinaryMetadata(id);
		return {
			fileName: binary.fileName,
			source: {
				bytes: fileSize,
				...declared,
				async *read() {
					const stream = await context.helpers.getBinaryStream(id, STREAM_CHUNK);
					yield* passingBytes(stream);
				},
			},
		};
	}
	return {
		fileName: binary.fileName,
		source: {
			bytes: Buffer.byteLength(binary.data, 'base64'),
			...declared,
			async *read() {
				yield await context.helpers.getBinaryDataBuffer(itemIndex, fieldName);
			},
		},
	};
}
