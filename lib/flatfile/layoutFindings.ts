import type { CoreErrorCode, Issue } from '../errors';

/** Collects what is wrong with a layout; every message names the record and the field. */
export class LayoutFindings {
	readonly issues: Issue[] = [];

	add(code: CoreErrorCode, path: string, message: string): void {
		this.issues.push({ code, severity: 'error', path, message });
	}
}

/** How messages name a place: "field 'amount' of record 'line'". */
export function nameField(record: string, field: string): string {
	return `field '${field}' of record '${record}'`;
}
