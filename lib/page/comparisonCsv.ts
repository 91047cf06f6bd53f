import { neutralizeFormula } from '../flatfile';
import type { ComparedDocument, SourceComparison } from '../ledger';

/** As a spreadsheet with European settings opens it: semicolons, decimal commas, a byte-order mark. */
const COLUMNS: readonly (readonly [string, (row: ComparedDocument) => string])[] = [
	['Entry number in Exact', ({ ownNumber }) => ownNumber],
	["Supplier's number", ({ number }) => number],
	['Supplier', ({ counterparty }) => counterparty],
	['Date', ({ date }) => date.slice(0, 10)],
	['Currency', ({ currency }) => currency],
	['Amount', ({ amount }) => amount.replace('.', ',')],
	['What became of it', ({ says }) => says],
	['File', ({ file }) => file],
	['Key', ({ key }) => key],
];

const cell = (text: string): string => `"${neutralizeFormula(text).replaceAll('"', '""')}"`;
const line = (texts: readonly string[]): string => `${texts.map(cell).join(';')}\r\n`;

/** Every document of a comparison, by Exact's own entry number. */
export function comparisonCsv({ documents }: SourceComparison): string {
	const rows = [...documents].sort((a, b) =>
		a.ownNumber.localeCompare(b.ownNumber, 'en', { numeric: true }),
	);
	const head = line(COLUMNS.map(([title]) => title));
	return `\uFEFF${head}${rows.map((row) => line(COLUMNS.map(([, of]) => of(row)))).join('')}`;
}

export const comparisonFileName = ({ agreement, from, to }: SourceComparison): string =>
	`${agreement.replace(/[^A-Za-z0-9]+/g, '_')}_${from}_${to}.csv`;
