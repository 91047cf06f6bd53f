import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import type { Issue } from '../../lib/errors';
import {
	commonestReason,
	numbersUsed,
	preparationTime,
	saveNumbersUsed,
	toIssues,
	toNodeError,
} from '../shared';
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

const LEFT_OUT: Readonly<Partial<Record<Refusal['outcome'], string>>> = {
	held: 'held for a person',
	skipped: 'skipped',
	unchanged: 'sent before',
};

/** The commonest reason with its fix, and how many were left out on purpose. */
function refusalHint(refusals: readonly Refusal[]): string {
	const rejected = refusals.filter(({ outcome }) => LEFT_OUT[outcome] === undefined);
	const leftOut = Object.entries(LEFT_OUT).flatMap(([outcome, words]) => {
		const count = refusals.filter((refusal) => refusal.outcome === outcome).length;
		return count === 0 ? [] : [`${count} ${words}`];
	});
	return [
		rejected.length === 0
			? ''
			: commonestReason(rejected, {
					one: 'document was rejected',
					many: 'documents were rejected',
					output: 'Rejected',
				}),
		leftOut.length === 0 ? '' : `Not encoded: ${leftOut.join(', ')}.`,
	]
		.filter(Boolean)
		.join(' ');
}

/** Where a partner has no agreement in the ledger, the node itself says whether it is a test. */
const TEST_HINT =
	"The files say that they are a test. Set 'Usage' to 'Production' when the partner has accepted them.";

function hintsOf(files: readonly EncodedFile[], refusals: readonly Refusal[]): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	const refused = refusalHint(refusals);
	if (refused !== '') hints.push({ type: 'warning', location: 'outputPane', message: refused });
	if (files.some(({ json }) => json.usage === 'test' && json.ledger === undefined))
		hints.push({ type: 'info', location: 'outputPane', message: TEST_HINT });
	return hints;
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
	context.addExecutionHints(...hintsOf(files, refusals));
	return { files, refusals, run };
}
