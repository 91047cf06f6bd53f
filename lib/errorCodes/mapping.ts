import type { ErrorCodeTable } from './entry';

/** Codes of `lib/mapping`; every code begins with MAPPING_. */
export const mappingErrorCodes = {
	MAPPING_RESOURCE_UNSUPPORTED: {
		meaning: 'Records of this kind do not become a business document.',
		cause: 'Only purchase entries, purchase invoices, purchase orders and payments do.',
		action: 'Use Fixed-Width Encode for this resource, or choose another one.',
	},
	MAPPING_FIELD_MISSING: {
		meaning: 'A field of the Exact Online record that the document needs is empty.',
		cause: 'It was not filled in Exact Online, or not read along.',
		action: 'Fill the field named in the message in Exact Online, then run again.',
	},
	MAPPING_FIELD_INVALID: {
		meaning: 'A field of the Exact Online record cannot be read.',
		cause: 'An earlier node changed its value or type.',
		action: 'Pass the item on as the Exact Online node emits it, or correct the value.',
	},
	MAPPING_NOT_INCLUDED: {
		meaning: 'Related records that the document needs are not in the item.',
		cause: "They were not chosen under 'Include' in the Exact Online node.",
		action: "Add them under 'Include' in the Exact Online node.",
	},
	MAPPING_STATUS_EXCLUDED: {
		meaning: 'The record has a status that is not sent.',
		cause:
			'Rejected entries, draft invoices, cancelled or unapproved orders and payments not yet made stay out by default.',
		action: "Nothing to do; to send it, add the status under 'Statuses to Send'.",
	},
	MAPPING_NEGATIVE_INVOICE: {
		meaning: 'An invoice was booked with a negative total.',
		cause: 'A credit was entered as an invoice.',
		action:
			'It is sent as a credit note with positive amounts; correct the booking if that is wrong.',
	},
	MAPPING_DEFAULT_INVALID: {
		meaning: 'A default names a field that documents of this kind do not have.',
		cause: 'A typing mistake in the field path.',
		action: 'Use a path from docs/mapping.md, such as supplier.gln or lines.unit.',
	},
	MAPPING_PRICE_UNIT: {
		meaning: 'The price of a purchase line is for another unit than its quantity.',
		cause:
			'Exact Online documents the price as one for the purchase unit (a box); the record has the price of one item unit (a piece).',
		action: "Set 'Price For' under 'Source Options' to 'One Item Unit'.",
	},
} as const satisfies ErrorCodeTable;
