import type { CodeMaps, ReadSettings } from '../partner';
import type { Repertoire } from '../syntax';
import type { Guideline } from '../mapping';
import type { X12_SETTINGS } from './settings';

export type { X12ProfileSettings } from './settings';

export interface Delimiters {
	readonly element: string;
	readonly component: string;
	/** ISA11 from 00402; 004010 has no repetition and holds `U` there. */
	readonly repetition: string;
	readonly segment: string;
}

/**
 * A trading partner's settings as the encoder uses them; `normalizeX12Profile` makes it of the plain
 * object that a node, a workflow or a test gives. What is not named here is as the table says.
 */
export interface X12Profile
	extends Omit<
		ReadSettings<typeof X12_SETTINGS>,
		| 'usage'
		| 'codeMaps'
		| 'defaults'
		| 'extraSegments'
		| 'guideline'
		| 'omitSegments'
		| 'sendSegments'
	> {
	readonly usage: 'T' | 'P' | 'I';
	readonly delimiters: Delimiters;
	/** Delimiters are chosen per interchange so that they occur nowhere in its data. */
	readonly pickDelimiters: boolean;
	/** No delimiter was agreed: an identifier that holds one of ours is sent with other delimiters. */
	readonly mayPickForIdentifiers: boolean;
	readonly suffix: '' | '\n' | '\r\n';
	readonly repertoire: Repertoire;
	readonly encoding: 'ascii' | 'utf8';
	readonly codeMaps: CodeMaps;
	readonly defaults: ReadonlyMap<string, string>;
	readonly guideline: Guideline;
}
