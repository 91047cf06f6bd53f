import type { FieldType } from './entities.ts';
import { badRequest } from './reply.ts';
import type { WireRow, WireValue } from './wire.ts';

/**
 * `$filter` as Exact reads it: OData 2 literals, comparison of a field with a literal only,
 * a strict look at types, and the node limit of the .NET OData library.
 */

type EdmType = FieldType | 'Null';

interface Token {
	readonly kind: 'name' | 'string' | 'number' | 'guid' | 'datetime' | '(' | ')' | ',' | 'end';
	readonly text: string;
	readonly at: number;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATETIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?)?$/;

function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	const quoted = (from: number): { value: string; end: number } => {
		let value = '';
		let i = from + 1;
		for (;;) {
			if (i >= text.length) {
				throw badRequest(`Unterminated string literal at position ${text.length} in '${text}'.`);
			}
			if (text[i] === "'") {
				if (text[i + 1] !== "'") return { value, end: i + 1 };
				i += 1;
			}
			value += text[i];
			i += 1;
		}
	};
	while (at < text.length) {
		const c = text.charAt(at);
		if (c === ' ') {
			at += 1;
		} else if (c === '(' || c === ')' || c === ',') {
			tokens.push({ kind: c, text: c, at });
			at += 1;
		} else if (c === "'") {
			const { value, end } = quoted(at);
			tokens.push({ kind: 'string', text: value, at });
			at = end;
		} else {
			const prefixed = /^(guid|datetime)'/.exec(text.slice(at));
			const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?[LlMmDdFf]?(?![A-Za-z0-9_])/.exec(
				text.slice(at),
			);
			const name = /^[A-Za-z_][A-Za-z0-9_/]*/.exec(text.slice(at));
			if (prefixed) {
				const kind = prefixed[1] === 'guid' ? 'guid' : 'datetime';
				const { value, end } = quoted(at + kind.length);
				if (!(kind === 'guid' ? GUID : DATETIME).test(value)) {
					const edm = kind === 'guid' ? 'Edm.Guid' : 'Edm.DateTime';
					throw badRequest(
						`Unrecognized '${edm}' literal '${kind}'${value}'' at '${at}' in '${text}'.`,
					);
				}
				tokens.push({ kind, text: value, at });
				at = end;
			} else if (number) {
				tokens.push({ kind: 'number', text: number[0], at });
				at += number[0].length;
			} else if (name) {
				tokens.push({ kind: 'name', text: name[0], at });
				at += name[0].length;
			} else {
				throw badRequest(`Syntax error at position ${at} in '${text}'.`);
			}
		}
	}
	tokens.push({ kind: 'end', text: '', at: text.length });
	return tokens;
}

interface Operand {
	readonly type: EdmType;
	readonly field: string | undefined;
	readonly constant: boolean;
	/** An integer literal fits every number type. */
	readonly integer: boolean;
	readonly nodes: number;
	read(row: WireRow): WireValue;
}

interface Condition {
	readonly nodes: number;
	test(row: WireRow): boolean;
}

export interface Filter {
	readonly fields: ReadonlySet<string>;
	readonly nodes: number;
	test(row: WireRow): boolean;
}

const NUMERIC = new Set<EdmType>(['Double', 'Int16', 'Int32', 'Int64', 'Byte']);
const COMPARISONS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

function compatible(a: Operand, b: Operand, operator: string): boolean {
	if (a.type === 'Null' || b.type === 'Null') return operator === 'eq' || operator === 'ne';
	if (NUMERIC.has(a.type) && NUMERIC.has(b.type)) return true;
	if (a.type !== b.type) return false;
	// No source shows gt or lt on a Guid or a Boolean working.
	if (a.type === 'Guid' || a.type === 'Boolean') return operator === 'eq' || operator === 'ne';
	return true;
}

function compare(a: WireValue, b: WireValue): number | undefined {
	if (a === null || b === null) return undefined;
	// JavaScript compares a bigint with a number by value.
	if (a < b) return -1;
	return a > b ? 1 : 0;
}

function holds(operator: string, a: WireValue, b: WireValue): boolean {
	if (operator === 'eq') return a === null || b === null ? a === b : compare(a, b) === 0;
	if (operator === 'ne') return a === null || b === null ? a !== b : compare(a, b) !== 0;
	const order = compare(a, b);
	if (order === undefined) return false;
	if (operator === 'gt') return order > 0;
	if (operator === 'ge') return order >= 0;
	return operator === 'lt' ? order < 0 : order <= 0;
}

export interface FilterOptions {
	readonly typeName: string;
	readonly nodeLimit: number;
}

