import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { toNodeError } from '../shared';
import { CREDENTIAL, searchDivisions } from '../shared/exactOnline';
import { LEDGER_CREDENTIAL } from '../shared/ledger';
import { properties, SUBTITLE } from './description';
import type { TriggerState } from './pollItems';
import { pollItems, sample } from './pollItems';

/** n8n starts a poll while a slow one is still running: the later one leaves the cursor alone. */
const inFlight = new Set<string>();

export class ExactOnlineTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Exact Online Trigger',
		name: 'exactOnlineTrigger',
		icon: {
			light: 'file:../../icons/exactOnline.svg',
			dark: 'file:../../icons/exactOnline.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Start the workflow when purchase, payment or ledger data changes in Exact Online',
		defaults: { name: 'Exact Online Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: CREDENTIAL, required: true },
			{ name: LEDGER_CREDENTIAL, required: false },
		],
		properties,
	};

	methods = { listSearch: { searchDivisions } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const id = `${this.getWorkflow().id ?? ''}/${this.getNode().id}`;
		if (inFlight.has(id)) return null;
		inFlight.add(id);
		try {
			if (this.getMode() === 'manual') {
				const items = await sample(this);
				return items === null ? null : [items];
			}
			const kept = this.getWorkflowStaticData('node');
			// Through JSON: n8n hands out observing proxies, which cannot be cloned otherwise.
			const before = JSON.parse(
				JSON.stringify(kept.exact ?? { divisions: {}, turn: 0 }),
			) as TriggerState;
			const { items, state, failure } = await pollItems(this, before);
			// With nothing to hand over the state skips nothing: one division's failure does not undo the
			// others' "now".
			kept.exact = state as never;
			if (failure !== undefined) throw failure;
			return items.length === 0 ? null : [items];
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		} finally {
			inFlight.delete(id);
		}
	}
}
