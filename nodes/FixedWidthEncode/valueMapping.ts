import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
	ResourceMapperValue,
} from 'n8n-workflow';
import { takesValue } from '../../lib/flatfile';
import type { Field, Layout, RecordLayout } from '../../lib/flatfile';
import { editorParametersOf, layoutOf } from './layoutParameters';

interface MappedField {
	/** Column of the mapper; a dot would be read as a path. */
	readonly id: string;
	/** Name of the value in `lib/flatfile`. */
	readonly key: string;
	readonly record: RecordLayout;
	readonly field: Field;
}

/** What a person maps once per item: lines are rows of their own and keep their source paths. */
function mappedFields(layout: Layout): readonly MappedField[] {
	return layout.records
		.filter((record) => record.kind !== 'subDetail')
		.flatMap((record) =>
			record.fields
				.filter((field) => takesValue(field.type))
				.map((field) => ({
					id: `${record.name}/${field.name}`,
					key: `${record.name}.${field.name}`,
					record,
					field,
				})),
		);
}

function columnOf({ id, record, field }: MappedField): ResourceMapperField {
	const width = field.width === undefined ? '' : `, ${field.width} wide`;
	return {
		id,
		displayName: `${record.name}: ${field.name} (${field.type}${width})`,
		required: field.required,
		defaultMatch: false,
		display: true,
		// As text: a number of the editor is a double, and amounts are decimals.
		type: field.type === 'boolean' ? 'boolean' : 'string',
	};
}

/** The columns of the resource mapper: the layout's own fields. */
export async function getLayoutFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const layout = layoutOf(editorParametersOf(this));
	return { fields: mappedFields(layout).map(columnOf) };
}

/** Reads the mapped values of an item by `record.field`; undefined where source paths are used. */
export function valueMapper(
	context: IExecuteFunctions,
	layout: Layout,
): ((itemIndex: number, row: IDataObject) => IDataObject) | undefined {
	if (context.getNodeParameter('valuesFrom', 0, 'source') !== 'mapper') return undefined;
	const fields = mappedFields(layout);
	return (itemIndex, row) => {
		const mapper = context.getNodeParameter('columns', itemIndex) as unknown as ResourceMapperValue;
		const automatic = mapper.mappingMode === 'autoMapInputData';
		const given: IDataObject = automatic ? row : (mapper.value ?? {});
		const values: IDataObject = {};
		for (const { id, key, field } of fields) {
			const name = automatic ? field.name : id;
			if (Object.hasOwn(given, name)) values[key] = given[name];
		}
		return values;
	};
}
