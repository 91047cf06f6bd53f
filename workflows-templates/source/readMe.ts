import type { StickySource } from './builder.ts';

/** The yellow note of a template: everything its user needs, under n8n's five headings. */
export interface ReadMe {
	readonly whoFor: string;
	readonly howItWorks: readonly string[];
	readonly setUp: readonly string[];
	readonly requirements: readonly string[];
	readonly customize: readonly string[];
}

const FIRST_LINE =
	'**For self-hosted n8n.** The community package `n8n-nodes-exact-online-edi` is not verified by n8n: the instance needs `N8N_UNVERIFIED_PACKAGES_ENABLED=true` to install it.';

function numbered(lines: readonly string[]): string {
	return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

function bulleted(lines: readonly string[]): string {
	return lines.map((line) => `- ${line}`).join('\n');
}

/** Columns; a screen at 100 % takes it whole. */
const WIDTH = 3;

/** It stands to the left of the flow, on a screen of its own: both can be read at 100 %. */
export function readMeNote(title: string, readMe: ReadMe, rows = 3.2): StickySource {
	return {
		at: [-WIDTH - 0.3, 0],
		size: [WIDTH, rows],
		color: 1,
		content: renderReadMe(title, readMe),
	};
}

function renderReadMe(title: string, readMe: ReadMe): string {
	return [
		`## ${title}`,
		FIRST_LINE,
		"### Who's it for",
		readMe.whoFor,
		'### How it works',
		numbered(readMe.howItWorks),
		'### How to set up',
		numbered(readMe.setUp),
		'### Requirements',
		bulleted(readMe.requirements),
		'### How to customize',
		bulleted(readMe.customize),
	].join('\n');
}
