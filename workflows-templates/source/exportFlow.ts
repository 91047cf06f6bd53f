/**
 * The flow that every export shares: three entrances, then take → encode → deposit. What makes a
 * delivery exactly once is in the nodes; the flow has no ledger logic.
 *
 * *Report the run* hangs on the second output of *Take new or changed*, which always has one item:
 * in execution order v1 the upper branch (encode, deposit) has ended before it begins.
 */
import type { ConnectionSource, NodeSource, StickySource, WorkflowSource } from './builder.ts';
import { chain } from './builder.ts';
import { everyDayAt, form, formEnding, formPage, stopWithError } from './coreNodes.ts';
import { agreement, ediLedger, exactOnline, exactTrigger, sftpDeposit } from './ownNodes.ts';
import { readMeNote } from './readMe.ts';
import type { ReadMe } from './readMe.ts';

export const TAKE = 'Take new or changed';
export const DEPOSIT = 'Deposit at the partner';
export const RECORD_REFUSED = 'Record refused';
export const REPORT = 'Report the run';
export const STOP = 'Stop with what to do';
export const SHOW = 'Show what happened';
export const FORM = 'Send on demand';
export const ASK = 'Ask before sending';
export const NIGHTLY = 'Every night';

/** Days that the nightly run reads again: what a trigger or a crash lost is found here. */
const SWEEP_DAYS = 14;

export const SEND = 'Send them?';
export const SHOW_ONLY = 'No, only show me';

interface Kind {
	readonly value: string;
	/** What the files are. */
	readonly sentAs: string;
}

export interface ExportFlow {
	readonly file: string;
	readonly title: string;
	/** What the user calls the documents. */
	readonly documents: string;
	readonly resource: string;
	readonly include: readonly string[];
	/** What the encode node makes. */
	readonly encodeName: string;
	readonly encode: (name: string, at: readonly [number, number]) => NodeSource;
	/** What its partner gets; without one, the agreement is chosen. */
	readonly kind?: Kind;
	readonly readMe: Omit<ReadMe, 'setUp' | 'requirements'>;
}

/** What the person chose on the second page; in a run without a form, documents are sent. */
const previewOnly = `={{ $('${ASK}').isExecuted && $('${ASK}').first().json['${SEND}'] !== 'Yes' }}`;

const asked = (label: string) => `$('${FORM}').first().json['${label}']`;

/** From the reading of documents to the report. */
export function sendingNodes(
	[taking, encoding, depositing]: readonly [number, number, number],
	encodeName: string,
	encode: ExportFlow['encode'],
	take: Record<string, unknown> = {},
): { nodes: NodeSource[]; connections: ConnectionSource[] } {
	return {
		nodes: [
			ediLedger(TAKE, [taking, 1], 'document', 'take', {
				agreement,
				preview: previewOnly,
				...take,
			}),
			{ ...encode(encodeName, [encoding, 0]), onError: 'continueRegularOutput' },
			sftpDeposit(DEPOSIT, [depositing, 0], { operation: 'deposit' }),
			ediLedger(RECORD_REFUSED, [depositing, 1], 'document', 'recordRefused'),
			ediLedger(REPORT, [encoding, 2], 'ledger', 'reportRun'),
			formEnding(SHOW, [depositing, 2], '={{ $json.html ?? $json.reason }}'),
			stopWithError(STOP, [depositing, 3], '={{ $json.text }}'),
		],
		connections: [
			{ from: TAKE, to: encodeName },
			{ from: TAKE, to: REPORT, output: 1 },
			{ from: encodeName, to: DEPOSIT },
			{ from: encodeName, to: RECORD_REFUSED, output: 1 },
			{ from: REPORT, to: SHOW },
			{ from: REPORT, to: STOP, output: 1 },
		],
	};
}

