import type { INodeProperties } from 'n8n-workflow';
import { RESOURCES } from '../../lib/exact';
import {
	dateEncodingOption,
	divisionProperty,
	includeProperties,
	onePerLineProperty,
	RAW,
	resourceProperty,
	resourcesWhere,
	SIMPLIFIED,
} from '../shared/exactOnline';

const withDeletions = resourcesWhere(
	({ deletedEntityType, deltas }) =>
		deletedEntityType !== undefined || deltas[0]?.method === 'hash',
);

const byStream = resourcesWhere(
	({ name, deltas }) => name !== 'purchaseEntry' && deltas[0]?.method === 'timestamp',
);

const NAMES = Object.fromEntries(
	Object.values(RESOURCES).map(({ name, plural }) => [name, `Changed ${plural}`]),
);

/** In words, for the canvas, which has room for 25 characters. A new one is a change, too. */
export const SUBTITLE = `={{ (${JSON.stringify(NAMES)})[$parameter["resource"]] }}`;

export const properties: INodeProperties[] = [
	resourceProperty,
	{
		displayName: 'Divisions',
		name: 'divisions',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'All of the Connected User',
				value: 'all',
				description: 'Every active company the user and the app may read, new ones too',
			},
			{
				name: 'By Name',
				value: 'byName',
				description: 'The companies whose name matches a pattern, new ones too',
			},
			{ name: 'One', value: 'one' },
			{ name: 'Several', value: 'several', description: 'The companies with these numbers' },
		],
		default: 'one',
		description:
			'Which companies to watch. Several are read in turns, within the calls that Exact allows.',
	},
	{ ...divisionProperty, displayOptions: { show: { divisions: ['one'] } } },
	{
		displayName: 'Division Numbers',
		name: 'divisionNumbers',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 123456, 123457',
		displayOptions: { show: { divisions: ['several'] } },
	},
	{
		displayName: 'Name Pattern',
		name: 'divisionPattern',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. *Holding*',
		description: 'Part of the name of the company or its customer; * stands for anything',
		displayOptions: { show: { divisions: ['byName'] } },
	},
	{
		displayName:
			'An idle poll is one call per division: every minute makes 1,440 of the 5,000 that Exact allows a day. Exact is asked rarely again for what it refused.',
		name: 'scheduleNotice',
		type: 'notice',
		default: '',
	},
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
		description: "From the beginning of this day, in Exact's own time zone",
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
		options: [RAW, SIMPLIFIED],
		default: 'simplified',
	},
	onePerLineProperty(),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			dateEncodingOption,
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
