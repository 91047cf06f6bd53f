import type { BusinessDocument } from '../../documents';
import type { Template, TemplateScope } from '../partner';
import type { FieldCell, RuleContext } from './rules';

/** What cells of templates see beside the rules' own scope. */
export interface TemplateContext extends RuleContext {
	readonly document: BusinessDocument;
}

interface Known {
	readonly line: unknown;
	readonly scope: TemplateScope;
}

const known = new WeakMap<TemplateContext, Known>();

export function templateScopeOf(document: BusinessDocument, line: unknown): TemplateScope {
	return line === undefined ? { ...document } : { ...document, line, item: line };
}

/** The document's fields, and `line` (of a remittance advice `item` as well) where there is one. */
export function templateScope(context: TemplateContext): TemplateScope {
	const { document, line } = context;
	const last = known.get(context);
	if (last !== undefined && last.line === line) return last.scope;
	const scope = templateScopeOf(document, line);
	known.set(context, { line, scope });
	return scope;
}

/** A template as a cell: a constant where it has no field. */
export function templateCell<Context extends TemplateContext>(
	template: Template,
	kind: FieldCell<never, Context>['kind'],
): string | FieldCell<unknown, Context> {
	if (template.constant) return template.render({});
	return {
		field: template.paths[0] ?? '',
		absolute: true,
		kind,
		get: (_, context) => template.render(templateScope(context)),
		note: template.source,
	};
}
