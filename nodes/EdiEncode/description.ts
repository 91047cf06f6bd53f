import type { INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { collectionProperties } from './properties/collections';
import { flowProperties } from './properties/flow';
import { mappingProperties } from './properties/mapping';
import { partnerProperties } from './properties/partner';

export const description: INodeTypeDescription = {
	displayName: 'EDI Encode',
	name: 'ediEncode',
	icon: { light: 'file:../../icons/ediEncode.svg', dark: 'file:../../icons/ediEncode.dark.svg' },
	group: ['transform'],
	version: 1,
	subtitle:
		'={{ $parameter["standard"] === "edifact" ? "EDIFACT" : "X12" }} {{ $parameter["release"] }}',
	description:
		'Turns invoices, purchase orders and payments into X12 or EDIFACT interchanges, checked before they leave',
	defaults: { name: 'EDI Encode' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
	outputNames: ['Encoded', 'Rejected'],
	usableAsTool: true,
	hints: [
		{
			type: 'info',
			location: 'outputPane',
			whenToDisplay: 'afterExecution',
			displayCondition: '={{ $parameter["usage"] === "test" }}',
			message:
				"The files say that they are a test. Set 'Usage' to 'Production' when the partner has accepted them.",
		},
	],
	properties: [
		{
			displayName:
				"Connect the Exact Online node here, with lines and supplier chosen under 'Include'. Fill in the two IDs, run once with 'Dry Run' on, and look at the file.",
			name: 'startNotice',
			type: 'notice',
			default: '',
		},
		...partnerProperties,
		...flowProperties,
		...collectionProperties,
		...mappingProperties,
	],
};