/** The two pages of the form. The first one never acts; the second one shows what will happen. */
export function formNodes(
	documents: string,
	[column, row]: readonly [number, number],
	{ next = column + 1, sentAs = 'these documents' } = {},
): NodeSource[] {
	return [
		form(
			FORM,
			[column, row],
			`Send ${documents}`,
			`Which ${documents}? The next page asks before anything is sent.`,
			[
				{ label: 'From date', type: 'date', required: true },
				{ label: 'To date', type: 'date', required: true },
				{
					label: 'Only these numbers',
					type: 'text',
					placeholder: 'e.g. 1019793, 1019794; empty for all of these dates',
				},
			],
		),
		formPage(ASK, [next, row], `Send ${documents}`, 'Go on', [
			{
				label: 'what',
				type: 'html',
				html: `=<p>Agreement: <b>{{ $('${TAKE}').params.agreement?.value || 'the one for ${sentAs}' }}</b></p><p>${documents} from {{ ${asked('From date')} }} to {{ ${asked('To date')} }} {{ ${asked('Only these numbers')} }}</p><p>What the partner has already is left out. With <b>${SHOW_ONLY}</b> nothing is sent and no number is used: you see the list, the amounts, the reasons and the file.</p>`,
			},
			{
				label: SEND,
				type: 'dropdown',
				options: [SHOW_ONLY, 'Yes'],
				value: SHOW_ONLY,
				required: true,
			},
		]),
	];
}

/** The fields of an Exact node that reads what the form asks for. */
export const askedFilters = {
	dateFrom: `={{ ${asked('From date')} }}`,
	dateTo: `={{ ${asked('To date')} }}`,
	documentNumbers: `={{ ${asked('Only these numbers')} }}`,
};

const CHOOSE_BOTH =
	'Choose your division in the trigger, and the agreement in **Take new or changed**.';
const CHOOSE_DIVISION =
	'Make the two credentials and choose your division in the trigger. **Take new or changed** finds the agreement by itself; with several of one kind, choose it there.';

/** How an export is set up: what is chosen where, then the same for all. */
export const setUp = (...choices: readonly string[]): string[] => [
	'Set up the partner once, with the form of template 00.',
	...choices,
	'Open the form, look at what would be sent, then publish the workflow.',
	'When the partner has accepted your test files, set the agreement to *Production* with template 00.',
	'*Settings → Error workflow*: template 12 (published first), so that somebody is told.',
];

export const REQUIREMENTS: readonly string[] = [
	'n8n 2.41 or later',
	'The credential **Exact Online OAuth2 API** (an app registration at Exact)',
	"The credential **SFTP (Verified Host) API** (the partner's server and its host key)",
];

export function note(
	content: string,
	at: readonly [number, number],
	size: readonly [number, number],
): StickySource {
	return { at, size, color: 7, content };
}

export function exportFlow(flow: ExportFlow): WorkflowSource {
	const trigger = `When ${flow.documents} change`;
	const night = 'Read the last days';
	const read = 'Read what was asked for';
	const common = { resource: flow.resource, include: flow.include };
	const many = { ...common, operation: 'getMany', returnAll: true };
	const { kind } = flow;
	const only = kind === undefined ? {} : { agreementBy: 'only', kind: kind.value };
	const sending = sendingNodes([3, 4, 5], flow.encodeName, flow.encode, only);
	return {
		file: flow.file,
		title: flow.title,
		nodes: [
			exactTrigger(trigger, [2, 0], {
				...common,
				pollTimes: { item: [{ mode: 'everyX', value: 15, unit: 'minutes' }] },
			}),
			everyDayAt(NIGHTLY, [1, 1], 2, 30),
			exactOnline(
				night,
				[2, 1],
				{
					...many,
					filters: { modifiedSince: `={{ $now.minus({ days: ${SWEEP_DAYS} }).toISO() }}` },
				},
				trigger,
			),
			...formNodes(flow.documents, [0, 2], kind),
			{
				...exactOnline(read, [2, 2], { ...many, filters: askedFilters }, trigger),
				alwaysOutputData: true,
			},
			...sending.nodes,
		],
		connections: [
			...chain(trigger, TAKE),
			...chain(NIGHTLY, night, TAKE),
			...chain(FORM, ASK, read, TAKE),
			...sending.connections,
		],
		stickies: [
			readMeNote(
				flow.title,
				{
					...flow.readMe,
					setUp: setUp(kind === undefined ? CHOOSE_BOTH : CHOOSE_DIVISION),
					requirements: REQUIREMENTS,
				},
				4,
			),
			note('### When\nAt once, every night once more, and when somebody asks.', [0, 0], [1.7, 0.5]),
			note(
				'### Send\nOnly what the partner does not have yet; each document once.',
				[3, 3],
				[1.5, 0.5],
			),
		],
	};
}
