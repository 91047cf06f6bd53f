/** n8n's own nodes as the templates use them. None of them stands on the path of documents. */
import type { NodeSource, Parameters } from './builder.ts';

type At = readonly [number, number];

function core(type: string, typeVersion: number, name: string, at: At, parameters: Parameters) {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, at, parameters };
}

export interface FormField {
	readonly label: string;
	readonly type: 'text' | 'date' | 'dropdown' | 'radio' | 'checkbox' | 'textarea' | 'html';
	readonly options?: readonly string[];
	readonly placeholder?: string;
	readonly required?: boolean;
	readonly value?: string;
	/** Of a field of type `html`. */
	readonly html?: string;
}

function formFields(fields: readonly FormField[]): Parameters {
	return {
		values: fields.map((field) => ({
			...(field.type === 'html'
				? { elementName: field.label, html: field.html ?? '' }
				: { fieldLabel: field.label }),
			fieldType: field.type,
			...(field.options
				? { fieldOptions: { values: field.options.map((option) => ({ option })) } }
				: {}),
			...(field.placeholder ? { placeholder: field.placeholder } : {}),
			...(field.value === undefined ? {} : { defaultValue: field.value }),
			...(field.type === 'html' ? {} : { requiredField: field.required ?? false }),
		})),
	};
}

/** The first page of a form: for people logged in to n8n, and it never acts. */
export function form(
	name: string,
	at: At,
	title: string,
	description: string,
	fields: readonly FormField[],
): NodeSource {
	return core('formTrigger', 2.5, name, at, {
		authentication: 'n8nUserAuth',
		formTitle: title,
		formDescription: description,
		formFields: formFields(fields),
		responseMode: 'lastNode',
		options: { appendAttribution: false },
	});
}

/** The second page: shows what will happen, and asks. It waits for as long as it takes. */
export function formPage(
	name: string,
	at: At,
	title: string,
	button: string,
	fields: readonly FormField[],
): NodeSource {
	return core('form', 2.5, name, at, {
		operation: 'page',
		formFields: formFields(fields),
		options: { formTitle: title, buttonLabel: button },
	});
}

/** The last page: what really happened. */
export function formEnding(name: string, at: At, html: string): NodeSource {
	return core('form', 2.5, name, at, {
		operation: 'completion',
		respondWith: 'showText',
		responseText: html,
	});
}

export function everyMinutes(name: string, at: At, minutes: number): NodeSource {
	return core('scheduleTrigger', 1.2, name, at, {
		rule: { interval: [{ field: 'minutes', minutesInterval: minutes }] },
	});
}

export function everyDayAt(name: string, at: At, hour: number, minute = 0): NodeSource {
	return core('scheduleTrigger', 1.2, name, at, {
		rule: {
			interval: [{ field: 'days', daysInterval: 1, triggerAtHour: hour, triggerAtMinute: minute }],
		},
	});
}

export function stopWithError(name: string, at: At, message: string): NodeSource {
	return core('stopAndError', 1, name, at, { errorMessage: message });
}

/** Passes on the items of all its inputs, in their order. */
export function append(name: string, at: At, inputs: number): NodeSource {
	return core('merge', 3.2, name, at, { mode: 'append', numberInputs: inputs });
}

export function errorTrigger(name: string, at: At): NodeSource {
	return core('errorTrigger', 1, name, at, {});
}

/** An e-mail by the SMTP account of the instance. A mail that fails never stops what comes behind. */
export function sendEmail(name: string, at: At, fromAndTo: string): NodeSource {
	return {
		...core('emailSend', 2.1, name, at, {
			resource: 'email',
			operation: 'send',
			fromEmail: fromAndTo,
			toEmail: fromAndTo,
			subject: '={{ $json.subject }}',
			emailFormat: 'text',
			text: '={{ $json.text }}',
			options: { appendAttribution: false },
		}),
		credentials: ['smtp'],
		retryOnFail: true,
	};
}

export function webhook(name: string, at: At, path: string): NodeSource {
	return {
		...core('webhook', 2.1, name, at, {
			httpMethod: 'GET',
			path,
			authentication: 'basicAuth',
			responseMode: 'responseNode',
			options: {},
		}),
		credentials: ['httpBasicAuth'],
	};
}

/** Answers a webhook with the binary data of the item, under the headers the item names. */
export function respondWithPage(name: string, at: At): NodeSource {
	const header = (headerName: string, field: string) => ({
		name: headerName,
		value: `={{ $json.headers.${field} }}`,
	});
	return core('respondToWebhook', 1.5, name, at, {
		respondWith: 'binary',
		responseDataSource: 'automatically',
		options: {
			responseCode: '={{ $json.status }}',
			responseHeaders: {
				entries: [
					header('Content-Type', 'contentType'),
					header('Content-Disposition', 'contentDisposition'),
					{ name: 'X-Content-Type-Options', value: 'nosniff' },
					{ name: 'Cache-Control', value: 'no-store' },
				],
			},
		},
	});
}
