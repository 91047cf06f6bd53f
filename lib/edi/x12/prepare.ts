import { documentSubject } from '../../documents';
import type { BusinessDocument } from '../../documents';
import type { CoreErrorCode, Issue } from '../../errors';
import type { Preparation, SentIdentifier, SentIdentifiers } from '../partner';
import { compileStructure, StructureMatcher } from '../syntax';
import type { Finding, FindingCode } from '../syntax';
import { applyDefaults, cleanCharacters, fitTexts, TextFitter } from './documentText';
import { ElementFitting } from './elementFitting';
import type { PathOf } from './elementFitting';
import { COMPONENT_MARK } from './extraSegment';
import { extrasOf } from './extraSegments';
import { mappingFor } from './mapping';
import type { AnyMapping } from './mapping';
import type { Report } from './mapping/rule';
import { SegmentOutput, TextOutput } from './output';
import type { BodyDelimiters } from './output';
import { compilePlan, runPlan } from './plan';
import type { Plan } from './plan';
import type { X12Profile } from './profile';
import { x12Schema } from './schema';
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

interface Prepared {
	readonly plan: Plan;
	readonly mapping: AnyMapping;
	/** The default mapping keeps to the structure by construction; extra segments may not. */
	readonly needsStructure: boolean;
}

interface Compiled {
	readonly bySet: Map<string, Prepared>;
	readonly clean: Uint8Array;
	readonly delimiters: BodyDelimiters;
}

const compiled = new WeakMap<X12Profile, Compiled>();

function compiledFor(profile: X12Profile): Compiled {
	let found = compiled.get(profile);
	if (found === undefined) {
		found = {
			bySet: new Map(),
			clean: cleanCharacters(profile),
			delimiters: bodyDelimiters(profile),
		};
		compiled.set(profile, found);
	}
	return found;
}

