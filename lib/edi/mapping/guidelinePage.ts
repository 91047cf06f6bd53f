import type { MessageSchema } from '../syntax';
import { mappingRows } from './describe';
import type { Guideline, SegmentGuideline } from './guideline';
import { guidedRules } from './overlay';
import type { SetMapping, SetSyntax } from './setMapping';
import type { TemplateContext } from './templates';

/** What a partner gets, as a page in Markdown: every segment with its elements and what they hold. */

const cell = (text: string): string => text.replaceAll('|', '\\|');

function demandsOf(guideline: SegmentGuideline | undefined, element: number): string {
	const words: string[] = [];
	for (const [position, row] of guideline?.elements ?? []) {
		const [at, component] = position.split('.');
		if (Number(at) !== element) continue;
		const of = component === undefined ? '' : `component ${component}: `;
		const { usage, min, max, codes, moreCodes } = row;
		if (usage === 'required') words.push(`${of}required`);
		if (min !== undefined) words.push(`${of}at least ${min} characters`);
		if (max !== undefined) words.push(`${of}at most ${max} characters`);
		if (codes !== undefined) words.push(`${of}only ${[...codes].join(', ')}`);
		if (moreCodes.size > 0) words.push(`${of}also ${[...moreCodes].join(', ')}`);
	}
	return words.join('; ');
}

function usageOf(guideline: SegmentGuideline | undefined): string {
	if (guideline === undefined) return 'where there is a value';
	const { usage, when, max } = guideline;
	const parts = [usage === 'required' ? 'required' : 'where there is a value'];
	if (when !== undefined) parts.push(`if ${when.source}`);
	if (max !== undefined) parts.push(`at most ${max}`);
	return parts.join(', ');
}

function head({ name, version, source }: Guideline, set: string, release: string): string {
	const title = name === '' ? `${set} ${release}` : `${name}: ${set} ${release}`;
	const facts = [version === '' ? '' : `Version ${version}`, source].filter((fact) => fact !== '');
	return `# ${title}\n${facts.length === 0 ? '' : `\n${facts.join(', ')}.\n`}`;
}

/** The specification of a set as the guideline of a partner makes it. */
export function guidelinePage<Context extends TemplateContext>(
	mapping: SetMapping<Context>,
	syntax: SetSyntax<Context>,
	guideline: Guideline,
	profile: Context['profile'] & { readonly release: string },
): string {
	const rules = guidedRules(mapping, syntax, guideline, profile);
	const schema: MessageSchema | undefined = syntax.schemaOf(mapping.id, profile.release);
	const rows = rules.flatMap((rule) => mappingRows(rule));
	const section = (title: string, level: (typeof rows)[number]['level']): string => {
		const lines = rows
			.filter((row) => row.level === level)
			.map((row, index, all) => {
				const { name, tag, element, component, value, constant, note } = row;
				const isFirst = all[index - 1]?.rule !== row.rule;
				const spec = schema?.segments[tag]?.elements[element - 1];
				const place = component === undefined ? spec : spec?.components?.[component - 1];
				const form = place === undefined ? '' : `${place.type} ${place.min}..${place.max}`;
				const from = value === '' ? note : constant ? `\`${value}\`` : `field \`${value}\``;
				const demands = demandsOf(row.rule.guideline, element);
				const own = isFirst ? `\`${cell(name)}\` | ${cell(usageOf(row.rule.guideline))}` : ' | ';
				return `| ${own} | ${syntax.place(tag, element, component)} | ${form} | ${cell(from)} | ${cell(demands)} |`;
			});
		if (lines.length === 0) return '';
		return `\n## ${title}\n\n| segment | sent | element | form | holds | the guideline wants |\n| --- | --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
	};
	return `${head(guideline, mapping.id, profile.release)}${section('Header', 'header')}${section('Each line', 'line')}${section('Summary', 'summary')}`;
}

/** The same, of a set by its name; empty where there is no such set. */
export function specificationOf<Context extends TemplateContext>(
	syntax: SetSyntax<Context>,
	id: string,
	guideline: Guideline,
	profile: Context['profile'] & { readonly release: string },
): string {
	const mapping = syntax.sets.find((set) => set.id === id);
	return mapping === undefined ? '' : guidelinePage(mapping, syntax, guideline, profile);
}
