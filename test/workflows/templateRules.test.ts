import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INode, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { loadTemplateNode, readTemplate } from '../support/runTemplate';
import type { Template } from '../support/runTemplate';
import { repositoryRoot } from '../support/shared';

const files = readdirSync(path.join(repositoryRoot, 'workflows-templates'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));

/** The plan of the flows: so many nodes at most, notes apart. */
const MOST_NODES: Record<string, number> = {
	'00': 4,
	'01': 18,
	'02': 18,
	'03': 18,
	'04': 18,
	'05': 18,
	'06': 18,
	'07': 10,
	'08': 14,
	'09': 10,
	'10': 10,
	'11': 3,
	'12': 8,
	'13': 9,
};
const HEADINGS = [
	"### Who's it for",
	'### How it works',
	'### How to set up',
	'### Requirements',
	'### How to customize',
];

/** All nodes that a node leads to. */
function nodesBehind(template: Template, name: string, behind = new Set<string>()): Set<string> {
	for (const connection of template.connections[name]?.main?.flat() ?? []) {
		if (connection === null || behind.has(connection.node)) continue;
		behind.add(connection.node);
		nodesBehind(template, connection.node, behind);
	}
	return behind;
}

function ofType(template: Template, type: string): INode[] {
	return template.nodes.filter((node) => node.type === type);
}

function own(template: Template): INode[] {
	return template.nodes.filter((node) => node.type.startsWith('n8n-nodes-exact-online-edi.'));
}

/** Names of the parameters a description has, those inside collections included. */
function parameterNames(properties: INodeProperties[]): Set<string> {
	const names = new Set<string>();
	for (const property of properties) {
		names.add(property.name);
		for (const option of property.options ?? []) {
			if ('values' in option) {
				names.add(option.name);
				for (const name of parameterNames((option as INodePropertyCollection).values))
					names.add(name);
			} else if ('type' in option) {
				for (const name of parameterNames([option as INodeProperties])) names.add(name);
			}
		}
	}
	return names;
}

test('the files are what their sources make', () => {
	const { stdout, status } = spawnSync(
		process.execPath,
		['workflows-templates/source/write.ts', '--check'],
		{
			cwd: repositoryRoot,
			encoding: 'utf8',
		},
	);
	expect(stdout).toBe('');
	expect(status).toBe(0);
});

test('there are templates, and each is in the README beside them', () => {
	expect(files.length).toBeGreaterThan(0);
	expect(existsSync(path.join(repositoryRoot, 'workflows-templates', 'README.md'))).toBe(true);
});

describe.each(files)('%s', (file) => {
	const template = readTemplate(file);

	test('has a title of at most 80 characters and stable, unique node names', () => {
		expect(template.name.length).toBeLessThanOrEqual(80);
		const names = template.nodes.map((node) => node.name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(template.nodes.map((node) => node.id)).size).toBe(names.length);
	});

	test('every connection leads from a node to a node', () => {
		const names = new Set(template.nodes.map((node) => node.name));
		for (const [from, { main }] of Object.entries(template.connections)) {
			expect(names).toContain(from);
			for (const { node } of (main ?? []).flatMap((output) => output ?? []))
				expect(names).toContain(node);
		}
	});

	test('every node that an expression names exists', () => {
		const names = new Set(template.nodes.map((node) => node.name));
		const text = JSON.stringify(template.nodes.map((node) => node.parameters));
		for (const [, name] of text.matchAll(/\$\('([^']+)'\)/g)) expect(names).toContain(name);
	});

	test('uses no Code node, and only nodes that exist', () => {
		expect(ofType(template, 'n8n-nodes-base.code')).toEqual([]);
		for (const node of template.nodes) expect(loadTemplateNode(node.type)).toBeDefined();
	});

	test('sets only parameters that our nodes have', () => {
		for (const node of own(template)) {
			const type = loadTemplateNode(node.type);
			const { properties } =
				'nodeVersions' in type ? type.getNodeType(node.typeVersion).description : type.description;
			const known = parameterNames(properties);
			known.add('pollTimes');
			for (const name of Object.keys(node.parameters)) expect(known).toContain(name);
		}
	});

	test('holds no credential id, no pinned data, and is not active', () => {
		for (const node of template.nodes) {
			for (const credential of Object.values(node.credentials ?? {}))
				expect(credential.id).toBeUndefined();
		}
		expect(template).toMatchObject({ active: false, pinData: {} });
	});

	test('explains itself: a yellow note with the five headings, short white notes', () => {
		const notes = ofType(template, 'n8n-nodes-base.stickyNote');
		const yellow = notes.filter((note) => note.parameters.color === undefined);
		expect(yellow).toHaveLength(1);
		const text = String(yellow[0]!.parameters.content);
		for (const heading of HEADINGS) expect(text).toContain(heading);
		expect(text).toContain('N8N_UNVERIFIED_PACKAGES_ENABLED');
		for (const note of notes.filter((one) => one.parameters.color === 7)) {
			expect(String(note.parameters.content).split(/\s+/).length).toBeLessThanOrEqual(50);
		}
	});

	test('keeps to its number of nodes, and decides nothing on the path of documents', () => {
		const nodes = template.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		expect(nodes.length).toBeLessThanOrEqual(MOST_NODES[file.slice(0, 2)] ?? 0);
		for (const type of ['if', 'filter', 'set', 'switch', 'code', 'dataTable', 'executeWorkflow']) {
			expect(ofType(template, `n8n-nodes-base.${type}`)).toEqual([]);
		}
	});

	test('asks for the division and the agreement once, and for a login before a form', () => {
		const empty = (name: string) =>
			template.nodes.filter((node) => {
				const field = node.parameters[name];
				return (
					typeof field === 'object' && field !== null && 'value' in field && field.value === ''
				);
			});
		expect(empty('division').length).toBeLessThanOrEqual(1);
		expect(empty('agreement').length).toBeLessThanOrEqual(1);
		for (const { parameters } of ofType(template, 'n8n-nodes-base.formTrigger')) {
			expect(parameters.authentication).toBe('n8nUserAuth');
		}
	});

	test('a form acts only behind its second page', () => {
		for (const { name } of ofType(template, 'n8n-nodes-base.formTrigger')) {
			const [next] = template.connections[name]?.main?.[0] ?? [];
			const after = template.nodes.find((node) => node.name === next?.node);
			// The page itself, or a look-up for it.
			const looksUp = after?.parameters.operation === 'findForReplay';
			// A flow that only reads and compares has nothing to ask for.
			const behind = nodesBehind(template, name);
			const onlyReads = own(template)
				.filter((node) => behind.has(node.name))
				.every(({ parameters: { operation } }) =>
					['getMany', 'compareWithSource'].includes(String(operation)),
				);
			expect(after?.type === 'n8n-nodes-base.form' || looksUp || onlyReads).toBe(true);
		}
	});

	test('is written for execution order v1, on which the report at the end of a run rests', () => {
		expect(template).toMatchObject({ settings: { executionOrder: 'v1' } });
	});
});
