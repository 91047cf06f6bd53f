import type { IDataObject } from 'n8n-workflow';
import { add, formatDecimal, parseDecimal, ZERO } from '../../lib/decimal';
import type { Decimal } from '../../lib/decimal';

/** What a run made of its documents, for a mail, a page and the error of a run. */
export interface RunSummary {
	/** Nothing waits for a person. */
	readonly well: boolean;
	/** One line, such as '12 documents in 1 file deposited, 1 refused'. */
	readonly title: string;
	/** The title and what to look at, in lines. */
	readonly text: string;
	readonly html: string;
	readonly documents: number;
	readonly files: number;
	readonly refused: number;
	readonly undelivered: number;
	readonly notTaken: number;
	readonly amounts: Readonly<Record<string, string>>;
}

const CAUSES_SHOWN = 20;
const NUMBERS_SHOWN = 20;

/** Files that a person need not look at. */
const FINE: Readonly<Record<string, string>> = {
	deposited: 'deposited',
	'already there': 'deposited',
	encoded: 'encoded',
	'dry run': 'shown, not sent',
	draft: 'shown, not sent',
	acknowledged: 'acknowledged',
};

/** Documents that were left out on purpose. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['skipped', 'unchanged']);

interface Cause {
	readonly words: string;
	count: number;
	readonly numbers: string[];
}

const object = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};

const list = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? (value as unknown[]).map(object) : [];

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const isFile = (json: IDataObject): boolean =>
	text(json.fileName) !== '' && Array.isArray(json.documents);

/** Grouped by what is wrong, the commonest first; the number of a document is not part of it. */
class Causes {
	private readonly all = new Map<string, Cause>();

	add(words: string, number: string): void {
		const cause = this.all.get(words) ?? { words, count: 0, numbers: [] };
		this.all.set(words, cause);
		cause.count += 1;
		if (number !== '' && cause.numbers.length < NUMBERS_SHOWN) cause.numbers.push(number);
	}

	lines(): string[] {
		const sorted = [...this.all.values()].sort((a, b) => b.count - a.count);
		const shown = sorted.slice(0, CAUSES_SHOWN).map(({ words, count, numbers }) => {
			const more = count > numbers.length ? ', …' : '';
			return numbers.length === 0 ? words : `${words} (${numbers.join(', ')}${more})`;
		});
		const rest = sorted.length - shown.length;
		return rest > 0 ? [...shown, `… and ${counted(rest, 'more cause')}`] : shown;
	}
}

function withoutNumber(reason: string, number: string): string {
	const words = number === '' ? reason : reason.replace(`${number}: `, '');
	return words.replace(
		/^(?:Purchase )?(?:Invoice|Credit note|Order|Payment|Remittance(?: advice)?) (?=\S)/i,
		'',
	);
}

class Tally {
	documents = 0;
	files = 0;
	refused = 0;
	undelivered = 0;
	notTaken = 0;
	readonly outcomes = new Map<string, number>();
	readonly causes = new Causes();
	readonly left: string[] = [];
	private readonly sums = new Map<string, Decimal>();

	file(json: IDataObject): void {
		const documents = list(json.documents);
		const fine = FINE[text(json.outcome)];
		if (fine === undefined) {
			this.undelivered += 1;
			const name = `${text(json.fileName)}${text(json.partner) === '' ? '' : ` for ${text(json.partner)}`}`;
			this.causes.add(`${name}: ${text(json.reason) || text(json.outcome)}`, '');
			return;
		}
		this.files += 1;
		this.documents += documents.length;
		this.outcomes.set(fine, (this.outcomes.get(fine) ?? 0) + 1);
		for (const { currency, amount } of documents) {
			const value = parseDecimal(text(amount));
			if (value === undefined) continue;
			const known = this.sums.get(text(currency)) ?? ZERO;
			this.sums.set(text(currency), add(known, value));
		}
	}

	document(json: IDataObject): void {
		if (LEFT_ALONE.has(text(json.outcome))) return;
		const number = text(object(json.document).number) || text(json.number);
		this.refused += 1;
		const [issue] = list(json.issues);
		const reason = text(json.reason) || text(issue?.message) || text(json.outcome);
		this.causes.add(withoutNumber(reason, number), number);
	}

	leave(json: IDataObject): void {
		for (const [reason, group] of Object.entries(object(json.reasons))) {
			const { count, numbers } = object(group);
			this.notTaken += Number(count ?? 0);
			const named = Array.isArray(numbers) ? (numbers as unknown[]).map(text) : [];
			const more = Number(count) > named.length ? ', …' : '';
			this.left.push(`${text(count)} ${reason} (${named.join(', ')}${more})`);
		}
	}

	get amounts(): Record<string, string> {
		return Object.fromEntries(
			[...this.sums].sort().map(([currency, sum]) => [currency, formatDecimal(sum)]),
		);
	}
}

const escapeHtml = (words: string): string =>
	words.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const htmlList = (heading: string, lines: readonly string[]): string =>
	lines.length === 0
		? ''
		: `<p><b>${escapeHtml(heading)}</b></p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;

const textList = (heading: string, lines: readonly string[]): string[] =>
	lines.length === 0 ? [] : [heading, ...lines.map((line) => `- ${line}`)];

function titleOf(tally: Tally): string {
	const sent = [...tally.outcomes.keys()].join(' and ');
	const parts = [
		tally.files > 0
			? `${counted(tally.documents, 'document')} in ${counted(tally.files, 'file')} ${sent}`
			: '',
		tally.refused > 0 ? `${counted(tally.refused, 'document')} refused` : '',
		tally.undelivered > 0 ? `${counted(tally.undelivered, 'file')} not delivered` : '',
	].filter(Boolean);
	return parts.length === 0 ? 'Nothing to send' : parts.join(', ');
}

/** The items of all branches of a run: files, refused documents, and what was not taken. */
export function summarizeRun(items: readonly IDataObject[]): RunSummary {
	const tally = new Tally();
	for (const json of items) {
		if (json.outcome === 'not taken') tally.leave(json);
		else if (isFile(json)) tally.file(json);
		else tally.document(json);
	}
	const title = titleOf(tally);
	const { amounts } = tally;
	const totals = Object.entries(amounts).map(([currency, amount]) => `${currency} ${amount}`);
	const lists = [
		['Amounts', totals],
		['Look at', tally.causes.lines()],
		['Left out', tally.left],
	] as const;
	return {
		well: tally.refused === 0 && tally.undelivered === 0,
		title,
		text: [title, ...lists.flatMap(([heading, lines]) => textList(heading, lines))].join('\n'),
		html: `<p>${escapeHtml(title)}</p>${lists.map(([heading, lines]) => htmlList(heading, lines)).join('')}`,
		documents: tally.documents,
		files: tally.files,
		refused: tally.refused,
		undelivered: tally.undelivered,
		notTaken: tally.notTaken,
		amounts,
	};
}
