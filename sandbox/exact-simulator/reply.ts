/** An answer that ends the request: thrown wherever a rule is broken. */
export class Refusal extends Error {
	readonly status: number;

	readonly headers: Readonly<Record<string, string>>;

	/** Undefined: Exact's own error shape with this message. */
	readonly body: string | undefined;

	constructor(
		status: number,
		message: string,
		more: { headers?: Record<string, string>; body?: string } = {},
	) {
		super(message);
		this.status = status;
		this.headers = more.headers ?? {};
		this.body = more.body;
	}
}

export function errorBody(message: string): string {
	return JSON.stringify({ error: { code: '', message: { lang: '', value: message } } });
}

export const badRequest = (message: string) => new Refusal(400, message);
