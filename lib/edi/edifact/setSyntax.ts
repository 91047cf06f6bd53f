import { CoreError } from '../../errors';
import type { SetSyntax } from '../mapping';
import { isDirectory, messageSchema } from './directory';
import { elementKind } from './elementKinds';
import { MAPPINGS } from './mapping';
import type { MappingContext } from './mapping';
import { trimSegment } from './segment';
import { validateSegment } from './validateSegment';

/** `RFF 01.2`, as guidelines call a component. */
export function placeName(tag: string, element: number, component?: number): string {
	const position = String(element).padStart(2, '0');
	return `${tag} ${position}${component === undefined ? '' : `.${component}`}`;
}

/** What EDIFACT says of its messages to what partners want beyond them. */
export const EDIFACT_SETS: SetSyntax<MappingContext> = {
	mark: '+',
	componentMark: ':',
	releaseMark: '?',
	sets: MAPPINGS,
	schemaOf: (message, release) =>
		isDirectory(release) ? messageSchema(message, release) : undefined,
	check: (tag, elements, spec, more) =>
		validateSegment(
			trimSegment(tag, elements),
			spec,
			{ position: 0 },
			{ decimalMark: 'any', additionalCodes: more },
		),
	kindOf: elementKind,
	place: placeName,
	invalidSegment: (path, source, problem) =>
		new CoreError(
			'EDIFACT_INVALID_EXTRA_SEGMENT',
			`The extra segment "${source}" cannot be used: ${problem}`,
			{ path },
		),
};
