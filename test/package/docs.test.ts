import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ERROR_CODES } from '../../lib/errors';
import { repositoryRoot } from '../support/shared';

function tracked(...patterns: string[]): string[] {
	return execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...patterns], {
		cwd: repositoryRoot,
		encoding: 'utf8',
	})
		.split('\n')
		.filter((file) => file !== '' && existsSync(path.join(repositoryRoot, file)));
}

function read(file: string): string {
	return readFileSync(path.join(repositoryRoot, file), 'utf8');
}

test('the reference pages are what the tables in the code say', () => {
	const { stdout, status } = spawnSync(process.execPath, ['docs/generate.ts', '--check'], {
		cwd: repositoryRoot,
		encoding: 'utf8',
	});
	expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});

const CODE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/** Codes in the texts of a test file; not in comments, and not where a test expects them not to be. */
function codesIn(file: string): string[] {
	const text = read(file);
	if (file.endsWith('.json')) return text.match(CODE) ?? [];
	const codes: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && /\.not\s*\.\w+$/.test(node.expression.getText())) return;
		// Texts, patterns, and names such as ERROR_CODES.DOCUMENT_REFUSED.
		if (ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node) || ts.isIdentifier(node))
			codes.push(...(node.text.match(CODE) ?? []));
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	return codes;
}

test('every error code says what to do, and is raised by a test', () => {
	const raised = new Set(
		tracked('test/**/*.ts', 'test/fixtures/**/*.json')
			.filter((file) => !file.startsWith('test/package/'))
			.flatMap(codesIn),
	);
	for (const [code, { meaning, cause, action }] of Object.entries(ERROR_CODES)) {
		for (const text of [meaning, cause, action]) {
			expect([code, text]).toEqual([code, expect.stringMatching(/^[^a-z].{9,}\.$/s)]);
			expect([code, text]).toEqual([code, expect.not.stringMatching(/[“”‘’]/)]);
		}
	}
	expect(Object.keys(ERROR_CODES).filter((code) => !raised.has(code))).toEqual([]);
});

test('every code that the core uses is in the table, and the table has no code that is not used', () => {
	const used = new Set(
		tracked('lib/**/*.ts', 'nodes/**/*.ts')
			.filter((file) => !file.startsWith('lib/errorCodes/'))
			.flatMap(codesIn),
	);
	expect(Object.keys(ERROR_CODES).filter((code) => !used.has(code))).toEqual([]);
});

test('links between the documents lead somewhere', () => {
	const broken: string[] = [];
	for (const file of tracked('*.md', 'docs/**/*.md', 'workflows-templates/*.md')) {
		for (const [, target = ''] of read(file).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)) {
			if (/^[a-z]+:/.test(target)) continue;
			const resolved = path.join(repositoryRoot, path.dirname(file), target);
			if (!existsSync(resolved)) broken.push(`${file} → ${target}`);
		}
	}
	expect(broken).toEqual([]);
});

test('the project names no machine, no registry host and no open end', () => {
	const found: string[] = [];
	for (const file of tracked()) {
		if (/package-lock\.json$|\.(png|svg|edi)$/.test(file) || file === 'test/package/docs.test.ts')
			continue;
		const text = read(file);
		for (const pattern of [/\/(?:work|root)\//, /registry\.npmjs/, /\b(?:TODO|FIXME)\b/]) {
			if (pattern.test(text)) found.push(`${file}: ${pattern}`);
		}
	}
	expect(found).toEqual([]);
});
