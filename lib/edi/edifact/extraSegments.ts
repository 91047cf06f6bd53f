import { CoreError } from '../../errors';
import { ownValue } from '../../text';
import type { BusinessDocument } from '../../documents';
import { parseCondition, parseTemplate } from '../partner';
import type { SegmentSpec } from '../syntax';
import { elementKind } from './elementKinds';
import { messageSchema } from './directory';
import type { Directory, EdifactMessage } from './directory';
import type { ExtraSegment, ExtraSegmentSettings } from './extraSegment';
import type { MappingContext, Origin } from './mapping';
import { innerShape, shapeOf, slotFor } from './messageBuilder';
import type { GroupInstance, GroupShape, Section } from './messageBuilder';
import { trimSegment } from './segment';
import { validateSegment } from './validateSegment';

const MESSAGES: readonly EdifactMessage[] = ['INVOIC', 'ORDERS', 'REMADV'];
const LINE_TAGS: Readonly<Record<EdifactMessage, string>> = {
	INVOIC: 'LIN',
	ORDERS: 'LIN',
	REMADV: 'DOC',
};
/** They are the encoder's own: they count, number or delimit. */
const OWN_TAGS: ReadonlySet<string> = new Set(['UNH', 'UNT', 'UNS', 'BGM']);

function invalid(path: string, source: string, problem: string): CoreError {
	return new CoreError(
		'EDIFACT_INVALID_EXTRA_SEGMENT',
		`The extra segment "${source}" cannot be used: ${problem}`,
		{ path },
	);
}

/** `RFF+CT:{ownNumber}` as elements of components; `?` releases, and fields are left alone. */
function splitTemplate(source: string): readonly (readonly string[])[] {
	const elements: string[][] = [['']];
	let inField = false;
	const append = (character: string): void => {
		const components = elements[elements.length - 1] as string[];
		components[components.length - 1] += character;
	};
	for (let index = 0; index < source.length; index += 1) {
		const character = source[index] ?? '';
		if (character === '{') inField = true;
		else if (character === '}') inField = false;
		if (inField) append(character);
		else if (character === '?' && index + 1 < source.length) append(source[(index += 1)] ?? '');
		else if (character === '+') elements.push(['']);
		else if (character === ':') elements[elements.length - 1]?.push('');
		else append(character);
	}
	return elements;
}

function readWithin(text: string | undefined): ExtraSegment['within'] {
	if (text === undefined || text === '') return undefined;
	const [tag = '', qualifier] = text.split('+');
	return { tag, qualifier };
}

/** The group an extra segment of this level starts from. */
function levelShape(
	message: EdifactMessage,
	release: Directory,
	extra: Pick<ExtraSegment, 'level' | 'within'>,
): GroupShape | undefined {
	const schema = messageSchema(message, release);
	const root = schema && shapeOf(schema);
	const shape = root && extra.level === 'line' ? innerShape(root, LINE_TAGS[message]) : root;
	return shape && extra.within !== undefined ? innerShape(shape, extra.within.tag) : shape;
}

function hasPlace(message: EdifactMessage, release: Directory, extra: ExtraSegment): boolean {
	const shape = levelShape(message, release, extra);
	const section: Section = extra.level === 'summary' ? 'summary' : 'header';
	return shape !== undefined && slotFor(shape, extra.tag, section) >= 0;
}

