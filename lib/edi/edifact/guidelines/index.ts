import type { ShippedGuidelines } from '../../mapping';

const SOURCE = 'from public samples, not certified';

/** An item without a GTIN is named by PIA+5, product identification; else PIA+1 adds to it. */
const ITEMS = {
	segments: { 'PIA+1': { when: 'line.item.gtin' } },
	add: [
		{
			in: 'line',
			segment: 'PIA+5+{line.item.supplierCode}:SA',
			when: '!line.item.gtin and line.item.supplierCode',
		},
		{
			in: 'line',
			segment: 'PIA+5+{line.item.code}:IN',
			when: '!line.item.gtin and !line.item.supplierCode and line.item.code',
		},
	],
} as const;

/** EANCOM 1997 has a code of its own for receipts. */
const RECEIPT_OF_1997 = {
	'BGM+632': { elements: { '1.1': { value: '352', moreCodes: ['352'] }, '1.3': { value: '9' } } },
} as const;

const PARTY = { elements: { '2.1': { usage: 'required' } } } as const;

/** What the EANCOM samples have alike: codes of GS1, parties by number, PIA+5 without a GTIN. */
function eancom(release: string, associationCode: string): Readonly<Record<string, unknown>> {
	const set = {
		...ITEMS,
		segments: { ...ITEMS.segments, 'NAD+SU': PARTY, 'NAD+BY': PARTY },
	};
	return {
		name: `EANCOM ${release}`,
		version: '1',
		source: SOURCE,
		standard: 'EDIFACT',
		releases: [release],
		envelope: { associationCode },
		codes: { '1153': ['API'], '3035': ['CPE'], '7143': ['SRV'] },
		sets: {
			INVOIC: set,
			ORDERS: set,
			ORDCHG: set,
			RECADV: {
				...set,
				segments: { ...set.segments, ...(release === 'D.96A' ? RECEIPT_OF_1997 : {}) },
			},
		},
	};
}

/** Shipped guidelines by name. */
export const EANCOM: ShippedGuidelines = {
	'EANCOM D.96A': eancom('D.96A', 'EAN008'),
	'EANCOM D.01B': eancom('D.01B', 'EAN011'),
};
