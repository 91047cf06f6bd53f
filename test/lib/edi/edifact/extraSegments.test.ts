import { edifactEncoder } from '../../../../lib/edi/edifact';
import { fullInvoice, fullOrder, fullRemittance, minimalInvoice, settings } from './documents';
import { encode, issuesOf } from './encode';

type Extra = Readonly<Record<string, unknown>>;

function written(
	extra: Extra,
	document = fullInvoice as Parameters<typeof encode>[0][number],
	more: Extra = {},
): readonly string[] {
	return encode([document], { ...more, extraSegments: [extra] }).segments;
}

function failure(extra: Extra): unknown {
	try {
		edifactEncoder.normalizeProfile({ ...settings, extraSegments: [extra] });
	} catch (error) {
		const { code, path, message } = error as { code: string; path: string; message: string };
		return { code, path, message };
	}
	return 'accepted';
}

test('stand where the directory has them, whatever order they are given in', () => {
	const lines = encode([fullInvoice], {
		extraSegments: [
			{ level: 'summary', template: 'ALC+C' },
			{ level: 'line', template: 'FTX+LIN+++{line.glAccount.name}' },
			{ level: 'header', template: 'RFF+CT:{supplier.codeAtParty}' },
			{ level: 'header', template: 'DTM+35:{date|date:YYYYMMDD}:102' },
			{ level: 'header', template: 'RFF+IT:{supplier.codeAtParty}', within: 'NAD+BY' },
		],
	}).segments;
	const tags = lines.map((line) => line.slice(0, 6));
	expect(tags.indexOf('DTM+35')).toBe(tags.indexOf('DTM+13') + 1);
	expect(lines[tags.indexOf('RFF+PQ') + 1]).toBe('RFF+CT:K-4711');
	expect(lines[tags.indexOf('NAD+IV') - 1]).toBe('RFF+IT:K-4711');
	// Only the first line has a named account: nothing is sent for the other.
	expect(lines.filter((line) => line.startsWith('FTX+LIN'))).toEqual(['FTX+LIN+++Inkopen']);
	expect(lines.at(-3)).toBe('ALC+C');
});

test('only if the condition holds', () => {
	const extra = { level: 'header', template: 'RFF+CT:1', condition: 'kind = creditNote' };
	expect(written(extra)).not.toContain('RFF+CT:1');
	expect(written({ ...extra, condition: 'kind = invoice' })).toContain('RFF+CT:1');
});

test('only in the message they are for', () => {
	const extra = { message: 'ORDERS', level: 'header', template: 'RFF+CT:1' };
	expect(written(extra)).not.toContain('RFF+CT:1');
	expect(written(extra, fullOrder)).toContain('RFF+CT:1');
});

test('at the items of a remittance advice', () => {
	expect(
		written({ level: 'line', template: 'RFF+CT:{item.invoiceNumber}' }, fullRemittance),
	).toEqual(expect.arrayContaining(['RFF+CT:INV-1', 'RFF+CT:CN-2']));
});

test('data is released, the template itself may release', () => {
	expect(written({ level: 'header', template: 'RFF+CT:a?+b{number}' })).toContain(
		"RFF+CT:a?+b2017/0815?'A",
	);
});

test('data cannot add components or segments', () => {
	const document = { ...minimalInvoice, description: "x:y+z'RFF+CT:1" };
	expect(written({ level: 'header', template: 'RFF+CT:{description}' }, document)).toContain(
		"RFF+CT:x?:y?+z?'RFF?+CT?:1",
	);
});

test('a qualifier that the document lacks, and a text that is no date, refuse the document', () => {
	const missing = { level: 'header', template: 'RFF+{supplier.code}:{number}' };
	expect(issuesOf(minimalInvoice, { extraSegments: [missing] })).toMatchObject([
		{ code: 'EDIFACT_MISSING_VALUE', severity: 'error', path: 'supplier.code' },
	]);
	const noDate = { level: 'header', template: 'DTM+35:{number}:102' };
	expect(issuesOf(minimalInvoice, { extraSegments: [noDate] })).toMatchObject([
		{ code: 'EDIFACT_INVALID_VALUE', severity: 'error', path: 'number', received: 'INV-1' },
	]);
});

test('a value that does not fit refuses the document, not the run', () => {
	const document = { ...minimalInvoice, description: 'x'.repeat(40) };
	expect(
		issuesOf(document, { extraSegments: [{ level: 'header', template: 'RFF+CT:{description}' }] }),
	).toMatchObject([{ code: 'EDIFACT_VALUE_TOO_LONG', path: 'description' }]);
});

test.each([
	['an unknown segment', { level: 'header', template: 'XYZ+1' }, 'no segment "XYZ"'],
	['a segment of another place', { level: 'line', template: 'BUS+1:1' }, 'no place'],
	[
		'a segment the message does not have there',
		{ level: 'header', message: 'INVOIC', template: 'SCC+1' },
		'no place',
	],
	[
		'a code that is none',
		{ level: 'header', template: 'RFF+QQQ:1' },
		'"QQQ" is not a code of 1153',
	],
	['a component too many', { level: 'header', template: 'RFF+CT:1:2:3:{number}' }, '4 components'],
	['an element too many', { level: 'header', template: 'RFF+CT:1+{number}' }, '1 elements'],
	['a text too long', { level: 'header', template: `RFF+CT:${'x'.repeat(36)}` }, '35'],
	['a missing qualifier', { level: 'header', template: 'RFF+:{number}' }, 'needs 1153'],
	['a segment of ours', { level: 'header', template: 'UNT+1' }, 'by the encoder itself'],
	['an unknown message', { level: 'header', message: 'DESADV', template: 'RFF+CT:1' }, 'DESADV'],
	['an unknown level', { level: 'footer', template: 'RFF+CT:1' }, 'level'],
	[
		'a group that is none',
		{ level: 'header', within: 'QTY+1', template: 'RFF+CT:1' },
		'no loop or group',
	],
])('%s is refused while the settings are read', (_, extra, words) => {
	expect(failure(extra)).toMatchObject({
		code: 'EDIFACT_INVALID_EXTRA_SEGMENT',
		message: expect.stringContaining(words) as unknown,
	});
});

test('a template that is none is refused too', () => {
	expect(failure({ level: 'header', template: 'RFF+CT:{number' })).toMatchObject({
		code: 'SYNTAX_INVALID_TEMPLATE',
	});
});
