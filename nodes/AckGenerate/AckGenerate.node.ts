import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { commonestReason, forEachItem } from '../shared';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { properties } from './description';
import { OPERATIONS } from './operations';

export class AckGenerate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ack Generate',
		name: 'ackGenerate',
		icon: {
			light: 'file:../../icons/ackGenerate.svg',
			dark: 'file:../../icons/ackGenerate.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ {"generate": "generate", "generateOnBehalf": "generate on behalf", "reconcile": "reconcile"}[$parameter["operation"]] }}',
		description:
			'Checks EDI files that came in and answers them with 997, 999, TA1 or CONTRL; reads the acknowledgments partners send',
		defaults: { name: 'Ack Generate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Answers', 'Other Files'],
		usableAsTool: true,
		credentials: [{ name: LEDGER_CREDENTIAL, required: false }],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const results = await forEachItem(this, async (itemIndex, item) => {
			const operation = this.getNodeParameter('operation', itemIndex, 'generate') as string;
			return (await OPERATIONS[operation]?.execute(this, itemIndex, item)) ?? [];
		});
		const isAcknowledgment = ({ json }: INodeExecutionData) =>
			json.outcome === 'acknowledged' || json.acknowledgment !== undefined;
		// What has no answer, or is none, must not be deposited or recorded as one.
		const others = results.filter((item) => !isAcknowledgment(item));
		const refused = others
			.map(({ json }) => ({ issues: (json.issues ?? []) as object[] }))
			.filter(({ issues }) => issues.length > 0);
		if (refused.length > 0) {
			this.addExecutionHints({
				type: 'warning',
				location: 'outputPane',
				message: commonestReason(refused, {
					one: 'file could not be dealt with',
					many: 'files could not be dealt with',
					output: 'Other Files',
				}),
			});
		}
		return [results.filter(isAcknowledgment), others];
	}
}
