import type { BusinessDocument } from '../../../../lib/documents';
import { edifactEncoder } from '../../../../lib/edi/edifact';
import type { EdifactBody, EdifactProfile } from '../../../../lib/edi/edifact';
import type { EncodedInterchange, PreparedDocument } from '../../../../lib/edi/partner';
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

/** By characters, so that it shares nothing with what it tests. */
function splitSegments(text: string, { serviceString }: EdifactProfile): string[] {
	const segments: string[] = [];
	let current = '';
	for (let index = 0; index < text.length; index += 1) {
		const character = text[index] ?? '';
		// The service string itself is nine characters that mean nothing.
		if (index < 9 && text.startsWith('UNA')) continue;
		if (character === serviceString.release) current += character + (text[(index += 1)] ?? '');
		else if (character !== serviceString.segment) current += character;
		else {
			segments.push(current.trim());
			current = '';
		}
	}
	return segments;
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
	return {
		encoded,
		prepared,
		text,
		get segments() {
			return splitSegments(text, profile);
		},
	};
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
