import type { FlatFileFormat, FlatFileInput, LayoutJson } from '../../../lib/flatfile';
import { encodeFlatFile, parseLayout } from '../../../lib/flatfile';

export const RUN = {
	now: '2026-11-25T09:30:15.000Z',
	timeZone: 'Europe/Amsterdam',
	partner: 'ACME',
	sequence: 42,
} as const;

/** A layout of one detail record with the given fields. */
export function detailLayout(fields: readonly LayoutJson[], more: LayoutJson = {}): LayoutJson {
	return { name: 'test', ...more, records: [{ name: 'row', kind: 'detail', fields }] };
}

export function encode(
	layout: unknown,
	rows: readonly Record<string, unknown>[],
	format: FlatFileFormat = 'fixed-width',
	run: Parameters<typeof encodeFlatFile>[3] = RUN,
) {
	const inputs: FlatFileInput[] = rows.map((row) => ({ row }));
	return encodeFlatFile(parseLayout(layout, format), inputs, format, run);
}

/** The file as Latin-1 text: one character for each byte. */
export function bytesAsText(result: ReturnType<typeof encode>): string {
	return Buffer.from(result.file?.bytes ?? []).toString('latin1');
}

/** What one field makes of one value, or the code of the issue. */
export function writeField(field: LayoutJson, value: unknown, more: LayoutJson = {}): string {
	const layout = detailLayout([{ name: 'v', width: 8, ...field }], {
		recordSeparator: 'none',
		...more,
	});
	const result = encode(layout, [{ v: value }]);
	return result.rejected[0]?.issues[0]?.code ?? bytesAsText(result);
}
