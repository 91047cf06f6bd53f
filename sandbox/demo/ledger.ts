import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

type Row = Readonly<Record<string, unknown>>;

/** The tables a person would ask for; contents and the chain's links stay where they are. */
const TABLES = [
	'companies',
	'partners',
	'agreements',
	'documents',
	'versions',
	'files',
	'received',
	'answers',
	'numbers',
	'events',
];

/** Compressed documents are not for reading, passwords of the envelope for nobody. */
const NOT_SHOWN = ['document', 'secrets'];

/** The embedded ledger as rows, read by another program than the one that wrote it. */
export function readLedger(file: string): Record<string, readonly Row[]> {
	if (!existsSync(file)) return {};
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return Object.fromEntries(
			TABLES.map((table) => [
				table,
				database
					.prepare(`select * from ${table}`)
					.all()
					.map((row) =>
						Object.fromEntries(Object.entries(row).filter(([name]) => !NOT_SHOWN.includes(name))),
					),
			]),
		);
	} finally {
		database.close();
	}
}
