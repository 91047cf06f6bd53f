import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { connectSftp, DEFAULT_RETRY } from '../../lib/delivery';
import type {
	Connect,
	ConnectionOptions,
	ConnectSettings,
	DeliveryPorts,
} from '../../lib/delivery';
import { numberParameter } from './parameters';

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(finish, milliseconds);
		function finish(): void {
			clearTimeout(timer);
			signal?.removeEventListener('abort', finish);
			resolve();
		}
		signal?.addEventListener('abort', finish, { once: true });
		if (signal?.aborted === true) finish();
	});
}

export const deliveryPorts: DeliveryPorts = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep,
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function connectSettings(
	credential: ICredentialDataDecryptedObject,
	timeouts: { readonly connectTimeoutMs: number; readonly operationTimeoutMs: number },
): ConnectSettings {
	return {
		host: text(credential.host).trim(),
		port: Number(credential.port ?? 22),
		username: text(credential.username),
		password: text(credential.password),
		privateKey: text(credential.privateKey),
		passphrase: text(credential.passphrase),
		hostKeys: text(credential.hostKeys),
		allowLegacyAlgorithms: credential.allowLegacyAlgorithms === true,
		...timeouts,
	};
}

export interface NodeConnection extends ConnectionOptions {
	readonly server: string;
	readonly username: string;
}

/** How to reach the server, from the credential and the options of the first item. */
export async function nodeConnection(context: IExecuteFunctions): Promise<NodeConnection> {
	const number = (name: string, label: string, fallback: number): number =>
		numberParameter(context, `options.${name}`, 0, { label, fallback, least: 1 });
	const settings = connectSettings(await context.getCredentials('sftpVerifiedApi'), {
		connectTimeoutMs: number('connectTimeout', 'Connect Timeout', 20) * 1000,
		operationTimeoutMs: number('operationTimeout', 'Operation Timeout', 30) * 1000,
	});
	const connect: Connect = (signal) => connectSftp(settings, signal);
	return {
		connect,
		server: `${settings.host}:${settings.port}`,
		username: settings.username,
		retry: { ...DEFAULT_RETRY, attempts: number('attempts', 'Attempts', DEFAULT_RETRY.attempts) },
		ports: deliveryPorts,
		signal: context.getExecutionCancelSignal(),
	};
}