function preparedFor(mapping: AnyMapping, profile: X12Profile, all: Compiled): Prepared {
	let found = all.bySet.get(mapping.set);
	if (found === undefined) {
		const extras = extrasOf(profile.extraSegments, mapping, profile.release);
		found = {
			mapping,
			plan: compilePlan(mapping, profile, extras),
			needsStructure: extras.length > 0,
		};
		all.bySet.set(mapping.set, found);
	}
	return found;
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

/** `line.item.code` of line 2 as the document's own path `lines[2].item.code`. */
function documentPath(field: string, partyField: string, line: number, linesField: string): string {
	if (field.startsWith('party.')) return `${partyField}.${field.slice(6)}`;
	if (field.startsWith('tax.')) return `taxes.${field.slice(4)}`;
	if (field.startsWith('line.')) return `${linesField}[${line}].${field.slice(5)}`;
	return field;
}

class Preparer {
	private readonly issues: Issue[] = [];

	private readonly subject: string;

	constructor(
		doc: BusinessDocument,
		private readonly profile: X12Profile,
		private readonly mapping: AnyMapping,
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

	readonly pathOf: PathOf = ({ at }, { spec, fields, partyField }, line) => {
		const field = fields[at];
		return field === undefined
			? elementName(spec.tag, at)
			: documentPath(field, partyField, line, this.mapping.linesField);
	};

	private describeFinding(finding: Finding, out: SegmentOutput, at: number): void {
		const origin = out.origins[at];
		const line = out.lines[at] ?? -1;
		const { element = 1 } = finding;
		const field = origin?.fields[element] ?? '';
		const name = elementName(finding.segment, element);
		const path =
			field === ''
				? name
				: documentPath(field, origin?.partyField ?? '', line, this.mapping.linesField);
		const where = line < 0 ? '' : `line ${line + 1}, `;
		const source = field === '' ? ` (from ${origin?.name ?? 'the profile'})` : ` (from ${path})`;
		const fix = FIXES[finding.code];
		this.report(
			ISSUE_CODES[finding.code] ?? 'X12_VALUE_INVALID',
			path,
			`${where}${finding.message}${source}${fix === undefined ? '' : `; ${fix}`}`,
			finding.value === undefined ? {} : { received: finding.value },
		);
	}

	validate(out: SegmentOutput): void {
		out.segments.forEach((segment, at) => {
			const spec = out.origins[at]?.spec;
			if (spec === undefined) return;
			const findings = validateSegment(spec, segment.slice(1), {
				segmentPosition: at + 2,
				componentSeparator: COMPONENT_MARK,
			});
			for (const finding of findings) this.describeFinding(finding, out, at);
		});
	}

	/** The set's structure, from ST to SE, as a receiver would check it. */
	validateStructure(out: SegmentOutput): void {
		const schema = x12Schema(this.mapping.set, this.profile.release);
		if (schema === undefined) return;
		const matcher = new StructureMatcher(compileStructure(schema.structure));
		matcher.place('ST', 1);
		out.segments.forEach((segment, at) => matcher.place(segment[0] ?? '', at + 2));
		matcher.place('SE', out.segments.length + 2);
		matcher.finish(out.segments.length + 2);
		for (const finding of matcher.findings) {
			const at = finding.segmentPosition - 2;
			const origin = out.origins[at];
			const line = out.lines[at] ?? -1;
			const where = line < 0 ? '' : `line ${line + 1}, `;
			// A repeated segment of the head has a place for each of a list: the segment says which list.
			const field = origin?.fields.find((name) => name?.startsWith('tax.') === false);
			const place = line < 0 ? finding.segment : `${this.mapping.linesField}[${line}]`;
			const path =
				field === undefined
					? place
					: documentPath(field, origin?.partyField ?? '', line, this.mapping.linesField);
			const source = field === undefined ? '' : ` (from ${path})`;
			const fix = finding.code === 'segmentOverMaximum' ? FIXES.segmentOverMaximum : undefined;
			this.report(
				'X12_STRUCTURE_INVALID',
				path,
				`${where}segment ${finding.segmentPosition} (${origin?.name ?? finding.segment}): ${finding.message}${source}${fix === undefined ? '' : `; ${fix}`}`,
			);
		}
	}
}

function joinSegments(out: SegmentOutput, { element, component, ending }: BodyDelimiters): string {
	return out.segments
		.map((segment) => segment.join(element).replaceAll(COMPONENT_MARK, component) + ending)
		.join('');
}

/** Maps and checks one document, all issues at once. */
export function prepareX12(document: BusinessDocument, profile: X12Profile): Preparation<X12Body> {
	const mapping = mappingFor(document.type);
	if (mapping === undefined) {
		const message = `${documentSubject(document)}: documents of type "${String(document.type)}" do not become X12`;
		return {
			ok: false,
			issues: [{ code: 'X12_UNKNOWN_DOCUMENT', severity: 'error', path: 'type', message }],
		};
	}
	const all = compiledFor(profile);
	let { delimiters } = all;
	const { plan, needsStructure } = preparedFor(mapping, profile, all);
	const preparer = new Preparer(document, profile, mapping);
	let doc = profile.defaults.size === 0 ? document : applyDefaults(document, profile.defaults);
	const quick = new TextOutput(delimiters, all.clean);
	runPlan(plan, mapping, doc, profile, quick);
	let { text, count } = quick;
	const mapped = profile.codeMaps.identifiers.size > 0;
	const careful = !quick.plain || quick.overflows || needsStructure || mapped;
	let identifiers: SentIdentifiers | undefined;
	if (careful) {
		const fitting = new ElementFitting(profile, preparer.report, preparer.pathOf);
		identifiers = fitting;
		const out = new SegmentOutput(fitting.fit);
		if (!quick.plain) doc = fitTexts(doc, plan.textFields, new TextFitter(profile));
		runPlan(plan, mapping, doc, profile, out);
		if (fitting.picks) delimiters = UNPICKED;
		preparer.validate(out);
		preparer.validateStructure(out);
		text = joinSegments(out, delimiters);
		({ count } = out);
	}
	mapping.check(doc, profile, preparer.report);
	if (preparer.errors.length > 0) return { ok: false, issues: preparer.all };
	return {
		ok: true,
		prepared: {
			document,
			messageId: mapping.set,
			body: { set: mapping.set, text, segmentCount: count, delimiters },
			identifiers: identifiers ?? identifiersLater(plan, doc, profile, mapping),
			warnings: preparer.all,
		},
	};
}

/** A document that was plain has its identifiers unchanged; they are listed only where asked for. */
function identifiersLater(
	plan: Plan,
	doc: BusinessDocument,
	profile: X12Profile,
	mapping: AnyMapping,
): SentIdentifiers {
	const list = (): readonly SentIdentifier[] => {
		const preparer = new Preparer(doc, profile, mapping);
		const fitting = new ElementFitting(profile, preparer.report, preparer.pathOf);
		runPlan(plan, mapping, doc, profile, new SegmentOutput(fitting.fit));
		return fitting.all();
	};
	return { changed: false, all: list };
}

/** The body's segments, tag first; a checked body holds no delimiter inside data. */
export function bodySegments({ text, delimiters }: X12Body): readonly (readonly string[])[] {
	const { element, component, ending } = delimiters;
	return text
		.slice(0, -ending.length)
		.split(ending)
		.map((segment) => segment.replaceAll(component, COMPONENT_MARK).split(element));
}
