import { validateDocument, type BusinessDocument } from '../../documents';
import type { CoreErrorCode, Issue } from '../../errors';
import type { Finding, FindingCode, Preparation, SegmentSpec } from '../syntax';
import { withDefaults } from './defaults';
import { messageSchema } from './directory';
import { addExtraSegments } from './extraSegments';
import { mapDocument, MappingContext, messageOf, type Origin } from './mapping';
import { GroupInstance, shapeOf } from './messageBuilder';
import type { EdifactProfile } from './profile';
import type { EdifactSegment } from './segment';
import { validateSegment, type SegmentRules } from './validateSegment';

/** The segments of one message, without UNH and UNT, which need their numbers. */
export interface EdifactBody {
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
	const position = `${String(element).padStart(2, '0')}${component === undefined ? '' : `.${component}`}`;
	return `${segment} ${position}${dataElement === undefined ? '' : ` (${dataElement})`}`;
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

/** Maps one document to the segments of its message and checks them, all issues at once. */
export function prepareDocument(
	given: BusinessDocument,
	profile: EdifactProfile,
): Preparation<EdifactBody> {
	const filled = profile.defaults.size === 0 ? given : withDefaults(given, profile.defaults);
	const validation = validateDocument(filled);
	if (!validation.ok) return validation;
	const { document } = validation;
	const messageId = messageOf[document.type];
	const schema = messageSchema(messageId, profile.release, profile.syntaxVersion);
	if (schema === undefined) throw new TypeError(`no schema of ${messageId} ${profile.release}`);
	const negated =
		document.type === 'invoice' &&
		document.kind === 'creditNote' &&
		profile.creditNoteAmounts === 'negative';
	const context = new MappingContext(profile, document, negated);
	const root = new GroupInstance<Origin>(shapeOf(schema));
	mapDocument(document, root, context);
	addExtraSegments(document, messageId, root, context);

	const rules: SegmentRules = {
		decimalMark: profile.serviceString.decimalMark === ',' ? ',' : '.',
		additionalCodes: profile.additionalCodes,
	};
	const segments: EdifactSegment[] = [];
	root.walk(
		({ segment, origin }, loop, position) => {
			segments.push(segment);
			const spec = schema.segments[segment.tag] as SegmentSpec;
			const findings = validateSegment(segment, spec, { position, loop }, rules);
			for (const finding of findings) reportFinding(finding, origin, context);
		},
		(finding, origin) => reportFinding(finding, origin, context),
		2,
	);
	const issues: readonly Issue[] =
		validation.warnings.length === 0 ? context.issues : [...validation.warnings, ...context.issues];
	if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues };
	return {
		ok: true,
		prepared: { document: given, messageId, body: { segments }, warnings: issues },
	};
}
