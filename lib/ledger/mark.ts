import { CoreError } from '../errors';
import { one } from './port';
import type { LedgerRecord, Work } from './port';

/**
 * The mark against loss: a small file in n8n's folder that keeps the ledger's id and the newest
 * link anyone has seen. A ledger that does not reach it has lost what was sent.
 */
export interface Mark {
	readonly id: string;
	readonly number: number;
	readonly hash: string;
}

/** One size for ever, so that it is overwritten in place in one write of one disk sector. */
const MARK_BYTES = 256;

export function formatMark({ id, number, hash }: Mark): string {
	return `${`exact-edi-ledger ${id} ${number} ${hash}`.padEnd(MARK_BYTES - 1)}\n`;
}

/** A mark that cannot be read is none: the write of it was cut off by a crash of the machine. */
export function parseMark(text: string | undefined): Mark | undefined {
	const match = /^exact-edi-ledger (\S+) (\d+) ([0-9a-f]{64}) *\n?$/.exec(text ?? '');
	return match === null ? undefined : { id: match[1]!, number: Number(match[2]), hash: match[3]! };
}

export type MarkTrouble = '' | 'other' | 'older';

/** What is wrong between ledger and mark; empty when all is well. */
export function* markTrouble(mark: Mark | undefined, record: LedgerRecord): Work<MarkTrouble> {
	if (mark === undefined) return '';
	if (mark.id !== record.id) return 'other';
	if (mark.number > record.head) return 'older';
	if (mark.number === record.head) return mark.hash === record.hash ? '' : 'older';
	const link = yield* one<{ hash: string }>('select hash from links where number = ?', mark.number);
	return link?.hash === mark.hash ? '' : 'older';
}

export function lossError(
	trouble: MarkTrouble,
	mark: Mark | undefined,
	record: LedgerRecord,
): CoreError {
	if (trouble === 'older') {
		return new CoreError(
			'LEDGER_OLDER',
			`The ledger '${record.name}' ends at entry ${record.head} (${record.head_at || 'its start'}); the mark beside it knows entry ${mark?.number}. Nothing was sent.`,
		);
	}
	return new CoreError(
		'LEDGER_MISSING',
		`The ledger '${record.name}' is not the one that the mark beside it knows. Nothing was sent.`,
	);
}
