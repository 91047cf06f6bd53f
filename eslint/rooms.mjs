import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Which room may look into which: `docs/architecture.md`, "Rooms and doors". */

/** What every room of the core stands on. */
const GROUND = ['lib/errors.ts', 'lib/decimal.ts', 'lib/text'];

/** The rooms of the core, and which of the others each may import. */
const LIB_ROOMS = {
	'lib/text': [],
	'lib/documents': [],
	'lib/exact': [],
	'lib/mapping': ['lib/exact', 'lib/documents'],
	'lib/edi/syntax': [],
	'lib/edi/partner': ['lib/edi/syntax', 'lib/documents'],
	'lib/edi/mapping': ['lib/edi/syntax', 'lib/edi/partner', 'lib/documents'],
	'lib/edi/x12': ['lib/edi/syntax', 'lib/edi/partner', 'lib/edi/mapping', 'lib/documents'],
	'lib/edi/edifact': ['lib/edi/syntax', 'lib/edi/partner', 'lib/edi/mapping', 'lib/documents'],
	'lib/edi/acks': ['lib/edi/x12', 'lib/edi/edifact', 'lib/edi/syntax'],
	'lib/edi/acks/read': ['lib/edi/x12', 'lib/edi/edifact', 'lib/edi/syntax'],
	'lib/edi/acks/judge': ['lib/edi/acks/read'],
	'lib/edi/acks/answer': ['lib/edi/x12', 'lib/edi/edifact', 'lib/edi/syntax', 'lib/edi/acks/read', 'lib/edi/acks/judge'],
	'lib/edi/acks/reconcile': ['lib/edi/x12', 'lib/edi/edifact', 'lib/edi/syntax', 'lib/edi/acks/read'],
	'lib/edi/acks/readable': ['lib/edi/x12', 'lib/edi/edifact', 'lib/edi/syntax', 'lib/edi/acks/read', 'lib/edi/acks/reconcile'],
	'lib/flatfile': [],
	'lib/delivery': [],
	'lib/ledger': ['lib/documents'],
	'lib/page': ['lib/ledger', 'lib/edi', 'lib/flatfile'],
};

/** The folders at the top, and which of the others each may import. */
const TOP_ROOMS = {
	lib: [],
	nodes: ['lib'],
	credentials: ['lib'],
	sandbox: [],
	'workflows-templates': ['lib'],
	docs: ['lib'],
	bench: ['lib', 'sandbox', 'test/support'],
};

/** `nodes/shared` has doors of its own for what not every node needs: Exact Online, the ledger. */
const DOORS = { 'nodes/shared': ['./index.ts', './exactOnline/index.ts', './ledger/index.ts'] };

const nodeFolders = readdirSync('nodes', { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);

/** Everything but the room and its tests, as globs: tests look into what they test. */
function outside(room) {
	const globs = ['./!(lib|nodes|test)/**'];
	const parts = room.split('/');
	for (const top of ['lib', 'nodes', 'test/lib', 'test/nodes', 'test']) {
		const own = top.endsWith(parts[0]) ? parts.slice(1) : [];
		if (top === 'test') {
			globs.push('./test/*.ts', './test/!(lib|nodes)/**');
			continue;
		}
		if (own.length === 0) globs.push(`./${top}/**`);
		let above = `./${top}`;
		for (const part of own) {
			globs.push(`${above}/*.ts`, `${above}/!(${part})/**`);
			above += `/${part}`;
		}
	}
	return globs;
}

function within(from, allowed) {
	return [...new Set(allowed.map((room) => `./${path.relative(from, room)}`))];
}

function doorOf(room) {
	const doors = DOORS[room] ?? ['./index.ts'];
	return {
		target: outside(room),
		from: `./${room}`,
		except: doors,
		message: `Outside ${room} only its index.ts may be imported.`,
	};
}

const names = (rooms) => rooms.join(', ') || 'nothing else';

export const zones = [
	...Object.entries(LIB_ROOMS).map(([room, allowed]) => ({
		target: `./${room}`,
		from: './lib',
		except: within('lib', [room, ...GROUND, ...allowed]),
		message: `${room} may import ${names([...GROUND, ...allowed])}.`,
	})),
	{
		target: ['./lib/errors.ts', './lib/decimal.ts'],
		from: './lib',
		except: ['./errorCodes'],
		message: 'The ground floor imports nothing of the house.',
	},
	...nodeFolders.map((name) => ({
		target: `./nodes/${name}`,
		from: './nodes',
		except: within('nodes', [`nodes/${name}`, 'nodes/shared']),
		message: 'A node imports no other node; what several need is in nodes/shared.',
	})),
	...Object.entries(TOP_ROOMS).flatMap(([room, allowed]) => {
		const others = [...Object.keys(TOP_ROOMS), 'test'].filter(
			(other) => other !== room && !allowed.includes(other),
		);
		return others.map((other) => ({
			target: `./${room}`,
			from: `./${other}`,
			except: within(
				other,
				allowed.filter((open) => open.startsWith(`${other}/`)),
			),
			message: `${room} may import ${names(allowed)}.`,
		}));
	}),
	...[...Object.keys(LIB_ROOMS), 'nodes/shared'].filter((room) => existsSync(room)).map(doorOf),
	{
		target: ['./lib/!(errorCodes)/**', './lib/decimal.ts', './!(lib|test)/**'],
		from: './lib/errorCodes',
		message: 'The codes are read through lib/errors.ts.',
	},
];
