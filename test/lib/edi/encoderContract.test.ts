import type { BusinessDocument, DocumentType, Invoice } from '../../../lib/documents';
import { edifactEncoder } from '../../../lib/edi/edifact';
import type {
	EncodedInterchange,
	Envelope,
	InterchangeEncoder,
	PreparedDocument,
} from '../../../lib/edi/partner';
import { x12Encoder } from '../../../lib/edi/x12';
import { CoreError } from '../../../lib/errors';
import {
	envelope as oneGroup,
	invoice,
	minimalInvoice,
	purchaseOrder,
	receipt,
	remittance,
} from './x12/documents';

/** What both standards promise to whoever encodes with them: the same cases over both. */
const STANDARDS: readonly [string, InterchangeEncoder<unknown>][] = [
	['X12', x12Encoder],
	['EDIFACT', edifactEncoder],
];

const envelope: Envelope = { ...oneGroup, groupControlNumbers: ['123001', '123002', '123003'] };
const partners = { senderId: 'VOORBEELD', receiverId: 'PARTNER' };
const documents: Readonly<Record<DocumentType, BusinessDocument>> = {
	invoice,
	purchaseOrder,
	receipt,
	remittance,
};
const all = Object.values(documents);

/** Long texts and every separator of both standards, where people write what they like. */
const awkward: Invoice = {
	...invoice,
	description: "Paper: 25+26? 'blue' * ~ ^ > | \r\n and Łódź",
	supplier: { ...invoice.supplier, name: "Müller & Söhne 'Papier' + Co.: ~*>" },
};

const UNKNOWN: Readonly<Record<string, string>> = {
	X12: 'X12_UNKNOWN_DOCUMENT',
	EDIFACT: 'EDIFACT_UNKNOWN_DOCUMENT',
};

function thrownBy(work: () => unknown): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}
	return undefined;
}

