import { formatDecimal, formatShortest, negate, parseDecimal } from '../../../decimal';
import { currencyDecimals, currencyOf, documentSubject } from '../../../documents';
import type { BusinessDocument } from '../../../documents';
import type { CoreErrorCode, Issue } from '../../../errors';
import { fitCharacters, wrapText, wrapWords } from '../../../text';
import { splitLines } from '../../mapping';
import type { Level, SplitLines, TemplateContext } from '../../mapping';
import { IDENTIFIER_WAYS_OUT, identifierText } from '../../partner';
import type { SentIdentifier } from '../../partner';
import { nameCharacter, scanCharacters } from './characters';
import type { CharacterTable, IsWritable } from './characters';
import type { EdifactProfile } from '../profile';

export interface IssueDetails {
	readonly severity?: Issue['severity'];
	readonly expected?: string;
	readonly received?: string;
}

const SPACES = /[\s\u0085\u00a0\u200b\ufeff]+/gu;
const MINUS = 0x2d;
const ZERO_DIGIT = 0x30;

/** What the rules need beside the document: settings, forms of values, and a place for issues. */
export class MappingContext implements TemplateContext {
	level?: Level | undefined;

	line?: unknown;

	readonly issues: Issue[] = [];

	/** As they are sent; the quick way fits, and lists, only those that need it. */
	readonly identifiers: SentIdentifier[] = [];

	private known: SplitLines | undefined;

	private readonly said = new Set<string>();

	private readonly currencyScale: number;

	private readonly decimalMark: string;

	private readonly writable: IsWritable;

	constructor(
		readonly profile: EdifactProfile,
		readonly document: BusinessDocument,
		private readonly negated: boolean,
		private readonly characters: CharacterTable,
	) {
		this.currencyScale = currencyDecimals(currencyOf(document));
		this.decimalMark = profile.serviceString.decimalMark;
		const { repertoire } = profile.charset;
		this.writable = (codePoint) => repertoire.allows(codePoint);
	}

	/** The lines of an invoice, and those that are charges for the partner. */
	get split(): SplitLines {
		this.known ??= splitLines(this.document, this.profile.guideline, 'INVOIC');
		return this.known;
	}

	report(code: CoreErrorCode, path: string, message: string, details: IssueDetails = {}): void {
		// A party stands in several groups; what is wrong with it is said once.
		const key = JSON.stringify([code, path, message]);
		if (this.said.has(key)) return;
		this.said.add(key);
		this.issues.push({
			code,
			severity: details.severity ?? 'error',
			path,
			message: `${documentSubject(this.document)}${this.lineOf(path)}: ${message}`,
			...(details.expected === undefined ? {} : { expected: details.expected }),
			...(details.received === undefined ? {} : { received: details.received }),
		});
	}

	/** `, line 3`: the number the document gives the line, not its place in a list. */
	private lineOf(path: string): string {
		const index = /^(lines|items)\[(\d+)\]/.exec(path);
		if (index === null) return '';
		const position = Number(index[2]);
		if (index[1] === 'items') return `, item ${position + 1}`;
		const lines = 'lines' in this.document ? this.document.lines : [];
		return `, line ${lines[position]?.number ?? position + 1}`;
	}

	/** The text as the character set can carry it, in one line. */
	fit(value: string, path: string, kind: 'text' | 'code' | 'number'): string {
		if (kind === 'number') return value;
		if (kind === 'code') return this.identifier(value, path);
		if (scanCharacters(value, this.characters) !== 'care') return value;
		const { capitalLetters, charactersOutside, replacementCharacter, characterSet } = this.profile;
		const cased = capitalLetters ? value.toUpperCase() : value;
		const plain = cased.normalize('NFC').replace(SPACES, ' ').trim();
		const fitted = fitCharacters(plain, this.writable, charactersOutside, replacementCharacter);
		if (fitted.rejected.length > 0) {
			const names = fitted.rejected.map(nameCharacter).join(', ');
			this.report(
				'EDIFACT_CHARACTER_NOT_ALLOWED',
				path,
				`"${value}" in ${path} holds ${names}, which ${characterSet} cannot carry; choose a wider character set or let such characters be replaced`,
				{ received: value },
			);
		}
		return fitted.changed ? fitted.text.replace(/ {2,}/g, ' ').trim() : fitted.text;
	}

	/** A number or code as it is; another one only as the code map or *Replace and Warn* says. */
	private identifier(value: string, path: string): string {
		const { codeMaps, identifierPolicy, charactersOutside, replacementCharacter, characterSet } =
			this.profile;
		const mapped = identifierText(value, codeMaps.identifiers);
		const outside = this.outside(mapped);
		let sent = mapped;
		if (outside.length > 0) {
			const names = outside.map(nameCharacter).join(', ');
			const policy = charactersOutside === 'replace' ? 'replace' : 'transliterate';
			const plain = mapped.normalize('NFC').replace(SPACES, ' ');
			const fitted = fitCharacters(plain, this.writable, policy, replacementCharacter);
			sent = fitted.text.replace(/ {2,}/g, ' ').trim();
			if (identifierPolicy === 'reject' || fitted.rejected.length > 0 || sent === '') {
				this.report(
					'EDIFACT_CHARACTER_NOT_ALLOWED',
					path,
					`"${value}" in ${path} holds ${names}, which ${characterSet} cannot carry; ${IDENTIFIER_WAYS_OUT}`,
					{ received: value },
				);
				return mapped;
			}
			this.report(
				'EDIFACT_IDENTIFIER_CHANGED',
				path,
				`"${value}" in ${path} is sent as "${sent}", because ${characterSet} cannot carry it as it is`,
				{ severity: 'warning', received: value },
			);
		}
		this.identifiers.push({ path, ours: value.trim(), sent });
		return sent;
	}

