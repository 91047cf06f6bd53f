import { EdiEncode } from '../../../nodes/EdiEncode/EdiEncode.node';
import { runNode } from '../../support/runWorkflow';
import { entry, goodsReceipt, order, payment } from '../../lib/mapping/rows';

const PARTNER = {
	standard: 'edifact',
	senderId: 'MYCOMPANY',
	receiverId: 'PARTNER',
	partner: 'ACME',
};

const json = (row: Record<string, unknown>) => ({ json: row as never });

describe('EDI Encode, EDIFACT', () => {
	test('invoices, orders, receipts and payments in one interchange', async () => {
		const { outputs, error } = await runNode(
			new EdiEncode(),
			{ ...PARTNER, codeMaps: { units: [{ from: 'pc', to: 'PCE' }] } },
			[json(entry()), json(order()), json(goodsReceipt()), json(payment())],
			{ executionId: '123' },
		);
		expect(error).toBeUndefined();
		const [encoded = [], rejected = []] = outputs;
		expect(rejected).toEqual([]);
		expect(encoded).toHaveLength(1);
		const text = Buffer.from(encoded[0]?.binary?.data?.data ?? '', 'base64').toString('latin1');
		expect(text).toMatch(/^UNA:\+\.\? 'UNB\+UNOC:3\+MYCOMPANY\+PARTNER\+/);
		expect(text).toContain("UNZ+4+123001'");
		expect(encoded[0]?.json).toMatchObject({
			outcome: 'encoded',
			format: 'EDIFACT',
			transactionSet: 'INVOIC-ORDERS-RECADV-REMADV',
			release: 'D.96A',
			usage: 'test',
			controlNumber: '123001',
			groupControlNumbers: [],
			documentCount: 4,
		});
	});
});
