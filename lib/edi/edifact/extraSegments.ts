import { CoreError } from '../../errors';
import { ownValue } from '../../text';
import { parseCondition, parseTemplate } from '../partner';
import { isLoop } from '../syntax';
import type { SegmentSpec } from '../syntax';
import { elementKind } from './elementKinds';
import { messageSchema } from './directory';
import type { Directory, EdifactMessage } from './directory';
import type { ExtraSegment, ExtraSegmentSettings } from './extraSegment';
import { bodyOf, slotOf, templateCell, templateScope, withAdded } from '../mapping';
import type { AddedSegment, LineLoop, Section } from '../mapping';
import { MAPPINGS, segment } from './mapping';
import type { EdifactMapping, MappingContext, Rule } from './mapping';
import type { EdifactProfile } from './profile';
import { trimSegment } from './segment';
import { validateSegment } from './validateSegment';

const MESSAGES = MAPPINGS.map(({ message }) => message);
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

/** The place an extra segment goes to; `undefined` where the message has none. */
function hasPlace(mapping: EdifactMapping, release: Directory, extra: ExtraSegment): boolean {
	const { level, tag, within } = extra;
	const schema = messageSchema(mapping.message, release);
	if (schema === undefined) return false;
	let nodes = bodyOf(schema);
	let lines: LineLoop | undefined = mapping.lineLoop;
	const descend = (into: string, section: Section): boolean => {
		const node = nodes[slotOf(nodes, into, section, lines)];
		if (node === undefined || !isLoop(node)) return false;
		nodes = node.children.slice(1);
		lines = undefined;
		return true;
	};
	const section = level === 'summary' ? 'summary' : 'header';
	if (level === 'line' && !mapping.lineLoop.every((one) => descend(one, 'header'))) return false;
	if (within !== undefined && !descend(within.split('+')[0] ?? '', section)) return false;
	return slotOf(nodes, tag, section, lines) >= 0;
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
		within: settings.within || undefined,
		name: `${tag}+${source.split('+')[1] ?? ''}`,
	};
	checkAgainst(extra, spec, additionalCodes, path);
	const wanted = MAPPINGS.filter((mapping) => isFor(extra, mapping));
	if (!wanted.some((mapping) => hasPlace(mapping, release, extra))) {
		const where =
			settings.within === undefined ? `the ${settings.level} of` : `${settings.within} in`;
		throw invalid(
			path,
			source,
			`${tag} has no place in ${where} ${wanted.map((one) => one.message).join(', ')} ${release}`,
		);
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

function isFor(extra: ExtraSegment, { message }: EdifactMapping): boolean {
	return extra.message === undefined || extra.message === message;
}

/** Sent if the condition holds and, of its fields, at least one has a value. */
function ruleOf(extra: ExtraSegment): AddedSegment<MappingContext> {
	const fields = extra.elements.flat().filter(({ constant }) => !constant);
	return {
		level: extra.level,
		within: extra.within,
		rule: segment<unknown>(
			extra.tag,
			extra.elements.map((components, element) =>
				components.map((template, at) =>
					templateCell<MappingContext>(template, extra.kinds[element]?.[at] ?? 'code'),
				),
			),
			{
				name: `extra ${extra.name}`,
				section: extra.level === 'summary' ? 'summary' : 'header',
				always: true,
				usage: 'required',
				when: (_, context) => {
					const scope = templateScope(context);
					if (!extra.condition.holds(scope)) return false;
					return fields.length === 0 || fields.some((field) => field.render(scope) !== '');
				},
			},
		),
	};
}

/** The rules of a message with the extra segments of the profile, in the order of the profile. */
export function withExtraSegments(
	mapping: EdifactMapping,
	profile: EdifactProfile,
): readonly Rule<never>[] {
	return profile.extraSegments
		.filter((extra) => isFor(extra, mapping))
		.reduce<
			readonly Rule<never>[]
		>((rules, extra) => withAdded(rules, ruleOf(extra), { mark: '+', profile }), mapping.rules);
}
