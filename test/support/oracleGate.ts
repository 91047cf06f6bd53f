/**
 * Stops an execution between two nodes: a side branch after the first of them calls this server,
 * which does not answer until it is told to. In n8n's order v1 the uppermost branch runs first, so
 * nothing behind the first node has run when the call arrives.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workflow, WorkflowNode } from '../../sandbox/n8n';

export interface Gate {
	/** Resolves when the execution stands at this boundary. */
	arrival(name: string): Promise<void>;
	/** The next arrival of this name is another one; who stands there keeps standing. */
	forget(name: string): void;
	/** From now on every call is answered at once. */
	open(): void;
	/** Calls are held again. */
	shut(): void;
	/** The workflow with a stop after a node's output. */
	stopAfter(template: Workflow, node: string, name: string, output?: number): Workflow;
	close(): Promise<void>;
}

type Connections = Record<
	string,
	{ main: ({ node: string; type: string; index: number }[] | null)[] }
>;

const GATE = 'Gate of the test';

export async function startGate(): Promise<Gate> {
	const held = new Set<ServerResponse>();
	const arrivals = new Map<string, { promise: Promise<void>; resolve: () => void }>();
	let isOpen = false;
	const at = (name: string) => {
		let entry = arrivals.get(name);
		if (entry === undefined) {
			let resolve = () => undefined as void;
			const promise = new Promise<void>((done) => {
				resolve = done;
			});
			entry = { promise, resolve };
			arrivals.set(name, entry);
		}
		return entry;
	};
	const server = createServer((request, response) => {
		if (isOpen) {
			response.end('{}');
			return;
		}
		held.add(response);
		response.on('close', () => held.delete(response));
		at(decodeURIComponent((request.url ?? '/').slice(1))).resolve();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		arrival: (name) => at(name).promise,
		forget: (name) => {
			arrivals.delete(name);
		},
		open: () => {
			isOpen = true;
			for (const response of held) response.end('{}');
		},
		shut: () => {
			isOpen = false;
			arrivals.clear();
		},
		stopAfter: (template, node, name, output = 0) => {
			const before = template.nodes.find((one) => one.name === node);
			if (before === undefined) throw new Error(`"${template.name}" has no node ${node}`);
			const top = Math.min(...template.nodes.map((one) => one.position[1]));
			const gate: WorkflowNode = {
				id: '00000000-0000-4000-8000-000000000001',
				name: GATE,
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [before.position[0] + 100, top - 2000],
				parameters: {
					url: `http://127.0.0.1:${port}/${encodeURIComponent(name)}`,
					options: { timeout: 600_000 },
				},
				executeOnce: true,
			};
			const connections = structuredClone(template.connections) as Connections;
			const { main } = (connections[node] ??= { main: [] });
			while (main.length <= output) main.push([]);
			main[output] = [...(main[output] ?? []), { node: GATE, type: 'main', index: 0 }];
			return { ...template, nodes: [...template.nodes, gate], connections };
		},
		close: async () => {
			for (const response of held) response.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
