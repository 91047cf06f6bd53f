import type { BusinessDocument } from '../../../../lib/documents';
import { edifactEncoder, type EdifactProfile } from '../../../../lib/edi/edifact';
import type { EncodedInterchange, PreparedDocument } from '../../../../lib/edi/syntax';
import type { EdifactBody } from '../../../../lib/edi/edifact';
import type { Issue } from '../../../../lib/errors';
import { envelope, settings } from './documents';

export function profileOf(more: Readonly<Record<string, unknown>> = {}): EdifactProfile {
	return edifactEncoder.normalizeProfile({ ...settings, ...more });
}

/** The prepared documents; a refused one fails the test with its issues. */
export function prepareAll(
	documents: readonly BusinessDocument[],
	profile: EdifactProfile,
): PreparedDocument<EdifactBody>[] {
	return documents.map((document) => {
		const result = edifactEncoder.prepare(document, profile);
		if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
		return result.prepared;
	});
}

export interface Encoded {
	readonly encoded: EncodedInterchange;
	readonly prepared: readonly PreparedDocument<EdifactBody>[];
	readonly text: string;
	/** Segments as written, without the terminator. */
	readonly segments: readonly string[];
}

export function encode(
	documents: readonly BusinessDocument[],
	more: Readonly<Record<string, unknown>> = {},
): Encoded {
	const profile = profileOf(more);
	const prepared = prepareAll(documents, profile);
	const encoded = edifactEncoder.assemble(prepared, profile, envelope);
	const text = new TextDecoder(profile.charset.encoding).decode(encoded.bytes);
	const { segment } = profile.serviceString;
	const segments = text.split(segment).map((line) => line.trim());
	return { encoded, prepared, text, segments: segments.slice(0, -1) };
}

/** What is wrong with a document, in words. */
export function issuesOf(
	document: BusinessDocument,
	more: Readonly<Record<string, unknown>> = {},
): readonly Issue[] {
	const result = edifactEncoder.prepare(document, profileOf(more));
	return result.ok ? result.prepared.warnings : result.issues;
}

export function isRefused(
	document: BusinessDocument,
	more: Readonly<Record<string, unknown>> = {},
): boolean {
	return !edifactEncoder.prepare(document, profileOf(more)).ok;
}
