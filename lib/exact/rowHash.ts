import { sha256 } from '../text';
import type { Row } from './decode';

/** Short: it only has to differ when one row of one division changes. */
export function rowHash(row: Row): string {
	const entries = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	return sha256(JSON.stringify(entries)).slice(0, 16);
}
