import { documentSubject } from '../../documents';
import type { BusinessDocument } from '../../documents';
import type { CoreErrorCode, Issue } from '../../errors';
import { completeDocument } from '../partner';
import type { Preparation, SentIdentifier } from '../partner';
import type { Finding, FindingCode } from '../syntax';
import { messageSchema } from './directory';
import { guidedRules, structureFindings, unmetGuideline } from '../mapping';
import type { Origin, SegmentOutput, TextOutput } from '../mapping';
import { characterTable, makePlan, mappingFor, MappingContext } from './mapping';
import type { CharacterTable, EdifactMapping, Plan } from './mapping';
import type { EdifactProfile } from './profile';
import { trimSegment } from './segment';
import { EDIFACT_SETS } from './setSyntax';
import type { EdifactSegment } from './segment';
import { validateSegment } from './validateSegment';
import type { SegmentRules } from './validateSegment';
import { segmentWriterOf } from './writer';

/** One message without UNH and UNT, which need their numbers. */
export interface EdifactBody {
	/** As it goes into the file: released and terminated. */
	readonly text: string;
	readonly segmentCount: number;
	/** As it is meant; made by the careful way whichever way wrote the text. */
	readonly segments: readonly EdifactSegment[];
}

const ISSUE_CODES: Readonly<Partial<Record<FindingCode, CoreErrorCode>>> = {
	segmentMissing: 'EDIFACT_STRUCTURE',
	segmentOverMaximum: 'EDIFACT_TOO_MANY',
	loopOverMaximum: 'EDIFACT_TOO_MANY',
	elementMissing: 'EDIFACT_MISSING_VALUE',
	tooLong: 'EDIFACT_VALUE_TOO_LONG',
	invalidCode: 'EDIFACT_INVALID_CODE',
	invalidCharacter: 'EDIFACT_CHARACTER_NOT_ALLOWED',
};

/** `RFF 01.2 (1154)`, as guidelines call a component. */
function placeOf({ segment, element, component, dataElement }: Finding): string {
	if (element === undefined) return segment;
	const place = EDIFACT_SETS.place(segment, element, component);
	return `${place}${dataElement === undefined ? '' : ` (${dataElement})`}`;
}

const FIXES: Readonly<Partial<Record<FindingCode, string>>> = {
	elementMissing: 'fill it in the source or give a default in the partner settings',
	tooLong: 'shorten it in the source or map it with a code map',
	invalidCode: 'use a code of the directory, or name it under additional codes',
};

function reportFinding(
	finding: Finding,
	origin: Origin | undefined,
	context: MappingContext,
): void {
	const { code, element, component, value } = finding;
	const field = origin?.path(element ?? 1, component ?? 1) ?? '';
	const where = field === '' ? '' : `${field}: `;
	const fix = FIXES[code] === undefined ? '' : `; ${FIXES[code]}`;
	context.report(
		ISSUE_CODES[code] ?? 'EDIFACT_INVALID_VALUE',
		field === '' ? placeOf(finding) : field,
		`${where}${finding.message}, in ${placeOf(finding)}${fix}`,
		value === undefined ? {} : { received: value },
	);
}

/** What a profile needs computed once, however many documents come. */
interface Compiled {
	readonly characters: CharacterTable;
	readonly plans: Map<string, Plan>;
}

const compiled = new WeakMap<EdifactProfile, Compiled>();

function compiledFor(profile: EdifactProfile): Compiled {
	const known = compiled.get(profile);
	if (known !== undefined) return known;
	const characters = characterTable(profile.charset, profile.serviceString, profile.capitalLetters);
	const made: Compiled = { characters, plans: new Map() };
	compiled.set(profile, made);
	return made;
}

function planOf(mapping: EdifactMapping, profile: EdifactProfile): Plan {
	const { characters, plans } = compiledFor(profile);
	const { id: message } = mapping;
	const known = plans.get(message);
	if (known !== undefined) return known;
	const schema = messageSchema(message, profile.release, profile.syntaxVersion);
	if (schema === undefined) throw new TypeError(`no schema of ${message} ${profile.release}`);
	const rules = guidedRules(mapping, EDIFACT_SETS, profile.guideline, profile);
	const made = makePlan({ ...mapping, rules }, profile, schema, characters);
	plans.set(message, made);
	return made;
}

function contextFor(document: BusinessDocument, profile: EdifactProfile): MappingContext {
	const negated =
		document.type === 'invoice' &&
		document.kind === 'creditNote' &&
		profile.creditNoteAmounts === 'negative';
	return new MappingContext(profile, document, negated, compiledFor(profile).characters);
}

