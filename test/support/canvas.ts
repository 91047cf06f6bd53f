/** What can be seen on the editor's canvas at 100 %: boxes of nodes, their words, and notes. */
import type { Page } from 'playwright-core';

interface Box {
	readonly what: string;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

interface Seen {
	readonly view: Box;
	readonly zoom: number;
	/** Nodes and their words. */
	readonly flow: readonly Box[];
	/** The group notes: white, within the flow. */
	readonly groups: readonly Box[];
	readonly readMe: readonly Box[];
	readonly cut: readonly string[];
}

/** Everything is read in one go, so that nothing moves in between. */
async function look(page: Page): Promise<Seen> {
	return await page.evaluate(() => {
		const boxOf = (what: string, { left, top, right, bottom }: DOMRect): Box => ({
			what,
			left,
			top,
			right,
			bottom,
		});
		/** Where the letters are: a label's element is wider than its words. */
		const ofText = (what: string, element: Element): Box => {
			const range = document.createRange();
			range.selectNodeContents(element);
			return boxOf(what, range.getBoundingClientRect());
		};
		const cut: string[] = [];
		const flow = [...document.querySelectorAll<HTMLElement>('[data-test-id="canvas-node"]')]
			.filter((node) => node.querySelector('[data-test-id="sticky"]') === null)
			.flatMap((node) => {
				const name = node.dataset.nodeName ?? '';
				const words = [...node.querySelectorAll<HTMLElement>('*')].filter(
					({ className, textContent }) =>
						/_(label|subtitle|outputLabel)_/.test(String(className)) && textContent.trim() !== '',
				);
				for (const word of words) {
					if (word.scrollWidth > word.clientWidth + 1 || word.scrollHeight > word.clientHeight + 1)
						cut.push(`${name}: ${word.textContent.trim()}`);
				}
				return [
					boxOf(name, node.getBoundingClientRect()),
					...words.map((word) => ofText(`${name}: ${word.textContent.trim()}`, word)),
				];
			});
		const stickies = [...document.querySelectorAll<HTMLElement>('[data-test-id="sticky"]')];
		const notes = stickies.map((note) => {
			const words = [...note.querySelectorAll('h1, h2, h3, p, li')];
			const title = words[0]?.textContent.trim() ?? '';
			const box = boxOf(title, note.getBoundingClientRect());
			for (const word of words) {
				const { bottom, right } = ofText('', word);
				if (bottom > box.bottom - 4 || right > box.right)
					cut.push(`note "${title}": ${word.textContent.slice(0, 40)}`);
			}
			return { box, isReadMe: words.length > 6 };
		});
		const { transform } = getComputedStyle(
			document.querySelector('.vue-flow__transformationpane') as Element,
		);
		return {
			view: boxOf(
				'canvas',
				(document.querySelector('.vue-flow') as Element).getBoundingClientRect(),
			),
			zoom: new DOMMatrix(transform).a,
			flow,
			groups: notes.filter(({ isReadMe }) => !isReadMe).map(({ box }) => box),
			readMe: notes.filter(({ isReadMe }) => isReadMe).map(({ box }) => box),
			cut,
		};
	});
}

function around(boxes: readonly Box[]): Box {
	return {
		what: boxes.map(({ what }) => what).join(', '),
		left: Math.min(...boxes.map(({ left }) => left)),
		top: Math.min(...boxes.map(({ top }) => top)),
		right: Math.max(...boxes.map(({ right }) => right)),
		bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
	};
}

const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;

/** An output's label stands in front of the line; n8n itself draws it on the edge of its node. */
const ofOneNode = (a: Box, b: Box): boolean => a.what.split(': ')[0] === b.what.split(': ')[0];

function overlapping(boxes: readonly Box[]): string[] {
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter((other) => !ofOneNode(one, other) && overlap(one, other))
			.map((other) => `"${one.what}" overlaps "${other.what}"`),
	);
}

/** Moves the canvas until the middle of the boxes is in the middle of the view. */
async function center(page: Page, boxesOf: (seen: Seen) => readonly Box[]): Promise<Seen> {
	for (let attempt = 0; ; attempt += 1) {
		const seen = await look(page);
		const { view } = seen;
		const all = around(boxesOf(seen));
		const right = (all.left + all.right - view.left - view.right) / 2;
		const down = (all.top + all.bottom - view.top - view.bottom) / 2;
		if (Math.max(Math.abs(right), Math.abs(down)) < 3 || attempt === 12) return seen;
		// Where no button of the editor is; n8n goes by a part of what the wheel says.
		await page.mouse.move(view.left + (view.right - view.left) / 4, view.bottom - 12);
		await page.mouse.wheel(right, down);
		await page.waitForTimeout(200);
	}
}

const outside = (boxes: readonly Box[], view: Box): string[] =>
	boxes
		.filter(
			({ left, top, right, bottom }) =>
				left < view.left || right > view.right || top < view.top || bottom > view.bottom,
		)
		.map(({ what }) => `"${what}" is not in view`);

/**
 * What is wrong with an opened workflow at 100 %: two screens, one with the flow and its group
 * notes, one with the note to read first. `shown` is called with each in view, in light and dark.
 */
export async function canvasFaults(
	page: Page,
	shown: (what: 'flow' | 'readMe', theme: 'light' | 'dark') => Promise<void>,
): Promise<string[]> {
	await page.keyboard.press('0');
	await page.waitForTimeout(800);
	const faults: string[] = [];
	const first = await look(page);
	if (Math.abs(first.zoom - 1) > 0.001) faults.push(`the zoom is ${first.zoom}`);
	for (const theme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme: theme });
		// In the dark the other way round, so that the canvas moves once less.
		const screens = ['readMe', 'flow'] as const;
		for (const what of theme === 'light' ? screens : [...screens].reverse()) {
			const boxesOf = (seen: Seen) =>
				what === 'flow' ? [...seen.flow, ...seen.groups] : seen.readMe;
			const seen = await center(page, boxesOf);
			faults.push(...outside(boxesOf(seen), seen.view).map((fault) => `${theme}: ${fault}`));
			await shown(what, theme);
		}
		const seen = await look(page);
		faults.push(
			...seen.cut.map((fault) => `${theme}: cut: ${fault}`),
			...overlapping([...seen.flow, ...seen.groups, ...seen.readMe]).map(
				(fault) => `${theme}: ${fault}`,
			),
		);
	}
	await page.emulateMedia({ colorScheme: 'light' });
	return faults;
}