	hasChangedIdentifiers(): boolean {
		return this.identifiers.some(({ ours, sent }) => ours !== sent);
	}

	private outside(text: string): readonly string[] {
		if (scanCharacters(text, this.characters) !== 'care') return [];
		const outside = Array.from(text).filter(
			(character) => !this.writable(character.codePointAt(0) ?? 0),
		);
		return [...new Set(outside)];
	}

	/** An address for messages (telephone, e-mail): left out with a warning where it cannot be sent. */
	dispensable(value: string | undefined, path: string): string | undefined {
		const outside = this.outside(value ?? '');
		if (value === undefined || outside.length === 0) return value;
		const names = outside.map(nameCharacter).join(', ');
		this.report(
			'EDIFACT_VALUE_LEFT_OUT',
			path,
			`"${value}" in ${path} is not sent: it holds ${names}, which ${this.profile.characterSet} cannot carry`,
			{ severity: 'warning', received: value },
		);
		return undefined;
	}

	/** Fitted and wrapped at words; `undefined` where nothing is left. Never cut. */
	lines(value: string | undefined, path: string, width: number, count: number): readonly string[] {
		if (value === undefined || value === '') return [];
		const fitted = this.fit(value, path, 'text');
		if (fitted === '') return [];
		const wrapped = wrapText(fitted, width, count);
		if (wrapped !== undefined) return wrapped;
		this.tooLong(value, path, width * count);
		return [];
	}

	/** As `lines`, for descriptive text, which the profile may allow to be cut. */
	description(
		value: string | undefined,
		path: string,
		width: number,
		count: number,
	): readonly string[] {
		if (value === undefined || value === '') return [];
		const fitted = this.fit(value, path, 'text');
		if (fitted === '') return [];
		const wrapped = wrapText(fitted, width, count);
		if (wrapped !== undefined) return wrapped;
		if (this.profile.longText === 'reject') {
			this.tooLong(value, path, width * count);
			return [];
		}
		this.report(
			'EDIFACT_VALUE_LEFT_OUT',
			path,
			`${path} has ${value.length} characters; what is beyond ${width * count} is not sent`,
			{ severity: 'warning' },
		);
		return wrapWords(fitted, width).slice(0, count);
	}

	private tooLong(value: string, path: string, length: number): void {
		this.report(
			'EDIFACT_VALUE_TOO_LONG',
			path,
			`"${value}" in ${path} is ${value.length} characters; the message has room for ${length} there`,
			{ expected: `at most ${length} characters`, received: value },
		);
	}

	/** With the decimals of the currency at least; the amounts of a credit note as the profile says. */
	amount(value: string | undefined): string | undefined {
		if (value === undefined) return undefined;
		if (!this.negated && this.hasCurrencyScale(value)) return this.marked(value);
		const parsed = parseDecimal(value);
		if (parsed === undefined) return value;
		const signed = this.negated ? negate(parsed) : parsed;
		const { units, scale } = signed;
		const missing = this.currencyScale - scale;
		const padded =
			missing > 0 ? { units: units * 10n ** BigInt(missing), scale: this.currencyScale } : signed;
		return this.marked(formatDecimal(padded));
	}

	/** Most amounts come as they go; the document was validated, so they are decimals. */
	private hasCurrencyScale(value: string): boolean {
		if (value.charCodeAt(0) === MINUS) return false;
		const point = value.indexOf('.');
		const scale = this.currencyScale;
		return scale === 0 ? point < 0 : point > 0 && point === value.length - scale - 1;
	}

	/** Quantities of lines have the sign of their amounts, so that prices need none. */
	quantity(value: string | undefined): string | undefined {
		const parsed = this.negated ? parseDecimal(value ?? '') : undefined;
		return parsed === undefined ? this.number(value) : this.number(formatDecimal(negate(parsed)));
	}

	/** Prices, percentages and rates, without zeros at the end. */
	number(value: string | undefined): string | undefined {
		if (value === undefined) return undefined;
		if (value.charCodeAt(0) !== MINUS) {
			const endsInZero = value.charCodeAt(value.length - 1) === ZERO_DIGIT;
			if (!endsInZero || !value.includes('.')) return this.marked(value);
		}
		const parsed = parseDecimal(value);
		return parsed === undefined ? value : this.marked(formatShortest(parsed));
	}

	private marked(value: string): string {
		return this.decimalMark === '.' ? value : value.replace('.', this.decimalMark);
	}
}

/** `2017-06-30` as format 102 writes it. */
export function date102(date: string | undefined): string | undefined {
	return date?.replaceAll('-', '');
}
