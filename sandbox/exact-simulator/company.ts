import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from './clock.ts';
import { guidOf, orderStreamRowOf, paymentTermOf, transactionLinesOf } from './derived.ts';
import { DELETED_ENTITY_TYPES, TABLE_FIELDS, TABLE_KEYS } from './entities.ts';
import { toWire } from './wire.ts';
import type { DateEncoding, PlainRow, WireRow } from './wire.ts';

/** Rows by file name without `.json`, as in `purchase-entries.json`; `division` is one row. */
export type CompanyRows = Readonly<Record<string, readonly PlainRow[]>>;

export function readCompany(folder: string): CompanyRows {
	if (!existsSync(path.join(folder, 'division.json'))) {
		throw new Error(
			`${folder} is not a ledger folder: division.json is missing. It holds one JSON array per file, such as purchase-entries.json.`,
		);
	}
	const rows: Record<string, PlainRow[]> = {};
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
		let content: unknown;
		try {
			content = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
		} catch (error) {
			throw new Error(`${path.join(folder, file)} is not JSON: ${(error as Error).message}`);
		}
		const name = file.slice(0, -'.json'.length);
		if (Array.isArray(content)) rows[name] = content as PlainRow[];
		else if (name === 'division') rows[name] = [content as PlainRow];
		else if (TABLE_KEYS.has(name))
			throw new Error(`${path.join(folder, file)} is not a JSON array`);
	}
	return rows;
}

interface Table {
	readonly plain: Map<string, PlainRow>;
	readonly wire: Map<string, WireRow>;
}

/** Lines and the header they belong to. */
const PARENTS: Readonly<Record<string, { table: string; foreignKey: string }>> = {
	'purchase-entry-lines': { table: 'purchase-entries', foreignKey: 'EntryID' },
	'purchase-invoice-lines': { table: 'purchase-invoices', foreignKey: 'InvoiceID' },
	'goods-receipt-lines': { table: 'goods-receipts', foreignKey: 'GoodsReceiptID' },
	'purchase-order-lines': { table: 'purchase-orders', foreignKey: 'PurchaseOrderID' },
};

/** The delete log is kept for two months. */
const DELETE_LOG_MS = 61 * 24 * 3_600_000;

export interface EditOptions {
	/** Leave the header's `Modified` alone when one of its lines changes (default: touch it). */
	readonly touchHeader?: boolean;
	/** Leave `Modified` of the row itself alone. */
	readonly touch?: boolean;
}

/** One division with all its tables. */
export class Company {
	readonly code: number;

	readonly division: PlainRow;

	private readonly tables = new Map<string, Table>();

	private readonly clock: Clock;

	private readonly dates: DateEncoding;

	private lastTimestamp = 1n;

	private linesByParent = new Map<string, Set<string>>();

	/** Grows with every change: a page that was read before a change is not the same page after it. */
	revision = 0;

	/** Derived rows come from these files when they are there, and are computed otherwise. */
	private readonly ownTransactions: boolean;

	constructor(rows: CompanyRows, clock: Clock, dates: DateEncoding) {
		this.clock = clock;
		this.dates = dates;
		const division = rows['division']?.[0];
		if (division === undefined || typeof division['Code'] !== 'number') {
			throw new Error('the ledger has no division with a Code');
		}
		this.division = { ...division };
		this.code = division['Code'];
		for (const table of Object.values(rows)) {
			for (const row of table) {
				const stamp = row['Timestamp'];
				if (stamp !== undefined && BigInt(String(stamp)) > this.lastTimestamp) {
					this.lastTimestamp = BigInt(String(stamp));
				}
			}
		}
		this.ownTransactions = rows['transaction-lines'] !== undefined;
		for (const [name, table] of Object.entries(rows)) {
			if (!TABLE_KEYS.has(name)) continue;
			for (const row of table) this.store(name, { ...row }, false);
		}
		for (const name of Object.keys(rows)) {
			if (name === 'purchase-entries' || name === 'payments' || name === 'receivables') {
				for (const key of this.table(name).plain.keys()) this.derive(name, key, false);
			}
		}
		for (const key of this.table('purchase-orders').plain.keys()) {
			this.derive('purchase-orders', key, false);
		}
		for (const key of this.table('purchase-order-lines').plain.keys()) {
			this.derive('purchase-order-lines', key, false);
		}
		this.storeDivision();
	}

	private table(name: string): Table {
		let table = this.tables.get(name);
		if (table === undefined) {
			if (!TABLE_FIELDS.has(name)) throw new Error(`no table ${name}`);
			table = { plain: new Map(), wire: new Map() };
			this.tables.set(name, table);
		}
		return table;
	}

