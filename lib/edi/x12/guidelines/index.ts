import type { ShippedGuidelines } from '../../mapping';

const SOURCE = 'from public samples, not certified';

/** Accounts and cost centers of the buyer are no affair of a retailer's supplier portal. */
const WITHOUT_ACCOUNTS = {
	'REF*CA': { usage: 'omitted' },
	'REF(cost unit)': { usage: 'omitted' },
	'REF(project)': { usage: 'omitted' },
} as const;

const items = [
	{ qualifier: 'GTIN', value: '{line.item.gtin}' },
	{ qualifier: 'VN', value: '{line.item.supplierCode}' },
	{ qualifier: 'IN', value: '{line.item.code}' },
];

/** Lines of an order begin with PO1, those of a change with POC. */
const orders = (line: string): Readonly<Record<string, unknown>> => ({
	segments: {
		...WITHOUT_ACCOUNTS,
		[`${line}/TXI`]: { usage: 'omitted' },
		[line]: { pairs: items },
	},
});

/** What the VICS samples of retail have alike: the group version, UPC first, no VAT. */
function vics(release: string): Readonly<Record<string, unknown>> {
	return {
		name: `VICS ${release}`,
		version: '1',
		source: SOURCE,
		standard: 'X12',
		releases: [release],
		envelope: { GS08: `${release}VICS` },
		sets: {
			'810': {
				segments: {
					...WITHOUT_ACCOUNTS,
					'REF*GZ': { usage: 'omitted' },
					'REF*VV': { usage: 'omitted' },
					'N1*BT': { usage: 'omitted' },
					'IT1/TXI': { usage: 'omitted' },
					TXI: { usage: 'omitted' },
					BIG: { elements: { '4': { usage: 'required' }, '7': { value: 'DI' } } },
					IT1: { pairs: items },
				},
			},
			'850': orders('PO1'),
			'860': orders('POC'),
		},
	};
}

/** Shipped guidelines by name. */
export const VICS: ShippedGuidelines = {
	'VICS 004010': vics('004010'),
	'VICS 005010': vics('005010'),
};
