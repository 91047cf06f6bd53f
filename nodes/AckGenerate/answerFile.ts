import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { contentRows, fileKey, fileRow } from '../../lib/audit';
import type { FileFacts } from '../../lib/audit';
import { formatFileName } from '../../lib/delivery';
import { respondToFileSteps, writeAcknowledgmentSteps } from '../../lib/edi/acks';
import type { AcknowledgmentPlan, FileResponse, InterchangeResponse } from '../../lib/edi/acks';
import {
	NUMBERS_PER_EXECUTION,
	readControlNumbers,
	takeExecutionNumbers,
} from '../../lib/edi/partner';
import { CoreError } from '../../lib/errors';
import {
	inSlices,
	numbersUsed,
	preparationTime,
	readBinaryFile,
	saveNumbersUsed,
	sha256Steps,
	writeBinaryFile,
} from '../shared';
import { fileProblem } from './fileProblem';
import { readGenerateSettings } from './settings';
import type { GenerateSettings } from './settings';

interface Subject {
	readonly fileName: string;
	readonly bytes: number;
	readonly sha256: string;
}

/** Answers one file: an item for each acknowledgment, or one that says why there is none. */
export async function answerFile(
	context: IExecuteFunctions,
	itemIndex: number,
	item: INodeExecutionData,
	onBehalf: boolean,
): Promise<INodeExecutionData[]> {
	const settings = readGenerateSettings(context, itemIndex, onBehalf);
	const { bytes, fileName = '' } = await readBinaryFile(context, itemIndex, settings.binaryField);
	const sha256 = await inSlices(context, sha256Steps(bytes));
	const subject: Subject = { fileName, bytes: bytes.length, sha256 };
	try {
		return await answersTo(context, itemIndex, item, settings, bytes, subject);
	} catch (error) {
		const { outcome, issues, report } = fileProblem(error, fileName);
		return [withoutAnswer(item, subject, outcome, issues, report)];
	}
}

async function answersTo(
	context: IExecuteFunctions,
	itemIndex: number,
	item: INodeExecutionData,
	settings: GenerateSettings,
	bytes: Uint8Array,
	subject: Subject,
): Promise<INodeExecutionData[]> {
	const { acknowledgment, reading } = settings;
	const name = subject.fileName || undefined;
	const response = await inSlices(
		context,
		respondToFileSteps(bytes, acknowledgment, reading, name),
		subject.fileName,
		bytes.length,
	);
	if (response.interchanges.length === 0) {
		return [unanswered(item, 'unreadable', response, undefined, subject)];
	}
	const plans = response.interchanges.flatMap(({ plans: some }) => some);
	const numbers = takeNumbers(context, itemIndex, settings, plans.length);
	const results: INodeExecutionData[] = [];
	for (const interchange of response.interchanges) {
		if (interchange.plans.length === 0) {
			results.push(unanswered(item, 'nothing to acknowledge', response, interchange, subject));
		}
		for (const plan of interchange.plans) {
			const number = numbers.shift()!;
			results.push(
				await answered(context, item, settings, response, interchange, plan, number, subject),
			);
		}
	}
	return results;
}

/** No ID is longer (UNB 0004 has 35 characters); what a file says may be of any length. */
const MAX_ID = 35;

function nameOf(id: string): string {
	return id.trim().slice(0, MAX_ID) || 'unknown';
}

/** A received file is known by its content: picked up twice, it is the same file. */
const subjectKey = (subject: { sha256: string }): string => `received:${subject.sha256}`;

function takeNumbers(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: GenerateSettings,
	count: number,
): number[] {
	if (count === 0) return [];
	if (settings.controlNumberSource === 'execution') {
		if (count > NUMBERS_PER_EXECUTION) {
			throw new CoreError(
				'ACK_TOO_MANY_ANSWERS',
				`The file needs ${count} acknowledgments; one run has numbers for ${NUMBERS_PER_EXECUTION}`,
				{ path: 'controlNumberSource' },
			);
		}
		const taken = takeExecutionNumbers(
			{
				executionId: context.getExecutionId(),
				used: numbersUsed(context),
				offset: settings.controlNumberOffset,
			},
			count,
		);
		saveNumbersUsed(context, taken.used);
		return [...taken.numbers];
	}
	const given = context.getNodeParameter('controlNumber', itemIndex, '');
	const numbers = readControlNumbers(given, 'the acknowledgment');
	if (numbers.length >= count) return numbers.slice(0, count);
	throw new CoreError(
		'SYNTAX_CONTROL_NUMBER_INVALID',
		`The file needs ${count} acknowledgments with a control number each; 'Control Number' gives ${numbers.length}`,
		{ path: 'controlNumber' },
	);
}

