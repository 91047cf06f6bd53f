/**
 * A room of the core as it was built: what is measured is what people run, and its sources import
 * each other in a way that only the compiler follows.
 */
export async function builtRoom(room: string): Promise<unknown> {
	return (await import(new URL(`../dist/lib/${room}/index.js`, import.meta.url).href)) as unknown;
}
