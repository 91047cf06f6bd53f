import {
	add,
	compare,
	formatDecimal,
	negate,
	parseDecimal,
	sum,
	ZERO,
} from '../../../../lib/decimal';
import type { Decimal } from '../../../../lib/decimal';
import type { BusinessDocument } from '../../../../lib/documents';
import { edifactEncoder, tokenizeEdifact } from '../../../../lib/edi/edifact';
import type { EdifactSegment } from '../../../../lib/edi/edifact';
import type { Issue } from '../../../../lib/errors';
import { toDocument, toRemittances } from '../../../../lib/mapping';
import { describeWithShared } from '../../../support/shared';
import { loadLedger } from '../../mapping/ledger';
import type { Ledger } from '../../mapping/ledger';
import { envelope } from './documents';
import { profileOf } from './encode';

interface Encoded {
	readonly messages: readonly (readonly EdifactSegment[])[];
	readonly documents: readonly BusinessDocument[];
	readonly refused: readonly (readonly Issue[])[];
	readonly differences: readonly Issue[];
}

async function encodeAll(
	given: readonly BusinessDocument[],
	more: Readonly<Record<string, unknown>>,
): Promise<Encoded> {
	const profile = profileOf(more);
	const results = given.map((document) => edifactEncoder.prepare(document, profile));
	const prepared = results.flatMap((result) => (result.ok ? [result.prepared] : []));
	const encoded = edifactEncoder.assemble(prepared, profile, envelope);
	const { segments } = tokenizeEdifact(encoded.bytes, { encoding: profile.charset.encoding });
	const messages: EdifactSegment[][] = [];
	for (const segment of segments) {
		if (segment.tag === 'UNH') messages.push([]);
		messages.at(-1)?.push(segment);
	}
	return {
		messages,
		documents: prepared.map(({ document }) => document),
		refused: results.flatMap((result) => (result.ok ? [] : [result.issues])),
		differences: await edifactEncoder.verify(encoded, prepared, profile),
	};
}

function amounts(message: readonly EdifactSegment[], qualifier: string): Decimal[] {
	return message
		.filter(({ tag, elements }) => tag === 'MOA' && elements[0]?.[0] === qualifier)
		.map(({ elements }) => parseDecimal(elements[0]?.[1] ?? '') ?? ZERO);
}

function isEqual(left: Decimal | undefined, right: Decimal | undefined): boolean {
	return left !== undefined && right !== undefined && compare(left, right) === 0;
}

/** Between UNS and UNT, where 124 stands once for each rate. */
function summary(message: readonly EdifactSegment[]): readonly EdifactSegment[] {
	return message.slice(message.findIndex(({ tag }) => tag === 'UNS'));
}

const directories = ['D.96A', 'D.01B'] as const;

describeWithShared('the real ledger', () => {
	let ledger: Ledger;
	beforeAll(() => {
		ledger = loadLedger();
	});

	test.each(directories)('entries as INVOIC %s: totals, lines and taxes agree', async (release) => {
		const documents = ledger.entries.flatMap((row) => {
			const result = toDocument('purchaseEntry', row);
			return result.ok ? [result.document] : [];
		});
		const { messages, refused, differences } = await encodeAll(documents, { release });
		expect(refused).toEqual([]);
		expect(differences).toEqual([]);
		expect(messages).toHaveLength(documents.length);
		expect(messages.length).toBeGreaterThan(1000);
		const wrong = messages.filter((message) => {
			const [net] = amounts(message, '79');
			const [tax] = amounts(message, '176');
			const [gross] = amounts(message, '77');
			const [due] = amounts(message, '9');
			const rates = amounts(summary(message), '124');
			return !(
				isEqual(sum(amounts(message, '203')), net) &&
				isEqual(sum(rates), tax) &&
				isEqual(add(net ?? ZERO, tax ?? ZERO), gross) &&
				isEqual(gross, due)
			);
		});
		expect(wrong).toEqual([]);
		const booked = documents.map((document) =>
			document.type === 'invoice' ? (parseDecimal(document.grossTotal) ?? ZERO) : ZERO,
		);
		const sent = sum(messages.flatMap((message) => amounts(message, '77')));
		expect(formatDecimal(sent)).toBe(formatDecimal(sum(booked)));
	});

	test.each(directories)('payments as REMADV %s', async (release) => {
		const documents = toRemittances(ledger.payments).flatMap((result) =>
			result.ok ? [result.document] : [],
		);
		const { messages, refused, differences } = await encodeAll(documents, { release });
		expect(refused).toEqual([]);
		expect(differences).toEqual([]);
		expect(messages).toHaveLength(documents.length);
		expect(messages.length).toBeGreaterThan(50);
		for (const message of messages) {
			let total = ZERO;
			let isCredit = false;
			const end = message.findIndex(({ tag }) => tag === 'UNS');
			for (const segment of message.slice(0, end)) {
				if (segment.tag === 'DOC') isCredit = segment.elements[0]?.[0] === '381';
				for (const paid of amounts([segment], '12'))
					total = add(total, isCredit ? negate(paid) : paid);
			}
			expect(isEqual(total, amounts(message.slice(end), '12')[0])).toBe(true);
		}
	});

	test.each(directories)('orders as ORDERS %s', async (release) => {
		const documents = ledger.orders.flatMap((row) => {
			const result = toDocument('purchaseOrder', row);
			return result.ok ? [result.document] : [];
		});
		expect(documents.length).toBeGreaterThan(10);
		const { messages, refused, differences } = await encodeAll(documents, { release });
		expect(refused).toEqual([]);
		expect(differences).toEqual([]);
		for (const message of messages) {
			expect(isEqual(sum(amounts(message, '203')), amounts(message, '79')[0])).toBe(true);
		}
	});
});
