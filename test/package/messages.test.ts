import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from '../support/shared';

/** What a `new CoreError(code, message, …)` can say: both sides of a condition, holes as `…`. */
function messagesIn(file: string): string[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(path.join(repositoryRoot, file), 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const messages: string[] = [];
	const add = (node: ts.Expression): void => {
		if (ts.isParenthesizedExpression(node)) add(node.expression);
		else if (ts.isConditionalExpression(node)) {
			add(node.whenTrue);
			add(node.whenFalse);
		} else if (ts.isStringLiteralLike(node)) messages.push(node.text);
		else if (ts.isTemplateExpression(node)) {
			const rest = node.templateSpans.map(({ literal }) => `…${literal.text}`);
			messages.push([node.head.text, ...rest].join(''));
		}
	};
	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node) && node.expression.getText() === 'CoreError') {
			const message = node.arguments?.[1];
			if (message !== undefined) add(message);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return messages;
}

const messages = globSync(['lib/**/*.ts', 'nodes/**/*.ts'], { cwd: repositoryRoot }).flatMap(
	(file) => messagesIn(file).map((message) => ({ file, message })),
);

test('there are messages to look at', () => {
	expect(messages.length).toBeGreaterThan(200);
});

test('a message of one sentence has no full stop, one of several ends with it', () => {
	const wrong = messages.filter(({ message }) => {
		const sentences = /[.?] ["'…A-Z]/.test(message);
		// What a hole at the end says is looked at where it is made.
		return message.endsWith('…') ? false : sentences !== message.endsWith('.');
	});
	expect(wrong).toEqual([]);
});

test('no message has curly quotes', () => {
	expect(messages.filter(({ message }) => /[‘’“”]/.test(message))).toEqual([]);
});

test('a value beside a colon or a verb stands in double quotes, the name of a setting in single ones', () => {
	const wrong = messages.filter(({ message }) =>
		/(setting|option|field|agreement|record|code map) "…"|^'…' is not a /.test(message),
	);
	expect(wrong).toEqual([]);
});
