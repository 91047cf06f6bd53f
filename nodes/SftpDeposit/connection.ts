import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { connectSftp, DEFAULT_RETRY } from '../../lib/delivery';
import type {
	Connect,
	ConnectionOptions,
	ConnectSettings,
	DeliveryPorts,
} from '../../lib/delivery';

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
}

/** How to reach the server, from the credential and the options of the first item. */
export async function nodeConnection(context: IExecuteFunctions): Promise<NodeConnection> {
	const option = (name: string, fallback: number): number =>
		Number(context.getNodeParameter(`options.${name}`, 0, fallback));
	const settings = connectSettings(await context.getCredentials('sftpVerifiedApi'), {
		connectTimeoutMs: option('connectTimeout', 20) * 1000,
		operationTimeoutMs: option('operationTimeout', 30) * 1000,
	});
	const connect: Connect = (signal) => connectSftp(settings, signal);
	return {
		connect,
		server: `${settings.host}:${settings.port}`,
		retry: { ...DEFAULT_RETRY, attempts: option('attempts', DEFAULT_RETRY.attempts) },
		ports: deliveryPorts,
		signal: context.getExecutionCancelSignal(),
	};
}
