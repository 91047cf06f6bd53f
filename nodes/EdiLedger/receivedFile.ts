import type { INodeExecutionData } from 'n8n-workflow';
import { readInterchanges } from '../../lib/edi/acks';
import type { ReceivedFile } from '../../lib/ledger';
import { sha256 } from '../../lib/text';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A file that a partner sent, as the ledger knows it: by its bytes and its first interchange. */
export function receivedFile(
	{ json }: INodeExecutionData,
	{ bytes, fileName }: { readonly bytes: Uint8Array; readonly fileName: string | undefined },
): ReceivedFile {
	const [interchange] = readInterchanges(bytes).interchanges;
	return {
		path: text(json.path),
		modifiedAt: text(json.modifiedAt),
		name: fileName ?? text(json.fileName),
		bytes,
		sha256: sha256(bytes),
		sender: interchange?.sender.id.trim() ?? '',
		receiver: interchange?.receiver.id.trim() ?? '',
		controlNumber: interchange?.controlNumber ?? '',
		format: interchange?.standard ?? '',
	};
}