/** The careful way: every segment in its slot, every value checked, everything wrong reported. */
function mapCarefully(
	document: BusinessDocument,
	profile: EdifactProfile,
	mapping: EdifactMapping,
): {
	readonly segments: readonly EdifactSegment[];
	readonly issues: readonly Issue[];
	readonly identifiers: readonly SentIdentifier[];
	readonly changed: boolean;
} {
	const { schema, careful, rules: planRules } = planOf(mapping, profile);
	const context = contextFor(document, profile);
	const out: SegmentOutput = { segments: [] };
	mapping.check(document, context);
	careful(document, context, '', out);
	const rules: SegmentRules = {
		decimalMark: profile.serviceString.decimalMark === ',' ? ',' : '.',
		additionalCodes: profile.additionalCodes,
	};
	const segments = out.segments.map(({ tag, elements }) => trimSegment(tag, elements));
	for (const [at, { origin }] of out.segments.entries()) {
		const segment = segments[at] as EdifactSegment;
		const findings = validateSegment(segment, origin.spec, { position: at + 2 }, rules);
		for (const finding of findings) reportFinding(finding, origin, context);
	}
	for (const finding of structureFindings(schema, out.segments)) {
		reportFinding(finding, out.segments[finding.segmentPosition - 2]?.origin, context);
	}
	for (const { wants, path, received } of unmetGuideline(
		planRules,
		document,
		out,
		EDIFACT_SETS.place,
	)) {
		context.report(
			'GUIDELINE_NOT_MET',
			path,
			`the partner's guideline wants ${wants}${received === undefined ? '' : `, not "${received}"`}`,
			received === undefined ? {} : { received },
		);
	}
	return {
		segments,
		issues: context.issues,
		identifiers: context.identifiers,
		changed: context.hasChangedIdentifiers(),
	};
}

/** The quick way; `undefined` where the document needs care. */
function mapQuickly(
	document: BusinessDocument,
	profile: EdifactProfile,
	mapping: EdifactMapping,
):
	| { readonly out: TextOutput; readonly issues: readonly Issue[]; readonly changed: boolean }
	| undefined {
	// What the partner wants beyond the default may not fit the place it has: that is reported.
	if (profile.codeMaps.identifiers.size > 0 || profile.guideline.needsCare) return undefined;
	const context = contextFor(document, profile);
	const out: TextOutput = { text: '', count: 0 };
	mapping.check(document, context);
	if (!planOf(mapping, profile).quick(document, context, '', out)) return undefined;
	if (context.issues.some(({ severity }) => severity === 'error')) return undefined;
	return { out, issues: context.issues, changed: context.hasChangedIdentifiers() };
}

function quickBody(
	{ text, count }: TextOutput,
	meant: () => readonly EdifactSegment[],
): EdifactBody {
	let segments: readonly EdifactSegment[] | undefined;
	return {
		text,
		segmentCount: count,
		get segments() {
			segments ??= meant();
			return segments;
		},
	};
}

/** UNT 0074 has six digits up to syntax 3. */
const MOST_SEGMENTS = 999_999;

function tooManySegments(
	document: BusinessDocument,
	withoutService: number,
	profile: EdifactProfile,
): readonly Issue[] {
	const count = withoutService + 2;
	if (profile.syntaxVersion === 4 || count <= MOST_SEGMENTS) return [];
	return [
		{
			code: 'EDIFACT_TOO_MANY',
			severity: 'error',
			path: 'lines',
			message: `${documentSubject(document)}: it becomes ${count} segments, and a message of syntax 3 holds ${MOST_SEGMENTS}; split the document or use syntax 4`,
			expected: `at most ${MOST_SEGMENTS}`,
			received: String(count),
		},
	];
}

/** Maps one document to the segments of its message and checks them, all issues at once. */
export function prepareDocument(
	given: BusinessDocument,
	profile: EdifactProfile,
): Preparation<EdifactBody> {
	const mapping = mappingFor(given, profile);
	if (mapping === undefined) {
		const message = `${documentSubject(given)}: documents of type "${String(given.type)}" do not become EDIFACT`;
		return {
			ok: false,
			issues: [{ code: 'EDIFACT_UNKNOWN_DOCUMENT', severity: 'error', path: 'type', message }],
		};
	}
	const completed = completeDocument(given, profile.defaults);
	if (!completed.ok) return completed;
	const { document, warnings } = completed;
	const { id: messageId } = mapping;
	const carefully = () => mapCarefully(document, profile, mapping);
	const quick = mapQuickly(document, profile, mapping);
	if (quick !== undefined) {
		const tooMany = tooManySegments(document, quick.out.count, profile);
		if (tooMany.length > 0)
			return { ok: false, issues: [...warnings, ...quick.issues, ...tooMany] };
		const body = quickBody(quick.out, () => carefully().segments);
		return {
			ok: true,
			prepared: {
				document: given,
				messageId,
				body,
				identifiers: {
					changed: quick.changed,
					all: () => carefully().identifiers,
				},
				warnings: [...warnings, ...quick.issues],
			},
		};
	}
	const { segments, issues: found, identifiers: sent, changed } = carefully();
	const issues = [...warnings, ...found];
	issues.push(...tooManySegments(document, segments.length, profile));
	if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues };
	const text = segmentWriterOf(profile)(segments);
	const body = { text, segmentCount: segments.length, segments };
	const identifiers = { changed, all: () => sent };
	return {
		ok: true,
		prepared: { document: given, messageId, body, identifiers, warnings: issues },
	};
}
