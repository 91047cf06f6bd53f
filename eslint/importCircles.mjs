import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * Import circles, those of types included. `import-x/no-cycle` leaves imports of types out by design;
 * a circle of types still means that no file of it can be understood or moved without the others.
 */

/** Imports by file, with the time of the file they were read from. */
const known = new Map();

function resolveImport(from, name) {
	if (!name.startsWith('.')) return undefined;
	const base = path.resolve(path.dirname(from), name);
	return [base, `${base}.ts`, path.join(base, 'index.ts')].find(
		(file) => file.endsWith('.ts') && existsSync(file),
	);
}

function readImports(file, text) {
	return ts
		.preProcessFile(text, true, true)
		.importedFiles.map(({ fileName }) => resolveImport(file, fileName))
		.filter((target) => target !== undefined);
}

function importsOf(file) {
	const { mtimeMs } = statSync(file);
	const before = known.get(file);
	if (before?.mtimeMs === mtimeMs) return before.imports;
	const imports = readImports(file, readFileSync(file, 'utf8'));
	known.set(file, { mtimeMs, imports });
	return imports;
}

/** The shortest way from one file to another by imports; `undefined` if there is none. */
function wayBetween(start, end) {
	const cameFrom = new Map([[start, undefined]]);
	const waiting = [start];
	for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
		if (file === end) {
			const way = [];
			for (let at = end; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
			return way;
		}
		for (const next of importsOf(file)) {
			if (cameFrom.has(next)) continue;
			cameFrom.set(next, file);
			waiting.push(next);
		}
	}
	return undefined;
}

const noImportCircle = {
	meta: {
		type: 'problem',
		docs: { description: 'Forbid circles of imports, those of types included' },
		schema: [],
		messages: { circle: 'Import circle: {{way}}' },
	},
	create(context) {
		const check = (node) => {
			const name = node.source?.value;
			if (typeof name !== 'string') return;
			const target = resolveImport(context.filename, name);
			const way = target && wayBetween(target, context.filename);
			if (!way) return;
			const shown = [context.filename, ...way].map((file) => path.relative(context.cwd, file));
			context.report({ node, messageId: 'circle', data: { way: shown.join(' → ') } });
		};
		return {
			ImportDeclaration: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check,
			ImportExpression: check,
			TSImportType: check,
		};
	},
};

export const importCircles = { rules: { 'no-import-circle': noImportCircle } };
