/**
 * An acknowledgment is a file like any other: its bytes and its row, which names the file it
 * answers, are in the ledger before it is deposited. That row is what makes a file that is seen
 * twice be answered once; the row begins as `depositing`, so that a replay finishes it.
 */
import type { ConnectionSource, NodeSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { keepMatches, setFields, splitOut, waitFor } from '../coreNodes.ts';
import type { Pipeline } from '../exportPipeline.ts';
import { setting } from '../exportPipeline.ts';
import { insertRows, updateRows } from '../ledger.ts';
import { sftpDeposit } from '../ownNodes.ts';

export const ACK_DEPOSITED = 'Record the outcome';

/** From items of Ack Generate to acknowledgments in the partner's folder. */
export function depositAcknowledgments(
	from: string,
	column: number,
	row: number,
	output = 0,
): Pipeline {
	const x = column;
	const nodes: NodeSource[] = [
		splitOut('Split the contents', [x, row + 1], 'ledger.contents'),
		insertRows('Record the contents', { table: 'contents', at: [x + 1, row + 1] }),
		splitOut('Split the file rows', [x, row + 2], 'ledger.files'),
		setFields(
			'Say where it goes',
			[x + 1, row + 2],
			[
				{ name: 'folder', value: `={{ ${setting('acksFolder')} }}` },
				{ name: 'attempts', type: 'number', value: '={{ 1 }}' },
			],
		),
		insertRows('Record the acknowledgments', { table: 'files', at: [x + 2, row + 2] }),
		waitFor('Wait for the ledger', [x + 3, row]),
		keepMatches('Recorded ones', [x + 4, row], 'fileKey', 'file_key'),
		sftpDeposit('Deposit the acknowledgments', [x + 5, row], {
			operation: 'deposit',
			folder: `={{ ${setting('acksFolder')} }}`,
		}),
		updateRows(ACK_DEPOSITED, {
			table: 'files',
			at: [x + 6, row],
			where: [
				{ column: 'file_key', value: '={{ $json.fileKey }}' },
				{ column: 'state', value: 'depositing' },
			],
			values: {
				state:
					"={{ ({ 'deposited': 'deposited', 'already there': 'deposited', 'in doubt': 'in doubt' })[$json.outcome] ?? 'failed' }}",
				path: "={{ $json.receipt?.path ?? '' }}",
				host_key: "={{ $json.receipt?.hostKeyFingerprint ?? '' }}",
				deposited_at: "={{ $json.receipt?.finishedAt ?? '' }}",
				error: "={{ ($json.issues ?? []).map((issue) => issue.message).join(' ') }}",
			},
		}),
	];
	const connections: ConnectionSource[] = [
		{ from, to: 'Wait for the ledger', output },
		{ from, to: 'Split the contents', output },
		{ from, to: 'Split the file rows', output },
		...chain('Split the contents', 'Record the contents'),
		...chain('Split the file rows', 'Say where it goes', 'Record the acknowledgments'),
		{ from: 'Record the acknowledgments', to: 'Wait for the ledger', input: 1 },
		{ from: 'Wait for the ledger', to: 'Recorded ones' },
		{ from: 'Record the acknowledgments', to: 'Recorded ones', input: 1 },
		...chain('Recorded ones', 'Deposit the acknowledgments', ACK_DEPOSITED),
	];
	return { nodes, connections };
}
