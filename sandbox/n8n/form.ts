import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of checkboxes several values. */
type Fields = Readonly<Record<string, string | readonly string[]>>;

interface Answer {
	readonly status: number;
	readonly text: string;
}

/** What a person would read on a page. */
export function visibleText(html: string): string {
	return html
		.replace(/<(script|style)[^]*?<\/\1>/g, ' ')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
		.replace(/\s+/g, ' ')
		.trim();
}

/** Cookies as a browser keeps them: n8n's session, and those of the form's own login. */
class Cookies {
	private readonly kept = new Map<string, string>();

	constructor(header: string) {
		for (const pair of header.split('; ').filter(Boolean)) this.keep(pair);
	}

	keep(pair: string): void {
		const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(pair) ?? [];
		if (name !== '') this.kept.set(name, value);
	}

	get header(): string {
		return [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ');
	}
}

interface Call {
	readonly method: 'GET' | 'POST';
	readonly form?: FormData;
	readonly json?: object;
	readonly token?: string;
}

/** Without a limit on the wait: n8n answers late while a long run keeps it busy, and fetch gives up. */
async function callOnce(url: string, cookies: Cookies, { method, form, json, token = '' }: Call) {
	const encoded =
		json !== undefined ? Response.json(json) : form === undefined ? undefined : new Response(form);
	const body = encoded === undefined ? undefined : Buffer.from(await encoded.arrayBuffer());
	const headers = {
		cookie: cookies.header,
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
	for (const pair of answer.headers['set-cookie'] ?? []) cookies.keep(pair);
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	return { status: answer.statusCode ?? 0, text, location: answer.headers.location };
}

/** n8n's own page that asks whether the form may know who is signed in; answers where it leads. */
async function consent(page: string, cookies: Cookies): Promise<string> {
	const at = (name: string) => new URL(`/rest/consent/${name}`, page).href;
	const read = (text: string) =>
		(JSON.parse(text) as { data?: { redirectUrl?: string } }).data?.redirectUrl;
	const details = await callOnce(at('details'), cookies, { method: 'GET' });
	const known = read(details.text);
	if (known !== undefined) return known;
	const approved = await callOnce(at('approve'), cookies, {
		method: 'POST',
		json: { approved: true },
	});
	const next = read(approved.text);
	if (next === undefined) throw new Error(`the consent was refused: ${approved.text}`);
	return next;
}

const MOST_REDIRECTS = 10;

async function call(url: string, cookies: Cookies, how: Call): Promise<Answer> {
	let target = url;
	for (let hop = 0; hop < MOST_REDIRECTS; hop += 1) {
		const answer = await callOnce(target, cookies, hop === 0 ? how : { method: 'GET' });
		if (answer.location === undefined || answer.status < 300 || answer.status >= 400) {
			// n8n shows a form of signed-in people inside a frame of its own.
			const frame = /<iframe[^>]*\ssrc='([^']+)'/.exec(answer.text)?.[1];
			if (frame === undefined || how.method === 'POST') return answer;
			target = new URL(frame.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), target).href;
			continue;
		}
		target = new URL(answer.location, target).href;
		if (new URL(target).pathname === '/oauth/consent') target = await consent(target, cookies);
	}
	throw new Error(`the form leads in circles: ${target}`);
}

/** The names under which n8n's page sends its fields, by what a person reads above them. */
function namedFields(page: string, fields: Fields): FormData {
	const form = new FormData();
	const labels = [...page.matchAll(/<label[^>]*for=["']([^"']+)["'][^>]*>([^]*?)<\/label>/g)];
	const names = new Map(
		labels.map(([, name = '', label = '']) => [visibleText(label).replace(/\s*\*$/, ''), name]),
	);
	// Checkboxes and radio buttons: the label has no field of its own, each choice has one.
	const choices = [
		...page.matchAll(
			/<label[^>]*class='form-label[^>]*>([^<]*)<\/label>\s*<div\s+class='multiselect[^>]*\sid='([^']+)'/g,
		),
	].map(([, label = '', name = '']) => [visibleText(label), name] as const);
	for (const [label, name] of names) if (name.startsWith('option')) names.delete(label);
	const known = [...names.keys(), ...choices.map(([label]) => label)];
	const unknown = Object.keys(fields).filter((label) => !known.includes(label));
	if (unknown.length > 0) {
		throw new Error(`the form has no field ${unknown.join(', ')}; it has ${known.join(', ')}`);
	}
	for (const [label, name] of names) form.set(name, String(fields[label] ?? ''));
	for (const [label, name] of choices) form.set(name, JSON.stringify([fields[label] ?? []].flat()));
	return form;
}

const tokenOf = (page: string): string => {
	const token = /authToken = '([^']*)'/.exec(page)?.[1] ?? '';
	return token.replace(/&#x([0-9a-f]+);/gi, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
};

/** Activation registers a form a moment after it has answered. */
async function firstPage(url: string, cookie: Cookies): Promise<string> {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const { status, text } = await call(url, cookie, { method: 'GET' });
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
async function nextPage(url: URL, cookie: Cookies): Promise<string | undefined> {
	const state = new URL(url);
	state.pathname += '/n8n-execution-status';
	for (;;) {
		const { text } = await call(state.href, cookie, { method: 'GET' });
		const word = text.trim();
		if (word === 'form-waiting') return (await call(url.href, cookie, { method: 'GET' })).text;
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
	const cookies = new Cookies(cookie);
	let page: string | undefined = await firstPage(url, cookies);
	let target = new URL(url);
	for (const fields of pages) {
		if (page === undefined) throw new Error('the form ended before its last page');
		const form = namedFields(page, fields);
		const answer = await call(target.href, cookies, { method: 'POST', form, token: tokenOf(page) });
		if (answer.status >= 400) {
			throw new Error(
				`the form answered ${answer.status}: ${visibleText(answer.text).slice(0, 400)}`,
			);
		}
		target = waitingUrl(answer.text) ?? target;
		page = target.pathname.includes('form-waiting') ? await nextPage(target, cookies) : answer.text;
	}
	// The last page tells n8n that it was shown; until then the run waits.
	if (page !== undefined && target.pathname.includes('form-waiting')) {
		await call(target.href, cookies, { method: 'POST', json: {}, token: tokenOf(page) });
	}
	return visibleText(page ?? '');
}
