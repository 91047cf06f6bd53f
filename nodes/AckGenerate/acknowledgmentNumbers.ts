import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { AcknowledgmentPlan, InterchangeResponse } from '../../lib/edi/acks';
import {
	NUMBERS_PER_EXECUTION,
	readControlNumbers,
	takeExecutionNumbers,
} from '../../lib/edi/partner';
import { CoreError } from '../../lib/errors';
import { numbersUsed, saveNumbersUsed } from '../shared';
import { ledgerNumbers, receivedLedger, refuseOtherLedger } from '../shared/ledger';
import type { GenerateSettings } from './settings';

/** Of one acknowledgment; without a counter for groups the group has the interchange's. */
export interface AcknowledgmentNumbers {
	readonly controlNumber: number;
	readonly groupControlNumber?: number | undefined;
}

export type TakeNumbers = (
	plan: AcknowledgmentPlan,
	interchange: InterchangeResponse,
) => Promise<AcknowledgmentNumbers>;

/** Numbers of the ledger for each acknowledgment, or all of the file's from the execution or the input. */
export function numberSource(
	context: IExecuteFunctions,
	itemIndex: number,
	item: INodeExecutionData,
	settings: GenerateSettings,
	count: number,
	subject: string,
): TakeNumbers {
	const received = receivedLedger(item.json);
	const automatic = received === undefined ? 'execution' : 'ledger';
	const { controlNumberSource } = settings;
	const source = controlNumberSource === 'automatic' ? automatic : controlNumberSource;
	if (source !== 'ledger') {
		const numbers = givenNumbers(context, itemIndex, settings, count);
		return async () => ({ controlNumber: numbers.shift() ?? 1 });
	}
	const reserve = ledgerNumbers(context, undefined, (ledger) => {
		if (received !== undefined) refuseOtherLedger(ledger, received.id);
	});
	let ordinal = -1;
	return async (plan, { acknowledges: { sender, receiver, usage } }) => {
		ordinal += 1;
		const numbers = await reserve({
			sender: receiver.id.trim(),
			receiver: sender.id.trim(),
			// One on a partner's behalf goes from the partner to us: another series than ours.
			usage,
			groups: plan.standard === 'X12' && plan.groups.length > 0 ? 1 : 0,
			documents: [subject, String(ordinal)],
		});
		return { controlNumber: numbers.interchange, groupControlNumber: numbers.groups[0] };
	};
}

function givenNumbers(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: GenerateSettings,
	count: number,
): number[] {
	if (count === 0) return [];
	if (settings.controlNumberSource !== 'input') {
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
