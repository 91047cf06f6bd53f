import type { IDataObject } from 'n8n-workflow';
import type { OutputShape, Reader, Resource, Row } from '../../../lib/exact';
import { flattenLines, shapeRow } from '../../../lib/exact';
import { documentHead } from '../../../lib/mapping';

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
	return rows.map((entry) => ({ outcome: 'read', ...entry, document, ...more }) as IDataObject);
}
