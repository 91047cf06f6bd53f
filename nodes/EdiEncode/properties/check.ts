import type { INodeProperties } from 'n8n-workflow';
import { collectionProperties } from './collections';
import { mappingProperties } from './mapping';
import { partnerProperties } from './partner';

/** Rows of a list that are watched; for those after them there is *Refresh List*. */
const ROWS = 10;

/** The settings that the check reads, apart from the standard. */
const checked = [...partnerProperties, ...collectionProperties, ...mappingProperties].filter(
	({ name }) => !['standard', 'documentType', 'sourceOptions', 'options'].includes(name),
);

/** The editor compares texts, so a path must end at one: `['extraSegments'].segment[0].template`. */
function watchedPaths({ name, type, options = [] }: INodeProperties): string[] {
	// In brackets, because a name alone would make the editor fail while an expression has no value.
	const root = `['${name}']`;
	if (type === 'collection') return options.map((option) => `${root}.${option.name}`);
	if (type !== 'fixedCollection') return [root];
	return options.flatMap((group) =>
		'values' in group
			? group.values.flatMap((field) =>
					Array.from({ length: ROWS }, (_, row) => `${root}.${group.name}[${row}].${field.name}`),
				)
			: [],
	);
}

/** Says what is wrong while the node is edited; the run never reads it. */
export const checkProperty: INodeProperties = {
	// Nothing is chosen here, so there is no ID to give by an expression.
	// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options
	displayName: 'Settings Check',
	name: 'settingsCheck',
	type: 'options',
	noDataExpression: true,
	typeOptions: {
		loadOptionsMethod: 'checkSettings',
		loadOptionsDependsOn: ['standard', ...new Set(checked.flatMap(watchedPaths))],
	},
	default: '',
	// eslint-disable-next-line n8n-nodes-base/node-param-description-wrong-for-dynamic-options
	description:
		"What is wrong in the settings above, by the tables of the standard; open the list to see all. It follows your changes; while an expression has no value yet, choose 'Refresh List' beside it. The run checks everything again.",
};
