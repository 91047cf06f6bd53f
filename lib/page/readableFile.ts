import { readFileForPeople  } from '../edi/acks';
import type {ReadableElement} from '../edi/acks';
import { html  } from './html';
import type {Html} from './html';

/** So much of a flat file is shown; the whole is a download. */
const BYTES_SHOWN = 100_000;

const EDI: ReadonlySet<string> = new Set(['X12', 'EDIFACT']);

function elementText({ at, name, value, shown, meaning }: ReadableElement): Html {
	const words = [shown, meaning].filter((one) => one !== undefined && one !== '').join(', ');
	return html`<dt>${name === '' ? at : name}</dt>
		<dd>${value}${words === '' ? '' : html` <span class="soft">${words}</span>`}</dd>`;
}

/** Segments with their meaning from the schema tables; a flat file as it is. */
export function readableFile(bytes: Uint8Array, format: string): Html {
	if (!EDI.has(format)) {
		const text = Buffer.from(bytes.subarray(0, BYTES_SHOWN)).toString('latin1');
		const rest = bytes.byteLength > BYTES_SHOWN ? html`<p>… the rest is in the download.</p>` : '';
		return html`<pre>${text}</pre>
			${rest}`;
	}
	const { segments, segmentCount, problems } = readFileForPeople(bytes);
	const rest =
		segmentCount > segments.length
			? html`<p>… and ${segmentCount - segments.length} segments more, in the download.</p>`
			: '';
	return html`${problems.map((problem) => html`<p class="bad">${problem}</p>`)}
	${segments.map(
		({ tag, name, elements }) =>
			html`<details>
				<summary>
					<b>${tag}</b> ${name}: ${elements.map(({ shown, value }) => shown ?? value).join(' · ')}
				</summary>
				<dl>${elements.map(elementText)}</dl>
			</details> `,
	)}${rest}`;
}
