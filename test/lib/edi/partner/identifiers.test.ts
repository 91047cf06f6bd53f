import type { BusinessDocument, Invoice, Remittance } from '../../../../lib/documents';
import { edifactEncoder } from '../../../../lib/edi/edifact';
import { identifierConflicts } from '../../../../lib/edi/partner';
import type { InterchangeEncoder } from '../../../../lib/edi/partner';
import { x12Encoder } from '../../../../lib/edi/x12';
import type { Issue } from '../../../../lib/errors';
import { envelope, invoice, purchaseOrder, remittance } from '../x12/documents';

const CHANGED = { X12: 'X12_IDENTIFIER_CHANGED', EDIFACT: 'EDIFACT_IDENTIFIER_CHANGED' } as const;

type Json = Readonly<Record<string, unknown>>;

const IDS = { senderId: 'SENDER', receiverId: 'RECEIVER' };

interface StandardCase {
	readonly encoder: InterchangeEncoder<unknown>;
	/** Settings whose files cannot hold the awkward character. */
	readonly narrow: Json;
	readonly awkward: string;
	readonly replaced: string;
	readonly prefix: string;
}

/** The same cases over both standards: an identifier is sent as it is, or not at all. */
const STANDARDS: readonly (readonly [string, StandardCase])[] = [
	[
		'X12, a delimiter',
		{
			encoder: x12Encoder,
			// Agreed with the partner, so no others may be picked.
			narrow: { elementSeparator: '*' },
			awkward: '*',
			replaced: ' ',
			prefix: 'X12',
		},
	],
	[
		'X12, a letter of another alphabet',
		{ encoder: x12Encoder, narrow: {}, awkward: 'É', replaced: 'E', prefix: 'X12' },
	],
	[
		'X12, a small letter in the basic set',
		{
			encoder: x12Encoder,
			narrow: { characterSet: 'basic' },
			awkward: 'a',
			replaced: 'A',
			prefix: 'X12',
		},
	],
	[
		'EDIFACT, a letter of another alphabet',
		{
			encoder: edifactEncoder,
			narrow: { characterSet: 'UNOB' },
			awkward: 'É',
			replaced: 'E',
			prefix: 'EDIFACT',
		},
	],
];

const line = {
	number: 1,
	quantity: '1',
	unit: 'EA',
	unitPrice: '100',
	netAmount: '100.00',
	tax: { code: '2', percentage: '21', amount: '21.00' },
};

function prepare({ encoder, narrow }: StandardCase, document: BusinessDocument, more: Json = {}) {
	return encoder.prepare(document, encoder.normalizeProfile({ ...IDS, ...narrow, ...more }));
}

function issuesOf(one: StandardCase, document: BusinessDocument, more: Json = {}): Issue[] {
	const result = prepare(one, document, more);
	const issues = result.ok ? result.prepared.warnings : result.issues;
	// The basic set has no @ for the supplier's e-mail address.
	return issues.filter(({ code }) => code !== 'X12_VALUE_LEFT_OUT');
}

function textOf(one: StandardCase, document: BusinessDocument, more: Json = {}): string {
	const { encoder, narrow } = one;
	const profile = encoder.normalizeProfile({ ...IDS, ...narrow, ...more });
	const result = encoder.prepare(document, profile);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return Buffer.from(encoder.assemble([result.prepared], profile, envelope).bytes).toString(
		'latin1',
	);
}

const numbered = (number: string): Invoice => ({ ...invoice, number, supplierNumber: number });

