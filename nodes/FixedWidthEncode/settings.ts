import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import { formatInstant } from '../../lib/flatfile';
import type { FlatFileFormat, Layout } from '../../lib/flatfile';
import type { AgreedItem } from '../shared/ledger';
import { formatOf, layoutOf, parametersOf } from './layoutParameters';

/** What of a file's item comes from the agreement it is made under. */
export interface AgreedFile {
	readonly agreed: AgreedItem;
	readonly sender: string;
	readonly receiver: string;
	readonly controlNumber: string;
	readonly giveBack: (reason: string) => Promise<void>;
}

/** Read once for the run. */
export interface RunSettings {
	readonly format: FlatFileFormat;
	readonly layout: Layout;
	readonly filePer: 'run' | 'partner';
	readonly stopOnInvalid: boolean;
	readonly fileNamePattern: string;
	readonly controlFileName: string | undefined;
	readonly binaryField: string;
	readonly skipUnchanged: boolean;
	/** ISO 8601; the layout's `$run.now`. */
	readonly now: string;
	readonly date: string;
	readonly time: string;
	readonly timeZone: string;
	readonly sequence: string;
	/** For items that *Take New or Changed* handed out. */
	readonly agreedFile?: AgreedFile | undefined;
}

export const DEFAULT_FILE_NAME = '{layout}_{date}_{sequence:6}.{extension}';
export const DEFAULT_CONTROL_NAME = '{file}.ctl';
export const DEFAULT_FIELD = 'data';

export function readSettings(context: IExecuteFunctions): RunSettings {
	const read = parametersOf(context);
	const options = read('options', {}) as IDataObject;
	const layout = layoutOf(read);
	const timeZone = layout.timeZone ?? context.getTimezone();
	const now = timeOf(context, options);
	const controlName = options['controlFileName'];
	return {
		format: formatOf(read),
		layout,
		filePer: read('filePer', 'run') === 'partner' ? 'partner' : 'run',
		stopOnInvalid: read('onInvalidDocument', 'reject') === 'stop',
		fileNamePattern: text(read('fileNamePattern', '')) || DEFAULT_FILE_NAME,
		controlFileName:
			options['controlFile'] === true ? text(controlName) || DEFAULT_CONTROL_NAME : undefined,
		binaryField: text(options['binaryField']) || DEFAULT_FIELD,
		skipUnchanged: options['skipUnchanged'] === true,
		now,
		date: partOfTime(now, timeZone, 'yyyyMMdd'),
		time: partOfTime(now, timeZone, 'HHmmss'),
		timeZone,
		sequence: text(read('sequence', '')),
	};
}

/** The time of the run, unless the input brings its own: a replay must be able to. */
function timeOf(context: IExecuteFunctions, options: IDataObject): string {
	const given = text(options['fileTime']);
	return given || String(context.evaluateExpression('{{ $now.toISO() }}', 0));
}

function partOfTime(now: string, timeZone: string, format: string): string {
	const formatted = formatInstant(now, timeZone, format);
	if (formatted !== undefined) return formatted;
	throw new CoreError(
		'FLATFILE_OPTION_INVALID',
		`'File Time' must be an ISO date and time, not ${JSON.stringify(now)}`,
		{ path: 'options.fileTime' },
	);
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** An expression may choose the partner of each item; anything else is read once. */
export function partnerReader(context: IExecuteFunctions): (itemIndex: number) => string {
	const read = (itemIndex: number) => text(context.getNodeParameter('partner', itemIndex, ''));
	const written = context.getNode().parameters['partner'];
	if (typeof written === 'string' && written.startsWith('=')) return read;
	const partner = read(0);
	return () => partner;
}
