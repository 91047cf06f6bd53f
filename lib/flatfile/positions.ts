import type { Field, Layout, RecordLayout } from './layout';
import { nameField } from './layoutFindings';
import type { LayoutFindings } from './layoutFindings';

/** Gives every field its start and every record its length; overlaps and gaps become issues. */
export function placeFields(
	layout: Layout,
	record: RecordLayout,
	path: string,
	findings: LayoutFindings,
): RecordLayout {
	const wrong = (field: string, message: string) => {
		findings.add('FLATFILE_LAYOUT_POSITION', `${path}.fields`, `The ${field} ${message}`);
	};
	const placed: Field[] = [];
	let next = 1;
	for (const field of record.fields) {
		const owner = nameField(record.name, field.name);
		if (field.width === undefined) {
			wrong(owner, "has no 'width': give the number of positions the specification says");
			continue;
		}
		const start = field.start ?? next;
		placed.push({ ...field, start });
		next = start + field.width;
	}
	placed.sort((a, b) => (a.start as number) - (b.start as number));

	let end = 0;
	let previous = '';
	const complete: Field[] = [];
	for (const field of placed) {
		const start = field.start as number;
		const owner = nameField(record.name, field.name);
		if (start <= end) {
			wrong(
				owner,
				`starts at position ${start}, but field '${previous}' reaches to ${end}. Start it at ${end + 1}, or correct the width of '${previous}'.`,
			);
		} else if (start > end + 1) {
			if (layout.fillGaps) complete.push(gap(field, end + 1, start - end - 1));
			else {
				wrong(
					owner,
					`starts at position ${start}, but positions ${end + 1} to ${start - 1} belong to no field. Start it at ${end + 1}, add a field of type 'filler', or set "fillGaps": true.`,
				);
			}
		}
		complete.push(field);
		end = Math.max(end, start + (field.width as number) - 1);
		previous = field.name;
	}
	return { ...record, fields: complete, length: checkLength(layout, record, end, complete, wrong) };
}

function checkLength(
	layout: Layout,
	record: RecordLayout,
	end: number,
	complete: Field[],
	wrong: (field: string, message: string) => void,
): number {
	const { recordLength } = layout;
	const last = complete.at(-1);
	if (recordLength === undefined || recordLength === end || last === undefined) return end;
	if (end < recordLength && layout.fillGaps) {
		complete.push(gap(last, end + 1, recordLength - end));
		return recordLength;
	}
	const fix =
		end < recordLength
			? `add a field of type 'filler' with width ${recordLength - end}, or set "fillGaps": true`
			: `shorten it by ${end - recordLength}`;
	wrong(
		nameField(record.name, last.name),
		`ends at position ${end}; the record length is ${recordLength}: ${fix}`,
	);
	return end;
}

function gap(neighbour: Field, start: number, width: number): Field {
	return {
		...neighbour,
		name: `filler at ${start}`,
		type: 'filler',
		storage: 'display',
		digits: undefined,
		start,
		width,
		pad: ' ',
		csv: false,
	};
}
