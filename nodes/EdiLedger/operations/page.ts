import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { failurePage, ledgerPage } from '../../../lib/page';
import type { PageAnswer } from '../../../lib/page';
import { writeBinaryFile } from '../../shared';
import { ledgerPorts } from '../../shared/ledger';
import { text } from '../fields';
import type { LedgerOperation } from '../operation';
import { asOutput } from '../outputs';

export const pageOperation: LedgerOperation = {
	name: 'Page',
	action: 'Make the ledger page',
	description:
		'A web page of what was sent and what waits, for a Webhook and a Respond to Webhook node. It changes nothing.',
	properties: [
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '={{ $json.query }}',
			description: 'What the browser asked for, as the Webhook node gives it',
		},
		text('Only Company', 'onlyCompany', 'Show nothing of other companies', {
			placeholder: 'empty for all',
		}),
		text('Only Partner', 'onlyPartner', 'Show nothing of other partners', {
			placeholder: 'empty for all',
		}),
		text(
			'Replay Form',
			'replayForm',
			"Address of the form of the replay workflow, for 'Send again'",
			{ placeholder: 'e.g. https://n8n.example.com/form/replay' },
		),
	],
	execute: async ({ context, ledger }) => {
		const given: unknown = context.getNodeParameter('query', 0, {});
		const query: unknown = typeof given === 'string' ? parsed(given) : given;
		const read = (name: string) => String(context.getNodeParameter(name, 0, '')).trim();
		const answer = await ledgerPage(ledger, query, {
			timeZone: context.getTimezone(),
			now: ledgerPorts.now(),
			onlyCompany: read('onlyCompany'),
			onlyPartner: read('onlyPartner'),
			replayForm: read('replayForm'),
		});
		return [await pageItems(context, answer)];
	},
	onFailure: async (context, error) => [await pageItems(context, failurePage(error))],
};

async function pageItems(
	context: IExecuteFunctions,
	answer: PageAnswer,
): Promise<INodeExecutionData[]> {
	const { body, fileName, contentType, contentDisposition, status } = answer;
	const data = await writeBinaryFile(context, body, fileName, contentType);
	const json = {
		outcome: status === 200 ? 'made' : 'not there',
		status,
		headers: { contentType, contentDisposition },
	} as IDataObject;
	return asOutput(context, [{ json, binary: { data } }]);
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return {};
	}
}
