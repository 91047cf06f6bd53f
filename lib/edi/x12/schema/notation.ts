import type {
	ElementSpec,
	ElementType,
	SegmentSpec,
	StructureNode,
	SyntaxNote,
} from '../../syntax';

/** Reads the compact notation of the tables in this folder, once, when the module loads. */

export interface DataElement {
	readonly type: ElementType;
	readonly min: number;
	readonly max: number;
}

const DATA_ELEMENT = /^(\S+) (\S+) (\d+)\/(\d+)$/;

export function parseDataElements(text: string): Map<string, DataElement> {
	const elements = new Map<string, DataElement>();
	for (const entry of text.split(/[,\n]/)) {
		const match = DATA_ELEMENT.exec(entry.trim());
		if (match === null) {
			if (entry.trim() === '') continue;
			throw new Error(`data element table: "${entry}"`);
		}
		const [, id = '', type = '', min = '', max = ''] = match;
		elements.set(id, { type: type as ElementType, min: Number(min), max: Number(max) });
	}
	return elements;
}

/** `tag → elements and notes` of lines such as `TXI: 963! 782 954 | R0203`. */
export function parseSegmentLines(text: string): Map<string, string> {
	const lines = new Map<string, string>();
	for (const line of text.split('\n')) {
		const colon = line.indexOf(':');
		if (colon > 0) lines.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
	}
	return lines;
}

const NOTE = /^([PRECL])((?:\d\d){2,})$/;

function parseNote(text: string): SyntaxNote {
	const match = NOTE.exec(text);
	if (match === null) throw new Error(`syntax note "${text}"`);
	const [, kind, digits = ''] = match;
	return {
		kind: kind as SyntaxNote['kind'],
		positions: (digits.match(/\d\d/g) ?? []).map(Number),
	};
}

const REPEATED = /(\d+)x\(([^)]*)\)/g;
const ELEMENT = /^([ICX]?\d+)(!?)(?:\*(\d+))?$/;

export interface SegmentTables {
	readonly elements: ReadonlyMap<string, DataElement>;
	readonly composites: ReadonlyMap<string, string>;
	readonly codes: ReadonlyMap<string, ReadonlySet<string>>;
}

function parseElements(text: string, tables: SegmentTables): ElementSpec[] {
	const flat = text.replace(REPEATED, (_match, count: string, inner: string) =>
		Array.from({ length: Number(count) }, () => inner).join(' '),
	);
	return flat.split(/\s+/).map((token) => {
		const match = ELEMENT.exec(token);
		if (match === null) throw new Error(`element "${token}"`);
		const [, id = '', mark, repeat] = match;
		const shared = {
			id,
			mandatory: mark === '!',
			...(repeat === undefined ? {} : { repeat: Number(repeat) }),
		};
		const composite = tables.composites.get(id);
		if (composite !== undefined) {
			const components = parseElements(composite, tables);
			return { ...shared, type: 'composite', min: 1, max: Number.MAX_SAFE_INTEGER, components };
		}
		const element = tables.elements.get(id);
		if (element === undefined) throw new Error(`data element ${id} is not in the dictionary`);
		const codes = tables.codes.get(id);
		return { ...shared, ...element, ...(codes === undefined ? {} : { codes }) };
	});
}

export function parseSegment(tag: string, line: string, tables: SegmentTables): SegmentSpec {
	const [elements = '', notes = ''] = line.split('|').map((part) => part.trim());
	const syntaxNotes = notes === '' ? [] : notes.split(/\s+/).map(parseNote);
	return {
		tag,
		elements: parseElements(elements, tables),
		...(syntaxNotes.length === 0 ? {} : { syntaxNotes }),
	};
}

const NODE = /\s*([A-Z][A-Z0-9]{1,2})(!?)(?::(>|\d+))?(\[?)/y;

/** `N1:200[N2:2 N3:2]` as a loop; see `sets004010.ts`. */
export function parseStructure(text: string): StructureNode[] {
	let index = 0;
	const parseNodes = (nested: boolean): StructureNode[] => {
		const nodes: StructureNode[] = [];
		for (;;) {
			NODE.lastIndex = index;
			const match = NODE.exec(text);
			if (match === null) break;
			index = NODE.lastIndex;
			const [, segment = '', mark, times, bracket] = match;
			const mandatory = mark === '!';
			const max = times === undefined ? 1 : times === '>' ? Infinity : Number(times);
			if (bracket === '') nodes.push({ segment, mandatory, max });
			else {
				const children = parseNodes(true);
				const trigger = { segment, mandatory: true, max: 1 };
				nodes.push({ loop: segment, mandatory, max, children: [trigger, ...children] });
			}
		}
		while (/\s/.test(text[index] ?? '')) index += 1;
		if (nested) {
			if (text[index] !== ']') throw new Error(`structure: "]" missing at ${index}`);
			index += 1;
		}
		return nodes;
	};
	const nodes = parseNodes(false);
	if (index < text.length) throw new Error(`structure: "${text.slice(index, index + 20)}"`);
	return nodes;
}

function nameOf(node: StructureNode): string {
	return 'loop' in node ? node.loop : node.segment;
}

/**
 * A release as differences on top of another: `IT1/TXI = TXI:>` replaces, `PAM + CRC` inserts
 * behind, `LDT -` removes. Paths lead through loops by their trigger segments.
 */
export function applyDifference(structure: StructureNode[], difference: string): StructureNode[] {
	const match = /^(\S+) ([-+=])(?: (.*))?$/s.exec(difference.trim());
	if (match === null) throw new Error(`difference "${difference}"`);
	const [, path = '', operator, notation = ''] = match;
	const change = (nodes: readonly StructureNode[], steps: readonly string[]): StructureNode[] => {
		const [step, ...rest] = steps;
		const at = nodes.findIndex((node) => nameOf(node) === step);
		const node = nodes[at];
		if (node === undefined) throw new Error(`difference "${difference}": there is no ${step}`);
		let replacement: StructureNode[];
		if (rest.length > 0) {
			if (!('loop' in node)) throw new Error(`difference "${difference}": ${step} is no loop`);
			replacement = [{ ...node, children: change(node.children, rest) }];
		} else if (operator === '-') replacement = [];
		else if (operator === '+') replacement = [node, ...parseStructure(notation)];
		else replacement = parseStructure(notation);
		return [...nodes.slice(0, at), ...replacement, ...nodes.slice(at + 1)];
	};
	return change(structure, path.split('/'));
}
