import { CoreError } from '../../errors';
import { specWithCodes } from '../mapping';
import type { SetSyntax } from '../mapping';
import { COMPONENT_MARK, joined } from './components';
import { elementKind } from './elementKinds';
import { MAPPINGS } from './mapping';
import type { X12Context } from './mapping';
import { isX12Release, x12Schema } from './schema';
import { elementName, validateSegment } from './validateSegment';

/** What X12 says of its sets to what partners want beyond them. */
export const X12_SETS: SetSyntax<X12Context> = {
	mark: '*',
	componentMark: '>',
	releaseMark: undefined,
	sets: MAPPINGS,
	schemaOf: (set, release) => (isX12Release(release) ? x12Schema(set, release) : undefined),
	check: (_tag, elements, spec, more) =>
		validateSegment(specWithCodes(spec, more), joined(elements, COMPONENT_MARK), {
			segmentPosition: 0,
			componentSeparator: COMPONENT_MARK,
		}),
	kindOf: (spec) => (spec !== undefined && elementKind(spec) === 'text' ? 'text' : 'code'),
	place: (tag, element) => elementName(tag, element),
	invalidSegment: (path, source, problem) =>
		new CoreError(
			'X12_INVALID_OPTION',
			`The extra segment "${source}" cannot be used: ${problem}`,
			{
				path,
			},
		),
};
