import type { IDataObject, INodeProperties, NodeExecutionHint } from 'n8n-workflow';
import type { Issue } from '../../../lib/errors';
import { layoutFromList, presetLayout } from '../../../lib/flatfile';
import { withOutcome } from '../../shared';
import { formatOf, parametersOf, withOptions } from '../layoutParameters';
import type { Operation } from '../operation';
import { csvOptions, format, layoutName, layoutOptions, presetOptions } from '../properties/layout';

const notice: INodeProperties = {
	displayName:
		"Connect 'Extract from File' with the partner's field list here: a row for each field, with columns such as name, start, length, type and decimals, in English, Dutch, German or French. Look at 'issues' and 'preview' in the output before the layout is used.",
	name: 'listNotice',
	type: 'notice',
	default: '',
};

const sourcesFrom: INodeProperties = {
	displayName: 'Sources From',
	name: 'sourcesFrom',
	type: 'options',
	options: [{ name: 'The List Alone', value: '' }, ...presetOptions],
	default: '',
	description:
		"Fields with the name of a preset's field get its source, such as 'Invoice Number' of Purchase Entry. Otherwise from a column 'source' of the list, or mapped when encoding.",
};

export const makeLayout: Operation = {
	name: 'Make Layout',
	action: 'Make a layout from a field list',
	description:
		"Make a layout of a partner's field list, and say what overlaps, is missing or doubtful",
	properties: [notice, layoutName, format, sourcesFrom, layoutOptions, csvOptions],
	execute: async (context) => {
		const read = parametersOf(context);
		const items = context.getInputData();
		const preset = String(read('sourcesFrom', ''));
		const { layout, issues, preview } = layoutFromList(
			items.map(({ json }) => json),
			{
				name: String(read('layoutName', '') || layoutName.default),
				format: formatOf(read),
				sources: preset === '' ? undefined : presetLayout(preset),
				options: withOptions({}, read),
			},
		);
		const errors = issues.filter(({ severity }) => severity === 'error');
		const outcome = errors.length > 0 ? 'not usable' : issues.length > 0 ? 'to be checked' : 'made';
		const more = {
			name: layout['name'],
			preview: [...preview],
			layout,
			layoutJson: JSON.stringify(layout, null, 2),
		} as unknown as IDataObject;
		const json = withOutcome({}, outcome, [...errors, ...without(issues, errors)], more);
		context.addExecutionHints(hintOf(issues, errors));
		const item = { json, pairedItem: items.map((_, index) => ({ item: index })) };
		return errors.length > 0 ? [[], [item]] : [[item], []];
	},
};

function without(issues: readonly Issue[], others: readonly Issue[]): readonly Issue[] {
	return issues.filter((issue) => !others.includes(issue));
}

function hintOf(issues: readonly Issue[], errors: readonly Issue[]): NodeExecutionHint {
	const location = 'outputPane';
	const [first] = errors.length > 0 ? errors : issues;
	if (first === undefined) {
		const message = "Compare 'preview' with the partner's specification, then use 'layoutJson'";
		return { type: 'info', location, message };
	}
	const count = errors.length > 0 ? errors.length : issues.length;
	const what =
		errors.length > 0 ? 'The layout cannot be used' : 'Look at this before the layout is used';
	const rest = count > 1 ? ` (and ${count - 1} more in 'issues')` : '';
	return { type: 'warning', location, message: `${what}: ${first.message}${rest}` };
}
