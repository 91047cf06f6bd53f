import { documentSubject } from '../../documents';
import type { BusinessDocument } from '../../documents';
import type { CoreErrorCode, Issue } from '../../errors';
import { completeDocument } from '../partner';
import type { Completed, Preparation, SentIdentifiers } from '../partner';
import type { Finding, FindingCode, MessageSchema } from '../syntax';
import { cleanCharacters } from './documentText';
import { ElementFitting } from './elementFitting';
import { guidedRules, schemaWithCodes, structureFindings, unmetGuideline } from '../mapping';
import type { Origin, SegmentOutput, TextOutput, Unmet } from '../mapping';
import { COMPONENT_MARK, joined } from './components';
import { makePlan, mappingFor, X12Context } from './mapping';
import type { BodyDelimiters, Plan, Report, X12Mapping } from './mapping';
import type { X12Profile } from './profile';
import { x12Schema } from './schema';
import { X12_SETS } from './setSyntax';
import { elementName, validateSegment } from './validateSegment';

/** A transaction set without its envelope. */
export interface X12Body {
	readonly set: string;
	/** From after ST to before SE, every segment with its ending. */
	readonly text: string;
	readonly segmentCount: number;
	/** Those of the profile; where delimiters are picked, characters that no text of ours holds. */
	readonly delimiters: BodyDelimiters;
}

/** Until the interchange's own delimiters are picked. */
export const UNPICKED: BodyDelimiters = {
	element: '\u001d',
	component: COMPONENT_MARK,
	ending: '\u001c',
};

function bodyDelimiters(profile: X12Profile): BodyDelimiters {
	const { element, component, segment } = profile.delimiters;
	return profile.pickDelimiters
		? UNPICKED
		: { element, component, ending: segment + profile.suffix };
}

interface Compiled {
	readonly plans: Map<string, Plan>;
	readonly clean: Uint8Array;
	readonly delimiters: BodyDelimiters;
}

const compiled = new WeakMap<X12Profile, Compiled>();

function compiledFor(profile: X12Profile): Compiled {
	let found = compiled.get(profile);
	if (found === undefined) {
		found = {
			plans: new Map(),
			clean: cleanCharacters(profile),
			delimiters: bodyDelimiters(profile),
		};
		compiled.set(profile, found);
	}
	return found;
}

function planOf(mapping: X12Mapping, profile: X12Profile): Plan {
	const { plans, clean, delimiters } = compiledFor(profile);
	const known = plans.get(mapping.id);
	if (known !== undefined) return known;
	const schema = x12Schema(mapping.id, profile.release);
	if (schema === undefined) throw new TypeError(`no schema of ${mapping.id} ${profile.release}`);
	const rules = guidedRules(mapping, X12_SETS, profile.guideline, profile);
	const made = makePlan(
		{ ...mapping, rules },
		profile,
		schemaWithCodes(schema, profile.guideline.codes),
		clean,
		delimiters,
	);
	plans.set(mapping.id, made);
	return made;
}

const ISSUE_CODES: Partial<Record<FindingCode, CoreErrorCode>> = {
	elementMissing: 'X12_MANDATORY_MISSING',
	conditionalElementMissing: 'X12_MANDATORY_MISSING',
	tooLong: 'X12_VALUE_TOO_LONG',
};

const FIXES: Partial<Record<FindingCode, string>> = {
	elementMissing: 'fill it in, or set a default for missing fields',
	conditionalElementMissing: 'fill in what is missing',
	tooLong: 'shorten it; numbers and codes are never cut',
	segmentOverMaximum: "shorten the text, or set 'Long Text' to 'Cut' for descriptions and streets",
	tooShort: 'complete it, or map it in the code maps',
	invalidCode: 'choose a code of the list, or map it in the code maps',
};

/** `line 3, ` of a segment that belongs to a line. */
function lineOf({ at }: Pick<Origin, 'at'>): string {
	const index = /^(?:lines|items)\[(\d+)\]/.exec(at)?.[1];
	return index === undefined ? '' : `line ${Number(index) + 1}, `;
}

class Preparer {
	private readonly issues: Issue[] = [];

	private readonly subject: string;

	constructor(
		doc: BusinessDocument,
		private readonly schema: MessageSchema,
	) {
		this.subject = documentSubject(doc);
	}

	readonly report: Report = (code, path, problem, more = {}) => {
		const { warning, ...rest } = more;
		this.issues.push({
			code,
			severity: warning === true ? 'warning' : 'error',
			path,
			message: `${this.subject}: ${problem}`,
			...rest,
		});
	};

	get errors(): readonly Issue[] {
		return this.issues.filter(({ severity }) => severity === 'error');
	}

	get all(): readonly Issue[] {
		return this.issues;
	}

	private describeFinding(finding: Finding, origin: Origin): void {
		const { element = 1 } = finding;
		const field = origin.path(element);
		const path = field || elementName(finding.segment, element);
		const source = field === '' ? ` (from ${origin.name})` : ` (from ${path})`;
		const fix = FIXES[finding.code];
		this.report(
			ISSUE_CODES[finding.code] ?? 'X12_VALUE_INVALID',
			path,
			`${lineOf(origin)}${finding.message}${source}${fix === undefined ? '' : `; ${fix}`}`,
			finding.value === undefined ? {} : { received: finding.value },
		);
	}

	validate({ segments }: SegmentOutput): void {
		segments.forEach(({ elements, origin }, at) => {
			const findings = validateSegment(origin.spec, joined(elements, COMPONENT_MARK), {
				segmentPosition: at + 2,
				componentSeparator: COMPONENT_MARK,
			});
			for (const finding of findings) this.describeFinding(finding, origin);
		});
	}

