import {
	formatInterchangeControlNumber,
	identifierConflicts,
	readControlNumbers,
	repeatedNumber,
	takeExecutionNumbers,
} from '../../lib/edi/partner';
import type { EncodedInterchange, Envelope, PreparedDocument } from '../../lib/edi/partner';
import { CoreError } from '../../lib/errors';
import type { Issue } from '../../lib/errors';
import { settingsKey } from './candidates';
import type { Candidate, Refusal } from './candidates';
import type { RunSettings } from './settings';
import { STANDARDS } from './standards';
import type { LedgerNumbers } from '../shared/ledger';
import type { CommonProfile, Standard } from './standards';

/** Everything from outside that the encoding of a run needs. */
export interface EncodePorts {
	readonly preparedAt: Envelope['preparedAt'];
	readonly executionId: string;
	/** Numbers the execution has used, shared by its encode nodes and loops. */
	readonly numbersUsed: () => number;
	readonly saveNumbersUsed: (used: number) => void;
	/** The value of 'Control Number' for an item. */
	readonly controlNumberFor: (itemIndex: number) => unknown;
	readonly ledgerNumbers: LedgerNumbers;
}

interface Ready {
	readonly candidate: Candidate;
	readonly prepared: PreparedDocument;
}

interface Batch {
	readonly standard: Standard;
	readonly profile: CommonProfile;
	readonly documents: readonly Ready[];
}

export interface Interchange {
	readonly standard: Standard;
	readonly profile: CommonProfile;
	readonly encoded: EncodedInterchange;
	readonly documents: readonly Ready[];
}

export interface EncodeResult {
	readonly interchanges: readonly Interchange[];
	readonly refusals: readonly Refusal[];
}

type Profiles = Map<string, CommonProfile>;

function profileOf(candidate: Candidate, profiles: Profiles): CommonProfile {
	const key = settingsKey(candidate.settings);
	const known = profiles.get(key);
	if (known !== undefined) return known;
	const { standard, profile } = candidate.settings;
	const normalized = STANDARDS[standard].encoder.normalizeProfile(profile);
	profiles.set(key, normalized);
	return normalized;
}

export function refuseCandidate(
	candidate: Candidate,
	outcome: Refusal['outcome'],
	issues: readonly object[],
): Refusal[] {
	const { settings } = candidate;
	return candidate.sources.map((source) => ({ source, outcome, issues, settings }));
}

/** Documents that become one file, in the order of the input. */
function makeBatches(
	ready: readonly Ready[],
	profiles: Profiles,
	batching: RunSettings['batching'],
): readonly Batch[] {
	const batches = new Map<
		string,
		{ standard: Standard; profile: CommonProfile; documents: Ready[] }
	>();
	ready.forEach((one, index) => {
		const partner = settingsKey(one.candidate.settings);
		const key = batching === 'perDocument' ? `${index} ${partner}` : partner;
		const batch = batches.get(key);
		if (batch !== undefined) batch.documents.push(one);
		else {
			const standard = STANDARDS[one.candidate.settings.standard];
			const profile = profileOf(one.candidate, profiles);
			batches.set(key, { standard, profile, documents: [one] });
		}
	});
	return [...batches.values()];
}

/** Two numbers or codes of one file that became equal: the partner could not tell them apart. */
function withoutConflicts(batch: Batch, refusals: Refusal[]): Batch {
	const conflicts = identifierConflicts(batch.documents.map(({ prepared }) => prepared));
	if (conflicts.size === 0) return batch;
	for (const [at, issue] of conflicts) {
		const candidate = batch.documents[at]?.candidate;
		if (candidate !== undefined) refusals.push(...refuseCandidate(candidate, 'rejected', [issue]));
	}
	return { ...batch, documents: batch.documents.filter((_, at) => !conflicts.has(at)) };
}

/** Numbers of one interchange; `giveBack` says on record that they were not used. */
interface Numbers {
	readonly interchange: number;
	readonly groups: readonly number[];
	readonly giveBack?: (reason: string) => Promise<void>;
}

type TakeNumbers = (batch: Batch, groups: number) => Promise<Numbers>;

const together = (numbers: readonly number[], groups: number): Numbers => ({
	interchange: numbers[0] ?? 1,
	groups: numbers.slice(0, groups),
});

