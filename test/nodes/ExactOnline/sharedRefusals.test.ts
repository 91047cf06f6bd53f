import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type * as Node from '../../../nodes/ExactOnline/ExactOnline.node';
import type { ExactSimulator } from '../../../sandbox/exact-simulator';
import { startExactSimulator } from '../../../sandbox/exact-simulator';
import { exactCredential } from '../../support/exactCredential';
import { madeUpCompany } from '../../support/madeUpCompany';
import { runNode } from '../../support/runWorkflow';
import { ledger as runLedger, useOwnFolder } from '../EdiLedger/support';

const own = useOwnFolder();

/** n8n after a restart, or another process of it: nothing is remembered from before. */
function newProcess() {
	let module: typeof Node | undefined;
	jest.isolateModules(() => {
		module = jest.requireActual<typeof Node>('../../../nodes/ExactOnline/ExactOnline.node');
	});
	return new (module as typeof Node).ExactOnline();
}

const readStored = (folder: string) =>
	readdirSync(folder)
		.map((file) => readFileSync(path.join(folder, file), 'latin1'))
		.join('');

describe('what Exact refused is known to every process that uses the ledger', () => {
	let simulator: ExactSimulator;
	let exact: Record<string, ICredentialDataDecryptedObject>;
	beforeEach(async () => {
		simulator = await startExactSimulator({ data: madeUpCompany(1), latencyMs: 0 });
		exact = exactCredential(simulator);
	});
	afterEach(async () => {
		await simulator.close();
	});

	const read = async (ledger: Record<string, ICredentialDataDecryptedObject>) => {
		const { error } = await runNode(
			newProcess(),
			{
				resource: 'costCenter',
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
			},
			[{ json: {} }],
			{ credentials: { ...exact, ...ledger }, mode: 'trigger' },
		);
		return error?.message;
	};
	const refused = () => simulator.calls.filter(({ status }) => status === 403).length;
	const openLedger = () => path.join(own.folder, '.n8n', 'exact-edi', 'ledger.sqlite');

	test('of the ledger that the node has as a credential', async () => {
		const ledger = { ediLedgerApi: { store: 'embedded', name: 'shared' } };
		simulator.controls.forbid('hrm/Costcenters');
		expect(await read(ledger)).toContain('Exact refuses access to hrm/Costcenters');
		expect(await read(ledger)).toContain('is not asked before');
		expect(refused()).toBe(1);
	});

	test('of the open ledger, where somebody has made it', async () => {
		await runLedger('ledger', 'getToDo');
		expect(existsSync(openLedger())).toBe(true);
		simulator.controls.forbid('hrm/Costcenters');
		expect(await read({})).toContain('Exact refuses access to hrm/Costcenters');
		expect(await read({})).toContain('is not asked before');
		expect(refused()).toBe(1);
	});

	test('without a ledger each process remembers its own, and none is made', async () => {
		simulator.controls.forbid('hrm/Costcenters');
		expect(await read({})).toContain('Exact refuses access to hrm/Costcenters');
		expect(await read({})).toContain('Exact refuses access to hrm/Costcenters');
		expect(refused()).toBe(2);
		expect(existsSync(openLedger())).toBe(false);
	});

	test('a ledger that cannot be used does not stop the reading', async () => {
		const ledger = {
			ediLedgerApi: { store: 'postgres', host: '127.0.0.1', port: 1, database: 'none', tls: 'off' },
		};
		expect(await read(ledger)).toBeUndefined();
		simulator.controls.forbid('hrm/Costcenters');
		expect(await read(ledger)).toContain('Exact refuses access to hrm/Costcenters');
	});

	test('no token stands in the ledger', async () => {
		const ledger = { ediLedgerApi: { store: 'embedded', name: 'shared' } };
		simulator.controls.useRefreshTokenElsewhere();
		simulator.controls.expireAccessTokens();
		expect(await read(ledger)).toContain('its refresh token was used before');
		expect(await read(ledger)).toContain('The connection to Exact Online is not asked before');
		const stored = readStored(path.join(own.folder, '.n8n', 'exact-edi'));
		expect(stored).toContain('EXACT_REFRESH_TOKEN_USED');
		for (const secret of simulator.controls.secrets()) expect(stored).not.toContain(secret);
	});
});
