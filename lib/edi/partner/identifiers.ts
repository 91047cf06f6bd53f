import { documentSubject } from '../../documents';
import type { BusinessDocument } from '../../documents';
import { CoreError } from '../../errors';
import type { Issue } from '../../errors';

/**
 * Numbers and codes that a partner looks things up by: an invoice number, an item number, an account.
 * They are sent as they are or the document is refused, for a changed one names another thing.
 */

export const IDENTIFIER_POLICIES = ['reject', 'replaceAndWarn'] as const;
export type IdentifierPolicy = (typeof IDENTIFIER_POLICIES)[number];

/** What to do with an identifier that cannot be sent; the same words in both standards. */
export const IDENTIFIER_WAYS_OUT =
	"identifiers are not changed silently: correct it, map it in the code map 'Number or Code', or set 'Identifiers That Do Not Fit' to 'Replace and Warn'";

/** An identifier as it goes into the file. */
export interface SentIdentifier {
	/** Document path of this one: `lines[2].item.code`. */
	readonly path: string;
	readonly ours: string;
	readonly sent: string;
}

export interface SentIdentifiers {
	/** Whether one of the document was changed on its way: only then two can become equal. */
	readonly changed: boolean;
	all(): readonly SentIdentifier[];
}

/** What the comparison needs of a prepared document. */
export interface IdentifiedDocument {
	readonly document: BusinessDocument;
	readonly identifiers: SentIdentifiers;
}

/** The spaces at the ends are no part of an identifier; all else is. */
export function identifierText(value: string, map: ReadonlyMap<string, string>): string {
	const trimmed = value.trim();
	return map.size === 0 ? trimmed : (map.get(trimmed) ?? trimmed);
}

/** `lines[2].item.code` and `lines[7].item.code` are of one kind. */
function kindOf(path: string): string {
	return path.replace(/\[\d+\]/g, '');
}

interface Use {
	readonly at: number;
	readonly identifier: SentIdentifier;
}

/**
 * Documents of one file with an identifier that was changed and is now equal to another one of its
 * kind, by their places in the list. A document whose identifiers are as they were is not among them.
 */
export function identifierConflicts(
	prepared: readonly IdentifiedDocument[],
): ReadonlyMap<number, Issue> {
	const conflicts = new Map<number, Issue>();
	if (!prepared.some(({ identifiers }) => identifiers.changed)) return conflicts;
	const uses = new Map<string, Map<string, Use>>();
	prepared.forEach(({ identifiers }, at) => {
		for (const identifier of identifiers.all()) {
			const key = JSON.stringify([kindOf(identifier.path), identifier.sent]);
			const known = uses.get(key) ?? new Map<string, Use>();
			if (!known.has(identifier.ours)) known.set(identifier.ours, { at, identifier });
			uses.set(key, known);
		}
	});
	prepared.forEach(({ document, identifiers }, at) => {
		for (const { path, ours, sent } of identifiers.all()) {
			if (ours === sent || conflicts.has(at)) continue;
			const known = uses.get(JSON.stringify([kindOf(path), sent]));
			const other = [...(known ?? [])].find(([value]) => value !== ours)?.[1];
			if (other === undefined) continue;
			const owner = prepared[other.at]?.document;
			const whose = owner === undefined || other.at === at ? 'it' : documentSubject(owner);
			conflicts.set(at, {
				code: 'SYNTAX_IDENTIFIERS_EQUAL',
				severity: 'error',
				path,
				message: `${documentSubject(document)}: "${ours}" (${path}) would be sent as "${sent}", and so would "${other.identifier.ours}" of ${whose}; map one of them to another value in the code map 'Number or Code'`,
				received: ours,
			});
		}
	});
	return conflicts;
}

/** The last guard before a file is written, for callers that did not look. */
export function checkIdentifiers(prepared: readonly IdentifiedDocument[]): void {
	const issues = [...identifierConflicts(prepared).values()];
	const [first] = issues;
	if (first === undefined) return;
	throw new CoreError('SYNTAX_IDENTIFIERS_EQUAL', first.message, { path: first.path, issues });
}
