import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BusinessDocument } from '../../../../lib/documents';
import { edifactEncoder } from '../../../../lib/edi/edifact';
import type { EdifactProfile } from '../../../../lib/edi/edifact';
import { repositoryRoot } from '../../../support/shared';
import {
	creditNote,
	fullInvoice,
	fullOrder,
	fullReceipt,
	fullRemittance,
	minimalInvoice,
} from './documents';
import { encode, profileOf } from './encode';
import { readWithEdifact, readWithTsEdifact } from './peers';

const folder = path.join(repositoryRoot, 'test', 'fixtures', 'edifact');

interface Case {
	readonly documents: readonly BusinessDocument[];
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Readers that cannot read this one, and why. */
	readonly unreadable?: { readonly edifact?: string; readonly tsEdifact?: string };
}

const manyLines: BusinessDocument = {
	...minimalInvoice,
	number: 'INV-100',
	lines: Array.from({ length: 100 }, (_, index) => ({
		number: index + 1,
		description: `Regel ${index + 1}`,
		netAmount: '1.01',
		glAccount: { code: String(4000 + index) },
	})),
	netTotal: '101.00',
	grossTotal: '101.00',
};

const amounts: BusinessDocument = {
	...minimalInvoice,
	number: 'INV-AMOUNTS',
	currency: 'JPY',
	lines: [
		{ number: 1, description: 'Gratis', quantity: '3', unit: 'st', unitPrice: '0', netAmount: '0' },
		{
			number: 2,
			description: 'Korting',
			quantity: '-1',
			unit: 'st',
			unitPrice: '50',
			netAmount: '-50',
		},
		{ number: 3, description: 'Goederen', netAmount: '1234567' },
	],
	netTotal: '1234517',
	grossTotal: '1234517',
};

const longTexts: BusinessDocument = {
	...minimalInvoice,
	number: 'INV-LONG',
	description: `${'Een lange omschrijving van wat er geleverd is. '.repeat(12)}Einde.`,
	supplier: {
		name: `Stichting tot Bevordering van de Ontwikkeling der Landbouw in Noord- en Zuid-Beveland en omstreken`,
		address: {
			lines: ['Dorpsstraat 123 bis, tweede verdieping, kamer vier aan het einde van de gang'],
		},
	},
	lines: [{ number: 1, description: 'Woord '.repeat(60).trim(), netAmount: '100.00' }],
};

const apostrophes: BusinessDocument = {
	...minimalInvoice,
	number: "A+B:C'D?E*F",
	supplier: { name: "?'+:*''++::??" },
	lines: [
		{
			number: 1,
			description: "' + : ? * ?' ?+ ?: ?? ?*",
			netAmount: '100.00',
			item: { code: "'?" },
		},
	],
};

