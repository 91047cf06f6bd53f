import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../support/shared';

interface Probe {
	/** Where the file is said to stand. */
	readonly file: string;
	readonly code: string;
	/** Needs the rules that follow imports through the house. */
	readonly walks?: boolean;
}

interface LintMessage {
	readonly rule: string;
	readonly message: string;
}

/** What the lint says of each probe; one start of ESLint for all of them. */
function lint(probes: readonly Probe[]): readonly (readonly LintMessage[])[] {
	const { stdout, stderr } = spawnSync(process.execPath, ['test/support/lintTexts.mjs'], {
		cwd: repositoryRoot,
		input: JSON.stringify(probes),
		encoding: 'utf8',
	});
	if (!stdout.startsWith('[')) throw new Error(stderr);
	return JSON.parse(stdout) as LintMessage[][];
}

interface Room {
	readonly name: string;
	readonly mayImport: readonly string[];
}

/** The table "Rooms and doors" of `docs/architecture.md`. */
function roomsOfTheDocs(): readonly Room[] {
	const text = readFileSync(path.join(repositoryRoot, 'docs/architecture.md'), 'utf8');
	const names = (cell: string): string[] =>
		[...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace(/\/$/, ''));
	return text
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.flatMap((line) => {
			const [, first = '', , last = ''] = line.split('|');
			return names(first).map((name) => ({ name, mayImport: names(last) }));
		});
}

const rooms = roomsOfTheDocs();
const GROUND = ['lib/errors.ts', 'lib/decimal.ts', 'lib/text'];
const libRooms = rooms.filter(({ name }) => name.startsWith('lib/') && !name.endsWith('.ts'));
const topRooms = rooms.filter(({ name }) => !name.includes('/'));

/** The room around a room, whose door stands before it. */
const around = (other: string): string | undefined =>
	libRooms.find(({ name }) => other.startsWith(`${name}/`))?.name;

const isOpen = ({ name, mayImport }: Room, other: string): boolean => {
	if ([...mayImport, name].includes(other)) return true;
	const house = around(other);
	if (house !== undefined && house !== name && !name.startsWith(`${house}/`)) return false;
	return [...mayImport, name].some((open) => other.startsWith(`${open}/`));
};

function importing(from: string, to: string, what = 'import * as probe from'): string {
	const relative = path.relative(path.dirname(from), to);
	const name = relative.startsWith('.') ? relative : `./${relative}`;
	return `${what} '${name}';\n\nexport const seen = probe;\n`;
}

