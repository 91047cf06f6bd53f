import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

type Fields = Readonly<Record<string, string>>;

interface Answer {
	readonly status: number;
	readonly text: string;
}

/** What a person would read on a page. */
export function visibleText(html: string): string {
	return html
		.replace(/<(script|style)[^]*?<\/\1>/g, ' ')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
		.replace(/\s+/g, ' ')
		.trim();
}

/** Without a limit on the wait: n8n answers late while a long run keeps it busy, and fetch gives up. */
async function call(
	method: 'GET' | 'POST',
	url: string,
	cookie: string,
	form?: FormData,
	token = '',
): Promise<Answer> {
	const encoded = form === undefined ? undefined : new Response(form);
	const body = encoded === undefined ? undefined : Buffer.from(await encoded.arrayBuffer());
	const headers = {
		cookie,
		...(token === '' ? {} : { 'x-auth-token': token }),
		...(body === undefined
			? {}
			: {
					'content-type': encoded?.headers.get('content-type') ?? '',
					'content-length': body.length,
				}),
	};
	const sent = request(url, { method, headers });
	sent.end(body);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') };
}

/** The names under which n8n's page sends its fields, by what a person reads above them. */
function namedFields(page: string, fields: Fields): FormData {
	const form = new FormData();
	const labels = [...page.matchAll(/<label[^>]*for=["']([^"']+)["'][^>]*>([^]*?)<\/label>/g)];
	const names = new Map(
		labels.map(([, name = '', label = '']) => [visibleText(label).replace(/\s*\*$/, ''), name]),
	);
	const unknown = Object.keys(fields).filter((label) => !names.has(label));
	if (unknown.length > 0) {
		throw new Error(
			`the form has no field ${unknown.join(', ')}; it has ${[...names.keys()].join(', ')}`,
		);
	}
	for (const [label, name] of names) form.set(name, fields[label] ?? '');
	return form;
}

const tokenOf = (page: string): string => /authToken = '([^']*)'/.exec(page)?.[1] ?? '';

/** Activation registers a form a moment after it has answered. */
async function firstPage(url: string, cookie: string): Promise<string> {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const { status, text } = await call('GET', url, cookie);
		if (status === 200) return text;
		if (status !== 404 || Date.now() > deadline) {
			throw new Error(`the form answered ${status}: ${visibleText(text).slice(0, 400)}`);
		}
		await sleep(400);
	}
}

function waitingUrl(text: string): URL | undefined {
	try {
		const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl?: string };
		return formWaitingUrl === undefined ? undefined : new URL(formWaitingUrl);
	} catch {
		return undefined;
	}
}

/** The next page of a run, once there is one; undefined where the run has ended without. */
async function nextPage(url: URL, cookie: string): Promise<string | undefined> {
	const state = new URL(url);
	state.pathname += '/n8n-execution-status';
	for (;;) {
		const { text } = await call('GET', state.href, cookie);
		const word = text.trim();
		if (word === 'form-waiting') return (await call('GET', url.href, cookie)).text;
		if (['success', 'null', 'canceled', 'crashed', 'error'].includes(word)) return undefined;
		await sleep(300);
	}
}

/** Fills in one page after the other, as a browser does; answers what the last page says. */
export async function fillForm(
	url: string,
	pages: readonly Fields[],
	cookie: string,
): Promise<string> {
	let page: string | undefined = await firstPage(url, cookie);
	let target = new URL(url);
	for (const fields of pages) {
		if (page === undefined) throw new Error('the form ended before its last page');
		const form = namedFields(page, fields);
		const answer = await call('POST', target.href, cookie, form, tokenOf(page));
		if (answer.status >= 400) {
			throw new Error(
				`the form answered ${answer.status}: ${visibleText(answer.text).slice(0, 400)}`,
			);
		}
		target = waitingUrl(answer.text) ?? target;
		page = target.pathname.includes('form-waiting') ? await nextPage(target, cookie) : answer.text;
	}
	return visibleText(page ?? '');
}
