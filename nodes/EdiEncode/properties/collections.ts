import type { INodeProperties } from 'n8n-workflow';
import { settingFields } from '../../shared';
import type { StandardName } from '../standards';
import { collectionName, GROUP_LABELS, settingProperty } from './settingProperty';
import { forEdifact, forX12 } from './partner';

const SHOWN = { x12: forX12, edifact: forEdifact } as const;

function collection(standard: StandardName, group: keyof typeof GROUP_LABELS): INodeProperties {
	const fields = settingFields(standard).filter((field) => field.group === group);
	return {
		displayName: GROUP_LABELS[group],
		name: collectionName(group),
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: SHOWN[standard],
		options: fields.map(settingProperty).sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** What the partner's guideline may ask for beyond the IDs: one field for each row of the settings. */
export const collectionProperties: INodeProperties[] = (
	['envelope', 'characters', 'document'] as const
).flatMap((group) => [collection('x12', group), collection('edifact', group)]);
