import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** The file that keeps the mark; see `mark.ts` for what it says. */
export function markFile(folder: string, name: string) {
	const file = path.join(folder, `${name}.mark`);
	return {
		readMark(): string | undefined {
			try {
				return readFileSync(file, 'utf8');
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
				throw error;
			}
		},
		writeMark(text: string): void {
			const handle = openMark(file);
			try {
				writeSync(handle, text, 0);
				fsyncSync(handle);
			} finally {
				closeSync(handle);
			}
		},
	};
}

function openMark(file: string): number {
	try {
		return openSync(file, 'r+');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
		return openSync(file, 'wx', 0o600);
	}
}
