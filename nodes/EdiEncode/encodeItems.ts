import type { IExecuteFunctions } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import type { Issue } from '../../lib/errors';
import { numbersUsed, preparationTime, saveNumbersUsed, toIssues, toNodeError } from '../shared';
import { collectCandidates } from './candidates';
import type { Entry, Refusal } from './candidates';
import { encodeInterchanges } from './interchanges';
import { describeFile } from './outputs';
import type { EncodedFile } from './outputs';
import { agreementsOf, ledgerNumbers } from '../shared/ledger';
import type { Agreements } from '../shared/ledger';
import { agreedSettings } from './agreedSettings';
import { readChange, readPartnerSettings, readRunSettings } from './settings';
import type { RunSettings } from './settings';

/** Issues of a failure that concerns some items only; without *On Error: Continue* it stops the run. */
function failureOf(context: IExecuteFunctions, itemIndex: number, error: unknown): object[] {
	if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
	return toIssues(error);
}

/** The item of a setting that cannot be read, as a refusal of its own. */
function unreadable(itemIndex: number, issues: readonly object[]): Refusal {
	const empty = { key: '', number: '', contentHash: '', type: '' };
	return { source: { itemIndex, ...empty }, outcome: 'failed', issues, settings: undefined };
}

function readEntries(
	context: IExecuteFunctions,
	run: RunSettings,
	agreements: Agreements | undefined,
): { readonly entries: readonly Entry[]; readonly refusals: readonly Refusal[] } {
	const entries: Entry[] = [];
	const refusals: Refusal[] = [];
	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		try {
			const agreed = agreements?.of(json);
			if (agreed !== undefined) {
				entries.push({ itemIndex, json, settings: agreedSettings(agreed) });
				continue;
			}
			// One interchange per run has one partner, the first item's: expressions are evaluated once.
			const first =
				run.batching === 'perRun'
					? entries.find(({ settings }) => settings.agreed === undefined)?.settings
					: undefined;
			const partner = first ?? readPartnerSettings(context, itemIndex);
			const change = readChange(context, itemIndex);
			entries.push({ itemIndex, json, settings: { ...partner, change } });
		} catch (error) {
			refusals.push(unreadable(itemIndex, failureOf(context, itemIndex, error)));
		}
	}
	return { entries, refusals };
}

function stopOnInvalid(run: RunSettings, total: number, refusals: readonly Refusal[]): void {
	if (run.onInvalidDocument !== 'stop') return;
	const invalid = refusals.filter(({ outcome }) => outcome === 'rejected' || outcome === 'failed');
	if (invalid.length === 0) return;
	throw new CoreError(
		'DOCUMENT_REFUSED',
		`${invalid.length} of ${total} documents cannot be encoded`,
		{ issues: invalid.flatMap(({ issues }) => issues as readonly Issue[]) },
	);
}

const OUTCOME_WORDS: Readonly<Record<Refusal['outcome'], string>> = {
	rejected: 'cannot be encoded',
	held: 'held for a person',
	skipped: 'skipped',
	unchanged: 'sent before',
	failed: 'failed',
};

/** `2 cannot be encoded, 30 skipped`; nothing where all went well. */
function summary(refusals: readonly Refusal[]): string {
	return Object.entries(OUTCOME_WORDS)
		.map(([outcome, words]) => {
			const count = refusals.filter((refusal) => refusal.outcome === outcome).length;
			return count === 0 ? '' : `${count} ${words}`;
		})
		.filter(Boolean)
		.join(', ');
}

export interface EncodedItems {
	readonly files: readonly EncodedFile[];
	readonly refusals: readonly Refusal[];
	readonly run: RunSettings;
}

/** The node's work between n8n's items and n8n's binary storage. */
export async function encodeItems(context: IExecuteFunctions): Promise<EncodedItems> {
	const run = readRunSettings(context);
	const total = context.getInputData().length;
	const agreements = await agreementsOf(context);
	const { entries, refusals: unread } = readEntries(context, run, agreements);
	const { candidates, refusals: unmapped } = collectCandidates(entries, run);
	const early = [...unread, ...unmapped];
	const executionId = context.getExecutionId();
	const result = await encodeInterchanges(
		candidates,
		run,
		{
			preparedAt: preparationTime(new Date(), context.getTimezone()),
			executionId,
			numbersUsed: () => numbersUsed(context),
			saveNumbersUsed: (used) => saveNumbersUsed(context, used),
			controlNumberFor: (itemIndex) => context.getNodeParameter('controlNumber', itemIndex, ''),
			ledgerNumbers: ledgerNumbers(context, agreements?.ledger),
		},
		(itemIndex, error) => failureOf(context, itemIndex, error),
		(unprepared) => stopOnInvalid(run, total, [...early, ...unprepared]),
	);
	const files = result.interchanges.map((one) => describeFile(one, run));
	const refusals = [...early, ...result.refusals].sort(
		(a, b) => a.source.itemIndex - b.source.itemIndex,
	);
	const hint = summary(refusals);
	if (hint !== '') {
		context.addExecutionHints({
			type: 'warning',
			location: 'outputPane',
			message: `Documents that were not encoded: ${hint}. The output 'Rejected' says why.`,
		});
	}
	return { files, refusals, run };
}
