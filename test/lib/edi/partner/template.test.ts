import { documentPathProblem } from '../../../../lib/edi/partner/documentPaths';
import { parseCondition, parseTemplate } from '../../../../lib/edi/partner/template';

const scope = {
	number: 'INV-1',
	date: '2017-03-06',
	total: '1234.5',
	rate: '21',
	paid: true,
	count: 3,
	supplier: { code: '60032', address: { lines: ['Havenweg 12', 'Gate B'] } },
	line: { description: 'Paper' },
};

const render = (source: string) => parseTemplate(source).render(scope);

test.each([
	['plain text', 'plain text'],
	['{number}', 'INV-1'],
	['{supplier.code}/{line.description}', '60032/Paper'],
	['{supplier.address.lines[1]}', 'Gate B'],
	['{count}{paid}', '3true'],
	['{missing}{supplier.missing.deeper}{supplier}', ''],
	['{{{number}}}', '{INV-1}'],
	['{date|date:YYMMDD}', '170306'],
	['{date|date:DD/MM/YYYY}', '06/03/2017'],
	['{number|date:YYYY}', 'INV-1'],
	['{number|lower}', 'inv-1'],
	['{number|alphanumeric|lower}', 'inv1'],
	['{number|digits|pad:4}', '0001'],
	['{supplier.code|left:2}-{supplier.code|right:2}{supplier.code|right:0}', '60-32'],
	['{missing|default:none|upper}', 'NONE'],
	['{number|default:none}', 'INV-1'],
	['{total|decimals:2} {total|decimals:0} {total|implied:2}', '1234.50 1235 123450'],
	['{rate|fraction} {rate|negate}', '0.21 -21'],
	['{number|decimals:2}', 'INV-1'],
])('%s', (source, expected) => {
	expect(render(source)).toBe(expected);
});

test.each([
	['{number', /no "}"/],
	['number}', /no "{"/],
	['{}', /not a field/],
	['{a b}', /not a field/],
	['{number|shout}', /no format "shout"; known are upper/],
	['{number|constructor}', /no format "constructor"/],
	['{number|left}', /needs a whole number/],
	['{number|upper:2}', /takes no argument/],
	['{date|date:today}', /pattern of YYYY/],
	['{number|default}', /needs an argument/],
])('%s is refused', (source, message) => {
	expect(() => parseTemplate(source)).toThrow(
		expect.objectContaining({ code: 'SYNTAX_INVALID_TEMPLATE' }),
	);
	expect(() => parseTemplate(source)).toThrow(message);
});

test('a template knows what it reads', () => {
	expect(parseTemplate('a{number}b{line.description|upper}').paths).toEqual([
		'number',
		'line.description',
	]);
	expect(parseTemplate('constant').constant).toBe(true);
	expect(parseTemplate('{number}').constant).toBe(false);
});

test.each([
	['', true],
	['number', true],
	['missing', false],
	['!missing', true],
	['!number', false],
	['number = INV-1', true],
	["number = 'INV-1'", true],
	['number != INV-1', false],
	['missing != x', true],
	['date|date:YYYY = 2017 and supplier.code', true],
	['number and missing', false],
])('condition "%s" is %s', (source, expected) => {
	expect(parseCondition(source).holds(scope)).toBe(expected);
});

describe('paths over documents', () => {
	test.each([
		['supplier.vatNumber', 'invoice', false],
		['lines[0].glAccount.code', 'invoice', false],
		['line.glAccount.code', 'invoice', true],
		['line.invoiceNumber', 'remittance', true],
		['custom.anything.at.all', 'purchaseOrder', false],
	] as const)('%s is a path', (path, type, withLine) => {
		expect(documentPathProblem(path, type, withLine)).toBeUndefined();
	});

	test.each([
		['suplier.vatNumber', 'invoice', false, /no field "suplier\.vatNumber".*known are/],
		['line.glAccount.code', 'invoice', false, /field of a line/],
		['line.invoiceNumber', 'invoice', true, /no field/],
		['date.year', 'invoice', false, /no field "date\.year"/],
		['lines.number', 'invoice', false, /known are \[0\]/],
		['constructor', 'invoice', false, /no field/],
	] as const)('%s is not', (path, type, withLine, message) => {
		expect(documentPathProblem(path, type, withLine)).toMatch(message);
	});
});
