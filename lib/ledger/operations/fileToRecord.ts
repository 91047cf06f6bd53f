/** A document in a file; an advice has one for each payment, with the same set control number. */
export interface DocumentToRecord {
	readonly key: string;
	readonly contentHash: string;
	/** As `Take` gave them; without, the document is found or made by its key. */
	readonly versionId?: number | undefined;
	readonly reservation?: string | undefined;
	readonly number: string;
	readonly setControlNumber: string;
	readonly groupControlNumber: string;
	readonly purpose: string;
}

export interface FileToRecord {
	readonly name: string;
	readonly kind: 'documents' | 'acknowledgment';
	readonly format: string;
	readonly transactionSet: string;
	readonly release: string;
	readonly usage: 'test' | 'production';
	readonly sender: string;
	readonly receiver: string;
	/** Empty for flat files. */
	readonly controlNumber: string;
	readonly groupControlNumbers: readonly string[];
	readonly sha256: string;
	readonly bytes: Uint8Array;
	readonly mimeType: string;
	/** Absolute, on the partner's server. */
	readonly folder: string;
	readonly agreementVersionId?: number | undefined;
	readonly documents: readonly DocumentToRecord[];
	/** Id of the received file that this acknowledgment answers. */
	readonly answers?: number | undefined;
}
