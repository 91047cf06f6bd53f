import { CoreError } from '../errors';

/** NAME_MAX of every file system a partner is likely to use; servers answer longer names with code 5. */
export const MAX_NAME_BYTES = 255;

export type FileNameFields = Readonly<Record<string, string | number | undefined>>;

/** `{name}` or `{name:4}`; the number is a width that digits are padded to with zeros. */
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)(?::([1-9][0-9]?))?\}/g;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * What a value may not bring into a name: separators of POSIX and Windows paths, characters that
 * Windows refuses, the ones a shell or a pick-up pattern would interpret, and white space.
 */
const UNSAFE_IN_VALUE = /[/\\:*?"<>|'`$&;!#%~{}[\]()\s]+/gu;

function nameProblem(name: string): string | undefined {
	if (name === '') return 'is empty';
	if (name === '.' || name === '..') return 'is a folder reference';
	if (CONTROL_CHARACTER.test(name)) {
		return 'holds a control character (such as a line break or NUL)';
	}
	if (name.includes('/')) return 'holds a slash';
	// A separator on Windows servers: `..\x` would leave the folder there.
	if (name.includes('\\')) return 'holds a backslash';
	if (LONE_SURROGATE.test(name)) return 'holds half of a character (a lone surrogate)';
	const bytes = Buffer.byteLength(name, 'utf8');
	if (bytes > MAX_NAME_BYTES) return `is ${bytes} bytes long; ${MAX_NAME_BYTES} are allowed`;
	return undefined;
}

/** The name as text for a message: control characters visible, length bounded. */
export function quoteName(name: string): string {
	const quoted = JSON.stringify(name).replace(
		/[\u007f-\u009f\u2028\u2029]/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return quoted.length > 120 ? `${quoted.slice(0, 117)}…"` : quoted;
}

/** Raises DELIVERY_FILE_NAME_INVALID unless the name is one plain part of a path; returns it as it is. */
export function checkFileName(name: string): string {
	const problem = nameProblem(name);
	if (problem === undefined) return name;
	throw new CoreError(
		'DELIVERY_FILE_NAME_INVALID',
		`The file name ${quoteName(name)} cannot be used: it ${problem}`,
		{ path: 'fileName' },
	);
}

function patternError(message: string): CoreError {
	return new CoreError('DELIVERY_FILE_NAME_PATTERN', message, { path: 'fileNamePattern' });
}

function available(fields: FileNameFields): string {
	const names = Object.keys(fields).filter((name) => hasValue(fields, name));
	return names.map((name) => `{${name}}`).join(', ');
}

function hasValue(fields: FileNameFields, name: string): boolean {
	return Object.hasOwn(fields, name) && fields[name] !== undefined && fields[name] !== '';
}

function valueOf(fields: FileNameFields, name: string, width: number): string {
	const value = String(fields[name]);
	if (CONTROL_CHARACTER.test(value)) {
		throw patternError(
			`The value of {${name}} in the file name holds a control character: ${quoteName(value)}`,
		);
	}
	const safe = value.replace(UNSAFE_IN_VALUE, '_');
	return /^\d+$/.test(safe) ? safe.padStart(width, '0') : safe;
}

/**
 * Fills a pattern such as `{transactionSet}_{partner}_{controlNumber:9}.edi`. A name is made only of
 * what is the same at a replay; the clock is not available here on purpose.
 */
export function formatFileName(pattern: string, fields: FileNameFields): string {
	const literal = pattern.replace(PLACEHOLDER, '');
	const stray = /[{}]/.exec(literal);
	if (stray !== null) {
		const broken = /\{[^{}]*\}?/.exec(literal)?.[0] ?? stray[0];
		throw patternError(
			`The file-name pattern ${quoteName(pattern)} has ${quoteName(broken)}, which is not a placeholder. Available: ${available(fields)}.`,
		);
	}
	const name = pattern.replace(PLACEHOLDER, (placeholder, field: string, width?: string) => {
		if (!Object.hasOwn(fields, field)) {
			throw patternError(
				`The placeholder ${placeholder} of the file-name pattern does not exist. Available: ${available(fields)}.`,
			);
		}
		if (!hasValue(fields, field)) {
			throw patternError(
				`The placeholder ${placeholder} of the file-name pattern has no value for this file. Available: ${available(fields)}.`,
			);
		}
		return valueOf(fields, field, Number(width ?? 0));
	});
	return checkFileName(name);
}

/**
 * A folder as the server is asked for it: one slash between parts, none at the end. `..` is refused,
 * so that a folder taken from a document's field cannot lead elsewhere.
 */
export function checkFolder(folder: string, setting = 'Folder'): string {
	const problem = folderProblem(folder);
	if (problem !== undefined) {
		throw new CoreError(
			'DELIVERY_FOLDER_INVALID',
			`The ${setting} ${quoteName(folder)} cannot be used: it ${problem}`,
			{ path: setting },
		);
	}
	const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
	const joined = parts.join('/');
	if (folder.startsWith('/')) return `/${joined}`;
	return joined === '' ? '.' : joined;
}

function folderProblem(folder: string): string | undefined {
	if (folder.trim() === '') return 'is empty';
	for (const part of folder.split('/')) {
		if (part === '' || part === '.') continue;
		if (part === '..') return 'has a ".." part';
		const problem = nameProblem(part);
		if (problem !== undefined) return `has a part that ${problem}`;
	}
	return undefined;
}

/** Joins a checked folder and a checked name. */
export function joinRemote(folder: string, name: string): string {
	if (folder === '.') return name;
	return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The folder of a path that `joinRemote` made. */
export function parentOf(path: string): string {
	const slash = path.lastIndexOf('/');
	if (slash < 0) return '.';
	return slash === 0 ? '/' : path.slice(0, slash);
}

export function baseOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}
