import { readNeutralDocument } from '../../../lib/mapping';

const order = {
	type: 'purchaseOrder',
	key: 'own:1',
	number: 'PO-1',
	date: '2017-03-05',
	currency: 'EUR',
	supplier: { name: 'Office Ltd' },
	buyer: { name: 'Muster B.V.' },
	lines: [{ number: 1, quantity: 2, unitPrice: 50, netAmount: 100 }],
	netTotal: 100,
};

describe('a neutral document from another node', () => {
	test('gets defaults and is checked; facts of the item are no fields of it', () => {
		const input = { ...order, outcome: 'read', document: { change: 'new' }, currency: '' };
		const options = { defaults: { currency: 'USD', 'lines.unit': 'EA', 'payee.gln': '1' } };
		expect(readNeutralDocument(input, options)).toEqual({
			ok: true,
			warnings: [],
			document: {
				...order,
				currency: 'USD',
				lines: [{ number: 1, quantity: '2', unitPrice: '50', netAmount: '100', unit: 'EA' }],
				netTotal: '100',
			},
		});
		expect(input.currency).toBe('');
		expect(order.lines[0]).not.toHaveProperty('unit');
	});

	test('with faults has issues', () => {
		expect(readNeutralDocument({ ...order, date: '' })).toMatchObject({
			ok: false,
			skipped: false,
			issues: [{ code: 'DOCUMENT_FIELD_MISSING', path: 'date' }],
		});
	});

	test('anything else is not a document', () => {
		expect(readNeutralDocument({ name: 'x' })).toMatchObject({
			issues: [{ code: 'DOCUMENT_TYPE_UNKNOWN' }],
		});
		expect(readNeutralDocument({ ID: 'v', document: { resource: 'vendor' } })).toMatchObject({
			issues: [
				{
					code: 'MAPPING_RESOURCE_UNSUPPORTED',
					message:
						"An Exact Online record of the resource 'vendor' does not become an EDI document",
				},
			],
		});
	});
});
