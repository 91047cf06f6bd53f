import { compile, QuickCompiler, vocabulary } from '../../../../lib/edi/mapping';
import type { RuleContext, TextOutput } from '../../../../lib/edi/mapping';
import type { ElementSpec, MessageSchema } from '../../../../lib/edi/syntax';

/** Hierarchical levels (HL of 856, CPS of DESADV): one loop of the schema, numbered, with a parent. */

interface Item {
	readonly sku: string;
}
interface Order {
	readonly number: string;
	readonly items: readonly Item[];
}
interface Shipment {
	readonly orders: readonly Order[];
}

const text = (id: string): ElementSpec => ({ id, type: 'AN', mandatory: false, min: 1, max: 20 });
const schema: MessageSchema = {
	id: '856',
	release: '004010',
	structure: [
		{ segment: 'ST', mandatory: true, max: 1 },
		{
			loop: 'HL',
			mandatory: true,
			max: Infinity,
			children: [
				{ segment: 'HL', mandatory: true, max: 1 },
				{ segment: 'LIN', mandatory: false, max: 1 },
				{ segment: 'PRF', mandatory: false, max: 1 },
			],
		},
		{ segment: 'SE', mandatory: true, max: 1 },
	],
	segments: {
		HL: { tag: 'HL', elements: [text('628'), text('734'), text('735')] },
		LIN: { tag: 'LIN', elements: [text('350'), text('234')] },
		PRF: { tag: 'PRF', elements: [text('324')] },
	},
};

const { segment, levels, number, code } = vocabulary<RuleContext>('*');

const level = <Scope>(letter: string, inside: Parameters<typeof segment<Scope>>[2]) =>
	segment<Scope>(
		'HL',
		[
			number('', (_, context) => String(context.level?.number ?? '')),
			number('', (_, context) => String(context.level?.parent ?? '')),
			letter,
		],
		inside,
	);

const item = levels<Order, Item>(
	({ items }) => items,
	'items',
	level<Item>('I', { inside: [segment<Item>('LIN', ['', code('sku', ({ sku }) => sku)])] }),
);
const order = levels<Shipment, Order>(
	({ orders }) => orders,
	'orders',
	level<Order>('O', { inside: [segment<Order>('PRF', [code('number', (one) => one.number)])] }),
	[item],
);
const shipment = levels<Shipment, Shipment>((one) => [one], 'shipment', level('S', {}), [order]);

test('each level has a number and that of the level above, through the whole set and anew for each', () => {
	const write = compile<RuleContext, TextOutput>(
		{ rules: [shipment], schema, lineLoop: ['HL'] },
		new QuickCompiler<RuleContext>({
			profile: {},
			element: '*',
			component: '>',
			ending: '~',
			plain: () => (value) => value,
			presence: () => () => true,
		}),
	);
	const document: Shipment = {
		orders: [
			{ number: 'A', items: [{ sku: '1' }, { sku: '2' }] },
			{ number: 'B', items: [{ sku: '3' }] },
		],
	};
	const expected =
		'HL*1**S~HL*2*1*O~PRF*A~HL*3*2*I~LIN**1~HL*4*2*I~LIN**2~HL*5*1*O~PRF*B~HL*6*5*I~LIN**3~';
	for (let round = 0; round < 2; round += 1) {
		const out: TextOutput = { text: '', count: 0 };
		expect(write(document, { profile: {} }, '', out)).toBe(true);
		expect(out).toEqual({ text: expected, count: 11 });
	}
});
