/** The EDIFACT reference pages, from the directory tables and the mapping rules. */
import type * as Edifact from '../lib/edi/edifact/index.ts';
import type { ElementSpec, StructureNode } from '../lib/edi/syntax/index.ts';

const MADE_BY = 'This page is made from the tables in `lib/edi/edifact/` by `npm run docs`.';
const cell = (text: string): string => text.replaceAll('|', '\\|');

function structureLines(nodes: readonly StructureNode[], depth = 0): string[] {
	return nodes.flatMap((node) => {
		const usage = `${node.mandatory ? 'M' : 'C'} ${node.max}`;
		const indent = '  '.repeat(depth);
		if ('segment' in node) return [`${indent}${node.segment} ${usage}`];
		return [`${indent}${node.loop} ${usage}`, ...structureLines(node.children, depth + 1)];
	});
}

function mappingTable(rows: ReturnType<typeof Edifact.mappingRows>): string {
	const lines = rows.map(
		({ name, group, tag, element, component, value, constant, note, usage }) => {
			const position = `${tag} ${String(element).padStart(2, '0')}${component === undefined ? '' : `.${component}`}`;
			const shown =
				constant && !value.startsWith('setting ') ? `constant \`${value}\`` : `\`${value}\``;
			const sent = usage === 'off' ? 'if asked for' : '';
			return `| \`${cell(name)}\` | ${cell(group)} | ${position} | ${cell(shown)} | ${sent} | ${cell(note)} |`;
		},
	);
	return `| name | inside | position | from | sent | note |\n| --- | --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

function messagePage(
	room: typeof Edifact,
	{ id: message, title }: (typeof Edifact.MAPPINGS)[number],
): string {
	const structures = room.directories.map((release) => {
		const nodes = room.messageSchema(message, release)?.structure ?? [];
		return `## Structure in ${release}\n\n\`\`\`text\n${structureLines(nodes).join('\n')}\n\`\`\`\n`;
	});
	return `# ${message}: ${title}\n\n${MADE_BY}\n\nThe names in the first column are those of the settings \`omitSegments\` and \`sendSegments\`. A segment is sent when its first field has a value. \`[]\` stands for each entry of a list.\n\n## From the document\n\n${mappingTable(room.mappingRows(message))}\n${structures.join('\n')}`;
}

function formatOf({ type, min, max }: ElementSpec): string {
	return min === max ? `${type}${max}` : `${type}..${max}`;
}

function elementText(spec: ElementSpec): string {
	const mark = spec.mandatory ? '!' : '';
	if (spec.components === undefined) return `${spec.id}${mark} ${formatOf(spec)}`;
	return `${spec.id}${mark} (${spec.components.map(elementText).join(', ')})`;
}

function segmentsPage(room: typeof Edifact): string {
	const sections = room.directories.map((release) => {
		const segments = room.messageSchema('INVOIC', release)?.segments ?? {};
		const rows = Object.values(segments)
			.filter(({ tag }) => !tag.startsWith('UC'))
			.sort((left, right) => (left.tag < right.tag ? -1 : 1))
			.map(({ tag, elements }) => `| ${tag} | ${elements.map(elementText).join('; ')} |`);
		const codes = Object.entries(room.directoryTables[release].codes).map(
			([element, list]) => `| ${element} | ${list} |`,
		);
		return `## ${release}\n\n| segment | data elements (\`!\` mandatory) |\n| --- | --- |\n${rows.join('\n')}\n\n### Code lists of ${release}\n\nLists that are not here are open: any code of the right length is taken.\n\n| element | codes |\n| --- | --- |\n${codes.join('\n')}\n`;
	});
	return `# EDIFACT segments\n\n${MADE_BY}\n\n${sections.join('\n')}`;
}

function contrlPage(room: typeof Edifact): string {
	const sections = ([3, 4] as const).map((version) => {
		const { structure, segments } = room.messageSchema('CONTRL', '', version) ?? {
			structure: [],
			segments: {},
		};
		const rows = Object.values(segments).map(
			({ tag, elements }) => `| ${tag} | ${elements.map(elementText).join('; ')} |`,
		);
		return `## Syntax version ${version}\n\n\`\`\`text\n${structureLines(structure).join('\n')}\n\`\`\`\n\n| segment | data elements (\`!\` mandatory) |\n| --- | --- |\n${rows.join('\n')}\n`;
	});
	return `# Service segments and CONTRL\n\n${MADE_BY}\n\n${sections.join('\n')}`;
}

/** File names below `docs/` and how to make them. */
export function edifactPages(room: typeof Edifact): Record<string, () => string> {
	return {
		...Object.fromEntries(
			room.MAPPINGS.map((mapping) => [
				`reference/edifact-${mapping.id.toLowerCase()}.md`,
				() => messagePage(room, mapping),
			]),
		),
		'reference/edifact-segments.md': () => segmentsPage(room),
		'reference/edifact-service.md': () => contrlPage(room),
	};
}
