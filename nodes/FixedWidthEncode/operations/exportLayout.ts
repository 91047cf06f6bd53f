import type { IDataObject } from 'n8n-workflow';
import { layoutJsonOf, layoutOf, parametersOf } from '../layoutParameters';
import type { Operation } from '../operation';
import { csvOptions, format, layoutOptions, layoutSource } from '../properties/layout';

export const exportLayout: Operation = {
	name: 'Export Layout',
	action: 'Export a layout',
	description: 'Check the layout and put it out as JSON, to paste it into another node',
	properties: [format, ...layoutSource, layoutOptions, csvOptions],
	execute: async (context) => {
		const read = parametersOf(context);
		const { name } = layoutOf(read);
		const layout = layoutJsonOf(read) as IDataObject;
		const json = {
			outcome: 'exported',
			issues: [],
			name,
			layout,
			layoutJson: JSON.stringify(layout, null, 2),
		};
		return [[{ json, pairedItem: context.getInputData().map((_, item) => ({ item })) }], []];
	},
};
