import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DEFAULT_OPTIONS, DEFAULT_RULES } from '../../lib/edi/acks';
import type { AcknowledgmentOptions, ReadingOptions } from '../../lib/edi/acks';
import { CoreError } from '../../lib/errors';
import { preparationTime } from '../shared';

export interface GenerateSettings {
	readonly onBehalf: boolean;
	readonly binaryField: string;
	readonly partner: string;
	readonly fileNamePattern: string;
	readonly acknowledgment: AcknowledgmentOptions;
	readonly reading: ReadingOptions;
	readonly controlNumberSource: 'automatic' | 'execution' | 'input' | 'ledger';
	readonly controlNumberOffset: number;
}

export const DEFAULT_FILE_NAME = '{transactionSet}_{partner}_{controlNumber}.edi';

function oneOf<Choice extends string>(
	options: IDataObject,
	name: string,
	label: string,
	choices: readonly Choice[],
	fallback: Choice,
): Choice {
	const value = options[name] ?? fallback;
	const found = choices.find((choice) => choice === value);
	if (found !== undefined) return found;
	throw new CoreError(
		'ACK_INVALID_OPTION',
		`The setting '${label}' is "${String(value)}"; it must be one of ${choices.join(', ')}`,
		{ path: name },
	);
}

function invalidOption(path: string, message: string): CoreError {
	return new CoreError('ACK_INVALID_OPTION', message, { path });
}

function list(value: unknown): readonly string[] {
	return String(value ?? '')
		.split(/[,\n]/)
		.map((entry) => entry.trim())
		.filter(Boolean);
}

/** Labels the decoder of the platform knows; a misspelt one would fail in the middle of a file. */
export function readEncoding(options: IDataObject): string | undefined {
	const encoding = String(options['characterSet'] ?? '').trim();
	if (encoding === '' || encoding === 'auto') return undefined;
	try {
		return new TextDecoder(encoding).encoding;
	} catch {
		const why = `The character set '${encoding}' is not known; use a name such as utf-8 or iso-8859-1`;
		throw invalidOption('characterSet', why);
	}
}

const DAY = 86_400_000;

/** The first day that is not too old, in the time zone of the workflow. */
function readOldest(options: IDataObject, timeZone: string): string | undefined {
	const days = Number(options['maxAgeDays'] ?? 0);
	if (days === 0) return undefined;
	if (!Number.isInteger(days) || days < 0 || days > 36_500) {
		const why = `'Oldest Accepted (Days)' is '${String(options['maxAgeDays'])}'; it must be a whole number of days, or 0`;
		throw invalidOption('maxAgeDays', why);
	}
	return preparationTime(new Date(Date.now() - days * DAY), timeZone).date;
}

export function readGenerateSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	onBehalf: boolean,
): GenerateSettings {
	const read = <Value>(name: string, fallback: Value): Value =>
		context.getNodeParameter(name, itemIndex, fallback) as Value;
	const options = read<IDataObject>('options', {});
	const bodyErrors = oneOf(
		options,
		'bodyErrors',
		'On Content Errors',
		['reject', 'accept with errors'],
		DEFAULT_RULES.bodyErrors,
	);
	const envelopeErrors = oneOf(
		options,
		'envelopeErrors',
		'On Envelope Errors',
		['reject', 'accept with errors'],
		DEFAULT_RULES.envelopeErrors,
	);
	const identifier = String(options['contrlIdentifier'] ?? DEFAULT_OPTIONS.contrlIdentifier);
	if (!/^[A-Z0-9]{1,3}:[A-Z0-9]{1,3}:[A-Z0-9]{2,3}(?::[A-Za-z0-9.]{1,6})?$/.test(identifier)) {
		throw new CoreError(
			'ACK_INVALID_OPTION',
			`The CONTRL version "${identifier}" must look like D:3:UN or D:3:UN:2.0b`,
			{ path: 'contrlIdentifier' },
		);
	}
	return {
		onBehalf,
		binaryField: read('binaryField', 'data'),
		partner: read<string>('partner', '').trim(),
		fileNamePattern: String(options['fileNamePattern'] || DEFAULT_FILE_NAME),
		acknowledgment: {
			rules: { bodyErrors, envelopeErrors, allOrNothing: options['allOrNothing'] === true },
			functional: oneOf(
				{ functional: read<unknown>('functionalAcknowledgment', '997') } as IDataObject,
				'functional',
				'X12 Acknowledgment',
				['997', '999'],
				'997',
			),
			release: oneOf(
				options,
				'release',
				'Release of the 997',
				['as received', '004010', '005010'],
				DEFAULT_OPTIONS.release,
			),
			ta1: oneOf(options, 'ta1', 'TA1', ['when requested', 'always', 'never'], DEFAULT_OPTIONS.ta1),
			listAccepted: options['listAccepted'] !== false,
			detail: options['detail'] !== false,
			lineBreaks: options['lineBreaks'] === true,
			contrl: oneOf(
				options,
				'contrl',
				'CONTRL',
				['acknowledgment', 'receipt', 'both'],
				DEFAULT_OPTIONS.contrl,
			),
			contrlWhen: oneOf(
				options,
				'contrlWhen',
				'Send CONTRL',
				['always', 'when requested'],
				DEFAULT_OPTIONS.contrlWhen,
			),
			contrlIdentifier: identifier,
		},
		reading: {
			encoding: readEncoding(options),
			// A file of ours is addressed to its receiver, whoever that is.
			acceptedReceivers: onBehalf ? [] : list(options['acceptedReceivers']),
			acceptedSenders: onBehalf ? [] : list(options['acceptedSenders']),
			productionOnly: options['productionOnly'] === true,
			// A file of ours may wait as long as it likes.
			oldest: onBehalf ? undefined : readOldest(options, context.getTimezone()),
			rejectUnsupported: options['rejectUnsupported'] === true,
			anyCode: options['anyCode'] === true,
			leaveApplicationAnswers: options['leaveApplicationAnswers'] === true,
			repertoire: options['checkRepertoire'] === true ? 'check' : 'ignore',
		},
		controlNumberSource: oneOf(
			{ source: read<unknown>('controlNumberSource', 'automatic') } as IDataObject,
			'source',
			'Control Numbers',
			['automatic', 'execution', 'input', 'ledger'],
			'automatic',
		),
		controlNumberOffset: Number(options['controlNumberOffset'] ?? 0),
	};
}
