import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { sourceOf } from '../../../lib/delivery';
import type { Fault, FaultAction } from '../../../sandbox/sftpServer.ts';
import { deposit, eventually, realPorts, seeded, startPartner } from '../../support/delivery';
import type { Partner } from '../../support/delivery';

const OPERATIONS = ['OPEN', 'WRITE', 'FSYNC', 'CLOSE', 'LSTAT', 'RENAME', 'READ', '*'] as const;
const ACTIONS: readonly FaultAction[] = [
	{ kind: 'reset' },
	{ kind: 'close' },
	{ kind: 'killSubsystem' },
	{ kind: 'silence' },
	{ kind: 'garbage' },
	{ kind: 'blackHole' },
];

function pick<Value>(values: readonly Value[], random: () => number): Value {
	return values[Math.floor(random() * values.length)] as Value;
}

function randomFault(random: () => number, size: number): Fault {
	const at = pick(OPERATIONS, random);
	return {
		at,
		...(at === 'WRITE' ? { byte: Math.floor(random() * size) } : {}),
		...(at === '*' ? { nth: 1 + Math.floor(random() * 8) } : {}),
		when: random() < 0.5 ? 'before' : 'after',
		action: pick(ACTIONS, random),
	};
}

/** Bytes that depend on the seed alone, so that a failing case can be run again. */
function randomContent(random: () => number): Buffer {
	const size = 1 + Math.floor(random() ** 3 * 1_500_000);
	const block = createHash('sha512').update(String(random())).digest();
	return Buffer.alloc(size, block);
}

/** A fault struck while a complete upload was being removed. */
const removalLost = (partner: Partner): boolean =>
	partner.server.events.some(({ kind, detail }) => kind === 'fault' && / at REMOVE /.test(detail));

// Silences end by the deadline, so it is short here; more attempts than usual make up for a busy machine.
const RETRY = { attempts: 12, firstDelayMs: 5, longestDelayMs: 40 };
const DEADLINE_MS = 250;

describe('200 deliveries with two random faults each', () => {
	test.each(Array.from({ length: 10 }, (_value, block) => block))(
		'block %i: nothing partial, twice, lost, left over or hung',
		async (block) => {
			const partner = await startPartner(
				{},
				{ operationTimeoutMs: DEADLINE_MS, connectTimeoutMs: 5_000 },
			);
			try {
				for (let index = 0; index < 20; index += 1) {
					const seed = block * 1_000 + index;
					const random = seeded(seed);
					const content = randomContent(random);
					const faults = [randomFault(random, content.length), randomFault(random, content.length)];
					rmSync(path.join(partner.root, 'inbound'), { recursive: true, force: true });
					mkdirSync(path.join(partner.root, 'inbound'));
					partner.server.faults.clear();
					partner.server.events.length = 0;
					partner.server.faults.add(...faults);
					const request = { fileName: 'a.edi', source: sourceOf(content) };
					const [result] = await deposit(
						partner,
						[request],
						{ retry: RETRY },
						{ ports: realPorts(seed) },
					);
					const what = `seed ${seed}: ${JSON.stringify(faults)} -> ${JSON.stringify(result)}`;
					if (result?.outcome === 'in doubt') {
						// Whether the partner or our own removal took it away is not to be known then.
						expect([what, removalLost(partner)]).toEqual([what, true]);
						expect([what, partner.names()]).toEqual([what, []]);
						continue;
					}
					expect([what, result?.outcome]).toEqual([what, 'deposited']);
					expect([what, partner.names()]).toEqual([what, ['a.edi']]);
					expect([what, partner.content('inbound/a.edi').equals(content)]).toEqual([what, true]);
					partner.server.faults.clear();
					const [again] = await deposit(
						partner,
						[request],
						{ retry: RETRY },
						{ ports: realPorts(seed + 1) },
					);
					expect([what, again?.outcome]).toEqual([what, 'already there']);
					expect([what, partner.names()]).toEqual([what, ['a.edi']]);
				}
				await eventually(() => expect(partner.server.connections()).toBe(0));
			} finally {
				await partner.close();
			}
		},
		120_000,
	);
});