	compare(unmet: readonly Unmet[]): void {
		for (const { wants, path, received, at } of unmet) {
			const where = lineOf({ at });
			this.report(
				'GUIDELINE_NOT_MET',
				path,
				`${where}the partner's guideline wants ${wants}${received === undefined ? '' : `, not "${received}"`}`,
				received === undefined ? {} : { received },
			);
		}
	}

	/** The set's structure, from ST to SE, as a receiver would check it. */
	validateStructure({ segments }: SegmentOutput): void {
		for (const finding of structureFindings(this.schema, segments)) {
			const written = segments[finding.segmentPosition - 2];
			const origin = written?.origin;
			// A repeated segment of the head has a place for each of a list: the segment says which list.
			const field = written?.elements
				.map((_, index) => origin?.path(index + 1) ?? '')
				.find((path) => path !== '' && !path.startsWith('taxes['));
			const line = /^(?:lines|items)\[\d+\]/.exec(origin?.at ?? '')?.[0];
			const path = field ?? line ?? finding.segment;
			const source = field === undefined ? '' : ` (from ${path})`;
			const fix = finding.code === 'segmentOverMaximum' ? FIXES.segmentOverMaximum : undefined;
			this.report(
				'X12_STRUCTURE_INVALID',
				path,
				`${origin === undefined ? '' : lineOf(origin)}segment ${finding.segmentPosition} (${origin?.name ?? finding.segment}): ${finding.message}${source}${fix === undefined ? '' : `; ${fix}`}`,
			);
		}
	}
}

function textOf({ segments }: SegmentOutput, delimiters: BodyDelimiters): string {
	const { element, component, ending } = delimiters;
	return segments
		.map(({ tag, elements }) => [tag, ...joined(elements, component)].join(element) + ending)
		.join('');
}

/** The quick way; `undefined` where the document needs care. */
function writeQuickly(
	document: BusinessDocument,
	profile: X12Profile,
	plan: Plan,
): TextOutput | undefined {
	// What the partner wants beyond the default may not fit the place it has: that is reported.
	if (profile.codeMaps.identifiers.size > 0 || profile.guideline.needsCare) return undefined;
	const out: TextOutput = { text: '', count: 0 };
	const context = new X12Context(profile, document);
	return plan.quick(document, context, '', out) ? out : undefined;
}

/** The careful way: every value fitted and checked, everything wrong reported. */
function writeCarefully(
	document: BusinessDocument,
	profile: X12Profile,
	{ careful }: Plan,
	report: Report,
): { readonly out: SegmentOutput; readonly fitting: ElementFitting } {
	const fitting = new ElementFitting(profile, report);
	const out: SegmentOutput = { segments: [] };
	careful(document, new X12Context(profile, document, fitting), '', out);
	return { out, fitting };
}

/** Maps and checks one document, all issues at once. */
export function prepareDocument(document: BusinessDocument, profile: X12Profile): Preparation<X12Body> {
	const mapping = mappingFor(document, profile);
	if (mapping === undefined) {
		const message = `${documentSubject(document)}: documents of type "${String(document.type)}" do not become X12`;
		return {
			ok: false,
			issues: [{ code: 'X12_UNKNOWN_DOCUMENT', severity: 'error', path: 'type', message }],
		};
	}
	const plan = planOf(mapping, profile);
	let { delimiters } = compiledFor(profile);
	const preparer = new Preparer(document, plan.schema);
	// What comes in was validated by whoever made it; what defaults change is looked at again.
	const completed: Completed =
		profile.defaults.size === 0
			? { ok: true, document, warnings: [] }
			: completeDocument(document, profile.defaults);
	if (!completed.ok) return completed;
	const { document: doc, warnings } = completed;
	const quick = writeQuickly(doc, profile, plan);
	let { text, count } = quick ?? { text: '', count: 0 };
	let identifiers = identifiersLater(doc, profile, plan);
	if (quick === undefined) {
		const { out, fitting } = writeCarefully(doc, profile, plan, preparer.report);
		identifiers = fitting;
		if (fitting.picks) delimiters = UNPICKED;
		preparer.validate(out);
		preparer.validateStructure(out);
		preparer.compare(unmetGuideline(plan.rules, doc, out, X12_SETS.place));
		text = textOf(out, delimiters);
		count = out.segments.length;
	}
	mapping.check(doc, profile, preparer.report);
	if (preparer.errors.length > 0) return { ok: false, issues: [...warnings, ...preparer.all] };
	return {
		ok: true,
		prepared: {
			document,
			messageId: mapping.id,
			body: { set: mapping.id, text, segmentCount: count, delimiters },
			identifiers,
			warnings: [...warnings, ...preparer.all],
		},
	};
}

/** A document that was plain has its identifiers unchanged; they are listed only where asked for. */
function identifiersLater(doc: BusinessDocument, profile: X12Profile, plan: Plan): SentIdentifiers {
	const silent: Report = () => undefined;
	return { changed: false, all: () => writeCarefully(doc, profile, plan, silent).fitting.all() };
}

/** The body's segments, tag first; a checked body holds no delimiter inside data. */
export function bodySegments({ text, delimiters }: X12Body): readonly (readonly string[])[] {
	const { element, component, ending } = delimiters;
	return text
		.slice(0, -ending.length)
		.split(ending)
		.map((segment) => segment.replaceAll(component, COMPONENT_MARK).split(element));
}
