import { IDENTIFIER_WAYS_OUT, identifierText } from '../partner';
import type { SentIdentifier, SentIdentifiers } from '../partner';
import { TextFitter } from './documentText';
import type { TextProblem } from './documentText';
import type { Filling } from '../mapping';
import { elementKind } from './elementKinds';
import type { Fitting, Report } from './mapping';
import type { X12Profile } from './profile';
import { elementName } from './validateSegment';

/** Fits the values of segments as they are written, and reports what cannot be sent. */
export class ElementFitting implements SentIdentifiers, Fitting {
	private readonly fitter: TextFitter;

	/** An identifier holds a delimiter of the profile: the file needs others. */
	picks = false;

	private readonly found: SentIdentifier[] = [];

	/** A name stands in several segments; its problem is said once. */
	private readonly said = new Set<string>();

	constructor(
		private readonly profile: X12Profile,
		private readonly report: Report,
	) {
		this.fitter = new TextFitter(profile);
	}

	get changed(): boolean {
		return this.found.some(({ ours, sent }) => ours !== sent);
	}

	all(): readonly SentIdentifier[] {
		return this.found;
	}

	/** What cannot be sent is left for the segment that sends it. */
	readonly text = (value: string): string => this.fitter.text(value).text;

	readonly value = (filling: Filling): string | undefined => {
		const { value, spec, tag, element } = filling;
		const kind = spec === undefined ? 'other' : elementKind(spec);
		const path = filling.path || elementName(tag, element);
		if (kind === 'text') {
			const { text, problem } = this.fitter.text(value);
			if (problem !== undefined) this.cannotSend(value, path, problem, undefined);
			return text;
		}
		// A number that the writer counts itself is no concern of a code map.
		if (kind === 'identifier' && filling.path !== '' && filling.kind !== 'number') {
			return this.identifier(filling, path);
		}
		const problem = this.fitter.problemOf(value);
		if (problem !== undefined) this.cannotSend(value, path, problem, undefined);
		return value;
	};

	private identifier({ value, dispensable }: Filling, path: string): string | undefined {
		const { codeMaps, identifierPolicy, mayPickForIdentifiers } = this.profile;
		const ours = value.trim();
		const mapped = identifierText(value, codeMaps.identifiers);
		const problem = this.fitter.problemOf(mapped);
		if (problem === undefined) {
			this.found.push({ path, ours, sent: mapped });
			return mapped;
		}
		if (dispensable) {
			this.once('X12_VALUE_LEFT_OUT', path, value, () =>
				this.report(
					'X12_VALUE_LEFT_OUT',
					path,
					`"${value}" (${path}) is not sent: it has ${this.inWords(problem)}`,
					{ received: value, warning: true },
				),
			);
			return undefined;
		}
		if (identifierPolicy === 'reject' && problem.kind === 'delimiter' && mayPickForIdentifiers) {
			this.picks = true;
			this.found.push({ path, ours, sent: mapped });
			this.once('X12_DELIMITERS_PICKED', path, value, () =>
				this.report(
					'X12_DELIMITERS_PICKED',
					path,
					`"${mapped}" (${path}) has the delimiter ${problem.characters} in it; it is sent as it is, in a file with other delimiters`,
					{ received: value, warning: true },
				),
			);
			return mapped;
		}
		if (identifierPolicy === 'reject') {
			this.cannotSend(value, path, problem, IDENTIFIER_WAYS_OUT);
			return mapped;
		}
		const replaced = this.fitter.replaced(mapped);
		if (replaced.problem !== undefined || replaced.text === '') {
			this.cannotSend(value, path, replaced.problem ?? problem, IDENTIFIER_WAYS_OUT);
			return mapped;
		}
		this.found.push({ path, ours, sent: replaced.text });
		this.once('X12_IDENTIFIER_CHANGED', path, value, () =>
			this.report(
				'X12_IDENTIFIER_CHANGED',
				path,
				`"${value}" (${path}) is sent as "${replaced.text}": it has ${this.inWords(problem)}`,
				{ received: value, warning: true },
			),
		);
		return replaced.text;
	}

	private inWords({ kind, characters }: TextProblem): string {
		return kind === 'character'
			? `${characters}, which the ${this.profile.repertoire.name} character set does not hold`
			: `the delimiter ${characters} in it, and X12 cannot escape it`;
	}

	private once(code: string, path: string, value: string, work: () => void): void {
		const key = JSON.stringify([code, path, value]);
		if (this.said.has(key)) return;
		this.said.add(key);
		work();
	}

	private cannotSend(
		value: string,
		path: string,
		problem: TextProblem,
		fix: string | undefined,
	): void {
		const isCharacter = problem.kind === 'character';
		const code = isCharacter ? 'X12_CHARACTER_NOT_ALLOWED' : 'X12_DELIMITER_IN_DATA';
		const ways =
			fix ??
			(isCharacter
				? 'change the text or the character set'
				: 'change the text or let it be replaced');
		this.once(code, path, value, () =>
			this.report(code, path, `"${value}" (${path}) has ${this.inWords(problem)}; ${ways}`, {
				received: value,
			}),
		);
	}
}
