import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

/** The bytes of an input item's binary field, wherever n8n keeps them. */
export async function readBinaryFile(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: string,
): Promise<{ bytes: Buffer; fileName: string | undefined; mimeType: string }> {
	const info = context.helpers.assertBinaryData(itemIndex, fieldName);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, fieldName);
	return { bytes, fileName: info.fileName, mimeType: info.mimeType };
}

/** Hands bytes to n8n's binary storage. */
export async function writeBinaryFile(
	context: IExecuteFunctions,
	bytes: Uint8Array,
	fileName: string,
	mimeType: string,
): Promise<IBinaryData> {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return await context.helpers.prepareBinaryData(buffer, fileName, mimeType);
}
