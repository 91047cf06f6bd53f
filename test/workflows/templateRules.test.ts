import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INode, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { canChange, FILE_STATES } from '../../lib/audit';
import { loadTemplateNode, readTemplate } from '../support/runTemplate';
import type { Template } from '../support/runTemplate';
import { repositoryRoot } from '../support/shared';

const files = readdirSync(path.join(repositoryRoot, 'workflows-templates'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));

const DATA_TABLE = 'n8n-nodes-base.dataTable';
/** They expect the state that their row was looked up with; the tests of their flows run them. */
const FROM_THE_ROW = ['Record the answer', 'Claim'];
/** Files of others have a verdict, no state of ours. */
const INBOUND = ['Record the received files'];
const HEADINGS = [
	"### Who's it for",
	'### How it works',
	'### How to set up',
	'### Requirements',
	'### How to customize',
];

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

	test('has at most one "Configure me" node, with all that a user sets', () => {
		expect(
			template.nodes.filter((node) => /configure/i.test(node.name)).length,
		).toBeLessThanOrEqual(1);
	});

	test('addresses tables by the id that Create returned, never by name', () => {
		for (const node of ofType(template, DATA_TABLE)) {
			if (node.parameters.resource === 'table') continue;
			expect(node.parameters.dataTableId).toMatchObject({
				mode: 'id',
				value: expect.stringMatching(/^=\{\{ \$\('\w+ table'\)\.first\(\)\.json\.id \}\}$/),
			});
		}
	});

	test('stops when a ledger write is refused', () => {
		for (const node of ofType(template, DATA_TABLE))
			expect(node.onError ?? 'stopWorkflow').toBe('stopWorkflow');
	});

	test('changes the state of a file only from an expected state', () => {
		for (const node of ofType(template, DATA_TABLE)) {
			const { operation, columns, filters } = node.parameters as {
				operation: string;
				columns?: { value?: Record<string, unknown> | null };
				filters?: { conditions: { keyName: string }[] };
			};
			if (operation !== 'update' || columns?.value?.state === undefined) continue;
			expect(filters?.conditions.map((condition) => condition.keyName)).toContain('state');
		}
	});

	test('writes a document only over the version that was looked up', () => {
		for (const { name, parameters } of ofType(template, DATA_TABLE)) {
			if (name !== 'Record the documents') continue;
			const { conditions } = parameters.filters as { conditions: { keyName: string }[] };
			expect(conditions).toContainEqual({
				keyName: 'execution_id',
				condition: 'eq',
				keyValue: '={{ $json.previous_execution_id }}',
			});
		}
	});

	test('changes the state of a file only as the table of states allows', () => {
		for (const node of ofType(template, DATA_TABLE)) {
			const { operation, columns, filters, dataTableId } = node.parameters as {
				operation: string;
				columns?: { value?: Record<string, unknown> | null };
				filters?: { conditions: { keyName: string; keyValue?: string }[] };
				dataTableId?: { value: string };
			};
			if (operation !== 'update' || !dataTableId?.value.includes('Files table')) continue;
			const expected = filters?.conditions.find(({ keyName }) => keyName === 'state')?.keyValue;
			const target = columns?.value?.state;
			if (typeof target !== 'string' || INBOUND.includes(node.name)) continue;
			if (!FILE_STATES.some((state) => state === expected)) {
				expect(FROM_THE_ROW).toContain(node.name);
				continue;
			}
			// An expression may end in several states: each that it names counts.
			const from = FILE_STATES.filter((state) => state === expected);
			const to = FILE_STATES.filter((state) => target === state || target.includes(`'${state}'`));
			for (const one of from) {
				for (const next of to.filter((state) => state !== one)) {
					expect({ node: node.name, one, next, allowed: canChange(one, next) }).toMatchObject({
						allowed: true,
					});
				}
			}
		}
	});

	test('is written for execution order v1, on which the order of ledger writes rests', () => {
		expect(template).toMatchObject({ settings: { executionOrder: 'v1' } });
	});
});
