import { ExactOnline } from '../../../nodes/ExactOnline/ExactOnline.node';
import { startExactSimulator } from '../../../sandbox/exact-simulator';
import { exactCredential } from '../../support/exactCredential';
import { demoCompany } from '../../support/exportLab';
import { runNode } from '../../support/runWorkflow';

test('a credential that was saved and never connected is said so, with the next step', async () => {
	const simulator = await startExactSimulator({ data: demoCompany, latencyMs: 0 });
	try {
		const { exactOnlineOAuth2Api } = exactCredential(simulator);
		const saved = { ...exactOnlineOAuth2Api };
		delete saved.oauthTokenData;
		const { outputs } = await runNode(
			new ExactOnline(),
			{
				resource: 'costCenter',
				division: { __rl: true, mode: 'id', value: String(simulator.division) },
			},
			[{ json: {} }],
			{ credentials: { exactOnlineOAuth2Api: saved }, onError: 'continueRegularOutput' },
		);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			outcome: 'failed',
			issues: [{ code: 'EXACT_NOT_CONNECTED' }],
		});
		expect(simulator.calls).toEqual([]);
	} finally {
		await simulator.close();
	}
});
