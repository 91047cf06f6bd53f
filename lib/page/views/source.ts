import { html } from '../html';
import type { Html, Piece } from '../html';
import { facts, table } from '../layout';

/** A document as the source had it, whatever it is made of: values, parts, and rows. */

const ROWS_SHOWN = 200;
const DEEPEST = 3;

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function isRows(value: unknown): value is readonly Part[] {
	return Array.isArray(value) && value.length > 0 && value.every(isPart);
}

/** `SupplierName` and `supplierName` as people read them: `Supplier name`. */
function words(name: string): string {
	const apart = name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
	const [first = '', ...rest] = apart.split(' ');
	const lower = rest.map((word) => (word === word.toUpperCase() ? word : word.toLowerCase()));
	return [first.charAt(0).toUpperCase() + first.slice(1), ...lower].join(' ');
}

function valueText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	return typeof value === 'boolean' ? (value ? 'yes' : 'no') : '';
}

function valuesOf(part: Part): (readonly [string, string])[] {
	return Object.entries(part).map(([name, value]) => [words(name), valueText(value)] as const);
}

function rowsTable(name: string, rows: readonly Part[]): Html {
	const columns = [
		...new Set(
			rows.flatMap((row) => Object.keys(row).filter((column) => valueText(row[column]) !== '')),
		),
	];
	return html`${table(
		words(name),
		columns.map((column) => ({
			title: words(column),
			cell: (row: Part) => valueText(row[column]),
		})),
		rows.slice(0, ROWS_SHOWN),
	)}${rows.length > ROWS_SHOWN ? html`<p>… and ${rows.length - ROWS_SHOWN} more</p>` : ''}`;
}

export function sourceView(document: Part, depth = 0): Html {
	const parts = Object.entries(document).map(([name, value]): Piece => {
		if (isRows(value))
			return html`<h3>${words(name)}</h3>
				${rowsTable(name, value)}`;
		if (!isPart(value) || depth === DEEPEST) return undefined;
		return html`<h3>${words(name)}</h3>
			${sourceView(value, depth + 1)}`;
	});
	return html`${facts(valuesOf(document))}${parts}`;
}
