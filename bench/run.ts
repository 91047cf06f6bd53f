/**
 * `npm run bench [-- --only NAME] [-- --json FILE]`: every benchmark beside a named peer in the same
 * run, as ratios, since machines differ and are noisy. No test asserts a time.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface Measure {
	/** Ours and the peer's in `unit`; the peer is absent where there is nothing to compare with. */
	readonly ours: number;
	readonly peer?: number;
	readonly peerName?: string;
	readonly ratio?: number;
	readonly unit: string;
	/** What to know when reading it: a peer that loses data, a bound that is asked for. */
	readonly note?: string;
}

export interface Benchmark {
	readonly name: string;
	/** Why its rows are left out on this machine, such as a peer that is not installed; or nothing. */
	missing?(): string | undefined;
	run(): Promise<Readonly<Record<string, Measure>>>;
}

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });

function format(value: number | undefined): string {
	if (value === undefined) return '';
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

const files = readdirSync(new URL('.', import.meta.url))
	.filter((file) => file.endsWith('.ts') && file !== 'run.ts')
	.sort();
const measures: Record<string, Measure> = {};
let found = false;
for (const file of files) {
	const { default: benchmark } = (await import(new URL(file, import.meta.url).href)) as {
		default?: Benchmark;
	};
	// A file without a benchmark holds what several of them measure with.
	if (benchmark === undefined) continue;
	if (values.only !== undefined && benchmark.name !== values.only) continue;
	found = true;
	const missing = benchmark.missing?.();
	if (missing !== undefined) {
		process.stdout.write(`${benchmark.name}: left out, ${missing}\n`);
		continue;
	}
	process.stderr.write(`${benchmark.name} …\n`);
	let results: Readonly<Record<string, Measure>>;
	try {
		results = await benchmark.run();
	} catch (error) {
		// The other benchmarks are worth having all the same.
		process.stdout.write(`${benchmark.name}: failed, ${String(error)}\n`);
		process.exitCode = 1;
		continue;
	}
	for (const [measure, result] of Object.entries(results)) {
		measures[measure] = result;
		const beside =
			result.peerName === undefined
				? ''
				: `  ${format(result.peer)} ${result.peerName}  ratio ${format(result.ratio)}`;
		process.stdout.write(
			`${measure.padEnd(52)} ${format(result.ours).padStart(9)} ${result.unit}${beside}${result.note ? `  (${result.note})` : ''}\n`,
		);
	}
}
if (values.only !== undefined && !found) {
	process.stderr.write(`There is no benchmark named ${values.only}.\n`);
	process.exitCode = 1;
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measures, null, 2)}\n`);
