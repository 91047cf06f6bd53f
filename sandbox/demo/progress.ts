const started = Date.now();
export const say = (message: string) => {
	const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(4);
	process.stderr.write(`${seconds} s  ${message}\n`);
};

/** Long steps say that they are still going. */
export async function step<T>(
	title: string,
	work: () => Promise<T>,
	progress?: () => string,
): Promise<T> {
	say(`${title} …`);
	const timer = setInterval(
		() => say(`  … ${title.toLowerCase()}${progress ? `: ${progress()}` : ''}`),
		15_000,
	);
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}
