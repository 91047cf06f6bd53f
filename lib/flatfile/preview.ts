import type { Layout, RecordLayout } from './layout';
import type { WrittenRecord } from './output';

/** Shown for a byte of a packed or binary number, which has no character. */
const STORED_BYTE = '▒';

/**
 * The records under a column ruler, each kind under a line that marks where its fields begin; a
 * space is shown as a dot, so that positions can be checked by eye.
 */
export function previewLines(layout: Layout, records: readonly WrittenRecord[]): readonly string[] {
	const length = Math.max(...records.map(({ record }) => record.layout.length));
	const lines = [...ruler(length)];
	let kind: string | undefined;
	for (const written of records) {
		const { layout: recordLayout } = written.record;
		if (recordLayout.name !== kind) {
			kind = recordLayout.name;
			lines.push(`${starts(recordLayout)}  ${kind}: ${positions(recordLayout)}`);
		}
		lines.push(show(written));
	}
	if (layout.widthIn === 'bytes' && layout.encoding === 'utf-8') {
		lines.push('(positions count bytes; a character of several bytes moves what follows)');
	}
	return lines;
}

function ruler(length: number): readonly [string, string] {
	let tens = '';
	let ones = '';
	for (let column = 1; column <= length; column += 1) {
		tens += column % 10 === 0 ? String(Math.floor(column / 10) % 10) : ' ';
		ones += String(column % 10);
	}
	return [tens, ones];
}

function starts(record: RecordLayout): string {
	const marks = Array.from({ length: record.length }, () => ' ');
	for (const field of record.fields) marks[(field.start as number) - 1] = '|';
	return marks.join('');
}

function positions(record: RecordLayout): string {
	return record.fields
		.map(
			({ name, start, width }) => `${name} ${start}-${(start as number) + (width as number) - 1}`,
		)
		.join(', ');
}

function show({ record, texts }: WrittenRecord): string {
	return record.layout.fields
		.map((field, index) => {
			const text = texts[index] as string;
			return field.storage === 'display'
				? text.replaceAll(' ', '·')
				: STORED_BYTE.repeat(text.length);
		})
		.join('');
}
