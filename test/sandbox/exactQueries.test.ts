import { DIVISION, guid, startHarness } from './support/client';
import type { Harness } from './support/client';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness({ entries: 130, limits: { minutely: 1000, errorsPerHour: 1000 } });
});
afterAll(() => harness.close());

const ENTRIES = 'purchaseentry/PurchaseEntries';
const filtered = (filter: string, select = 'EntryNumber') =>
	harness.get(`${ENTRIES}?$select=${select}&$filter=${encodeURIComponent(filter)}`);

describe('pages', () => {
	test('60 rows and an absolute __next that carries select, filter and a skip token', async () => {
		const first = await filtered('Status eq 20');
		expect(first.rows).toHaveLength(60);
		expect(first.next).toMatch(new RegExp(`^${harness.simulator.url}/api/v1/${DIVISION}/`));
		const query = new URL(first.next ?? '').searchParams;
		expect(query.get('$select')).toBe('EntryNumber');
		expect(query.get('$filter')).toBe('Status eq 20');
		expect(query.get('$skiptoken')).toMatch(/^guid'/);
		const second = await harness.get(first.next ?? '');
		const third = await harness.get(second.next ?? '');
		expect(third.rows).toHaveLength(10);
		expect(third.next).toBeUndefined();
		const numbers = [first, second, third].flatMap(({ rows }) =>
			rows.map((row) => row.EntryNumber),
		);
		expect(new Set(numbers).size).toBe(130);
	});

	test('a token still works when rows before it are gone', async () => {
		const { next } = await filtered('Status eq 20');
		harness.clock.advance(3_600_000);
		harness.login();
		expect((await harness.get(next ?? '')).status).toBe(200);
	});

	test('sync pages hold 1000 rows in the order of Timestamp', async () => {
		const { rows, next } = await harness.get(
			'sync/Financial/TransactionLines?$select=Timestamp,LineNumber&$filter=Timestamp gt 1L',
		);
		expect(rows).toHaveLength(390);
		expect(next).toBeUndefined();
		const stamps = rows.map((row) => BigInt(row.Timestamp));
		expect(stamps).toEqual([...stamps].sort((a, b) => (a < b ? -1 : 1)));
		expect(new Set(stamps).size).toBe(390);
	});

	test('$top stops over pages, and does nothing on sync endpoints', async () => {
		const first = await harness.get(`${ENTRIES}?$select=EntryID&$top=70`);
		expect(first.rows).toHaveLength(60);
		const second = await harness.get(first.next ?? '');
		expect(second.rows).toHaveLength(10);
		expect(second.next).toBeUndefined();
		const sync = await harness.get('sync/Financial/TransactionLines?$select=ID&$top=5');
		expect(sync.rows).toHaveLength(390);
	});

	test('$skip is not supported', async () => {
		expect((await harness.get(`${ENTRIES}?$select=EntryID&$skip=60`)).status).toBe(400);
	});

	test('$orderby pages without losing or repeating a row', async () => {
		const seen: number[] = [];
		let next: string | undefined = `${ENTRIES}?$select=EntryNumber&$orderby=EntryNumber desc`;
		while (next !== undefined) {
			const page: Awaited<ReturnType<Harness['get']>> = await harness.get(next);
			seen.push(...page.rows.map((row) => row.EntryNumber));
			next = page.next;
		}
		expect(seen).toEqual(Array.from({ length: 130 }, (_, i) => 230 - i));
	});

	test('$inlinecount and $count', async () => {
		const { body } = await harness.get(`${ENTRIES}?$select=EntryID&$inlinecount=allpages&$top=1`);
		expect(body?.d).toMatchObject({ __count: '130' });
		const count = await harness.get(`${ENTRIES}/$count`, { headers: { Accept: '*/*' } });
		expect(count.text).toBe('130');
		expect((await harness.get(`${ENTRIES}/$count`)).status).toBe(415);
	});
});

describe('what a request has to say', () => {
	test('$select or $top=1 where it is mandatory', async () => {
		const refused = await harness.get(ENTRIES);
		expect(refused.status).toBe(400);
		expect(refused.message).toBe('Please add a $select or a $top=1 statement to the query string.');
		expect((await harness.get(`${ENTRIES}?$top=1`)).rows).toHaveLength(1);
		expect((await harness.get('bulk/Financial/GLAccounts')).status).toBe(400);
	});

	test('a filter on one of the named fields where filtering is mandatory', async () => {
		const refused = await harness.get('crm/Accounts?$select=ID');
		expect(refused.status).toBe(400);
		expect(refused.message).toMatch(
			/^This endpoint has mandatory filtering applied\..*in the url:ID,/,
		);
		const wrongField = await harness.get("crm/Accounts?$select=ID&$filter=GlnNumber eq '1'");
		expect(wrongField.status).toBe(400);
		expect(
			(await harness.get('crm/Accounts?$select=ID&$filter=IsSupplier eq true')).rows,
		).toHaveLength(1);
	});

	test('nothing but Timestamp may be filtered on sync endpoints', async () => {
		const refused = await harness.get("sync/CRM/Accounts?$select=ID&$filter=Code eq 'x'");
		expect(refused.status).toBe(400);
		expect(refused.message).toBe('Filtering on these fields is not supported: Code');
	});

	test('bulk payments cannot be filtered by Modified', async () => {
		const refused = await harness.get(
			"bulk/Cashflow/Payments?$select=ID&$filter=Modified ge datetime'2026-01-01T00:00:00'",
		);
		expect(refused.message).toBe('Filtering on these fields is not supported: Modified');
	});

	test('an empty filter is refused', async () => {
		expect((await harness.get(`${ENTRIES}?$select=EntryID&$filter=`)).message).toBe(
			'This $filter parameter is not supported for this resource',
		);
	});

	test('an unknown field in $select is named, and * is refused on the order stream', async () => {
		const refused = await harness.get(`${ENTRIES}?$select=EntryID,SupplierCode`);
		expect(refused.status).toBe(400);
		expect(refused.message).toContain("Could not find a property named 'SupplierCode'");
		expect((await harness.get('sync/PurchaseOrder/PurchaseOrders?$select=*')).status).toBe(400);
	});

	test('paths are case-sensitive, and unknown ones are 404', async () => {
		expect((await harness.get('hrm/CostCenters?$select=ID')).status).toBe(404);
		expect((await harness.get('hrm/Costcenters?$select=ID')).rows).toHaveLength(1);
	});

	test('without Accept: application/json the answer is Atom; application/xml is refused', async () => {
		const atom = await harness.get(`${ENTRIES}?$select=EntryID`, { headers: { Accept: '*/*' } });
		expect(atom.headers.get('content-type')).toContain('application/atom+xml');
		const xml = await harness.get(`${ENTRIES}?$select=EntryID`, {
			headers: { Accept: 'application/xml' },
		});
		expect(xml.status).toBe(415);
	});

	test('an address of more than 6000 characters is refused', async () => {
		const long = await harness.get(`${ENTRIES}?$select=EntryID&x=${'a'.repeat(6000)}`);
		expect(long.status).toBe(414);
	});
});

describe('filters', () => {
	test.each<[filter: string, expected: number]>([
		['EntryNumber eq 101', 1],
		['EntryNumber eq 101L', 1],
		['EntryNumber ge 228', 3],
		['EntryNumber gt 228 and EntryNumber lt 230', 1],
		['EntryNumber eq 101 or EntryNumber eq 102 and Status eq 50', 1],
		['(EntryNumber eq 101 or EntryNumber eq 102) and Status eq 20', 2],
		['not (EntryNumber gt 102)', 2],
		[`EntryID eq guid'${guid(7)}'`, 1],
		["YourRef eq 'INV-3'", 1],
		['YourRef eq null', 1],
		["substringof('INV-12',YourRef)", 11],
		["startswith(YourRef,'INV-130') eq true", 1],
		["endswith(YourRef,'-77')", 1],
		["trim(YourRef) eq 'INV-9'", 1],
		['AmountFC eq 12.1', 60],
		["SupplierName eq 'O''Brien & Co'", 60],
		["EntryDate eq datetime'2026-03-29T00:00:00'", 60],
		['Type ne 30', 26],
	])('%s', async (filter, expected) => {
		const { status, rows, message } = await filtered(filter);
		expect([status, message, rows.length]).toEqual([200, '', expected]);
	});

	test.each<[filter: string, message: string]>([
		['EntryID eq 5', "Operator 'eq' incompatible with operand types 'System.Guid' and 'System.Int32' at position 8."],
		["EntryNumber eq '5'", "Operator 'eq' incompatible with operand types 'System.Int32' and 'System.String' at position 12."],
		[`EntryID gt guid'${guid(1)}'`, "Operator 'gt' incompatible with operand types 'System.Guid' and 'System.Guid' at position 8."],
		['Nonsense eq 5', "No property 'Nonsense' exists in type 'Exact.Web.Api.Models.purchaseentry.PurchaseEntries' at position 0."],
		["EntryID eq guid'xyz'", "Unrecognized 'Edm.Guid' literal 'guid'xyz'' at '11' in 'EntryID eq guid'xyz''."],
		["Modified ge datetime'yesterday'", "Unrecognized 'Edm.DateTime' literal 'datetime'yesterday'' at '12' in 'Modified ge datetime'yesterday''."],
		['Status eq', "Syntax error at position 9 in 'Status eq'."],
		['(Status eq 20', "Syntax error at position 13 in '(Status eq 20'."],
		["YourRef eq 'open", "Unterminated string literal at position 16 in 'YourRef eq 'open'."],
		['EntryNumber eq Status', 'Comparing a field with another field is not supported.'],
		["PurchaseEntryLines/GLAccountCode eq '4000'", 'Filtering on navigation properties is not supported.'],
	])('%s is refused', async (filter, message) => {
		const refused = await filtered(filter);
		expect([refused.status, refused.message]).toEqual([400, message]);
	}); // prettier-ignore

	test('twenty terms fit into the node limit, twenty-one do not', async () => {
		const terms = (count: number) =>
			Array.from({ length: count }, (_, i) => `EntryID eq guid'${guid(i + 1)}'`).join(' or ');
		expect((await filtered(terms(20))).rows).toHaveLength(20);
		const refused = await filtered(terms(21));
		expect(refused.status).toBe(400);
		expect(refused.message).toContain("The node count limit of '100' has been exceeded.");
	});

	test('an account code is found with its padding only, or trimmed by the server', async () => {
		const by = (filter: string) =>
			harness.get(`crm/Accounts?$select=Code&$filter=${encodeURIComponent(filter)}`);
		expect((await by("Code eq '1001'")).rows).toHaveLength(0);
		expect((await by("Code eq '              1001'")).rows[0]?.Code).toBe('              1001');
		expect((await by("trim(Code) eq '1001'")).rows).toHaveLength(1);
	});
});

describe('values', () => {
	test('dates are the wall-clock of Amsterdam as if it were UTC, over a change to summer time', async () => {
		const { rows } = await filtered('EntryNumber le 102', 'EntryNumber,EntryDate,Modified');
		const ms = (text: unknown) => Number(/^\/Date\((\d+)\)\/$/.exec(String(text))?.[1]);
		const iso = (n: number, field: string) =>
			new Date(ms(rows.find((row) => row.EntryNumber === n)?.[field])).toISOString();
		// 00:30Z is 01:30 in winter time; 01:30Z is 03:30 in summer time.
		expect(iso(101, 'Modified')).toBe('2026-03-29T01:30:00.000Z');
		expect(iso(102, 'Modified')).toBe('2026-03-29T03:30:00.000Z');
		expect(iso(101, 'EntryDate')).toBe('2026-03-29T00:00:00.000Z');
	});

	test('filters on dates compare with the wall-clock', async () => {
		const { rows } = await filtered(
			"Modified ge datetime'2026-03-29T03:30:00' and EntryNumber le 104",
		);
		expect(rows.map((row) => row.EntryNumber).sort()).toEqual([102, 104]);
	});

	test('Int64 is in quotes, a missing field is null, every row has __metadata', async () => {
		const sync = await harness.get(
			'sync/CRM/Accounts?$select=Timestamp,VATNumber&$filter=Timestamp gt 1L',
		);
		expect(typeof sync.rows[0]?.Timestamp).toBe('string');
		expect(sync.rows[0]?.VATNumber).toBeNull();
		expect(sync.rows[0]?.__metadata.uri).toContain(`(${sync.rows[0]?.Timestamp}L)`);
	});

	test('lines of an entry by key; a collection that is not expanded is deferred', async () => {
		const lines = await harness.get(
			`${ENTRIES}(guid'${guid(3)}')/PurchaseEntryLines?$select=LineNumber`,
		);
		expect(lines.rows.map((row) => row.LineNumber).sort()).toEqual([1, 2]);
		const { body } = await harness.get(`${ENTRIES}(guid'${guid(3)}')`);
		expect(body?.d).toMatchObject({ EntryNumber: 103 });
		expect(JSON.stringify(body?.d)).toMatch(
			/"PurchaseEntryLines":\{"__deferred":\{"uri":"[^"]*\/PurchaseEntryLines"/,
		);
	});

	test('a few endpoints answer a bare array', async () => {
		const { body } = await harness.get('system/GetMostRecentlyUsedDivisions?$select=Code');
		expect(Array.isArray(body?.d)).toBe(true);
	});

	test('where sources disagree: UTC dates and ISO dates as options', async () => {
		const other = await startHarness({ dates: 'utc', isoDateEndpoints: [ENTRIES] });
		const { rows } = await other.get(`${ENTRIES}?$select=Modified&$filter=EntryNumber eq 101`);
		await other.close();
		expect(rows[0]?.Modified).toBe('2026-03-29T00:30:00');
	});
});
