/**
 * n8n's Data Tables in memory, with the behaviour that decides the ledger's rules: names match as
 * substrings and the newest table wins, unknown columns and a full store are refused, upsert is
 * update-then-insert, nothing is unique. test/e2e runs the same templates on the real tables.
 */
type Row = Record<string, unknown> & { id: number };

interface Filter {
	type: 'and' | 'or';
	filters: { columnName: string; condition: string; value: unknown }[];
}

interface Table {
	id: string;
	name: string;
	columns: { name: string; type: string; index: number }[];
	rows: Row[];
	nextRowId: number;
}

function comparable(value: unknown): string | number | null {
	if (value === undefined || value === null) return null;
	if (value instanceof Date) return value.getTime();
	return typeof value === 'number' ? value : String(value);
}

function conditionHolds(row: Row, columnName: string, condition: string, wanted: unknown): boolean {
	const isTime = columnName === 'createdAt' || columnName === 'updatedAt';
	const value = isTime ? Date.parse(String(row[columnName])) : comparable(row[columnName]);
	const other = comparable(wanted);
	switch (condition) {
		case 'eq':
			return other === null ? value === null : value !== null && String(value) === String(other);
		case 'neq':
			return other === null ? value !== null : String(value) !== String(other);
		case 'isEmpty':
			return value === null || value === '';
		case 'isNotEmpty':
			return value !== null && value !== '';
		case 'like':
			return value !== null && String(value).includes(String(other).replaceAll('%', ''));
	}
	if (value === null || other === null) return false;
	const numeric = typeof value === 'number';
	const left = numeric ? value : String(value);
	const right = numeric ? Number(other) : String(other);
	switch (condition) {
		case 'lt':
			return left < right;
		case 'lte':
			return left <= right;
		case 'gt':
			return left > right;
		case 'gte':
			return left >= right;
		default:
			throw new Error(`The test tables do not know the condition ${condition}`);
	}
}

function matches(row: Row, filter: Filter | undefined): boolean {
	if (filter === undefined || filter.filters.length === 0) return true;
	const results = filter.filters.map((one) =>
		conditionHolds(row, one.columnName, one.condition, one.value),
	);
	return filter.type === 'and' ? results.every(Boolean) : results.some(Boolean);
}

export class DataTables {
	private readonly tables: Table[] = [];

	/** When true, writes are refused as n8n does at its size cap; deleting still works. */
	full = false;

	/** Called before each upsert: what another run does at this moment. */
	beforeUpsert: ((data: Record<string, unknown>) => void) | undefined;

	constructor(private readonly now: () => Date = () => new Date()) {}

	/** Rows of the table with exactly this name. */
	rows(name: string): Row[] {
		return this.tables.find((table) => table.name === name)?.rows ?? [];
	}

	/** Puts a row in, as a person or an earlier run would have. */
	insert(name: string, row: Record<string, unknown>): void {
		const table = this.tables.find((one) => one.name === name);
		if (table === undefined) throw new Error(`There is no table ${name}`);
		const time = this.now().toISOString();
		table.rows.push({ ...row, id: table.nextRowId, createdAt: time, updatedAt: time });
		table.nextRowId += 1;
	}

	/** For `additionalData` of `runWorkflow`. */
	get additionalData(): Record<string, unknown> {
		return {
			'data-table': {
				dataTableProxyProvider: {
					getDataTableAggregateProxy: async () => this.aggregate(),
					getDataTableProxy: async (_workflow: unknown, _node: unknown, id: string) =>
						this.table(id),
				},
			},
		};
	}

	private aggregate() {
		return {
			getProjectId: () => 'project',
			getManyAndCount: async ({
				filter,
				skip = 0,
				take,
			}: {
				filter?: { name?: string };
				skip?: number;
				take?: number;
			}) => {
				const wanted = filter?.name?.toLowerCase();
				const found = [...this.tables]
					.reverse()
					.filter((table) => wanted === undefined || table.name.toLowerCase().includes(wanted));
				const data = found.slice(skip, take === undefined ? undefined : skip + take);
				return {
					count: found.length,
					data: data.map(({ id, name, columns }) => ({ id, name, columns })),
				};
			},
			createDataTable: async ({ name, columns }: { name: string; columns: Table['columns'] }) => {
				if (this.tables.some((table) => table.name === name)) {
					throw new Error(`Data table with name '${name}' already exists in this project`);
				}
				const table: Table = {
					id: `table-${this.tables.length + 1}`,
					name,
					columns,
					rows: [],
					nextRowId: 1,
				};
				this.tables.push(table);
				return { id: table.id, name, columns };
			},
		};
	}

	private table(id: string) {
		const table = this.tables.find((one) => one.id === id);
		if (table === undefined) throw new Error(`Could not find the data table: '${id}'`);
		const check = (data: Record<string, unknown>) => {
			if (this.full) throw new Error('Data table size limit exceeded');
			for (const name of Object.keys(data)) {
				if (!table.columns.some((column) => column.name === name)) {
					throw new Error(`unknown column name '${name}'`);
				}
			}
		};
		const stamp = () => this.now().toISOString();
		const insert = (data: Record<string, unknown>): Row => {
			check(data);
			const row: Row = {
				...Object.fromEntries(table.columns.map((column) => [column.name, null])),
				...data,
				id: table.nextRowId,
				createdAt: stamp(),
				updatedAt: stamp(),
			};
			table.nextRowId += 1;
			table.rows.push(row);
			return { ...row };
		};
		const update = (data: Record<string, unknown>, filter: Filter): Row[] => {
			check(data);
			return table.rows
				.filter((row) => matches(row, filter))
				.map((row) => ({ ...Object.assign(row, data, { updatedAt: stamp() }) }));
		};
		return {
			getColumns: async () => table.columns,
			getManyRowsAndCount: async ({
				filter,
				skip = 0,
				take,
				sortBy,
			}: {
				filter?: Filter;
				skip?: number;
				take?: number;
				sortBy?: [string, 'ASC' | 'DESC'];
			}) => {
				const found = table.rows.filter((row) => matches(row, filter)).map((row) => ({ ...row }));
				if (sortBy !== undefined) {
					const [column, direction] = sortBy;
					const sign = direction === 'ASC' ? 1 : -1;
					found.sort((a, b) => {
						const left = comparable(a[column]) ?? '';
						const right = comparable(b[column]) ?? '';
						return left < right ? -sign : left > right ? sign : 0;
					});
				}
				return {
					count: found.length,
					data: found.slice(skip, take === undefined ? undefined : skip + take),
				};
			},
			insertRows: async (rows: Record<string, unknown>[], returnType: 'all' | 'count' | 'id') => {
				const inserted = rows.map(insert);
				return returnType === 'count' ? { success: true, insertedRows: inserted.length } : inserted;
			},
			updateRows: async ({ data, filter }: { data: Record<string, unknown>; filter: Filter }) =>
				update(data, filter),
			upsertRow: async ({ data, filter }: { data: Record<string, unknown>; filter: Filter }) => {
				this.beforeUpsert?.(data);
				const updated = update(data, filter);
				return updated.length > 0 ? updated : [insert(data)];
			},
			deleteRows: async ({ filter }: { filter: Filter }) => {
				const gone = table.rows.filter((row) => matches(row, filter));
				table.rows = table.rows.filter((row) => !gone.includes(row));
				return gone;
			},
		};
	}
}
