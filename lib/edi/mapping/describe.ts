import { cellsOf, isField, isPairs } from './rules';
import type { Cell, RuleContext, Rule, SegmentRule, Usage } from './rules';

/** One line of the mapping reference. */
export interface MappingRow {
	readonly rule: SegmentRule<never, never>;
	readonly name: string;
	/** The segment around it; empty at the top. */
	readonly group: string;
	readonly level: 'header' | 'line' | 'summary';
	/** Other segments may stand inside. */
	readonly beginsLoop: boolean;
	readonly tag: string;
	/** Element, from 1; `component` only where there are several. */
	readonly element: number;
	readonly component: number | undefined;
	/** Document path, the constant, or `setting …`. */
	readonly value: string;
	readonly constant: boolean;
	readonly note: string;
	readonly usage: Usage;
}

function valueOf<Context extends RuleContext>(cell: Cell<never, Context>, prefix: string): string {
	if (typeof cell === 'string') return cell;
	if (!isField(cell)) return `setting ${cell.setting}`;
	return cell.field === '' ? '' : `${prefix}${cell.field}`;
}

function segmentRows<Context extends RuleContext>(
	rule: SegmentRule<never, Context>,
	group: string,
	prefix: string,
	isLine: boolean,
): readonly MappingRow[] {
	const { name, section, tag, usage, inside } = rule;
	const level = isLine ? 'line' : section;
	const own = { rule, name, group, level, tag, usage, beginsLoop: inside.length > 0 } as const;
	const rows = rule.elements.flatMap((element, index): readonly MappingRow[] => {
		if (isPairs(element)) {
			const width = element.form === 'elements' ? 2 : 1;
			return element.pairs.map(({ field, note }, at) => ({
				...own,
				element: index + 1 + at * width,
				component: undefined,
				value: `${prefix}${field}`,
				constant: false,
				note,
			}));
		}
		const cells = cellsOf(element);
		return cells.flatMap((cell, at): readonly MappingRow[] =>
			cell === ''
				? []
				: [
						{
							...own,
							element: index + 1,
							component: cells.length > 1 ? at + 1 : undefined,
							value: valueOf(cell, prefix),
							constant: !isField(cell),
							note: (isField(cell) && cell.note) || rule.note,
						},
					],
		);
	});
	return [...rows, ...inside.flatMap((inner) => mappingRows(inner, name, prefix, isLine))];
}

/** A rule as lines of the mapping reference. */
export function mappingRows<Context extends RuleContext>(
	rule: Rule<never, Context>,
	group = '',
	prefix = '',
	isLine = false,
): readonly MappingRow[] {
	switch (rule.is) {
		case 'segment':
			return segmentRows(rule, group, prefix, isLine);
		case 'each': {
			const inner = rule.indexed ? `${prefix}${rule.field}[].` : prefix;
			const areLines = isLine || rule.areLines;
			return rule.rules.flatMap((one) => mappingRows(one, group, inner, areLines));
		}
		case 'within': {
			const inner = rule.field === '' ? prefix : `${prefix}${rule.field}.`;
			return rule.rules.flatMap((one) => mappingRows(one, group, inner, isLine));
		}
		case 'levels': {
			const inner = `${prefix}${rule.field}[].`;
			return [
				...segmentRows(rule.segment, group, inner, isLine),
				...rule.below.flatMap((one) => mappingRows(one, group, inner, isLine)),
			];
		}
	}
}
