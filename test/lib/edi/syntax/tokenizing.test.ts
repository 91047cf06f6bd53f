import { makeByteDecoder } from '../../../../lib/edi/syntax';

describe('bytes of a declared character set', () => {
	const C1 = Array.from({ length: 0x20 }, (_, at) => String.fromCharCode(0x80 + at)).join('');

	// Node.js 20 and 24 read the label iso-8859-1 differently; ISO 4873 calls 80 to 9F controls.
	test.each(['iso-8859-1', 'ISO8859-1', 'iso-8859-2', 'iso-8859-5', 'iso-8859-9', 'iso-8859-15'])(
		'80 to 9F are controls under %s',
		(encoding) => {
			expect(makeByteDecoder(encoding)(C1)).toBe(C1);
		},
	);

	test('the letters of each part of ISO 8859 stay as they are', () => {
		expect(makeByteDecoder('iso-8859-1')('caf\xe9')).toBe('café');
		expect(makeByteDecoder('iso-8859-5')('\xd0')).toBe('а');
		expect(makeByteDecoder('iso-8859-15')('\xa4')).toBe('€');
	});
});
