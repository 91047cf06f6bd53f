import type { Reader } from '../../../lib/exact';
import {
	anyPathOf,
	attachmentFileName,
	attachmentUrl,
	findGone,
	mimeTypeOf,
	RESOURCES,
	safeFileName,
} from '../../../lib/exact';

const code = (value: string) => expect.objectContaining({ code: value }) as unknown as Error;

test('the bytes of an attachment are asked for at the own host only, through a proxy too', () => {
	const given = 'https://start.exactonline.nl/docs/SysAttachment.aspx?ID=1&_Division_=2';
	const path = '/docs/SysAttachment.aspx?ID=1&_Division_=2';
	expect(attachmentUrl(given, 'https://start.exactonline.nl')).toBe(given);
	expect(attachmentUrl(given, 'https://proxy.example/exact')).toBe(
		`https://proxy.example/exact${path}`,
	);
	for (const foreign of ['https://evil.example/steal?x=1', 'http://', 'javascript:alert(1)']) {
		expect(() => attachmentUrl(foreign, 'https://start.exactonline.nl')).toThrow(
			code('EXACT_ATTACHMENT_ADDRESS'),
		);
	}
});

test.each([
	['invoice 7.pdf', '{name}', 'invoice_7.pdf'],
	['SCAN.PDF', '{number}-{n}', 'INV_1-3.pdf'],
	['../../etc/passwd', '{name}', 'etc_passwd'],
	['no extension', '', 'no_extension'],
	['a.pdf', '{number}.pdf', 'INV_1.pdf'],
	['CON.txt', '{name}', '_CON.txt'],
	['çédille\u0000.xml', '{name}', 'cedille.xml'],
])('%j by the pattern %j is %j', (own, pattern, name) => {
	expect(attachmentFileName(pattern, own, { number: 'INV/1', ordinal: 3 })).toBe(name);
});

test('a name that has nothing to keep, and types by name', () => {
	expect(safeFileName('///')).toBe('attachment');
	expect(mimeTypeOf('a.PDF')).toBe('application/pdf');
	expect(mimeTypeOf('a')).toBe('application/octet-stream');
});

test('a path that leads out of the division is refused, a good one is written anew', () => {
	expect(() => anyPathOf('../1/crm/Accounts')).toThrow(code('EXACT_PATH_REFUSED'));
	expect(anyPathOf("crm/Accounts?$select=ID&$filter=Name eq 'A'")).toBe(
		"crm/Accounts?$select=ID&$filter=Name%20eq%20'A'",
	);
});

test('nothing is said to be gone where Exact does not confirm the right', async () => {
	const reader = {
		division: 1,
		async *pages() {
			yield { rows: [] };
		},
		confirmRight: async () => false,
	} as unknown as Reader;
	const key = '8f14e45f-ceea-467f-9c4b-1d2a3b4c5d6e';
	await expect(findGone(reader, RESOURCES.purchaseEntry, [key])).rejects.toEqual(
		code('EXACT_RIGHTS_UNKNOWN'),
	);
});