/** Checks a template against the directory while the settings are read, before any document. */
export function readExtraSegment(
	settings: ExtraSegmentSettings,
	release: Directory,
	additionalCodes: ReadonlySet<string>,
	path: string,
): ExtraSegment {
	const source = settings.template;
	const message =
		settings.message === undefined || settings.message === '' ? undefined : settings.message;
	if (message !== undefined && !MESSAGES.some((known) => known === message)) {
		throw invalid(
			`${path}.message`,
			source,
			`there is no message "${message}"; known are ${MESSAGES.join(', ')}`,
		);
	}
	if (!['header', 'line', 'summary'].includes(settings.level)) {
		throw invalid(`${path}.level`, source, 'the level must be header, line or summary');
	}
	const [[tag = ''] = [], ...elements] = splitTemplate(source);
	if (OWN_TAGS.has(tag)) throw invalid(path, source, `${tag} is written by the encoder itself`);
	const spec = ownValue(messageSchema('INVOIC', release)?.segments ?? {}, tag);
	if (spec === undefined) throw invalid(path, source, `${release} has no segment "${tag}"`);
	const extra: ExtraSegment = {
		message: message as EdifactMessage | undefined,
		level: settings.level,
		source,
		tag,
		elements: elements.map((components) => components.map(parseTemplate)),
		kinds: elements.map((components, element) => {
			const place = spec.elements[element];
			return components.map((_, at) => elementKind(place?.components?.[at] ?? place));
		}),
		condition: parseCondition(settings.condition ?? ''),
		within: readWithin(settings.within),
	};
	checkAgainst(extra, spec, additionalCodes, path);
	const wanted = message === undefined ? MESSAGES : [extra.message as EdifactMessage];
	if (!wanted.some((id) => hasPlace(id, release, extra))) {
		const where =
			settings.within === undefined ? `the ${settings.level} of` : `${settings.within} in`;
		throw invalid(path, source, `${tag} has no place in ${where} ${wanted.join(', ')} ${release}`);
	}
	return extra;
}

/** Constants are checked as they are; a field stands for a value that fits. */
function checkAgainst(
	extra: ExtraSegment,
	spec: SegmentSpec,
	additionalCodes: ReadonlySet<string>,
	path: string,
): void {
	const isField = (element: number, component: number): boolean =>
		extra.elements[element - 1]?.[component - 1]?.constant === false;
	const sample = trimSegment(
		extra.tag,
		extra.elements.map((components) =>
			components.map((template) => (template.constant ? template.render({}) : '0')),
		),
	);
	const findings = validateSegment(
		sample,
		spec,
		{ position: 0 },
		{ decimalMark: 'any', additionalCodes },
	);
	const found = findings.find(({ code, element = 0, component = 1 }) => {
		const aboutValue = code !== 'tooManyElements' && code !== 'tooManyComponents';
		return !(aboutValue && code !== 'elementMissing' && isField(element, component));
	});
	if (found !== undefined) throw invalid(path, extra.source, found.message);
}

/** Writes the extra segments of the profile into the message, in the order of the profile. */
export function addExtraSegments(
	document: BusinessDocument,
	message: EdifactMessage,
	root: GroupInstance<Origin>,
	context: MappingContext,
): void {
	const { extraSegments, release } = context.profile;
	if (extraSegments.length === 0) return;
	const parts: readonly unknown[] =
		document.type === 'remittance' ? document.items : document.lines;
	const name = document.type === 'remittance' ? 'items' : 'lines';
	const lineGroups = root.all(LINE_TAGS[message]);
	for (const extra of extraSegments) {
		if (extra.message !== undefined && extra.message !== message) continue;
		if (!hasPlace(message, release, extra)) continue;
		if (extra.level !== 'line') {
			addExtra(extra, root, { ...document }, context, '');
			continue;
		}
		lineGroups.forEach((group, index) => {
			const scope = { ...document, line: parts[index], item: parts[index] };
			addExtra(extra, group, scope, context, `${name}[${index}].`);
		});
	}
}

function addExtra(
	extra: ExtraSegment,
	level: GroupInstance<Origin>,
	scope: Readonly<Record<string, unknown>>,
	context: MappingContext,
	at: string,
): void {
	if (!extra.condition.holds(scope)) return;
	const target =
		extra.within === undefined ? level : level.find(extra.within.tag, extra.within.qualifier);
	// A group that this document does not have, such as a delivery address, has nothing to add to.
	if (target === undefined) return;
	const hasFields = extra.elements.some((components) =>
		components.some(({ constant }) => !constant),
	);
	let filled = false;
	const values = extra.elements.map((components, element) =>
		components.map((template, component) => {
			const rendered = template.render(scope);
			if (template.constant || rendered === '') return rendered;
			filled = true;
			const kind = extra.kinds[element]?.[component] ?? 'code';
			const [field = ''] = template.paths;
			return context.fit(rendered, field.startsWith('line.') ? at + field.slice(5) : field, kind);
		}),
	);
	if (hasFields && !filled) return;
	const origin: Origin = {
		name: extra.source,
		at,
		path: (element, component) => extra.elements[element - 1]?.[component - 1]?.paths[0] ?? '',
	};
	target.add(
		{ segment: trimSegment(extra.tag, values), origin },
		extra.level === 'summary' ? 'summary' : 'header',
	);
}