	/** A division says little about itself: the picker and `hrm/Divisions` read the same row. */
	storeDivision(): void {
		this.store('hrm-divisions', { ...this.division, Status: 0 }, false);
	}

	private nextTimestamp(): string {
		this.lastTimestamp += 1n;
		return this.lastTimestamp.toString();
	}

	private keyOf(name: string): string {
		const key = TABLE_KEYS.get(name);
		if (key === undefined) throw new Error(`no table ${name}`);
		return key;
	}

	private store(name: string, row: PlainRow, restamp: boolean): void {
		const fields = TABLE_FIELDS.get(name);
		if (fields === undefined) throw new Error(`no table ${name}`);
		const keyName = this.keyOf(name);
		const key = String(row[keyName] ?? '').toLowerCase();
		if (key === '') throw new Error(`a row of ${name} has no ${keyName}`);
		if (fields.has('Timestamp') && (restamp || row['Timestamp'] === undefined)) {
			row['Timestamp'] = this.nextTimestamp();
		}
		const wire: WireRow = {};
		for (const [field, type] of fields) {
			if (type !== 'Collection') wire[field] = toWire(row[field], type, this.dates);
		}
		const table = this.table(name);
		table.plain.set(key, row);
		table.wire.set(key, wire);
		const parent = PARENTS[name];
		if (parent) {
			const owner = `${parent.table}/${String(row[parent.foreignKey]).toLowerCase()}`;
			const lines = this.linesByParent.get(owner) ?? new Set<string>();
			lines.add(key);
			this.linesByParent.set(owner, lines);
		}
		this.revision += 1;
	}

	private linesOf(headerTable: string, key: string): PlainRow[] {
		const lineTable = Object.keys(PARENTS).find((name) => PARENTS[name]?.table === headerTable);
		if (lineTable === undefined) return [];
		const table = this.table(lineTable);
		return [...(this.linesByParent.get(`${headerTable}/${key}`) ?? [])]
			.map((line) => table.plain.get(line))
			.filter((line) => line !== undefined);
	}

	/** The payables account of a supplier, else of the company. */
	private payablesOf(supplier: PlainRow | undefined): PlainRow {
		const accounts = this.table('gl-accounts').plain;
		const own = accounts.get(String(supplier?.['GLAP']).toLowerCase());
		const payables = own ?? [...accounts.values()].find((account) => account['Type'] === 22);
		return payables ?? { ID: guidOf('payables'), Code: '1600', Description: 'Accounts payable' };
	}

	private derive(name: string, key: string, restamp: boolean): void {
		const row = this.table(name).plain.get(key);
		if (row === undefined) return;
		if (name === 'purchase-entries' && !this.ownTransactions) {
			const supplier = this.table('accounts').plain.get(String(row['Supplier']).toLowerCase());
			const lines = this.linesOf(name, key);
			for (const line of transactionLinesOf(row, lines, supplier, this.payablesOf(supplier))) {
				this.store('transaction-lines', line, true);
			}
		}
		if (name === 'payments' || name === 'receivables') {
			const lineType = name === 'payments' ? 22 : 20;
			this.store('payment-terms', paymentTermOf(row, lineType), restamp);
		}
		if (name === 'purchase-orders') {
			this.store('order-stream', orderStreamRowOf(row, undefined, new Map()), restamp);
		}
		if (name === 'purchase-order-lines') {
			const order = this.table('purchase-orders').plain.get(
				String(row['PurchaseOrderID']).toLowerCase(),
			);
			if (order === undefined) return;
			const costCenters = new Map(
				[...this.table('cost-centers').plain.values()].map((center): [string, string] => [
					String(center['Code']),
					String(center['ID']),
				]),
			);
			this.store('order-stream', orderStreamRowOf(order, row, costCenters), restamp);
		}
	}

	/** The rows that an endpoint pages over. */
	rows(name: string): Iterable<WireRow> {
		if (name === 'deleted') {
			const oldest = this.clock.now() - DELETE_LOG_MS;
			const table = this.table(name);
			return [...table.wire.values()].filter((row) => Number(row['DeletedDate']) >= oldest);
		}
		return this.table(name).wire.values();
	}

	get(name: string, key: string): PlainRow | undefined {
		const row = this.table(name).plain.get(key.toLowerCase());
		return row === undefined ? undefined : { ...row };
	}

	list(name: string): PlainRow[] {
		return [...this.table(name).plain.values()].map((row) => ({ ...row }));
	}

	wireRow(name: string, key: string): WireRow | undefined {
		return this.table(name).wire.get(key.toLowerCase());
	}

	private nowIso(): string {
		return new Date(this.clock.now()).toISOString();
	}

