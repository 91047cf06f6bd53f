import type { MessageSchema, SegmentSpec } from '../../syntax';
import { tablesD01B } from './d01b';
import { tablesD96A } from './d96a';
import { structures } from './messages';
import { readSegments } from './notation';
import type { DirectoryTables } from './notation';
import { contrlStructure, serviceSegments } from './service';

export type { EdifactMessage } from './messages';
export type { DirectoryTables } from './notation';
export { additionalCodesOf, type AdditionalCodes } from './associationCodes';
export { edifactCodeMeaning, edifactElementName, edifactSegmentName } from './names';
export { isEdifactSegment } from './standardSegments';
export { isServiceTag, serviceSegments, serviceTables } from './service';

export const directories = ['D.96A', 'D.01B'] as const;
export type Directory = (typeof directories)[number];
export type SyntaxVersion = 3 | 4;

export const directoryTables: Readonly<Record<Directory, DirectoryTables>> = {
	'D.96A': tablesD96A,
	'D.01B': tablesD01B,
};

const segments: Readonly<Record<Directory, Readonly<Record<string, SegmentSpec>>>> = {
	'D.96A': readSegments(tablesD96A),
	'D.01B': readSegments(tablesD01B),
};

export function isDirectory(release: string): release is Directory {
	return directories.some((known) => known === release);
}

const schemas = new Map<string, MessageSchema>();

/**
 * The schema of a message, `undefined` where we do not have its directory or the message in it.
 * CONTRL goes with the syntax, not with a directory: its release is `syntax 3` or `syntax 4`.
 */
export function messageSchema(
	id: string,
	release: string,
	syntaxVersion: SyntaxVersion = 3,
): MessageSchema | undefined {
	const key = `${id} ${release} ${syntaxVersion}`;
	const known = schemas.get(key);
	if (known !== undefined) return known;
	const made = makeSchema(id, release, syntaxVersion);
	if (made !== undefined) schemas.set(key, made);
	return made;
}

function makeSchema(id: string, release: string, syntax: SyntaxVersion): MessageSchema | undefined {
	if (id === 'CONTRL') {
		return {
			id,
			release: `syntax ${syntax}`,
			structure: contrlStructure,
			segments: serviceSegments[syntax],
		};
	}
	if (!isDirectory(release) || !Object.hasOwn(structures[release], id)) return undefined;
	const structure = structures[release][id as keyof (typeof structures)[typeof release]];
	// Looked up by tags that files bring along: without a prototype, no tag finds what no table has.
	const table: Record<string, SegmentSpec> = Object.assign(
		Object.create(null),
		segments[release],
		serviceSegments[syntax],
	);
	return { id, release, structure, segments: table };
}
