import { html, type Html } from './html';

/** So much of a file is shown; the whole is a download. */
const BYTES_SHOWN = 100_000;

/** The content as a person can read it. */
export function readableFile(bytes: Uint8Array, _format: string): Html {
	const text = Buffer.from(bytes.subarray(0, BYTES_SHOWN)).toString('latin1');
	const more = bytes.byteLength > BYTES_SHOWN ? html`<p>… the rest is in the download.</p>` : '';
	return html`<pre>${text}</pre>${more}`;
}