const cases: Readonly<Record<string, Case>> = {
	'invoic-d96a-minimal': { documents: [minimalInvoice] },
	'invoic-d96a-full': { documents: [fullInvoice], settings: { associationCode: 'EAN008' } },
	'invoic-d01b-full': {
		documents: [fullInvoice],
		settings: { release: 'D.01B', associationCode: 'EAN011', sendSegments: ['CTA+IC'] },
	},
	'invoic-d01b-syntax-4': {
		documents: [fullInvoice, creditNote],
		settings: { release: 'D.01B', syntaxVersion: 4, acknowledgmentRequested: true },
		unreadable: {
			edifact: 'rejects the repetition separator in UNA',
			tsEdifact: 'rejects the repetition separator in UNA',
		},
	},
	'invoic-d96a-credit-note': { documents: [creditNote] },
	'invoic-d96a-many-lines': { documents: [manyLines] },
	'invoic-d96a-amounts': { documents: [amounts] },
	'invoic-d96a-long-texts': { documents: [longTexts] },
	'invoic-d96a-release-characters': { documents: [apostrophes] },
	'invoic-d96a-unoa': {
		documents: [fullInvoice],
		settings: { characterSet: 'UNOA', segmentSuffix: 'none' },
		unreadable: { tsEdifact: 'takes the ampersand for a character outside UNOA' },
	},
	'invoic-d96a-unoy-syntax-4': {
		documents: [{ ...fullInvoice, supplier: { name: 'Σωκράτης Ελλάς' } }],
		settings: { characterSet: 'UNOY', syntaxVersion: 4, repetitionSeparator: '^' },
		unreadable: {
			edifact: 'rejects the repetition separator in UNA',
			tsEdifact: 'does not know UNOY',
		},
	},
	'invoic-d96a-decimal-comma': { documents: [fullInvoice], settings: { decimalMark: ',' } },
	'invoic-d96a-other-separators': {
		documents: [apostrophes],
		settings: {
			componentSeparator: '|',
			elementSeparator: '!',
			releaseCharacter: '\\',
			segmentTerminator: '~',
		},
		unreadable: {
			edifact: 'takes the backslash for a character outside UNOC',
			tsEdifact: 'takes the backslash for a character outside UNOC',
		},
	},
	'invoic-d96a-crlf': { documents: [minimalInvoice], settings: { segmentSuffix: 'crlf' } },
	'invoic-d96a-header-facts': {
		documents: [minimalInvoice],
		settings: {
			usage: 'production',
			acknowledgmentRequested: true,
			applicationReference: 'INVOIC',
			agreementId: 'AGR-1',
			priority: 'A',
			recipientReference: 'REF',
			senderInternalId: 'DIV1',
			receiverInternalId: 'AP',
			serviceStringAdvice: 'whenNeeded',
		},
	},
	'orders-d96a-full': { documents: [fullOrder] },
	'orders-d01b-full': {
		documents: [fullOrder],
		settings: { release: 'D.01B', associationCode: 'EAN010' },
	},
	'ordchg-d96a-replacement': {
		documents: [{ ...fullOrder, purpose: 'replacement' }],
		settings: { changedOrders: 'change' },
	},
	'ordchg-d01b-cancellation': {
		documents: [{ ...fullOrder, purpose: 'cancellation' }],
		settings: { release: 'D.01B', associationCode: 'EAN010', changedOrders: 'change' },
	},
	'recadv-d96a-full': { documents: [fullReceipt], settings: { projectQualifier: 'AEP' } },
	'recadv-d01b-full': { documents: [fullReceipt], settings: { release: 'D.01B' } },
	'remadv-d96a-full': { documents: [fullRemittance] },
	'remadv-d01b-full': {
		documents: [fullRemittance],
		settings: { release: 'D.01B', remittanceCreditAmounts: 'negative' },
	},
	'groups-d96a-three-types': {
		documents: [fullInvoice, fullOrder, creditNote, fullRemittance],
		settings: { groups: true },
	},
};

function normalized(text: string, profile: EdifactProfile): string {
	return profile.suffix === '' ? text : text.replaceAll(profile.suffix, '');
}

describe.each(Object.entries(cases))('%s', (name, { documents, settings, unreadable }) => {
	// One segment on a line, where the case does not say otherwise: the files are read by people too.
	const given = { segmentSuffix: 'lf', ...settings };
	const profile = profileOf(given);
	const { encoded, prepared, text } = encode(documents, given);
	const file = path.join(folder, `${name}.edi`);

	test('is what the golden file says, byte for byte', () => {
		if (process.env.UPDATE_GOLDEN === '1') {
			mkdirSync(folder, { recursive: true });
			writeFileSync(file, encoded.bytes);
		}
		expect(existsSync(file)).toBe(true);
		expect(Buffer.from(encoded.bytes).equals(readFileSync(file))).toBe(true);
	});

	test('reads back as it was meant', async () => {
		expect(await edifactEncoder.verify(encoded, prepared, profile)).toEqual([]);
	});

	// In the order of the file, where groups put messages of one type together.
	const meant = encoded.documents.flatMap(
		({ key }) => prepared.find(({ document }) => document.key === key)?.body.segments ?? [],
	);
	const bodies = (read: readonly { tag: string }[]): unknown[] =>
		read.filter(({ tag }) => tag === 'UNS' || !tag.startsWith('UN'));

	const plain = normalized(text, profile);
	if (unreadable?.edifact === undefined) {
		test('reads back the same with edifact', () => {
			expect(bodies(readWithEdifact(plain, profile.characterSet))).toEqual(meant);
		});
	} else {
		test(`edifact cannot read it: it ${unreadable.edifact}`, () => {
			expect(() => readWithEdifact(plain, profile.characterSet)).toThrow();
		});
	}
	if (unreadable?.tsEdifact === undefined) {
		test('reads back the same with ts-edifact', () => {
			expect(bodies(readWithTsEdifact(plain, profile.characterSet))).toEqual(meant);
		});
	} else {
		test(`ts-edifact cannot read it: it ${unreadable.tsEdifact}`, () => {
			expect(() => readWithTsEdifact(plain, profile.characterSet)).toThrow();
		});
	}
});
