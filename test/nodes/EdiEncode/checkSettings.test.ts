import get from 'lodash/get';
import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INode, INodePropertyOptions } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { EdiEncode } from '../../../nodes/EdiEncode/EdiEncode.node';
import { entry } from '../../lib/mapping/rows';
import { encode, PARTNER } from './support';

const nodeType = new EdiEncode();
const field = nodeType.description.properties.find(({ name }) => name === 'settingsCheck');

/** As n8n answers the editor, which sends the parameters with their expressions resolved. */
async function check(parameters: IDataObject): Promise<INodePropertyOptions[]> {
	const node: INode = {
		id: '1',
		name: 'EDI Encode',
		type: 'ediEncode',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = { currentNodeParameters: { ...PARTNER, ...parameters } };
	const context = new LoadOptionsContext(
		workflow,
		node,
		additionalData as never,
		'parameters.settingsCheck',
	);
	return await nodeType.methods.loadOptions.checkSettings.call(context);
}

test('stands under the IDs; what works without being looked at is under Options', () => {
	const names = [...new Set(nodeType.description.properties.map(({ name }) => name))];
	expect(names.slice(0, 11)).toEqual([
		'startNotice',
		'standard',
		'release',
		'documentType',
		'partner',
		'senderQualifier',
		'senderId',
		'receiverQualifier',
		'receiverId',
		'usage',
		'settingsCheck',
	]);
	expect(names.at(-1)).toBe('options');
});

const EDIFACT = { standard: 'edifact' };
const segments = (...templates: (string | null)[]): IDataObject => ({
	extraSegments: { segment: templates.map((template) => ({ level: 'header', template })) },
});

describe('the field Settings Check', () => {
	test.each<[string, IDataObject]>([
		['X12', segments('REF*ZZ*{ownNumber}')],
		['EDIFACT', { ...EDIFACT, ...segments('RFF+CT:{ownNumber}') }],
		['IDs from the partner profile', { senderId: '', partnerProfile: '{"senderId": "ME"}' }],
	])('finds nothing wrong: %s', async (_name, parameters) => {
		expect(await check(parameters)).toEqual([{ name: 'No problems found', value: '' }]);
	});

	test('takes empty IDs for those of an agreement, and one empty ID for a mistake', async () => {
		const [behindTake] = await check({ senderId: '', receiverId: '' });
		expect(behindTake?.name).toMatch(/^No problems found. .*'Take New or Changed'/);
		expect((await check({ senderId: '' }))[0]?.name).toMatch(/^Problem: .*senderId/);
		const wrong = await check({ senderId: '', receiverId: '', ...segments('REF*ZQQ*{ownNumber}') });
		expect(wrong[0]?.name).toMatch(/^Problem: .*ZQQ/);
	});

	test.each<[string, IDataObject, string]>([
		['X12', segments('REF*ZQQ*{ownNumber}'), 'REF01 "ZQQ" is none of the'],
		['X12', { documentOptions: { glAccountQualifier: 'G2Z' } }, `'glAccountQualifier' is "G2Z"`],
		['X12', { codeMaps: { units: [{ from: 'pc', to: 'PCS' }] } }, 'PO103'],
		['X12', { receiverId: 'A'.repeat(16) }, "'receiverId' must have 1 to 15"],
		['EDIFACT', { ...EDIFACT, ...segments('QQQ+1') }, 'has no segment "QQQ"'],
		['EDIFACT', { ...EDIFACT, senderId: 'A'.repeat(40) }, 'senderId'],
	])('says what is wrong, as the run does: %s %j', async (_name, parameters, part) => {
		const [summary, ...more] = await check(parameters);
		expect(more).toEqual([]);
		expect(summary).toMatchObject({ value: '', name: expect.stringContaining(part) as unknown });
		const { error } = await encode([entry()], parameters);
		expect(summary?.name).toBe(`Problem: ${error?.message}`);
	});

	test('lists the problems of several settings at once', async () => {
		const options = await check({
			senderId: '',
			documentOptions: { costCenterQualifier: 'G2Z' },
			...segments('REF*ZQQ*1'),
			defaults: { default: [{ field: 'suplier.gln', value: '1' }] },
			partnerProfile: '[1]',
		});
		expect(options).toHaveLength(4);
		expect(options[0]?.name).toMatch(/^4 problems, the first: .*'Partner Profile'/);
		expect(options.slice(1).map(({ disabled }) => disabled)).toEqual([true, true, true]);
		expect(new Set(options.map(({ value }) => value)).size).toBe(4);
		const text = options.map(({ name }) => name).join('\n');
		for (const part of ['REF01 "ZQQ"', 'costCenterQualifier', 'suplier.gln']) {
			expect(text).toContain(part);
		}
	});

	test('is silent on what only the run knows, and says so', async () => {
		const options = await check({
			senderId: null,
			receiverId: undefined,
			...segments(null, 'REF*ZZ*1'),
			partnerProfile: null,
		} as unknown as IDataObject);
		expect(options.map(({ name }) => name)).toEqual([
			'No problems found',
			'Not checked, as their values are known to the run only: senderId, extraSegments.segment[0].template, partnerProfile',
		]);
	});

	test('answers also where a setting is nonsense', async () => {
		const [summary] = await check({ codeMaps: { units: 'PCS' } });
		expect(summary?.name).toMatch(/^Problem: /);
	});

	test('has no effect on the run', async () => {
		const { encoded, error } = await encode([entry()], { settingsCheck: 'finding 2' });
		expect(error).toBeUndefined();
		expect(encoded).toHaveLength(1);
	});

	test('is asked again when a text in any checked setting changes', () => {
		const watched = field?.typeOptions?.loadOptionsDependsOn ?? [];
		/** How the editor notices a change. */
		const seen = (parameters: IDataObject): string =>
			watched.map((path) => String(get(parameters, path))).join('|');
		const before = seen(PARTNER);
		for (const change of [
			{ standard: 'edifact' },
			{ senderId: 'OTHER' },
			{ partnerProfile: '{}' },
			{ documentOptions: { glAccountQualifier: '12' } },
			{ characterOptions: { releaseCharacter: '!' } },
			{ envelopeOptions: { groupVersion: '004010VICS' } },
			{ codeMaps: { parties: [{ id: 'V-1' }] } },
			{ defaults: { default: [{ field: 'buyer.gln' }] } },
			segments('REF*ZZ*1', 'REF*ZZ*2'),
		]) {
			expect(seen({ ...PARTNER, ...change })).not.toBe(before);
		}
		expect(seen(segments('REF*ZZ*1'))).not.toBe(seen(segments('REF*ZZ*2')));
	});
});