	private touchParent(name: string, row: PlainRow, touch: boolean): void {
		const parent = PARENTS[name];
		if (!parent) return;
		const key = String(row[parent.foreignKey]).toLowerCase();
		const header = this.table(parent.table).plain.get(key);
		if (header === undefined) return;
		if (touch) this.store(parent.table, { ...header, Modified: this.nowIso() }, true);
		// The ledger transaction of a purchase entry changes with its lines either way.
		if (touch || parent.table === 'purchase-entries') this.derive(parent.table, key, touch);
	}

	add(name: string, row: PlainRow, options: EditOptions = {}): void {
		const fields = TABLE_FIELDS.get(name);
		const now = this.nowIso();
		const full: PlainRow = { ...row };
		if (fields?.has('Modified') && full['Modified'] === undefined) full['Modified'] = now;
		if (fields?.has('Created') && full['Created'] === undefined) full['Created'] = now;
		if (fields?.has('Division') && full['Division'] === undefined) full['Division'] = this.code;
		this.store(name, full, true);
		this.derive(name, String(full[this.keyOf(name)]).toLowerCase(), true);
		this.touchParent(name, full, options.touchHeader ?? true);
	}

	edit(name: string, key: string, changes: PlainRow, options: EditOptions = {}): void {
		const row = this.table(name).plain.get(key.toLowerCase());
		if (row === undefined) throw new Error(`no row ${key} in ${name}`);
		const edited: PlainRow = { ...row, ...changes };
		if (
			options.touch !== false &&
			changes['Modified'] === undefined &&
			TABLE_FIELDS.get(name)?.has('Modified')
		) {
			edited['Modified'] = this.nowIso();
		}
		this.store(name, edited, true);
		this.derive(name, key.toLowerCase(), true);
		this.touchParent(name, edited, options.touchHeader ?? true);
	}

	delete(name: string, key: string, options: EditOptions = {}): void {
		const lower = key.toLowerCase();
		const table = this.table(name);
		const row = table.plain.get(lower);
		if (row === undefined) throw new Error(`no row ${key} in ${name}`);
		for (const line of this.linesOf(name, lower)) {
			const lineTable = Object.keys(PARENTS).find((child) => PARENTS[child]?.table === name);
			if (lineTable) this.delete(lineTable, String(line['ID']), { touchHeader: false });
		}
		this.remove(name, lower);
		if (name === 'purchase-entries') this.remove('transaction-lines', guidOf('transaction', lower));
		if (name === 'purchase-entry-lines') this.remove('transaction-lines', lower);
		if (name === 'payments' || name === 'receivables') this.removeQuietly('payment-terms', lower);
		if (name === 'purchase-orders' || name === 'purchase-order-lines') {
			this.removeQuietly('order-stream', lower);
		}
		const parent = PARENTS[name];
		if (parent) {
			this.linesByParent
				.get(`${parent.table}/${String(row[parent.foreignKey]).toLowerCase()}`)
				?.delete(lower);
			this.touchParent(name, row, options.touchHeader ?? true);
		}
	}

	private removeQuietly(name: string, key: string): void {
		this.table(name).plain.delete(key);
		this.table(name).wire.delete(key);
		this.revision += 1;
	}

	private remove(name: string, key: string): void {
		if (!this.table(name).plain.has(key)) return;
		this.removeQuietly(name, key);
		const entityType = DELETED_ENTITY_TYPES[name];
		if (entityType === undefined) return;
		this.store(
			'deleted',
			{
				ID: guidOf('deleted', name, key, String(this.lastTimestamp)),
				DeletedDate: this.nowIso(),
				Division: this.code,
				EntityKey: key,
				EntityType: entityType,
			},
			true,
		);
	}

	/** Exact moved the division to another database: every rowversion is new, old cursors mean nothing. */
	move(): void {
		this.division['DivisionMoveDate'] = this.nowIso();
		this.lastTimestamp = 1000n;
		for (const [name, table] of this.tables) {
			if (!TABLE_FIELDS.get(name)?.has('Timestamp')) continue;
			for (const row of [...table.plain.values()]) this.store(name, row, true);
		}
		this.storeDivision();
	}

	/** For `SyncTimestamp`: the highest rowversion of the rows that were last changed before the date. */
	timestampBefore(name: string, wallClockMs: number): bigint {
		let highest = 1n;
		for (const row of this.table(name).wire.values()) {
			const stamp = row['Timestamp'];
			const modified = row['Modified'];
			if (typeof stamp !== 'bigint' || typeof modified !== 'number') continue;
			if (modified < wallClockMs && stamp > highest) highest = stamp;
		}
		return highest;
	}
}
