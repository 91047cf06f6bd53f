import { isLoop } from './schema';
import type { SegmentUse, StructureNode } from './schema';

/** Where a segment stands: its use in the schema and the loops around it, outermost first. */
export interface Placement {
	readonly use: SegmentUse;
	/** The innermost loop or segment group; empty at the top level. */
	readonly loop: string;
	readonly path: readonly string[];
}

export interface CompiledChild {
	/** The segment itself, or the trigger segment of a loop. */
	readonly tag: string;
	readonly mandatory: boolean;
	readonly max: number;
	readonly placement: Placement;
	readonly loop: CompiledLoop | undefined;
}

export interface CompiledLoop {
	readonly id: string;
	readonly children: readonly CompiledChild[];
	/** Indexes of the children a tag may stand for, ascending. */
	readonly byTag: ReadonlyMap<string, readonly number[]>;
	readonly mandatory: readonly number[];
	/** A count of none for each child; copied when the loop is entered. */
	readonly noCounts: readonly number[];
	/** Tags found below the trigger of a child loop: the way in when the trigger was left out. */
	readonly behindTrigger: ReadonlyMap<string, readonly number[]>;
}

export interface CompiledStructure {
	readonly top: CompiledLoop;
	/** Every tag of the set or message. */
	readonly tags: ReadonlySet<string>;
}

const compiled = new WeakMap<readonly StructureNode[], CompiledStructure>();

/** Tables for the matcher, made once per schema. */
export function compileStructure(structure: readonly StructureNode[]): CompiledStructure {
	const known = compiled.get(structure);
	if (known !== undefined) return known;
	const tags = new Set<string>();
	const made = { top: compileLoop('', structure, [], tags), tags };
	compiled.set(structure, made);
	return made;
}

function compileLoop(
	id: string,
	nodes: readonly StructureNode[],
	path: readonly string[],
	tags: Set<string>,
): CompiledLoop {
	const children = nodes.map((node) => compileChild(node, id, path, tags));
	const byTag = new Map<string, number[]>();
	const behindTrigger = new Map<string, number[]>();
	const mandatory: number[] = [];
	children.forEach((child, index) => {
		append(byTag, child.tag, index);
		if (child.mandatory) mandatory.push(index);
		for (const tag of child.loop?.byTag.keys() ?? []) {
			if (tag !== child.tag) append(behindTrigger, tag, index);
		}
	});
	return { id, children, byTag, mandatory, noCounts: children.map(() => 0), behindTrigger };
}

function compileChild(
	node: StructureNode,
	loop: string,
	path: readonly string[],
	tags: Set<string>,
): CompiledChild {
	if (!isLoop(node)) {
		tags.add(node.segment);
		return {
			tag: node.segment,
			mandatory: node.mandatory,
			max: node.max,
			placement: { use: node, loop, path },
			loop: undefined,
		};
	}
	const inner = compileLoop(node.loop, node.children, [...path, node.loop], tags);
	const trigger = inner.children[0];
	if (trigger === undefined) throw new TypeError(`loop ${node.loop} has no segments`);
	return {
		tag: trigger.tag,
		mandatory: node.mandatory,
		max: node.max,
		placement: trigger.placement,
		loop: inner,
	};
}

function append(map: Map<string, number[]>, key: string, value: number): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [value]);
	else list.push(value);
}
