import type { INodeProperties } from 'n8n-workflow';
import { RESOURCES } from '../../lib/exact';
import { divisionProperty, includeProperties, resourceProperty } from '../shared/exactOnline';

const withLines = Object.values(RESOURCES)
	.filter(({ joins }) => joins.some((join) => join.include === 'lines'))
	.map(({ name }) => name);

const withDeletions = Object.values(RESOURCES)
	.filter(
		({ deletedEntityType, deltas }) =>
			deletedEntityType !== undefined || deltas[0]?.method === 'hash',
	)
	.map(({ name }) => name);

const byStream = Object.values(RESOURCES)
	.filter(({ name, deltas }) => name !== 'purchaseEntry' && deltas[0]?.method === 'timestamp')
	.map(({ name }) => name);

export const properties: INodeProperties[] = [
	resourceProperty,
	divisionProperty,
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Beginning',
				value: 'beginning',
				description: 'Everything that is there, then every change',
			},
			{
				name: 'Cursor',
				value: 'cursor',
				description: 'From where an earlier item was; each item carries its cursor',
			},
			{ name: 'Date', value: 'date', description: 'What was changed since a date' },
			{ name: 'Now', value: 'now', description: 'What is changed from now on' },
		],
		default: 'now',
		description: 'Counts when the workflow is activated for the first time, and when it is changed',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		displayOptions: { show: { startFrom: ['date'] } },
	},
	{
		displayName: 'Cursor',
		name: 'startCursor',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. purchaseEntry/123456/modified/2026-01-31T08:00:00.000',
		displayOptions: { show: { startFrom: ['cursor'] } },
	},
	{
		displayName: 'Detect Changes By',
		name: 'detectBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Document Header',
				value: 'modified',
				description: 'When the entry itself was modified; the fewest calls',
			},
			{
				name: 'Ledger Transactions',
				value: 'timestamp',
				description: 'Sees an edited line too, because lines carry no date of change of their own',
			},
		],
		default: 'modified',
		displayOptions: { show: { resource: ['purchaseEntry'] } },
	},
	{
		displayName: 'Detect Changes By',
		name: 'detectBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Change Stream',
				value: 'timestamp',
				description: "Exact's sync endpoint: row versions, 1,000 rows per call",
			},
			{
				name: 'Date of Change',
				value: 'modified',
				description: 'For packages without the sync endpoint',
			},
		],
		default: 'timestamp',
		displayOptions: { show: { resource: byStream } },
	},
	...includeProperties({}),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Raw',
				value: 'raw',
				description: 'As Exact sends it, with its own dates and metadata',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'ISO dates, trimmed codes, no metadata',
			},
		],
		default: 'simplified',
	},
	{
		displayName: 'One Item per Line',
		name: 'onePerLine',
		type: 'boolean',
		default: false,
		description: 'Whether each line becomes an item of its own, with the fields of its document',
		displayOptions: { show: { resource: withLines } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Dates of Exact',
				name: 'dateEncoding',
				type: 'options',
				options: [
					{ name: 'Amsterdam Time', value: 'amsterdam' },
					{ name: 'UTC', value: 'utc' },
				],
				default: 'amsterdam',
				description:
					'How Exact writes Created and Modified. Its documentation says Amsterdam time; some clients read it as UTC. Days are never shifted.',
			},
			{
				displayName: 'Emit Deletions',
				name: 'deletions',
				type: 'boolean',
				default: false,
				description:
					'Whether deleted records leave as items with the outcome "deleted", where Exact logs them',
				displayOptions: { show: { '/resource': withDeletions } },
			},
			{
				displayName: 'More Divisions',
				name: 'moreDivisions',
				type: 'string',
				default: '',
				placeholder: 'e.g. 123457, 123458',
				description: 'Numbers of further divisions that this trigger watches',
			},
			{
				displayName: 'Overlap (Minutes)',
				name: 'overlapMinutes',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1440 },
				default: 5,
				description:
					'How far each poll looks back beyond the last date of change, for changes that Exact stores late. What was handed over is not handed over twice.',
			},
		],
	},
];
