import path from 'node:path';
import { parseArgs } from 'node:util';
import { startExactSimulator } from './index.ts';

/** `node sandbox/exact-simulator/run.ts [--port N] [--data DIR]`: the simulator by itself. */
const { values } = parseArgs({
	options: { port: { type: 'string' }, data: { type: 'string' } },
});

const simulator = await startExactSimulator({
	data: values.data ?? path.join(import.meta.dirname, '..', 'demo-company'),
	port: Number(values.port ?? 0),
});
const { app } = simulator;
process.stdout.write(
	[
		`Exact Online simulator: ${simulator.url}`,
		`  division ${simulator.division}, client id ${app.clientId}, client secret ${app.clientSecret}`,
		'  stop it with Ctrl+C',
		'',
	].join('\n'),
);
process.once('SIGINT', () => void simulator.close());