export function parseFilter(
	text: string,
	fieldTypes: ReadonlyMap<string, FieldType>,
	options: FilterOptions,
): Filter {
	const tokens = tokenize(text);
	const used = new Set<string>();
	let position = 0;
	const peek = () => tokens[position] as Token;
	const take = () => {
		position += 1;
		return tokens[position - 1] as Token;
	};
	const syntaxError = (token: Token) =>
		badRequest(`Syntax error at position ${token.at} in '${text}'.`);
	const expect = (kind: Token['kind']) => {
		const token = take();
		if (token.kind !== kind) throw syntaxError(token);
		return token;
	};
	const isWord = (word: string) => peek().kind === 'name' && peek().text === word;

	const literal = (type: EdmType, value: WireValue, integer = false): Operand => ({
		type,
		field: undefined,
		constant: true,
		integer,
		nodes: 1,
		read: () => value,
	});

	const fieldOperand = (token: Token): Operand => {
		if (token.text.includes('/')) {
			throw badRequest('Filtering on navigation properties is not supported.');
		}
		const type = fieldTypes.get(token.text);
		if (type === undefined || type === 'Collection') {
			throw badRequest(
				`No property '${token.text}' exists in type '${options.typeName}' at position ${token.at}.`,
			);
		}
		used.add(token.text);
		const name = token.text;
		return {
			type,
			field: name,
			constant: false,
			integer: false,
			// Property access and its range variable.
			nodes: 2,
			read: (row) => row[name] ?? null,
		};
	};

	const stringOf = (operand: Operand, name: string, at: number) => {
		if (operand.type !== 'String') {
			throw badRequest(`No applicable function found for '${name}' at position ${at}.`);
		}
		return operand;
	};

	const call = (name: Token): Operand => {
		expect('(');
		const args = [operand()];
		while (peek().kind === ',') {
			take();
			args.push(operand());
		}
		expect(')');
		const [a, b] = args.map((arg) => stringOf(arg, name.text, name.at));
		const nodes = 1 + args.reduce((sum, arg) => sum + arg.nodes, 0);
		const text2 = (f: (x: string, y: string) => boolean): Operand => {
			if (a === undefined || b === undefined || args.length !== 2) throw syntaxError(name);
			return {
				...literal('Boolean', null),
				constant: false,
				nodes,
				read(row) {
					const x = a.read(row);
					const y = b.read(row);
					return x === null || y === null ? false : f(String(x), String(y));
				},
			};
		};
		const text1 = (f: (x: string) => string): Operand => {
			if (a === undefined || args.length !== 1) throw syntaxError(name);
			return {
				...a,
				constant: false,
				nodes,
				read(row) {
					const x = a.read(row);
					return x === null ? null : f(String(x));
				},
			};
		};
		switch (name.text) {
			case 'substringof':
				return text2((x, y) => y.includes(x));
			case 'startswith':
				return text2((x, y) => x.startsWith(y));
			case 'endswith':
				return text2((x, y) => x.endsWith(y));
			case 'trim':
				return text1((x) => x.trim());
			case 'tolower':
				return text1((x) => x.toLowerCase());
			case 'toupper':
				return text1((x) => x.toUpperCase());
			default:
				throw badRequest(`Unknown function '${name.text}' at position ${name.at}.`);
		}
	};

	function operand(): Operand {
		const token = take();
		switch (token.kind) {
			case 'string':
				return literal('String', token.text);
			case 'guid':
				return literal('Guid', token.text.toLowerCase());
			case 'datetime': {
				const full = /T\d\d:\d\d$/.test(token.text) ? `${token.text}:00` : token.text;
				const iso = full.includes('T') ? full.replace(/(\.\d{3})\d+$/, '$1') : `${full}T00:00:00`;
				return literal('DateTime', Date.parse(`${iso}Z`));
			}
			case 'number': {
				const suffix = token.text.slice(-1).toLowerCase();
				if (suffix === 'l') return literal('Int64', BigInt(token.text.slice(0, -1)), true);
				if (/^-?\d+$/.test(token.text)) return literal('Int32', BigInt(token.text), true);
				return literal('Double', Number(token.text.replace(/[mdf]$/i, '')));
			}
			case 'name':
				if (token.text === 'true' || token.text === 'false') {
					return literal('Boolean', token.text === 'true');
				}
				if (token.text === 'null') return literal('Null', null);
				return peek().kind === '(' ? call(token) : fieldOperand(token);
			default:
				throw syntaxError(token);
		}
	}

	function comparison(): Condition {
		if (peek().kind === '(') {
			take();
			const inner = either();
			expect(')');
			return inner;
		}
		if (isWord('not')) {
			take();
			const inner = comparison();
			return { nodes: inner.nodes + 1, test: (row) => !inner.test(row) };
		}
		const left = operand();
		const operator = peek();
		if (operator.kind !== 'name' || !COMPARISONS.has(operator.text)) {
			if (left.type !== 'Boolean') {
				throw badRequest(
					`Expression of type 'System.Boolean' expected at position ${operator.at}.`,
				);
			}
			return { nodes: left.nodes, test: (row) => left.read(row) === true };
		}
		take();
		const right = operand();
		if (left.field !== undefined && right.field !== undefined) {
			throw badRequest('Comparing a field with another field is not supported.');
		}
		if (!compatible(left, right, operator.text)) {
			throw badRequest(
				`Operator '${operator.text}' incompatible with operand types 'System.${left.type}' and 'System.${right.type}' at position ${operator.at}.`,
			);
		}
		return {
			nodes: left.nodes + right.nodes + 1,
			test: (row) => holds(operator.text, left.read(row), right.read(row)),
		};
	}

	function both(): Condition {
		let left = comparison();
		while (isWord('and')) {
			take();
			const first = left;
			const second = comparison();
			left = {
				nodes: first.nodes + second.nodes + 1,
				test: (row) => first.test(row) && second.test(row),
			};
		}
		return left;
	}

	function either(): Condition {
		let left = both();
		while (isWord('or')) {
			take();
			const first = left;
			const second = both();
			left = {
				nodes: first.nodes + second.nodes + 1,
				test: (row) => first.test(row) || second.test(row),
			};
		}
		return left;
	}

	const condition = either();
	if (peek().kind !== 'end') throw syntaxError(peek());
	if (condition.nodes > options.nodeLimit) {
		throw badRequest(
			`The node count limit of '${options.nodeLimit}' has been exceeded. To increase the limit, set the 'MaxNodeCount' property on EnableQueryAttribute or ODataValidationSettings.`,
		);
	}
	return { fields: used, nodes: condition.nodes, test: condition.test };
}