/** Hands out the numbers of a run and sees that none is used twice. */
function numberSource(run: RunSettings, ports: EncodePorts): TakeNumbers {
	const seen = new Set<string>();
	return async (batch, groups) => {
		const count = Math.max(1, groups);
		const { partner, senderId, receiverId, usage } = batch.profile;
		const agreed = batch.documents[0]?.candidate.settings.agreed;
		if (run.dryRun || agreed?.file.usage === 'draft') {
			return together(
				Array.from({ length: count }, (_, index) => index + 1),
				groups,
			);
		}
		const automatic = agreed === undefined ? 'execution' : 'ledger';
		const source = run.controlNumberSource === 'automatic' ? automatic : run.controlNumberSource;
		if (source === 'ledger') {
			const sources = batch.documents.flatMap(({ candidate }) => candidate.sources);
			return await ports.ledgerNumbers({
				sender: senderId,
				receiver: receiverId,
				usage: usage === 'P' ? 'production' : 'test',
				groups,
				documents: sources.map(({ version, key }) => String(version ?? key)),
			});
		}
		if (source === 'execution') {
			const { executionId } = ports;
			const offset = run.controlNumberOffset;
			const used = ports.numbersUsed();
			const taken = takeExecutionNumbers({ executionId, used, offset }, count);
			// Before anything is written with them: whatever comes, they are not given out again.
			ports.saveNumbersUsed(taken.used);
			return together(taken.numbers, groups);
		}
		const firstItem = batch.documents[0]?.candidate.sources[0]?.itemIndex ?? 0;
		const numbers = readControlNumbers(ports.controlNumberFor(firstItem), partner);
		if (numbers.length < count) {
			throw new CoreError(
				'SYNTAX_CONTROL_NUMBER_INVALID',
				`The interchange for ${partner} has ${count} functional groups and needs ${count} control numbers; 'Control Number' gives ${numbers.length}`,
				{ path: 'controlNumber' },
			);
		}
		for (const number of numbers) {
			const key = JSON.stringify([senderId, receiverId, number]);
			if (seen.has(key)) throw repeatedNumber(number, partner);
			seen.add(key);
		}
		return together(numbers, groups);
	};
}

function readsBackDifferently(batch: Batch, differences: readonly Issue[]): CoreError {
	return new CoreError(
		'SYNTAX_VERIFY_FAILED',
		`The interchange for ${batch.profile.partner} reads back differently from what was meant: ${differences[0]?.message ?? ''}`,
		{ issues: differences },
	);
}

async function encodeBatch(
	batch: Batch,
	run: RunSettings,
	ports: EncodePorts,
	take: TakeNumbers,
): Promise<Interchange> {
	const { encoder, format } = batch.standard;
	const prepared = batch.documents.map((document) => document.prepared);
	const groups = encoder.groupCount(prepared, batch.profile);
	const numbers = await take(batch, groups);
	let written = false;
	try {
		const encoded = encoder.assemble(prepared, batch.profile, {
			interchangeControlNumber:
				format === 'X12'
					? formatInterchangeControlNumber(numbers.interchange)
					: String(numbers.interchange),
			groupControlNumbers: numbers.groups.map(String),
			preparedAt: ports.preparedAt,
		});
		if (run.verifyOutput) {
			const differences = await encoder.verify(encoded, prepared, batch.profile);
			if (differences.length > 0) throw readsBackDifferently(batch, differences);
		}
		written = true;
		return { ...batch, encoded };
	} finally {
		if (!written) await numbers.giveBack?.('the interchange could not be written');
	}
}

export type Failure = (itemIndex: number, error: unknown) => readonly object[];

/**
 * Documents → interchanges. All are checked before the first number is taken, and a number is taken
 * before its interchange is written, so that a fault never leaves one number on two files.
 * `onFailure` gives the issues of a failure that concerns some documents only, or throws.
 */
export async function encodeInterchanges(
	candidates: readonly Candidate[],
	run: RunSettings,
	ports: EncodePorts,
	onFailure: Failure,
	beforeWriting: (refusals: readonly Refusal[]) => void,
): Promise<EncodeResult> {
	const profiles: Profiles = new Map();
	const ready: Ready[] = [];
	const refusals: Refusal[] = [];
	for (const candidate of candidates) {
		try {
			const profile = profileOf(candidate, profiles);
			const { encoder } = STANDARDS[candidate.settings.standard];
			const preparation = encoder.prepare(candidate.document, profile);
			if (preparation.ok) ready.push({ candidate, prepared: preparation.prepared });
			else refusals.push(...refuseCandidate(candidate, 'rejected', preparation.issues));
		} catch (error) {
			const issues = onFailure(candidate.sources[0]?.itemIndex ?? 0, error);
			refusals.push(...refuseCandidate(candidate, 'failed', issues));
		}
	}
	const batches = makeBatches(ready, profiles, run.batching).map((batch) =>
		withoutConflicts(batch, refusals),
	);
	beforeWriting(refusals);
	const take = numberSource(run, ports);
	const interchanges: Interchange[] = [];
	for (const batch of batches) {
		if (batch.documents.length === 0) continue;
		try {
			interchanges.push(await encodeBatch(batch, run, ports, take));
		} catch (error) {
			const firstItem = batch.documents[0]?.candidate.sources[0]?.itemIndex ?? 0;
			const issues = onFailure(firstItem, error);
			for (const { candidate } of batch.documents) {
				refusals.push(...refuseCandidate(candidate, 'failed', issues));
			}
		}
	}
	return { interchanges, refusals };
}
