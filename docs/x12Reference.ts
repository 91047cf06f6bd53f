/** The X12 reference pages, from the schema tables and the mapping tables. */
import type { ElementSpec, SegmentSpec, StructureNode } from '../lib/edi/syntax/index.ts';
import type * as X12 from '../lib/edi/x12/index.ts';

type Mapping = (typeof X12.MAPPINGS)[number];

const MADE_BY = 'This page is made from the tables in `lib/edi/x12/` by `npm run docs`.';
const two = (value: number): string => String(value).padStart(2, '0');
const cell = (text: string): string => text.replaceAll('|', '\\|');

function structureLines(nodes: readonly StructureNode[], depth = 0): string[] {
	return nodes.flatMap((node) => {
		const max = node.max === Infinity ? '>1' : String(node.max);
		const usage = `${node.mandatory ? 'M' : 'O'} ${max}`;
		const indent = '  '.repeat(depth);
		if ('segment' in node) return [`${indent}${node.segment.padEnd(4)} ${usage}`];
		return [`${indent}loop ${node.loop} ${usage}`, ...structureLines(node.children, depth + 1)];
	});
}

const USAGE = { required: 'always', on: 'by default', off: 'if asked for' } as const;

type Row = ReturnType<typeof X12.mappingRows>[number];

function mappingTable(rows: readonly Row[]): string {
	if (rows.length === 0) return 'Nothing by default.\n';
	const lines = rows.map(({ name, usage, tag, element, value, note }, index) => {
		const isFirst = rows[index - 1]?.name !== name;
		const head = isFirst ? `\`${name}\` | ${USAGE[usage]}` : ' | ';
		const from = value === '' ? '' : `\`${value}\``;
		return `| ${head} | ${tag}${two(element)} | ${from} | ${cell(note)} |`;
	});
	return `| name | sent | element | from | note |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

function setPage(room: typeof X12, mapping: Mapping): string {
	const { id: set, type } = mapping;
	const rows = room.mappingRows(set);
	const level = (name: Row['level']): string =>
		mappingTable(rows.filter((row) => row.level === name));
	const block = (release: X12.X12Release): string =>
		structureLines(room.x12Schema(set, release)?.structure ?? []).join('\n');
	return [
		`# X12 ${set}\n\n${MADE_BY}\n`,
		`## Default mapping of a document of type \`${type}\`\n`,
		'What is sent *by default* can be left out with `omitSegments`, what is sent *if asked for* with `sendSegments`, by its name.\n',
		`### Header\n\n${level('header')}`,
		`### Each line (loop ${mapping.lineLoop.join(' / ')})\n\n${level('line')}`,
		`### Summary\n\n${level('summary')}`,
		...room.X12_RELEASES.map(
			(release) =>
				`## Structure in ${release}\n\nM mandatory, O optional, then the maximum use.\n\n\`\`\`\n${block(release)}\n\`\`\`\n`,
		),
	].join('\n');
}

function elementText(tag: string, element: ElementSpec, index: number): string {
	const name = `${tag}${two(index + 1)}`;
	const number = element.id.startsWith('X') ? '' : `DE${element.id} `;
	const form = element.components
		? `composite ${element.id}`
		: `${number}${element.type} ${element.min}/${element.max}`;
	const { codes: list } = element;
	const codes =
		list === undefined
			? ''
			: list.size <= 20
				? ` {${[...list].join(' ')}}`
				: ` {list of ${list.size} codes}`;
	return `${name} ${form}${element.mandatory ? ' M' : ''}${codes}`;
}

function segmentText(spec: SegmentSpec): string {
	const notes = (spec.syntaxNotes ?? []).map(
		({ kind, positions }) => kind + positions.map(two).join(''),
	);
	const elements = spec.elements.map((element, index) => elementText(spec.tag, element, index));
	return `${elements.join('; ')}${notes.length === 0 ? '' : `; notes ${notes.join(' ')}`}`;
}

function segmentsPage(room: typeof X12): string {
	const [first, later] = room.X12_RELEASES;
	const rows = [...room.x12SegmentTags(later)].sort().map((tag) => {
		const before = room.x12Segment(tag, first);
		const after = room.x12Segment(tag, later);
		const old = before === undefined ? '–' : segmentText(before);
		const next = after === undefined ? '–' : segmentText(after);
		return `| ${tag} | ${old} | ${next === old ? 'the same' : next} |`;
	});
	return `# X12 segments\n\n${MADE_BY}\n\nElement, data element with type and length (digits only for numbers), M mandatory, complete code lists in braces; syntax notes by X12.6: P all or none, R at least one, E at most one, C the first requires the others, L the first requires another.\n\n| segment | ${first} | ${later} |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

/** File names below `docs/` and how to make them. */
export function x12Pages(room: typeof X12): Record<string, () => string> {
	return {
		...Object.fromEntries(
			room.MAPPINGS.map((mapping) => [
				`reference/x12-${mapping.id}.md`,
				() => setPage(room, mapping),
			]),
		),
		'reference/x12-segments.md': () => segmentsPage(room),
	};
}
