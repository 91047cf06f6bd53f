import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Notice, OutputShape, QuotaReport, Reader, Resource, Row } from '../../../lib/exact';
import { flattenLines, shapeRow } from '../../../lib/exact';
import { documentHead } from '../../../lib/mapping';
import { withOutcome } from '../fileItem';

export interface ItemShape {
	readonly output: OutputShape;
	readonly fields: readonly string[];
	readonly onePerLine: boolean;
}

/** What leaves for one row: its fields, its identity, and what it was joined with. */
export function toItemJson(
	row: Row,
	resource: Resource,
	reader: Reader,
	shape: ItemShape,
	more: IDataObject = {},
): IDataObject[] {
	// Of the decoded row, so that the hash does not depend on the shape of the output.
	const document = documentHead(resource.name, row, { division: reader.division });
	const shaped = shapeRow(row, shape.output, shape.fields, reader);
	const rows = shape.onePerLine ? flattenLines(shaped) : [shaped];
	return rows.map((entry) =>
		withOutcome({ ...entry, document, ...more } as IDataObject, 'read', []),
	);
}

/** What the user should know although it went on, in the first item. */
export function withNotices(
	items: readonly INodeExecutionData[],
	notices: readonly Notice[],
	quota: QuotaReport,
): void {
	const first = items.find(({ json }) => json.outcome === 'read') ?? items[0];
	if (first === undefined) return;
	const issues = notices.map((notice) => ({ severity: 'warning', ...notice }));
	const outcome = String(first.json.outcome);
	first.json = withOutcome({ ...first.json, quota: { ...quota } }, outcome, issues);
}
