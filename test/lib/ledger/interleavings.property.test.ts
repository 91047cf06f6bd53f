import fc from 'fast-check';
import { acceptRestored, openLedger } from '../../../lib/ledger';
import type { Ledger } from '../../../lib/ledger';
import { happenings, Interleaving } from '../../support/ledgerInterleavings';
import { ACTOR, embeddedLab } from '../../support/ledgerLab';

const RUNS = Number(process.env['LEDGER_INTERLEAVINGS'] ?? 25);

test('whatever happens in whatever order, the promises of the ledger hold', async () => {
	const lab = embeddedLab();
	const reopen = async (ledger: Ledger) => {
		const connection = lab.connectionOf(ledger);
		await acceptRestored(
			connection,
			lab.ports,
			{ reason: 'restored', raiseNumbersBy: 1_000 },
			ACTOR,
		);
		return await openLedger(connection, lab.ports);
	};
	try {
		await fc.assert(
			fc.asyncProperty(happenings, async (all) => {
				const interleaving = await Interleaving.begin(lab, reopen);
				for (const one of all) await interleaving.happen(one);
				await interleaving.judge();
			}),
			{ numRuns: RUNS, endOnFailure: true },
		);
	} finally {
		await lab.remove();
	}
}, 600_000);
