import { CoreError } from '../errors';
import { checkFolder } from './fileName';
import type { RetryPolicy } from './retry';

/** What happens when the final name is taken. */
export type ConflictPolicy = 'skipIfIdentical' | 'fail' | 'overwrite' | 'number';

export interface TemporaryName {
	/**
	 * `.name…part`, `name…part`, or `name…part` in another folder of the same disk. `direct` is no
	 * temporary name: for servers that take a file when it is closed, or that forbid to rename or look.
	 */
	readonly style: 'dotPrefix' | 'suffix' | 'stagingFolder' | 'direct';
	readonly stagingFolder?: string | undefined;
	readonly suffix: string;
}

export interface DoneMarker {
	/** Added to the file's name: `.done`. */
	readonly suffix: string;
	/** Nothing, or a line as `sha256sum` writes it. */
	readonly content: 'empty' | 'sha256';
}

export interface DepositSettings {
	readonly folder: string;
	readonly conflict: ConflictPolicy;
	readonly temporary: TemporaryName;
	/** By the size the server reports, or by reading everything back and comparing the hash. */
	readonly verify: 'size' | 'readBack';
	/** Ask the server to bring the bytes to the disk before the file is published, where it can. */
	readonly sync: boolean;
	/** Permission bits; without them the server's default, at most 0644. */
	readonly mode?: number | undefined;
	readonly createFolders: boolean;
	readonly allowEmpty: boolean;
	readonly marker?: DoneMarker | undefined;
	readonly archiveFolder?: string | undefined;
	/** The partner may already have taken the file: leave it to a person, or send the same bytes again. */
	readonly whenInDoubt: 'hold' | 'sendAgain';
	readonly retry: RetryPolicy;
	/** A source that gives nothing for so long is taken for dead. */
	readonly stallMs: number;
	/** Temporary files of dead runs are removed when they have not changed for so long. */
	readonly staleAfterMs: number;
	/** A lock on a name that is older belongs to a run that is dead. */
	readonly lockAgeMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
	attempts: 5,
	firstDelayMs: 500,
	longestDelayMs: 15_000,
};

export const DEFAULT_DEPOSIT: Omit<DepositSettings, 'folder'> = {
	conflict: 'skipIfIdentical',
	temporary: { style: 'dotPrefix', suffix: '.part' },
	verify: 'size',
	sync: true,
	createFolders: false,
	allowEmpty: false,
	whenInDoubt: 'hold',
	retry: DEFAULT_RETRY,
	stallMs: 60_000,
	staleAfterMs: 3_600_000,
	lockAgeMs: 60_000,
};

function invalid(message: string, path: string): CoreError {
	return new CoreError('DELIVERY_OPTION_INVALID', message, {
		path,
		failure: { cause: 'configuration-invalid' },
	});
}

/** `0640`, `640` or empty; anything the world could write is refused. */
export function parseMode(text: string): number | undefined {
	const trimmed = text.trim();
	if (trimmed === '') return undefined;
	if (!/^0?[0-7]{3}$/.test(trimmed)) {
		throw invalid(
			`The file permissions ${JSON.stringify(trimmed)} are not three octal digits such as 0640`,
			'mode',
		);
	}
	return Number.parseInt(trimmed, 8);
}

function checkSuffix(suffix: string, setting: string): void {
	if (!/^[A-Za-z0-9._-]{1,32}$/.test(suffix)) {
		throw invalid(
			`The ${setting} ${JSON.stringify(suffix)} is not 1 to 32 letters, digits, dots, hyphens or underscores`,
			setting,
		);
	}
}

/** Reads and checks every setting once, before anything is sent. */
export function checkSettings(settings: DepositSettings): DepositSettings {
	const { temporary, mode, marker, retry } = settings;
	checkSuffix(temporary.suffix, 'temporary suffix');
	if (temporary.style === 'direct' && settings.conflict === 'overwrite') {
		throw invalid(
			"'Overwrite' cannot go with the 'Temporary Name' 'Direct': a reader would see the old file half replaced",
			'ifFileExists',
		);
	}
	if (marker !== undefined) checkSuffix(marker.suffix, 'marker suffix');
	if (marker !== undefined && marker.suffix === temporary.suffix) {
		throw invalid('The marker suffix and the temporary suffix are the same', 'marker suffix');
	}
	if (mode !== undefined && (mode & 0o002) !== 0) {
		throw invalid(
			`The file permissions 0${mode.toString(8)} would let everybody write the file. Use 0640 or 0660.`,
			'mode',
		);
	}
	if (mode !== undefined && (mode & 0o400) === 0) {
		throw invalid(
			`The file permissions 0${mode.toString(8)} would not let the owner read it`,
			'mode',
		);
	}
	if (!Number.isInteger(retry.attempts) || retry.attempts < 1 || retry.attempts > 20) {
		throw invalid('The number of attempts is not from 1 to 20', 'attempts');
	}
	const staging = temporary.style === 'stagingFolder' ? (temporary.stagingFolder ?? '') : undefined;
	return {
		...settings,
		folder: checkFolder(settings.folder),
		temporary: {
			...temporary,
			stagingFolder: staging === undefined ? undefined : checkFolder(staging, 'Staging Folder'),
		},
		archiveFolder:
			settings.archiveFolder === undefined
				? undefined
				: checkFolder(settings.archiveFolder, 'Archive Folder'),
	};
}
