import { isLoop } from '../syntax';
import type { Finding, MessageSchema, StructureNode } from '../syntax';
import type { EdifactSegment } from './segment';

export type Section = 'header' | 'summary';

/** A place in a message or group for one kind of segment, or for one kind of group. */
interface Slot {
	/** Of the segment, or of the segment that begins the group. */
	readonly tag: string;
	readonly mandatory: boolean;
	readonly max: number;
	readonly group: GroupShape | undefined;
	readonly section: Section;
}

export interface GroupShape {
	/** Empty for the message itself. */
	readonly id: string;
	readonly slots: readonly Slot[];
}

const shapes = new WeakMap<readonly StructureNode[], GroupShape>();

export function shapeOf(schema: MessageSchema): GroupShape {
	const known = shapes.get(schema.structure);
	if (known !== undefined) return known;
	const made = compileShape('', schema.structure);
	shapes.set(schema.structure, made);
	return made;
}

function compileShape(id: string, nodes: readonly StructureNode[]): GroupShape {
	let section: Section = 'header';
	const slots = nodes.map((node): Slot => {
		const { mandatory, max } = node;
		if (isLoop(node)) {
			const group = compileShape(node.loop, node.children);
			return { tag: group.slots[0]?.tag ?? '', mandatory, max, group, section };
		}
		if (node.segment === 'UNS') section = 'summary';
		return { tag: node.segment, mandatory, max, group: undefined, section };
	});
	return { id, slots };
}

/** The slot a segment goes to; the first slot of a group is that of the segment that begins it. */
export function slotFor(shape: GroupShape, tag: string, section: Section): number {
	for (let index = shape.id === '' ? 0 : 1; index < shape.slots.length; index += 1) {
		const slot = shape.slots[index];
		if (slot?.tag === tag && slot.section === section) return index;
	}
	return -1;
}

/** The shape of the groups that begin with the segment. */
export function innerShape(shape: GroupShape, tag: string): GroupShape | undefined {
	return shape.slots.find((slot) => slot.group !== undefined && slot.tag === tag)?.group;
}

/** What knows where a segment came from, for messages about it. */
export interface PlacedSegment<Origin> {
	readonly segment: EdifactSegment;
	readonly origin: Origin;
}

/**
 * One occurrence of a group, or the message itself. Segments may come in any order; each goes to its
 * slot, so that what is written is in the order of the directory whatever asked for it.
 */
export class GroupInstance<Origin> {
	private readonly segments: (PlacedSegment<Origin>[] | undefined)[];

	private readonly groups: (GroupInstance<Origin>[] | undefined)[];

	constructor(readonly shape: GroupShape) {
		this.segments = new Array<PlacedSegment<Origin>[] | undefined>(shape.slots.length);
		this.groups = new Array<GroupInstance<Origin>[] | undefined>(shape.slots.length);
	}

	/**
	 * Puts a segment into this group, or begins an inner group with it, which is returned.
	 * `undefined`: the segment has no place here.
	 */
	add(
		placed: PlacedSegment<Origin>,
		section: Section = 'header',
	): GroupInstance<Origin> | undefined {
		const index = slotFor(this.shape, placed.segment.tag, section);
		const slot = this.shape.slots[index];
		if (slot === undefined) return undefined;
		if (slot.group === undefined) {
			const there = this.segments[index];
			if (there === undefined) this.segments[index] = [placed];
			else there.push(placed);
			return this;
		}
		const inner = new GroupInstance<Origin>(slot.group);
		inner.segments[0] = [placed];
		const groups = this.groups[index];
		if (groups === undefined) this.groups[index] = [inner];
		else groups.push(inner);
		return inner;
	}

	/** Inner groups that begin with the segment, in order. */
	all(tag: string): readonly GroupInstance<Origin>[] {
		return this.groups.flatMap((groups) =>
			(groups ?? []).filter((inner) => inner.segments[0]?.[0]?.segment.tag === tag),
		);
	}

	/** The first inner group that begins with the segment and, where given, its first component. */
	find(tag: string, qualifier: string | undefined): GroupInstance<Origin> | undefined {
		for (const group of this.groups) {
			for (const inner of group ?? []) {
				const trigger = inner.segments[0]?.[0]?.segment;
				if (trigger?.tag !== tag) continue;
				if (qualifier === undefined || trigger.elements[0]?.[0] === qualifier) return inner;
			}
		}
		return undefined;
	}

	/** All segments in order, with what is missing or too much. `position` counts from UNH as 1. */
	walk(
		visit: (placed: PlacedSegment<Origin>, group: string, position: number) => void,
		report: (finding: Finding, origin: Origin | undefined) => void,
		position: number,
	): number {
		const { id, slots } = this.shape;
		let next = position;
		for (let index = 0; index < slots.length; index += 1) {
			const slot = slots[index];
			if (slot === undefined || slot.tag === 'UNH' || slot.tag === 'UNT') continue;
			const placed = this.segments[index];
			const inner = this.groups[index];
			const count = placed?.length ?? inner?.length ?? 0;
			if (count === 0) {
				if (slot.mandatory) report(structural('segmentMissing', slot, id, next), undefined);
				continue;
			}
			if (count > slot.max) {
				const code = slot.group === undefined ? 'segmentOverMaximum' : 'loopOverMaximum';
				const extra = placed?.[slot.max] ?? inner?.[slot.max]?.segments[0]?.[0];
				report(structural(code, slot, id, next), extra?.origin);
			}
			for (const segment of placed ?? []) {
				visit(segment, id, next);
				next += 1;
			}
			for (const group of inner ?? []) next = group.walk(visit, report, next);
		}
		return next;
	}
}

function structural(
	code: 'segmentMissing' | 'segmentOverMaximum' | 'loopOverMaximum',
	slot: Slot,
	group: string,
	position: number,
): Finding {
	const where = group === '' ? 'the message' : `segment group ${group.slice(2)}`;
	const message =
		code === 'segmentMissing'
			? `${where} needs a ${slot.tag} segment`
			: `${where} holds at most ${slot.max} ${slot.group === undefined ? 'segments' : 'groups that begin with'} ${slot.tag}`;
	return {
		code,
		message,
		segment: slot.tag,
		segmentPosition: position,
		...(group === '' ? {} : { loop: group }),
	};
}
