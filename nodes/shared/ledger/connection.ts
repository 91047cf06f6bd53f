import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { CoreError } from '../../../lib/errors';
import type { LedgerConnection } from '../../../lib/ledger';

/** What of the process decides where the ledger is and whether it may be an embedded one. */
export interface Surroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Arguments of the program; the first two are Node and n8n. */
	readonly argv: readonly string[];
	readonly cwd: string;
}

/** The ledger without a credential: open to everyone who may build workflows in this n8n. */
export const OPEN_LEDGER = 'ledger';

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** n8n's own folder, found as n8n finds it. */
export function ledgerFolder({ env, cwd }: Surroundings): string {
	const home = text(env.N8N_USER_FOLDER) || text(env.HOME) || text(env.USERPROFILE) || cwd;
	return join(home, '.n8n', 'exact-edi');
}

function executionsMode(env: Surroundings['env']): string {
	const file = text(env.EXECUTIONS_MODE_FILE);
	if (file === '') return text(env.EXECUTIONS_MODE);
	try {
		return text(readFileSync(file, 'utf8'));
	} catch {
		// n8n itself does not start with such a file; what it is set to beside it is all there is to see.
		return text(env.EXECUTIONS_MODE);
	}
}

/** Whether several processes run workflows, each with a folder of its own. */
export function isQueueMode({ env, argv }: Surroundings): boolean {
	return (
		executionsMode(env).toLowerCase() === 'queue' ||
		argv.slice(2).some((word) => word === 'worker' || word === 'webhook')
	);
}

const TLS_MODES = ['off', 'verified', 'unverified'] as const;

function postgresConnection(
	credential: ICredentialDataDecryptedObject,
	named: { readonly name: string; readonly accessKey?: string; readonly folder: string },
): LedgerConnection {
	const certificate = text(credential.ca);
	return {
		...named,
		store: 'postgres',
		host: text(credential.host) || 'localhost',
		port: Number(credential.port ?? 5432),
		database: text(credential.database),
		user: text(credential.user),
		password: typeof credential.password === 'string' ? credential.password : '',
		schema: text(credential.schema) || 'exact_edi',
		tls: TLS_MODES.find((mode) => mode === credential.tls) ?? 'verified',
		...(certificate === '' ? {} : { ca: certificate }),
	};
}

/** The credential's ledger, else the open one in n8n's folder. */
export function ledgerConnection(
	credential: ICredentialDataDecryptedObject | undefined,
	surroundings: Surroundings,
): LedgerConnection {
	const accessKey = typeof credential?.secretKey === 'string' ? credential.secretKey : '';
	const named = {
		name: text(credential?.name) || OPEN_LEDGER,
		// Of the mark against loss, too, where the ledger itself is elsewhere.
		folder: ledgerFolder(surroundings),
		...(accessKey === '' ? {} : { accessKey }),
	};
	if (credential?.store === 'postgres') return postgresConnection(credential, named);
	if (isQueueMode(surroundings)) {
		throw new CoreError(
			'LEDGER_QUEUE_MODE',
			'n8n runs in queue mode, where every worker would have an embedded ledger of its own',
		);
	}
	return { ...named, store: 'embedded' };
}
