import type { Issue } from '../errors';
import { STATUS_FIELDS } from './options';
import type { MappingOptions, StatusResource } from './options';
import type { Row } from './paths';
import type { DocumentResource } from './rules';
import { recordSubject } from './subject';

function excluded(resource: StatusResource, row: Row, path: string, state: string): Issue {
	return {
		code: 'MAPPING_STATUS_EXCLUDED',
		severity: 'warning',
		path,
		message: `${recordSubject(resource, row)} is not sent: it is ${state}`,
		received: String(row[path]),
	};
}

const hasStatus = (resource: DocumentResource): resource is StatusResource =>
	Object.hasOwn(STATUS_FIELDS, resource);

/** Why a record's status keeps it from being sent; a record without a status is sent. */
export function excludedStatus(
	resource: DocumentResource,
	row: Row,
	options: MappingOptions,
): Issue | undefined {
	if (!hasStatus(resource)) return undefined;
	const { field, sent, names } = STATUS_FIELDS[resource];
	const allowed: readonly number[] = options.statuses?.[resource] ?? sent;
	const status = row[field];
	if (typeof status === 'number' && !allowed.includes(status)) {
		const name = (names as Readonly<Record<number, string>>)[status];
		return excluded(resource, row, field, name ?? `in status ${status}`);
	}
	// ApprovalStatus 0 waits for approval, 1 is approved automatically, 2 by a person.
	if (
		resource === 'purchaseOrder' &&
		row.ApprovalStatus === 0 &&
		options.includeUnapprovedOrders !== true
	) {
		return excluded(resource, row, 'ApprovalStatus', 'not approved yet');
	}
	return undefined;
}