describe.each(STANDARDS)('%s', (_name, one) => {
	const { awkward, replaced, prefix } = one;
	const bad = `INV${awkward}1`;

	const documents: readonly (readonly [string, BusinessDocument, string])[] = [
		['an invoice number', { ...numbered(bad) }, 'number'],
		['an own number', { ...invoice, ownNumber: bad }, 'ownNumber'],
		['an order number', { ...invoice, purchaseOrderNumber: bad }, 'purchaseOrderNumber'],
		['a payment reference', { ...invoice, paymentReference: bad }, 'paymentReference'],
		[
			'an item number',
			{ ...invoice, lines: [{ ...line, item: { code: bad } }] },
			'lines[0].item.code',
		],
		[
			"a supplier's item number",
			{ ...invoice, lines: [{ ...line, item: { supplierCode: bad } }] },
			'lines[0].item.supplierCode',
		],
		[
			'a G/L account',
			{ ...invoice, lines: [{ ...line, glAccount: { code: bad } }] },
			'lines[0].glAccount.code',
		],
		['a party code', { ...invoice, buyer: { ...invoice.buyer, code: bad } }, 'buyer.code'],
		[
			'a VAT number',
			{ ...invoice, supplier: { ...invoice.supplier, vatNumber: bad } },
			'supplier.vatNumber',
		],
		['the number of an order', { ...purchaseOrder, number: bad }, 'number'],
		[
			'an invoice number in an advice',
			{
				...remittance,
				items: remittance.items.map((item, at) =>
					at === 0 ? { ...item, invoiceNumber: bad } : item,
				),
			} satisfies Remittance,
			'items[0].invoiceNumber',
		],
	];

	test.each(documents)('%s is refused, never changed silently', (_words, document, path) => {
		const errors = issuesOf(one, document).filter(({ severity }) => severity === 'error');
		expect(errors.length).toBeGreaterThan(0);
		for (const { code, path: at, message, received } of errors) {
			expect(code).toMatch(new RegExp(`^${prefix}_(CHARACTER_NOT_ALLOWED|DELIMITER_IN_DATA)$`));
			expect(received).toBe(bad);
			expect(message).toContain("'Replace and Warn'");
			if (path !== 'number') expect(at).toContain(path.replace('.code', ''));
		}
	});

	test.each(documents)(
		'%s is replaced with a warning where the partner says so',
		(_words, document) => {
			const more = { identifierPolicy: 'replaceAndWarn' };
			const warnings = issuesOf(one, document, more);
			const changed = warnings.filter(({ code }) => code === CHANGED[prefix as keyof typeof CHANGED]);
			expect(changed.length).toBeGreaterThan(0);
			expect(changed[0]).toMatchObject({ severity: 'warning', received: bad });
			expect(changed[0]?.message).toContain(`"INV${replaced}1"`);
			expect(textOf(one, document, more)).toContain(`INV${replaced}1`);
		},
	);

	test.each(documents)('%s is sent as the code map says', (_words, document) => {
		const more = { codeMaps: { identifiers: { [bad]: 'INV-0001' } } };
		expect(textOf(one, document, more)).toContain('INV-0001');
		expect(issuesOf(one, document, more)).toEqual([]);
	});

	test('spaces within an identifier are sent as they are', () => {
		expect(textOf(one, numbered('INV  1'))).toContain('INV  1');
	});

	test('free text follows the policy for texts, without a word', () => {
		const document = {
			...invoice,
			lines: [{ ...line, description: `Paper${awkward}x` }],
			supplier: { ...invoice.supplier, name: `Name${awkward}x` },
		};
		const text = textOf(one, document).toUpperCase();
		expect(text).toContain(`PAPER${replaced}X`.toUpperCase());
		expect(text).toContain(`NAME${replaced}X`.toUpperCase());
		expect(issuesOf(one, document)).toEqual([]);
	});

	test('what no segment carries is not looked at', () => {
		const taxes = invoice.taxes.map((tax) => ({ ...tax, description: `Btw ${awkward} hoog` }));
		const document = { ...invoice, taxes, custom: { note: bad } };
		expect(issuesOf(one, document)).toEqual([]);
		const more = { charactersOutside: 'reject' };
		expect(issuesOf(one, document, more)).toEqual(issuesOf(one, invoice, more));
	});

	const conflicts = (given: readonly BusinessDocument[], more: Json): readonly number[] => {
		const prepared = given.map((document) => {
			const result = prepare(one, document, more);
			if (!result.ok) throw new Error(JSON.stringify(result.issues));
			return result.prepared;
		});
		const { encoder, narrow } = one;
		const profile = encoder.normalizeProfile({ ...IDS, ...narrow, ...more });
		const found = identifierConflicts(prepared);
		const assemble = () => encoder.assemble(prepared, profile, envelope);
		if (found.size > 0)
			expect(assemble).toThrow(expect.objectContaining({ code: 'SYNTAX_IDENTIFIERS_EQUAL' }));
		else expect(assemble).not.toThrow();
		return [...found.keys()];
	};

	test('two identifiers of a file that become equal are refused', () => {
		const more = { identifierPolicy: 'replaceAndWarn' };
		const sent = numbered(`INV${replaced}1`);
		const other = { ...numbered(bad), key: 'other' };
		expect(conflicts([other], more)).toEqual([]);
		expect(conflicts([sent, other], more)).toEqual([1]);
		expect(conflicts([other, sent], more)).toEqual([0]);
		expect(conflicts([other, { ...numbered(bad), key: 'third' }], more)).toEqual([]);
		const map = { codeMaps: { identifiers: { [bad]: 'X', 'INV-909049': 'X' } } };
		expect(conflicts([other, invoice], map)).toEqual([0, 1]);
		const lines = [bad, `INV${replaced}1`].map((code, at) => ({
			...line,
			number: at + 1,
			item: { code },
			netAmount: '50.00',
			unitPrice: '50',
			tax: { code: '2', percentage: '21', amount: '10.50' },
		}));
		expect(conflicts([{ ...invoice, lines }], more)).toEqual([0]);
	});
});

