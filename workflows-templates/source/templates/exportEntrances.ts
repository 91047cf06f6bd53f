/** The two entrances of an export: the trigger, and a form for a person. */
import type { ConnectionSource, NodeSource } from '../builder.ts';
import { form } from '../coreNodes.ts';
import { CONFIGURE } from '../exportPipeline.ts';
import { CURRENT_DIVISION, exactOnline, exactTrigger } from '../ownNodes.ts';

export const SET_UP_EXACT =
	'Connect the credential **Exact Online OAuth2 API** and choose your division in the Exact nodes.';

export const SET_UP_SFTP =
	"Connect the credential **SFTP (Verified Host) API** with the partner's host-key fingerprint.";

export const FORM = 'Export on demand';

/** True in a run that the form started with "Send again". */
export const SEND_AGAIN = `($('${FORM}').isExecuted && $('${FORM}').first().json['Send again'] === 'Yes')`;

export interface EntranceOptions {
	readonly triggerName: string;
	readonly readName: string;
	readonly resource: string;
	readonly include: readonly string[];
	readonly formTitle: string;
	readonly formDescription: string;
}

export function exportEntrances(options: EntranceOptions): {
	nodes: NodeSource[];
	connections: ConnectionSource[];
} {
	const field = (label: string) => `$json['${label}']`;
	return {
		nodes: [
			exactTrigger(options.triggerName, [0, 0], {
				resource: options.resource,
				division: CURRENT_DIVISION,
				include: options.include,
				pollTimes: { item: [{ mode: 'everyDay', hour: 6, minute: 0 }] },
			}),
			form(FORM, [0, 1], options.formTitle, options.formDescription, [
				{ label: 'From date', name: 'from', type: 'date' },
				{ label: 'To date', name: 'to', type: 'date' },
				{
					label: 'Document numbers',
					name: 'numbers',
					type: 'text',
					placeholder: 'e.g. 1019793, 1019794',
				},
				{ label: 'Send again', name: 'again', type: 'dropdown', options: ['No', 'Yes'] },
			]),
			exactOnline(options.readName, [1, 1], {
				resource: options.resource,
				operation: 'getMany',
				division: CURRENT_DIVISION,
				returnAll: true,
				include: options.include,
				filters: {
					dateFrom: `={{ ${field('From date')} ?? '' }}`,
					dateTo: `={{ ${field('To date')} ?? '' }}`,
					documentNumbers: `={{ ${field('Document numbers')} ?? '' }}`,
				},
			}),
		],
		connections: [
			{ from: options.triggerName, to: CONFIGURE },
			{ from: FORM, to: options.readName },
			{ from: options.readName, to: CONFIGURE },
		],
	};
}