describe.each(STANDARDS)('%s', (standard, encoder) => {
	const profileOf = (more: Readonly<Record<string, unknown>> = {}): unknown =>
		encoder.normalizeProfile({ ...partners, ...more });

	function prepare(
		given: readonly BusinessDocument[],
		profile: unknown,
	): PreparedDocument<unknown>[] {
		return given.map((document) => {
			const result = encoder.prepare(document, profile);
			if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
			return result.prepared;
		});
	}

	function encode(
		given: readonly BusinessDocument[],
		more: Readonly<Record<string, unknown>> = {},
	): { encoded: EncodedInterchange; prepared: PreparedDocument<unknown>[]; profile: unknown } {
		const profile = profileOf(more);
		const prepared = prepare(given, profile);
		const groups = encoder.groupCount(prepared, profile);
		const numbers = envelope.groupControlNumbers.slice(0, groups);
		const encoded = encoder.assemble(prepared, profile, {
			...envelope,
			groupControlNumbers: numbers,
		});
		return { profile, prepared, encoded };
	}

	test.each([
		['a name that is not there', { senderIdd: 'X' }, 'senderIdd'],
		['a name that every object has', { toString: 'X' }, 'toString'],
		['no sender', { senderId: undefined }, 'senderId'],
		['an empty receiver', { receiverId: '' }, 'receiverId'],
		['a release that is not there', { release: '009999' }, 'release'],
		['a usage that is not there', { usage: 'live' }, 'usage'],
		['a yes that is no yes', { acknowledgmentRequested: 'yes' }, 'acknowledgmentRequested'],
		['a policy that is not there', { charactersOutside: 'ignore' }, 'charactersOutside'],
		['a policy for long text that is not there', { longText: 'wrap' }, 'longText'],
		['two separators that are the same', { elementSeparator: '+', componentSeparator: '+' }, ''],
		['a separator of two characters', { elementSeparator: '++' }, 'elementSeparator'],
		['a default of a field that is not there', { defaults: { 'lines.colour': 'red' } }, 'defaults'],
		['defaults that are a list', { defaults: ['EA'] }, 'defaults'],
		['segments to omit that are no list', { omitSegments: 'REF' }, 'omitSegments'],
		['a segment to omit that is not there', { omitSegments: ['QQQ'] }, 'omitSegments'],
		['a segment to send that is not there', { sendSegments: ['QQQ'] }, 'sendSegments'],
		['a code map that is not there', { codeMaps: { colours: {} } }, 'codeMaps'],
		[
			'an extra segment without a level',
			{ extraSegments: [{ level: 'top', template: 'FTX' }] },
			'extraSegments',
		],
	])('the settings refuse %s, by its name', (_name, more, path) => {
		const error = thrownBy(() => profileOf(more));
		expect(error).toBeInstanceOf(CoreError);
		const { code, message, path: at = '' } = error as CoreError;
		expect(code).toMatch(new RegExp(`^(${standard}|SYNTAX)_`));
		expect(`${at} ${message}`).toContain(path);
		expect(at).toContain(path);
	});

	test('only the two IDs are needed, and files are test files until that is switched', () => {
		expect(profileOf()).toMatchObject({ partner: partners.receiverId, usage: 'T' });
		expect(profileOf({ usage: 'production' })).toMatchObject({ usage: 'P' });
	});

	test('Capital Letters changes texts, and no number or code', () => {
		const given: Invoice = {
			...awkward,
			number: 'Inv-1a',
			supplierNumber: 'Inv-1a',
			supplier: { ...awkward.supplier, name: 'Straße & Zoon' },
			lines: awkward.lines.map((line) => ({
				...line,
				glAccount: { code: 'abc1', name: 'Office supplies' },
			})),
		};
		const textOf = (more: Readonly<Record<string, unknown>>) =>
			Buffer.from(encode([given], more).encoded.bytes).toString('latin1');
		const sent = textOf({ capitalLetters: true });
		expect(sent).toContain('STRASSE & ZOON');
		expect(sent).toContain('Inv-1a');
		expect(sent).toContain('abc1');
		expect(textOf({})).toContain('Zoon');
		expect(thrownBy(() => profileOf({ capitalLetters: 'yes' }))).toMatchObject({
			path: expect.stringContaining('capitalLetters') as string,
		});
	});

	test('each type of document has a message of its own, or none', () => {
		const own = all.filter(({ type }) => encoder.messageIdFor(type) !== '');
		expect(own.length).toBeGreaterThan(2);
		const ids = own.map(({ type }) => encoder.messageIdFor(type));
		expect(new Set(ids).size).toBe(own.length);
		for (const document of own) {
			expect(prepare([document], profileOf())[0]).toMatchObject({
				document,
				messageId: encoder.messageIdFor(document.type),
			});
		}
	});

	test('a document of a type without a message is refused by a code, and nothing is written', () => {
		const other = { ...invoice, type: 'quotation' } as unknown as BusinessDocument;
		expect(encoder.messageIdFor(other.type)).toBe('');
		expect(encoder.prepare(other, profileOf())).toMatchObject({
			ok: false,
			issues: [{ code: UNKNOWN[standard], severity: 'error', path: 'type' }],
		});
	});

	test('the document is left as it was', () => {
		for (const document of [...all, awkward]) {
			const before = structuredClone(document);
			encode([document]);
			expect(document).toEqual(before);
		}
	});

	test('all that is wrong with a document is said at once, with the field and what to do', () => {
		const wrong = {
			...invoice,
			date: '2017-02-30',
			currency: 'EURO',
			lines: [{ ...invoice.lines[0], netAmount: 'much' }],
		} as unknown as Invoice;
		const result = encoder.prepare(wrong, profileOf());
		expect(result.ok).toBe(false);
		const issues = result.ok ? [] : result.issues;
		expect(issues.map(({ path }) => path)).toEqual(
			expect.arrayContaining(['date', 'currency', 'lines[0].netAmount']),
		);
		for (const { code, message } of issues) {
			expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
			expect(message.length).toBeGreaterThan(10);
		}
	});

	test('the facts of a file are those of its documents, in the order of the file', () => {
		const twice = [invoice, minimalInvoice, purchaseOrder, remittance];
		const { encoded, prepared, profile } = encode(twice);
		expect(encoded).toMatchObject({
			standard,
			interchangeControlNumber: envelope.interchangeControlNumber,
		});
		expect(encoded.groupControlNumbers).toHaveLength(encoder.groupCount(prepared, profile));
		expect([...encoded.documents].map(({ key }) => key).sort()).toEqual(
			twice.map(({ key }) => key).sort(),
		);
		for (const { key, number, messageId } of encoded.documents) {
			const document = twice.find((one) => one.key === key)!;
			expect({ number, messageId }).toEqual({
				number: document.number,
				messageId: encoder.messageIdFor(document.type),
			});
		}
		const text = Buffer.from(encoded.bytes).toString('latin1');
		const places = encoded.documents.map(({ number }) => text.indexOf(number));
		expect(places).toEqual([...places].sort((a, b) => a - b));
		const numbers = encoded.documents.map(
			({ groupControlNumber = '', controlNumber }) => `${groupControlNumber}/${controlNumber}`,
		);
		expect(new Set(numbers).size).toBe(numbers.length);
	});

	test('the same numbers and time make the same bytes, other numbers other bytes', () => {
		const { encoded, prepared, profile } = encode([invoice, awkward, remittance]);
		expect(encoder.assemble(prepared, profile, encoded)).toEqual(encoded);
		expect(encode([invoice, awkward, remittance]).encoded.bytes).toEqual(encoded.bytes);
		const other = { ...encoded, interchangeControlNumber: '000000777' };
		const renumbered = encoder.assemble(prepared, profile, other);
		expect(renumbered.interchangeControlNumber).toBe('000000777');
		expect(renumbered.bytes).not.toEqual(encoded.bytes);
		expect(Buffer.from(renumbered.bytes).toString('latin1')).toContain('000000777');
	});

	test.each(['none', 'lf', 'crlf'])(
		'what was written reads back, segments ended by %s',
		async (segmentSuffix) => {
			const { encoded, prepared, profile } = encode([invoice, awkward, purchaseOrder, remittance], {
				segmentSuffix,
			});
			expect(await encoder.verify(encoded, prepared, profile)).toEqual([]);
		},
	);

	test('a file with one byte changed, cut off or repeated does not verify, and does not throw', async () => {
		const { encoded, prepared, profile } = encode([minimalInvoice]);
		const { bytes } = encoded;
		const unseen: string[] = [];
		const expectSeen = async (name: string, changed: Uint8Array): Promise<void> => {
			const issues = await encoder.verify({ ...encoded, bytes: changed }, prepared, profile);
			if (issues.length === 0) unseen.push(name);
		};
		for (let at = 0; at < bytes.length; at += 1) {
			const changed = Uint8Array.from(bytes);
			changed[at] = changed[at] === 0x58 ? 0x59 : 0x58;
			await expectSeen(`byte ${at}: ${String.fromCharCode(bytes[at]!)}`, changed);
		}
		await expectSeen('cut off', bytes.subarray(0, bytes.length - 20));
		await expectSeen('empty', new Uint8Array());
		await expectSeen('twice', Buffer.concat([bytes, bytes]));
		expect(unseen).toEqual([]);
	});

	test('a file of other documents does not verify', async () => {
		const { encoded, profile } = encode([invoice]);
		const others = prepare([minimalInvoice], profile);
		expect(await encoder.verify(encoded, others, profile)).not.toEqual([]);
	});

	test('characters that the file cannot carry: replaced, or the document is refused and named', () => {
		const greek: Invoice = { ...invoice, supplier: { ...invoice.supplier, name: 'Αθήνα' } };
		const narrow = standard === 'X12' ? { characterSet: 'extended' } : { characterSet: 'UNOC' };
		const refused = encoder.prepare(greek, profileOf({ ...narrow, charactersOutside: 'reject' }));
		expect(refused.ok).toBe(false);
		const issues = refused.ok ? [] : refused.issues;
		expect(issues.map(({ path }) => path)).toContain('supplier.name');
		const { encoded } = encode([greek], {
			...narrow,
			charactersOutside: 'replace',
			replacementCharacter: '-',
		});
		expect(Buffer.from(encoded.bytes).toString('latin1')).toContain('-----');
	});

	test('a default fills what the document lacks', () => {
		const { encoded } = encode(
			[
				{
					...purchaseOrder,
					lines: purchaseOrder.lines.map((line) => ({ ...line, unit: undefined })),
				},
			],
			{
				defaults: { 'lines.unit': 'KGM' },
				codeMaps: standard === 'X12' ? { units: { KGM: 'KG' } } : {},
			},
		);
		expect(Buffer.from(encoded.bytes).toString('latin1')).toMatch(/[*:]KG/);
	});
});