test('each standard has its own code for a changed identifier', () => {
	const [[, x12], , , [, edifact]] = STANDARDS as readonly [
		(typeof STANDARDS)[number],
		(typeof STANDARDS)[number],
		(typeof STANDARDS)[number],
		(typeof STANDARDS)[number],
	];
	const more = { identifierPolicy: 'replaceAndWarn' };
	expect(issuesOf(x12, numbered('INV*1'), more)).toMatchObject([
		{ code: 'X12_IDENTIFIER_CHANGED' },
	]);
	expect(issuesOf(edifact, numbered('INVÉ1'), more)).toMatchObject([
		{ code: 'EDIFACT_IDENTIFIER_CHANGED' },
	]);
});

test('a policy that is none is refused in both standards', () => {
	for (const encoder of [x12Encoder, edifactEncoder]) {
		expect(() => encoder.normalizeProfile({ ...IDS, identifierPolicy: 'replace' })).toThrow(
			/reject.*replaceAndWarn/,
		);
	}
});

describe('an identifier with a delimiter, where no delimiters are agreed', () => {
	const profile = x12Encoder.normalizeProfile(IDS);
	const prepared = ['INV*1', 'INV 1', 'INV~2>3'].map((number, at) => {
		const result = x12Encoder.prepare({ ...numbered(number), key: `k${at}` }, profile);
		if (!result.ok) throw new Error(JSON.stringify(result.issues));
		return result.prepared;
	});

	test('is sent as it is, in a file with other delimiters', async () => {
		const encoded = x12Encoder.assemble(prepared, profile, envelope);
		const text = Buffer.from(encoded.bytes).toString('latin1');
		expect(text.slice(0, 4)).toBe('ISA|');
		expect(text).toContain('BIG|20170306|INV*1');
		expect(text).toContain('BIG|20170306|INV 1');
		expect(text).toContain('BIG|20170306|INV~2>3');
		expect(await x12Encoder.verify(encoded, prepared, profile)).toEqual([]);
		expect(prepared.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
			['X12_DELIMITERS_PICKED'],
			[],
			['X12_DELIMITERS_PICKED'],
		]);
	});

	test('leaves the delimiters of other files alone', () => {
		const encoded = x12Encoder.assemble(prepared.slice(1, 2), profile, envelope);
		expect(Buffer.from(encoded.bytes).toString('latin1')).toContain('BIG*20170306*INV 1');
	});
});

test('a delimiter that X12 rejects in texts matters only where it is sent', () => {
	const taxes = invoice.taxes.map((tax) => ({ ...tax, description: 'Btw ~ hoog' }));
	const profile = x12Encoder.normalizeProfile({ ...IDS, delimiterInData: 'reject' });
	expect(x12Encoder.prepare({ ...invoice, taxes }, profile).ok).toBe(true);
});

test('an e-mail address that the set cannot hold is left out with a warning', () => {
	const result = x12Encoder.prepare(
		invoice,
		x12Encoder.normalizeProfile({ ...IDS, characterSet: 'basic' }),
	);
	expect(result).toMatchObject({
		ok: true,
		prepared: { warnings: [{ code: 'X12_VALUE_LEFT_OUT', path: 'supplier.email' }] },
	});
});
