import { isAbsent, isRecord } from '../../text';
import { checkNames } from '../partner';
import type { SettingProblems } from '../partner';
import type { AddedSettings } from './guideline';
import type { ShortForms } from './readGuideline';
import type { Registry } from './registry';
import type { RuleContext } from './rules';
import type { SetMapping } from './setMapping';

/** Settings that say in fewer words what a guideline says. */
export interface ShortSettings {
	readonly omitSegments: ReadonlySet<string>;
	readonly sendSegments: ReadonlySet<string>;
	readonly extraSegments: unknown;
}

/** What a standard calls a set in them, and an example of a template. */
interface Words {
	readonly set: 'transactionSet' | 'message';
	readonly example: string;
}

function readExtraSegments(
	value: unknown,
	problems: SettingProblems,
	{ set, example }: Words,
): readonly AddedSettings[] {
	if (isAbsent(value) || value === '') return [];
	if (!Array.isArray(value)) throw problems.invalid('extraSegments', 'is not a list');
	return value.map((entry: unknown, index) => {
		const row = isRecord(entry) ? entry : {};
		const text = (name: string): string => (isAbsent(row[name]) ? '' : String(row[name]));
		if (text('template') === '') {
			throw problems.invalid(`extraSegments[${index}]`, `needs a template, such as ${example}`);
		}
		return {
			set: text(set),
			level: (text('level') || 'header') as AddedSettings['level'],
			template: text('template'),
			condition: text('condition'),
			...(text('within') === '' ? {} : { within: text('within') }),
		};
	});
}

/** Reads and checks them, by the names that the rules of the standard have. */
export function readShortForms<Context extends RuleContext>(
	{ omitSegments, sendSegments, extraSegments }: ShortSettings,
	additionalCodes: ReadonlySet<string>,
	segmentNames: Registry<Context, SetMapping<Context>>['segmentNames'],
	problems: SettingProblems,
	words: Words,
): ShortForms {
	const names = segmentNames();
	checkNames('omitSegments', omitSegments, names.omittable, problems);
	checkNames('sendSegments', sendSegments, names.optional, problems);
	return {
		omitSegments,
		sendSegments,
		extraSegments: readExtraSegments(extraSegments, problems, words),
		additionalCodes,
	};
}
