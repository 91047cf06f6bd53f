import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Setting, Settings } from '../../../lib/flatfile';

/** What stands for "not given" where the default depends on the type of the field. */
const NOT_GIVEN: INodePropertyOptions = { name: 'As the Type Says', value: '' };

/** A title such as `Count: how many records there are` has its description behind the colon. */
function optionOf(value: string, title: string): INodePropertyOptions {
	const [name = title, description] = title.split(': ');
	if (description === undefined) return { name, value };
	return { name, value, description: description.charAt(0).toUpperCase() + description.slice(1) };
}

function optionsOf(choices: Readonly<Record<string, string>>): INodePropertyOptions[] {
	return Object.entries(choices)
		.map(([value, title]) => optionOf(value, title))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function inputOf(
	setting: Setting,
): Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties> {
	const { type, choices, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = setting;
	const offered = choices ?? setting.offered;
	if (offered !== undefined) {
		const options = optionsOf(offered);
		const byDefault = setting.default;
		return byDefault === undefined
			? { type: 'options', options: [NOT_GIVEN, ...options], default: '' }
			: { type: 'options', options, default: byDefault };
	}
	switch (type) {
		case 'boolean':
			return { type, default: setting.default ?? false };
		case 'integer': {
			// 0 is "not given" where nothing holds without the setting.
			const minValue = setting.default === undefined ? 0 : minimum;
			return {
				type: 'number',
				typeOptions: { minValue, maxValue: maximum },
				default: setting.default ?? 0,
			};
		}
		case 'object':
			return { type: 'json', default: '{}' };
		default:
			return { type: 'string', default: setting.default ?? '' };
	}
}

/** A setting of a layout as a property of the node; its initial value is what holds without it. */
export function settingOption(name: string, setting: Setting): INodeProperties {
	const { title, description, placeholder } = setting;
	return {
		displayName: title,
		name,
		...inputOf(setting),
		...(placeholder === undefined ? {} : { placeholder }),
		description: description.replace(/\.$/, ''),
	};
}

/** The settings of a table as options of a collection, by title. */
export function settingOptions(settings: Settings, except: readonly string[]): INodeProperties[] {
	return Object.entries(settings)
		.filter(([name]) => !except.includes(name))
		.map(([name, setting]) => settingOption(name, setting))
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/** A dropped input field becomes a path, not an expression: the layout reads it in every item. */
export function asPath(property: INodeProperties): INodeProperties {
	return { ...property, requiresDataPath: 'single' };
}
