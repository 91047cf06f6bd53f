import type { CodeMaps, ReadSettings } from '../partner';
import type { Charset } from './characterSets';
import type { Guideline } from '../mapping';
import type { ServiceString } from './serviceString';
import type { EDIFACT_SETTINGS } from './settings';

export type { EdifactProfileSettings } from './settings';

/**
 * A trading partner's settings as the encoder uses them; `normalizeEdifactProfile` makes it of the
 * plain object that a node, a workflow or a test gives. What is not named here is as the table says.
 */
export interface EdifactProfile
	extends Omit<
		ReadSettings<typeof EDIFACT_SETTINGS>,
		| 'usage'
		| 'codeMaps'
		| 'defaults'
		| 'extraSegments'
		| 'guideline'
		| 'omitSegments'
		| 'sendSegments'
	> {
	readonly usage: 'T' | 'P';
	readonly charset: Charset;
	readonly serviceString: ServiceString;
	readonly sendServiceString: boolean;
	readonly suffix: '' | '\n' | '\r\n';
	readonly codeMaps: CodeMaps;
	readonly defaults: ReadonlyMap<string, string>;
	readonly guideline: Guideline;
}
