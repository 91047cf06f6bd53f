import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { everyDayAt, form, formEnding } from '../coreNodes.ts';
import { agreement, ediLedger, exactOnline } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';
import { INVOICE_INCLUDES } from './exports.ts';

const TITLE = 'Compare the ledger with Exact Online and list what is missing';
const NIGHT = 'Every night';
const READ_MONTH = 'Read this month';
const COMPARE_MONTH = 'Compare this month';
const FIND = 'Ask for each that is gone';
const HOLD = 'Hold what is gone';
const FORM = 'Compare on demand';
const READ_ASKED = 'Read what was asked for';
const COMPARE_ASKED = 'Compare what was asked for';
const SHOW = 'Show the comparison';

const asked = (label: string) => `={{ $('${FORM}').first().json['${label}'] }}`;

/** In the first days of a month still the month before, until now. */
const MONTH = {
	from: "={{ $now.minus({ days: 7 }).startOf('month').toISODate() }}",
	to: '={{ $now.toISODate() }}',
};
const ASKED = { from: asked('From date'), to: asked('To date') };

const reading = ({ from, to }: typeof MONTH) => ({
	resource: 'purchaseEntry',
	operation: 'getMany',
	returnAll: true,
	include: INVOICE_INCLUDES,
	filters: { dateFrom: from, dateTo: to },
});

const COMPARED = {
	__rl: true,
	mode: 'name',
	value: `={{ $('${COMPARE_MONTH}').params.agreement.value }}`,
};

export const compare: WorkflowSource = {
	file: '13-compare-with-exact',
	title: TITLE,
	nodes: [
		everyDayAt(NIGHT, [0, 0], 4, 30),
		{ ...exactOnline(READ_MONTH, [1, 0], reading(MONTH)), alwaysOutputData: true },
		ediLedger(COMPARE_MONTH, [2, 0], 'document', 'compareWithSource', { agreement, ...MONTH }),
		exactOnline(
			FIND,
			[3, 0],
			{ resource: 'purchaseEntry', operation: 'findDeleted' },
			READ_MONTH,
		),
		// This flow sends nothing, so nothing is reserved here to be cancelled.
		ediLedger(HOLD, [4, 0], 'document', 'take', {
			agreement: COMPARED,
			options: { holdDeleted: true },
		}),
		form(
			FORM,
			[0, 1],
			'Compare with Exact Online',
			'What became of every document of these dates? Nothing is sent or changed.',
			[
				{ label: 'From date', type: 'date', required: true },
				{ label: 'To date', type: 'date', required: true },
			],
		),
		{ ...exactOnline(READ_ASKED, [1, 1], reading(ASKED), READ_MONTH), alwaysOutputData: true },
		{
			...ediLedger(COMPARE_ASKED, [2, 1], 'document', 'compareWithSource', {
				agreement: COMPARED,
				...ASKED,
			}),
			onError: 'continueRegularOutput' as const,
		},
		formEnding(SHOW, [3, 1], '={{ $json.html ?? $json.reason }}'),
	],
	connections: [
		...chain(NIGHT, READ_MONTH, COMPARE_MONTH),
		{ from: COMPARE_MONTH, output: 2, to: FIND },
		...chain(FIND, HOLD),
		...chain(FORM, READ_ASKED, COMPARE_ASKED, SHOW),
	],
	stickies: [
		readMeNote(
			TITLE,
			{
				whoFor:
					'The controller who must know that every entry of a month was sent, and which were not.',
				howItWorks: [
					'Every night the entries of the month are read and compared with the ledger; in its first week still those of the month before.',
					'Each is *accepted*, *sent*, *refused*, *rejected*, *pending*, *not taken*, *before start*, *changed since* it was sent, or *gone*.',
					'The ledger page (template 11) shows it under *Compared with Exact*, with counts and sums, and a list by entry number for a spreadsheet. The digest (template 08) tells it in a line.',
					'What the partner has and Exact Online has not is asked for once more and held: a person takes it back or leaves it, as template 12 and the page say.',
					'The form compares any dates and changes nothing.',
				],
				setUp: [
					'Choose your division in **Read this month**, and the agreement in **Compare this month**. Each agreement has a copy of this workflow.',
					'*Settings → Error workflow*: template 12. Publish.',
				],
				requirements: [
					'n8n 2.41 or later',
					'The credential **Exact Online OAuth2 API** (an app registration at Exact)',
				],
				customize: [
					'Payments or purchase orders: the resource, and what it includes, as in their export.',
				],
			},
			4,
		),
	],
};
