const MEGABYTE = 1024 * 1024;
/** After so many bytes V8 is made to look. */
const EVERY = 8 * MEGABYTE;
/**
 * Half of what V8 lets come in before it collects. Never written, so that it takes no memory: smaller
 * blocks the C library would keep, and clear for the next one.
 */
const UNTOUCHED = 32 * MEGABYTE;

const announce = () => new ArrayBuffer(UNTOUCHED).byteLength;

/**
 * Passes the bytes of a large file on. Their buffers lie outside of V8's heap, and it collects them
 * only when 64 MB have come in; read and sent, a file would take that much and more. So it is told of
 * memory that nobody takes, and looks in time.
 */
export async function* passingBytes(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
	let passed = 0;
	for await (const chunk of stream) {
		const bytes = chunk as Uint8Array;
		yield bytes;
		passed += bytes.length;
		if (passed < EVERY) continue;
		passed = 0;
		announce();
	}
}
