import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLedger } from '../../lib/ledger';
import type { Actor, Ledger, LedgerConnection, LedgerPorts } from '../../lib/ledger';

/** A clock that a test moves; the embedded store's clock is the process's. */
export interface TestClock extends LedgerPorts {
	advance(seconds: number): void;
}

export function testPorts(): TestClock {
	let ahead = 0;
	return {
		now: () => new Date(Date.now() + ahead),
		randomId: () => randomBytes(32).toString('hex'),
		wait: async (milliseconds) => await new Promise((resolve) => setTimeout(resolve, milliseconds)),
		jitter: () => Math.random(),
		advance: (seconds) => {
			ahead += seconds * 1_000;
		},
	};
}

export const ACTOR: Actor = {
	workflowId: 'w1',
	workflowName: 'Export',
	executionId: '100',
	node: 'EDI Ledger',
	mode: 'trigger',
};

export function temporaryFolder(): { folder: string; remove: () => void } {
	const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A store to test on: each call of `connection` names a ledger that does not exist yet. */
export interface LedgerLab {
	readonly ports: TestClock;
	connection(): LedgerConnection;
	fresh(): Promise<Ledger>;
	remove(): Promise<void> | void;
}

export function embeddedLab(): LedgerLab {
	const { folder, remove } = temporaryFolder();
	const ports = testPorts();
	let count = 0;
	const connection = (): LedgerConnection => ({
		store: 'embedded',
		folder,
		name: `ledger-${(count += 1)}`,
	});
	return { ports, connection, fresh: async () => await openLedger(connection(), ports), remove };
}
