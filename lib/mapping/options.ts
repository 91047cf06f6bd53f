import { CoreError } from '../errors';
import { DOCUMENT_TYPES, documentType } from '../documents';
import type { DocumentType, FieldShape, FieldShapes } from '../documents';

export interface MappingOptions {
	/**
	 * Values for fields that are empty: document path → text. `lines.unit` means every line.
	 * A path that documents of the type at hand do not have is passed over, one that no document
	 * has is refused.
	 */
	readonly defaults?: Readonly<Record<string, string>>;
	/** Statuses that are sent; the defaults are in `SENT_STATUSES`. */
	readonly statuses?: Partial<Readonly<Record<StatusResource, readonly number[]>>>;
	/** Purchase orders that still wait for approval are sent, too. */
	readonly includeUnapprovedOrders?: boolean;
	/**
	 * Exact documents no sign for payments. By default an invoice's payment is positive; `inverted`
	 * turns every amount.
	 */
	readonly paymentSign?: 'as booked' | 'inverted';
	/**
	 * What one price of a purchase line is for. Exact's reference says one purchase unit; some
	 * sources fill in the price of one item unit, of which a purchase unit may hold several.
	 */
	readonly priceFor?: 'purchaseUnit' | 'itemUnit';
	/** `key` of a record that has neither a company nor a Division field. */
	readonly division?: number;
}

export type StatusResource = 'purchaseEntry' | 'purchaseInvoice' | 'purchaseOrder' | 'payment';

/** Source: Exact Online REST reference, Status of each resource. */
export const STATUS_FIELDS = {
	purchaseEntry: {
		field: 'Status',
		sent: [20, 50],
		names: { 5: 'rejected', 20: 'open', 50: 'processed' },
	},
	purchaseInvoice: {
		field: 'Status',
		sent: [20, 50],
		names: { 10: 'draft', 20: 'open', 50: 'processed' },
	},
	purchaseOrder: {
		field: 'OrderStatus',
		sent: [10, 20, 30],
		names: { 10: 'open', 20: 'partial', 30: 'complete', 40: 'cancelled' },
	},
	payment: {
		field: 'Status',
		sent: [40, 50],
		names: { 20: 'open', 30: 'selected', 40: 'processed', 50: 'matched' },
	},
} as const satisfies Readonly<
	Record<
		StatusResource,
		{
			readonly field: string;
			readonly sent: readonly number[];
			readonly names: Readonly<Record<number, string>>;
		}
	>
>;

function collectPaths(shapes: FieldShapes, prefix: string, paths: Set<string>): void {
	for (const [name, shape] of Object.entries(shapes)) collectShape(shape, prefix + name, paths);
}

function collectShape(shape: FieldShape, path: string, paths: Set<string>): void {
	if (shape.kind === 'object') collectPaths(shape.fields, `${path}.`, paths);
	// Of a list of plain values no single one can be defaulted.
	else if (shape.kind === 'list') {
		if (shape.of.kind === 'object') collectPaths(shape.of.fields, `${path}.`, paths);
	} else if (shape.kind !== 'custom') paths.add(path);
}

function pathsOf(shapes: FieldShapes): ReadonlySet<string> {
	const paths = new Set<string>();
	collectPaths(shapes, '', paths);
	return paths;
}

/** Every path a default may name, by document type. */
export const DOCUMENT_PATHS = Object.fromEntries(
	DOCUMENT_TYPES.map((type) => [type, pathsOf(documentType(type).fields)]),
) as Readonly<Record<DocumentType, ReadonlySet<string>>>;

/** Refuses a default that could never be used. */
export function checkDefaults(defaults: Readonly<Record<string, string>>): void {
	const known = Object.values(DOCUMENT_PATHS);
	for (const path of Object.keys(defaults)) {
		if (known.some((paths) => paths.has(path))) continue;
		throw new CoreError(
			'MAPPING_DEFAULT_INVALID',
			`The default for '${path}' cannot be used: no document has this field`,
			{ path },
		);
	}
}