/** A file of the room that is not its door, without its ending. */
function innerFile(room: string): string {
	const inner = readdirSync(path.join(repositoryRoot, room)).find(
		(file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && file !== 'index.ts',
	);
	if (inner !== undefined) return `${room}/${inner.replace(/\.ts$/, '')}`;
	// A room of rooms: one of theirs.
	const folder = readdirSync(path.join(repositoryRoot, room)).find((name) =>
		existsSync(path.join(repositoryRoot, room, name, 'index.ts')),
	);
	if (folder === undefined) throw new Error(`${room} has nothing but its door`);
	return innerFile(`${room}/${folder}`);
}

/** Where each room says it may look, and where not: every pair of rooms of the core. */
const pairs = libRooms
	.filter(({ name }) => name !== 'lib/errorCodes')
	.flatMap((room) =>
		[...libRooms.map(({ name }) => name), 'lib/errors.ts', 'lib/decimal.ts']
			.filter((other) => other !== room.name && other !== 'lib/errorCodes')
			.map((other) => {
				const file = `${room.name}/probe.ts`;
				const open = isOpen(room, other) || GROUND.includes(other);
				return { file, other, open, code: importing(file, other.replace(/\.ts$/, '')) };
			}),
	);

const { dependencies } = JSON.parse(
	readFileSync(path.join(repositoryRoot, 'package.json'), 'utf8'),
) as { dependencies: Record<string, string> };

const ZONE = 'import-x/no-restricted-paths';
const library = (name: string): string =>
	`import * as probe from '${name}';\n\nexport const seen = probe;\n`;

/** One break of each wall that is not a pair of rooms of the core: where, what, and which rule says so. */
const breaks: readonly (Probe & {
	readonly name: string;
	readonly rule: string;
	readonly says?: string;
})[] = [
	{
		name: 'a circle of imports',
		walks: true,
		file: 'lib/edi/mapping/rules.ts',
		code: "import { QuickCompiler } from './quick';\n\nexport const seen = QuickCompiler;\n",
		rule: 'import-x/no-cycle',
		says: 'Dependency cycle',
	},
	{
		name: 'a circle of types',
		walks: true,
		file: 'lib/edi/mapping/rules.ts',
		code: "import type { Place } from './compile';\n\nexport type Seen = Place;\n",
		rule: 'walls/no-import-circle',
		says: 'lib/edi/mapping/rules.ts → lib/edi/mapping/compile.ts → lib/edi/mapping/rules.ts',
	},
	...[
		...libRooms
			.filter(({ name }) => name !== 'lib/errorCodes')
			.map(({ name }) => ['nodes/EdiEncode/probe.ts', name] as const),
		['bench/probe.ts', 'lib/edi/x12'] as const,
		['test/nodes/probe.ts', 'lib/edi/x12'] as const,
		['test/lib/exact/probe.ts', 'lib/edi/x12'] as const,
		['lib/edi/acks/probe.ts', 'lib/edi/x12'] as const,
		['lib/exact/probe.ts', 'lib/edi/x12'] as const,
	].map(([file, room]) => ({
		name: `${file} goes round the door of ${room}`,
		file,
		code: importing(file, innerFile(room)),
		rule: ZONE,
		says: `Outside ${room} only its index.ts may be imported`,
	})),
	{
		name: 'a node goes round the door of nodes/shared',
		file: 'nodes/EdiEncode/probe.ts',
		code: importing('nodes/EdiEncode/probe.ts', innerFile('nodes/shared')),
		rule: ZONE,
		says: 'Outside nodes/shared',
	},
	{
		name: 'a node looks into another node',
		file: 'nodes/EdiEncode/probe.ts',
		code: importing('nodes/EdiEncode/probe.ts', 'nodes/AckGenerate/settings'),
		rule: ZONE,
		says: 'A node imports no other node',
	},
	{
		name: 'nodes/shared looks into a node',
		file: 'nodes/shared/probe.ts',
		code: importing('nodes/shared/probe.ts', 'nodes/AckGenerate/settings'),
		rule: ZONE,
	},
	{
		name: 'a room reads the codes past lib/errors.ts',
		file: 'lib/exact/probe.ts',
		code: importing('lib/exact/probe.ts', 'lib/errorCodes/exact'),
		rule: ZONE,
		says: 'read through lib/errors.ts',
	},
	{
		name: 'the ground floor looks into a room',
		file: 'lib/decimal.ts',
		code: importing('lib/decimal.ts', 'lib/documents'),
		rule: ZONE,
		says: 'The ground floor imports nothing',
	},
	...[
		'sandbox/exact-simulator/index.ts',
		'nodes/shared/index.ts',
		'test/support/shared.ts',
		'docs/x12Reference.ts',
	].flatMap((inner) =>
		topRooms
			.filter((room) => !isOpen(room, inner))
			.concat({ name: 'lib', mayImport: [] })
			.filter(({ name }) => !inner.startsWith(`${name}/`))
			.filter((room) => !room.mayImport.some((open) => inner.startsWith(open)))
			.map(({ name }) => {
				const file = `${name}/probe.ts`;
				return {
					name: `${name} looks into ${inner}`,
					file,
					code: importing(file, inner.replace(/(\/index)?\.ts$/, '')),
					rule: ZONE,
				};
			}),
	),
	...['n8n-workflow', 'n8n-core'].map((name) => ({
		name: `lib imports ${name}`,
		file: 'lib/exact/probe.ts',
		code: library(name),
		rule: 'no-restricted-imports',
	})),
	...[...Object.keys(dependencies), 'csv-stringify/sync', 'node:sqlite'].flatMap((name) =>
		['lib/delivery/probe.ts', 'nodes/SftpDeposit/probe.ts'].map((file) => ({
			name: `${file} imports ${name}, which has another home`,
			file,
			code: library(name),
			rule: 'no-restricted-imports',
		})),
	),
	{
		name: 'a program requires the build without its types',
		file: 'docs/probe.ts',
		code: "import { createRequire } from 'node:module';\n\nexport const seen: unknown = createRequire(import.meta.url)('../dist/lib/errors.js');\n",
		rule: 'no-restricted-syntax',
		says: 'Import the build with import()',
	},
	{
		name: 'any in the core',
		file: 'lib/exact/probe.ts',
		code: 'export const seen = (value: any): unknown => value;\n',
		rule: '@typescript-eslint/no-explicit-any',
	},
];

let answers: readonly (readonly LintMessage[])[] = [];
beforeAll(() => {
	answers = lint([...pairs, ...breaks]);
});

test('every folder of the core and at the top is a room of the architecture page', () => {
	const folders = (folder: string): string[] =>
		readdirSync(path.join(repositoryRoot, folder), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => path.join(folder, name));
	const known = rooms.map(({ name }) => name);
	const missing = [...folders('lib').filter((name) => name !== 'lib/edi'), ...folders('lib/edi')];
	expect(missing.filter((name) => !known.includes(name))).toEqual([]);
	for (const { name } of rooms.filter(({ name }) => name !== 'nodes/X')) {
		expect([name, existsSync(path.join(repositoryRoot, name))]).toEqual([name, true]);
	}
});

test('a room of the core imports what the architecture page allows, and nothing else', () => {
	const wrong = pairs.flatMap(({ file, other, open }, index) => {
		const refused = (answers[index] ?? []).some(({ rule }) => rule === ZONE);
		return refused === open ? [`${file} → ${other}: ${open ? 'refused' : 'not refused'}`] : [];
	});
	expect(wrong).toEqual([]);
	expect(pairs.some(({ open }) => open)).toBe(true);
	expect(pairs.some(({ open }) => !open)).toBe(true);
});

test.each(breaks.map((broken, index) => [broken.name, broken, index] as const))(
	'the lint refuses: %s',
	(_name, { rule, says = '' }, index) => {
		const messages = answers[pairs.length + index] ?? [];
		expect(messages.map((message) => message.rule)).toContain(rule);
		expect(messages.map(({ message }) => message).join('\n')).toContain(says);
	},
);
