import type { SftpPort } from './ports';
import { isFailure } from './ports';
import { parentOf } from './fileName';

/**
 * Creates what is missing on the way to a folder. Several runs may do so at once: that a folder
 * "could not be created" counts only when it is still not there afterwards.
 */
export async function makeFolders(port: SftpPort, folder: string): Promise<void> {
	if (folder === '/' || folder === '.' || folder === '') return;
	try {
		await port.makeFolder(folder);
	} catch (error) {
		if (isFailure(error, 'missing')) {
			await makeFolders(port, parentOf(folder));
			await makeAfterParent(port, folder);
			return;
		}
		await checkIsFolder(port, folder, error);
	}
}

async function makeAfterParent(port: SftpPort, folder: string): Promise<void> {
	try {
		await port.makeFolder(folder);
	} catch (error) {
		await checkIsFolder(port, folder, error);
	}
}

async function checkIsFolder(port: SftpPort, folder: string, error: unknown): Promise<void> {
	if (isFailure(error, 'lost', 'timeout')) throw error;
	const found = await port.lstat(folder);
	if (found?.kind !== 'folder' && found?.kind !== 'link') throw error;
}
