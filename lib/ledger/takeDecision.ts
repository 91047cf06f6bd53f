import { standingOf } from './standing';
import type { ActiveAgreement, FiledVersion } from './standing';

/** Why a document is not taken; the words are what the summary item shows. */
export type NotTakenReason =
	| 'unchanged'
	| 'before start'
	| 'held'
	| 'reserved elsewhere'
	| 'waiting'
	| 'already delivered'
	| 'in progress'
	| 'not sent by decision'
	| 'refused before, unchanged';

/** What decides: the document as it is now, its agreement, and who asks. */
export interface Offer {
	readonly contentHash: string;
	readonly date: string;
	readonly modified: string;
	readonly agreement: ActiveAgreement;
	readonly reservation: string;
	/** The workflow of a manual run; such a run takes over from an earlier one. */
	readonly manualWorkflow: string;
	readonly firstBackfill: boolean;
	readonly restoredAt: string;
	readonly lapsed: (leaseUntil: string) => boolean;
}

export interface NewVersion {
	readonly change: 'new' | 'changed';
	readonly purpose: 'original' | 'replacement';
	readonly supersedesFile: string;
	readonly attempt: number;
}

export type Decision =
	| {
			readonly do: 'leave';
			readonly reason: NotTakenReason;
			readonly file?: string;
			readonly detail?: string;
			readonly overtakes?: FiledVersion;
	  }
	/** The same run asks again: its own reservation, renewed. */
	| { readonly do: 'keep'; readonly version: FiledVersion }
	/** A version that is known is reserved for this run. */
	| { readonly do: 'reserve'; readonly version: FiledVersion }
	| { readonly do: 'make'; readonly version: NewVersion; readonly overtakes?: FiledVersion }
	| {
			readonly do: 'hold';
			readonly version: NewVersion;
			readonly why: string;
			readonly overtakes?: FiledVersion;
	  };

/** Of everything that a restored ledger does not know as sent. */
export const MAYBE_SENT =
	'It may have been sent before the ledger was lost: it was last changed before the ledger was restored';

/** The same content is sent so often when the partner rejects it; then something must change first. */
export const MOST_REJECTIONS = 3;

/** What becomes of an offered document, from the versions that the ledger knows of it. */
export function decide(offer: Offer, versions: readonly FiledVersion[]): Decision {
	const known = versions.filter(({ state }) => state !== 'overtaken');
	const last = known.at(-1);
	const delivered = known.findLast((version) => standingOf(version) === 'delivered');
	if (last === undefined) return fresh(offer, delivered, undefined, false);
	const same = last.content_hash === offer.contentHash;
	const mine = last.reservation === offer.reservation;
	const sameSettings = last.agreement_version_id === offer.agreement.versionId;
	switch (standingOf(last)) {
		case 'reserved': {
			if (mine && same) return { do: 'keep', version: last };
			const ownManualRun =
				offer.manualWorkflow !== '' && last.manual_workflow === offer.manualWorkflow;
			if (!mine && !ownManualRun && !offer.lapsed(last.lease_until)) {
				return { do: 'leave', reason: 'reserved elsewhere' };
			}
			return same ? { do: 'reserve', version: last } : fresh(offer, delivered, last, true);
		}
		case 'refused':
			if (!same) return fresh(offer, delivered, last, true);
			if (sameSettings) return { do: 'leave', reason: 'refused before, unchanged' };
			return { do: 'reserve', version: last };
		case 'held':
			return same ? { do: 'leave', reason: 'held' } : fresh(offer, delivered, last, true);
		case 'released':
			return same ? { do: 'reserve', version: last } : fresh(offer, delivered, last, true);
		case 'not sent':
			return same
				? { do: 'leave', reason: 'not sent by decision' }
				: fresh(offer, delivered, last, true);
		case 'under way':
			return {
				do: 'leave',
				reason: same && mine ? 'in progress' : 'waiting',
				file: last.file_name,
			};
		case 'delivered':
			if (!same) return fresh(offer, delivered, undefined, true);
			return {
				do: 'leave',
				reason: mine ? 'already delivered' : 'unchanged',
				file: last.file_name,
			};
		case 'rejected': {
			if (mine) return { do: 'leave', reason: 'already delivered', file: last.file_name };
			const again = same && sameSettings;
			if (again && last.attempt >= MOST_REJECTIONS) {
				return {
					do: 'leave',
					reason: 'refused before, unchanged',
					file: last.file_name,
					detail: `rejected ${last.attempt} times by the partner`,
				};
			}
			const next = fresh(offer, delivered, undefined, true);
			if (next.do !== 'make') return next;
			const attempt = again ? last.attempt + 1 : 1;
			return { ...next, version: { ...next.version, supersedesFile: last.file_name, attempt } };
		}
		default:
			return fresh(offer, delivered, last, true);
	}
}

/** Content that is not yet on its way: new, or other than what the partner has. */
function fresh(
	offer: Offer,
	delivered: FiledVersion | undefined,
	overtakes: FiledVersion | undefined,
	seen: boolean,
): Decision {
	const over = overtakes === undefined ? {} : { overtakes };
	if (delivered?.content_hash === offer.contentHash) {
		return { do: 'leave', reason: 'unchanged', file: delivered.file_name, ...over };
	}
	const { sendFrom, changePolicy, documentType } = offer.agreement.terms;
	// Master data has no date of its own: a vendor is sent however old it is.
	const dated = offer.date !== '';
	if (!seen && dated && offer.date.slice(0, 10) < sendFrom && !offer.firstBackfill) {
		return { do: 'leave', reason: 'before start' };
	}
	const version = newVersion(offer, delivered, delivered?.file_name ?? '', 1);
	if (offer.restoredAt !== '' && offer.modified <= offer.restoredAt) {
		return { do: 'hold', version, why: MAYBE_SENT, ...over };
	}
	if (delivered !== undefined) {
		if (changePolicy === 'hold') {
			return { do: 'hold', version, why: 'It was changed after it was sent', ...over };
		}
		// An 820 or REMADV has no code for "replaces" (docs/decisions/changed-payments.md).
		if (documentType === 'remittance' && changePolicy === 'replacement') {
			return { do: 'hold', version, why: 'A payment was changed after it was advised', ...over };
		}
	}
	return { do: 'make', version, ...over };
}

function newVersion(
	offer: Offer,
	delivered: FiledVersion | undefined,
	supersedesFile: string,
	attempt: number,
): NewVersion {
	// What was taken back is not there to be replaced.
	const cancelled = delivered?.change === 'deleted';
	const replaces =
		delivered !== undefined && !cancelled && offer.agreement.terms.changePolicy !== 'original';
	return {
		change: delivered === undefined ? 'new' : 'changed',
		purpose: replaces ? 'replacement' : 'original',
		supersedesFile: delivered === undefined || replaces ? supersedesFile : '',
		attempt,
	};
}
