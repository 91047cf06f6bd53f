import { compare, formatShortest, parseDecimal, sum } from '../../decimal';
import type { Decimal } from '../../decimal';
import { documentType } from '../../documents';
import type { BusinessDocument } from '../../documents';
import { splitLines } from './charges';
import type { Guideline } from './guideline';

/** A segment as it was read back, whatever the syntax. */
export interface ReadSegment {
	readonly tag: string;
	at(element: number, component?: number): string;
}

/** What a profile of either standard has. */
interface Settings {
	readonly guideline: Guideline;
}

/**
 * A count or sum that a receiver makes of a set, compared with what the document says: whatever was
 * written twice, or left out, shows here, however it came about.
 */
export interface Total<Profile> {
	/** `TDS01`, `the quantities`. */
	readonly name: string;
	/** Undefined: not compared, because the partner's guideline sends something else there. */
	readonly meant: (document: BusinessDocument, profile: Profile) => Decimal | undefined;
	/** Undefined where the partner wants none of it. */
	readonly read: (segments: readonly ReadSegment[]) => Decimal | undefined;
}

export interface DifferentTotal {
	readonly name: string;
	readonly meant: string;
	readonly read: string;
}

export function differentTotals<Profile>(
	totals: readonly Total<Profile>[],
	document: BusinessDocument,
	profile: Profile,
	segments: readonly ReadSegment[],
): readonly DifferentTotal[] {
	return totals.flatMap(({ name, ...total }) => {
		const read = total.read(segments);
		const meant = read && total.meant(document, profile);
		if (read === undefined || meant === undefined || compare(read, meant) === 0) return [];
		return [{ name, meant: formatShortest(meant), read: formatShortest(read) }];
	});
}

/** The lines of a document that are lines for the partner, too. */
export function sentLines(
	document: BusinessDocument,
	{ guideline }: Settings,
	set: string,
): readonly unknown[] {
	if (document.type === 'invoice') {
		return splitLines(document, guideline, set).lines.filter((line) => line !== undefined);
	}
	const { list } = documentType(document.type);
	return (document as unknown as Readonly<Record<string, readonly unknown[]>>)[list] ?? [];
}

const whole = (count: number): Decimal => ({ units: BigInt(count), scale: 0 });

/** The number of lines: as many segments, and what a counting segment says. */
export function lineCounts<Profile extends Settings>(
	set: string,
	isLine: (segment: ReadSegment) => boolean,
	counter?: {
		readonly name: string;
		readonly is: (segment: ReadSegment) => boolean;
		readonly element: number;
		readonly component?: number;
	},
): readonly Total<Profile>[] {
	const meant = (document: BusinessDocument, profile: Profile): Decimal =>
		whole(sentLines(document, profile, set).length);
	const counted: Total<Profile> = {
		name: 'the number of lines',
		meant,
		read: (segments) => whole(segments.filter(isLine).length),
	};
	if (counter === undefined) return [counted];
	const { name, is, element, component } = counter;
	const read = (segments: readonly ReadSegment[]): Decimal | undefined =>
		parseDecimal(segments.find(is)?.at(element, component) ?? '');
	return [counted, { name, meant, read }];
}

/** Sum of what the segments say; undefined where none of them says a number. */
export function sumOf(
	segments: readonly ReadSegment[],
	valueOf: (segment: ReadSegment) => Decimal | undefined,
): Decimal | undefined {
	const values = segments.flatMap((segment) => valueOf(segment) ?? []);
	return values.length === 0 ? undefined : sum(values);
}

/** Whether the guideline sends something of its own in one of the elements. */
export function isGuided(
	{ guideline }: Settings,
	set: string,
	name: string,
	elements: readonly string[],
): boolean {
	const given = guideline.sets.get(set)?.segments.get(name)?.elements;
	return elements.some((element) => given?.has(element) === true);
}
