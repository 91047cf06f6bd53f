import type { WorkflowSource } from '../builder.ts';
import { chain } from '../builder.ts';
import { everyMinutes, form, formEnding, formPage, stopWithError } from '../coreNodes.ts';
import { DEPOSIT, REPORT, SHOW, STOP } from '../exportFlow.ts';
import { ediLedger, sftpDeposit } from '../ownNodes.ts';
import { readMeNote } from '../readMe.ts';

const TITLE = 'Send failed or chosen files again to a partner with the same bytes';
const SCHEDULE = 'Every 15 minutes';
const AUTOMATIC = 'Take failed and stranded';
const FORM = 'Send again on demand';
const FIND = 'Find the files';
const ASK = 'Ask before sending';
const CHOSEN = 'Take the chosen ones';

/** Same bytes, same name, same numbers; each file is claimed, so that two runs never both send it. */
export const replay: WorkflowSource = {
	file: '10-replay-files',
	title: TITLE,
	nodes: [
		everyMinutes(SCHEDULE, [2, 0], 15),
		ediLedger(AUTOMATIC, [3, 0], 'file', 'takeForReplay', { which: 'automatic' }),
		form(
			FORM,
			[0, 1],
			'Send a file again',
			'The next page shows what was found, with everything that goes along, and asks.',
			[
				{ label: 'Partner', type: 'text', placeholder: 'empty for all' },
				{
					label: 'File',
					type: 'text',
					required: true,
					placeholder: 'name of a file, control number or document number',
				},
			],
		),
		ediLedger(FIND, [1, 1], 'file', 'findForReplay', {
			partnerName: "={{ $json['Partner'] }}",
			search: "={{ $json['File'] }}",
		}),
		formPage(ASK, [2, 1], 'Send these again?', 'Go on', [
			{ label: 'what', type: 'html', html: '={{ $json.html }}' },
			{
				label: 'Send again?',
				type: 'dropdown',
				options: ['No', 'Yes'],
				value: 'No',
				required: true,
			},
			{ label: 'Reason', type: 'text', placeholder: 'e.g. the partner asked for it' },
		]),
		ediLedger(CHOSEN, [3, 1], 'file', 'takeForReplay', {
			which: 'files',
			goAheadOnlyOnYes: "={{ $json['Send again?'] }}",
			file: `={{ $('${FIND}').first().json.files }}`,
			reason: "={{ $json['Reason'] }}",
		}),
		sftpDeposit(DEPOSIT, [4, 0], { operation: 'deposit' }),
		ediLedger(REPORT, [4, 1], 'ledger', 'reportRun'),
		formEnding(SHOW, [5, 1], '={{ $json.html ?? $json.reason }}'),
		stopWithError(STOP, [5, 2], '={{ $json.text }}'),
	],
	connections: [
		...chain(SCHEDULE, AUTOMATIC, DEPOSIT),
		...chain(FORM, FIND, ASK, CHOSEN, DEPOSIT),
		{ from: AUTOMATIC, to: REPORT, output: 1 },
		{ from: CHOSEN, to: REPORT, output: 1 },
		{ from: REPORT, to: SHOW },
		{ from: REPORT, to: STOP, output: 1 },
	],
	stickies: [
		readMeNote(TITLE, {
			whoFor: 'Everybody with an export: a partner’s server is not always there.',
			howItWorks: [
				'Every 15 minutes what failed, or was left by a run that died, is sent again with the same bytes.',
				'A file *in doubt* is sent again only where the agreement says so.',
				'The form finds files by name, control number or document number, shows what goes along, and asks.',
			],
			setUp: [
				"Connect the partner's SFTP account. Each SFTP account has a copy of this workflow.",
				'*Settings → Error workflow*: template 12. Publish.',
			],
			requirements: [
				'n8n 2.41 or later',
				"The credential **SFTP (Verified Host) API** (the partner's server and its host key)",
			],
			customize: ['How often, in the schedule.'],
		}),
	],
};
