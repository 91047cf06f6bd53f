import { sourceOf } from '../../../lib/delivery';
import { deposit, startPartner } from '../../support/delivery';

test('delivers', async () => {
	const partner = await startPartner();
	const bytes = Buffer.alloc(3_000_000, 'abc');
	const results = await deposit(partner, [{ fileName: 'a.edi', source: sourceOf(bytes) }]);
	expect(results[0]).toMatchObject({ outcome: 'deposited', issues: [] });
	expect(partner.names()).toEqual(['a.edi']);
	expect(partner.content('inbound/a.edi').equals(bytes)).toBe(true);
	const again = await deposit(partner, [{ fileName: 'a.edi', source: sourceOf(bytes) }]);
	expect(again[0]).toMatchObject({ outcome: 'already there', issues: [] });
	await partner.close();
	console.log(JSON.stringify(results, null, 1), partner.server.events.map((e) => e.detail).join('\n'));
});
