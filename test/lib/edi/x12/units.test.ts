import { commonUnitCodes } from '../../../../lib/edi/partner';
import { isX12Unit } from '../../../../lib/edi/x12/schema';

test('every code is one of the standard', () => {
	expect([...commonUnitCodes('x12')].filter((code) => !isX12Unit(code))).toEqual([]);
	for (const code of commonUnitCodes('edifact')) expect(code).toMatch(/^[A-Z0-9]{2,3}$/);
});
