import fc from 'fast-check';

import { readNotation } from './notation';
import { answer, edifact, MESSAGE_ORDERS } from './samples';

const FOUR = { header: 'UNB+UNOC:4+ACME:14+MYCOMPANY:14+20170306:0811+REF42' };
const group = 'UNG+ORDERS+ACME:14+MYCOMPANY:14+170306:0811+9+UN+D:96A';
const FILES = [
	edifact(),
	edifact(FOUR),
	edifact({ group, groupEnd: 'UNE+1+9' }),
	edifact({ ...FOUR, messages: [MESSAGE_ORDERS, MESSAGE_ORDERS] }),
];

const damage = fc.record({
	at: fc.nat(260),
	length: fc.constantFrom(0, 0, 1, 3, 20),
	text: fc.constantFrom(
		..."\u0000\u0090+:?'*AX".split(''),
		'',
		'X'.repeat(40),
		"UNH++ORDERS'",
		'\u0142',
	),
});

test('whatever is wrong with the file, its CONTRL is valid', () => {
	let made = 0;
	fc.assert(
		fc.property(
			fc.constantFrom(...FILES),
			fc.array(damage, { minLength: 1, maxLength: 4 }),
			fc.constantFrom('reject' as const, 'accept with errors' as const),
			(file, damages, errors) => {
				let text = file.toString('latin1');
				for (const { at, length, text: other } of damages) {
					text = text.slice(0, at) + other + text.slice(at + length);
				}
				const rules = { bodyErrors: errors, envelopeErrors: errors, allOrNothing: false };
				for (const contrl of answer(Buffer.from(text, 'utf8'), { rules }).files) {
					made += 1;
					expect(readNotation(contrl)).toEqual({ verdict: 'acknowledgment', findings: [] });
				}
			},
		),
		{ numRuns: 2_000 },
	);
	expect(made).toBeGreaterThan(1_000);
});
