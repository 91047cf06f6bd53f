import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { formatFileName } from '../../lib/delivery';
import { respondToFileSteps, writeAcknowledgmentSteps } from '../../lib/edi/acks';
import type { AcknowledgmentPlan, FileResponse, InterchangeResponse } from '../../lib/edi/acks';
import {
	fileItemJson,
	inSlices,
	preparationTime,
	readBinaryFile,
	sha256Steps,
	withOutcome,
	writeBinaryFile,
} from '../shared';
import type { FileDescription } from '../shared';
import { numberSource } from './acknowledgmentNumbers';
import type { AcknowledgmentNumbers } from './acknowledgmentNumbers';
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
	const take = numberSource(context, itemIndex, item, settings, plans.length, subject.sha256);
	const results: INodeExecutionData[] = [];
	for (const interchange of response.interchanges) {
		if (interchange.plans.length === 0) {
			results.push(unanswered(item, 'nothing to acknowledge', response, interchange, subject));
		}
		for (const plan of interchange.plans) {
			const numbers = await take(plan, interchange);
			results.push(
				await answered(context, item, settings, response, interchange, plan, numbers, subject),
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
			...withOutcome(item.json, outcome, issues),
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
			...withOutcome(item.json, outcome, []),
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
	numbers: AcknowledgmentNumbers,
	subject: Subject,
): Promise<INodeExecutionData> {
	const identity = { ...numbers, ...preparationTime(new Date(), context.getTimezone()) };
	const bytes = await inSlices(
		context,
		writeAcknowledgmentSteps(plan, identity, settings.acknowledgment),
	);
	const { sender, receiver, usage } = interchange.acknowledges;
	const { controlNumber } = numbers;
	const isX12 = plan.standard === 'X12';
	// The partner of an acknowledgment on behalf is the one our file went to.
	const partner = settings.partner || nameOf(settings.onBehalf ? receiver.id : sender.id);
	const names = {
		format: plan.standard,
		transactionSet: plan.transactionSet,
		release: plan.release,
		partner,
		usage,
		controlNumber: isX12 ? String(controlNumber).padStart(9, '0') : String(controlNumber),
		sender: nameOf(receiver.id),
		receiver: nameOf(sender.id),
	};
	const hasGroup = isX12 && plan.groups.length > 0;
	const file: FileDescription = {
		outcome: 'acknowledged',
		...names,
		fileName: formatFileName(settings.fileNamePattern, names),
		mimeType: isX12 ? 'application/edi-x12' : 'application/edifact',
		bytes,
		groupControlNumbers: hasGroup ? [String(numbers.groupControlNumber ?? controlNumber)] : [],
		documents: [],
		warnings: [],
	};
	const { outcome, ...own } = fileItemJson(file);
	return {
		json: withOutcome(item.json, String(outcome), [], {
			...own,
			onBehalf: settings.onBehalf,
			...facts(response, interchange, subject),
		}),
		binary: {
			...item.binary,
			[settings.binaryField]: await writeBinaryFile(context, bytes, file.fileName, file.mimeType),
		},
	};
}