/** What is said of the file and the interchange, with or without an acknowledgment. */
function facts(
	response: FileResponse,
	interchange: InterchangeResponse | undefined,
	subject: Subject,
): IDataObject {
	const { acknowledges, findings, report, unchecked, verdict } = interchange ?? {};
	return {
		verdict: verdict ?? response.verdict,
		fileVerdict: response.verdict,
		acknowledges: { ...subject, ...acknowledges } as unknown as IDataObject,
		findings: (findings ?? []) as unknown as IDataObject[],
		findingCount: interchange?.findingCount ?? 0,
		uncheckedSets: [...(unchecked ?? [])],
		problems: response.reading.problems.slice(0, 100) as unknown as IDataObject[],
		report: report ?? response.report,
	};
}

function withoutAnswer(
	item: INodeExecutionData,
	subject: Subject,
	outcome: 'unreadable' | 'postponed',
	issues: IDataObject[],
	report: string,
): INodeExecutionData {
	return {
		json: {
			...item.json,
			outcome,
			issues,
			subjectKey: subjectKey(subject),
			verdict: outcome,
			fileVerdict: outcome,
			acknowledges: { ...subject },
			findings: [],
			findingCount: 0,
			uncheckedSets: [],
			problems: [],
			report,
		},
		...(item.binary === undefined ? {} : { binary: item.binary }),
	};
}

function unanswered(
	item: INodeExecutionData,
	outcome: 'unreadable' | 'nothing to acknowledge',
	response: FileResponse,
	interchange: InterchangeResponse | undefined,
	subject: Subject,
): INodeExecutionData {
	return {
		json: {
			...item.json,
			outcome,
			subjectKey: subjectKey(subject),
			...facts(response, interchange, subject),
		},
		// The file itself goes on, to be moved or reconciled.
		...(item.binary === undefined ? {} : { binary: item.binary }),
	};
}

async function answered(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	settings: GenerateSettings,
	response: FileResponse,
	interchange: InterchangeResponse,
	plan: AcknowledgmentPlan,
	controlNumber: number,
	subject: Subject,
): Promise<INodeExecutionData> {
	const identity = { controlNumber, ...preparationTime(new Date(), context.getTimezone()) };
	const bytes = await inSlices(
		context,
		writeAcknowledgmentSteps(plan, identity, settings.acknowledgment),
	);
	const { sender, receiver, usage } = interchange.acknowledges;
	const isX12 = plan.standard === 'X12';
	const number = isX12 ? String(controlNumber).padStart(9, '0') : String(controlNumber);
	// The partner of an acknowledgment on behalf is the one our file went to.
	const partner = settings.partner || nameOf(settings.onBehalf ? receiver.id : sender.id);
	const names = {
		format: plan.standard,
		transactionSet: plan.transactionSet,
		release: plan.release,
		partner,
		usage,
		controlNumber: number,
		sender: nameOf(receiver.id),
		receiver: nameOf(sender.id),
	};
	const fileName = formatFileName(settings.fileNamePattern, names);
	const mimeType = isX12 ? 'application/edi-x12' : 'application/edifact';
	const groupControlNumber = isX12 && plan.groups.length > 0 ? String(controlNumber) : '';
	const sha256 = await inSlices(context, sha256Steps(bytes));
	const state = settings.onBehalf ? `${interchange.verdict} (on behalf)` : interchange.verdict;
	const fileFacts: FileFacts = {
		...names,
		groupControlNumber,
		fileName,
		sha256,
		bytes: bytes.length,
		documentCount: 0,
		documents: [],
		executionId: context.getExecutionId(),
	};
	const key = fileKey(fileFacts);
	return {
		json: {
			...item.json,
			outcome: 'acknowledged',
			...names,
			fileName,
			mimeType,
			bytes: bytes.length,
			sha256,
			groupControlNumber,
			onBehalf: settings.onBehalf,
			acknowledgmentState: state,
			fileKey: key,
			subjectKey: subjectKey(subject),
			...facts(response, interchange, subject),
			// Rows for the ledger: the acknowledgment is a file like any other, and names what it answers.
			ledger: {
				files: [
					{
						...fileRow(fileFacts, 'depositing'),
						acknowledgment_file: subjectKey(subject),
						acknowledgment_state: state,
					},
				],
				contents: contentRows(key, bytes),
			} as unknown as IDataObject,
		},
		binary: {
			...item.binary,
			[settings.binaryField]: await writeBinaryFile(context, bytes, fileName, mimeType),
		},
	};
}
