import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { documentHead } from '../../../lib/mapping';
import { EdiEncode } from '../../../nodes/EdiEncode/EdiEncode.node';
import { EdiLedger } from '../../../nodes/EdiLedger/EdiLedger.node';
import { entry } from '../../lib/mapping/rows';
import { runNode } from '../../support/runWorkflow';
import type { NodeRun, WorkflowRunOptions } from '../../support/runWorkflow';

/** Each test has an n8n folder of its own, and so an open ledger of its own. */
export function useOwnFolder(): { readonly folder: string } {
	const own = { folder: '' };
	const { N8N_USER_FOLDER } = process.env;
	beforeEach(() => {
		own.folder = mkdtempSync(path.join(tmpdir(), 'edi-ledger-'));
		process.env.N8N_USER_FOLDER = own.folder;
	});
	afterEach(() => {
		if (N8N_USER_FOLDER === undefined) delete process.env.N8N_USER_FOLDER;
		else process.env.N8N_USER_FOLDER = N8N_USER_FOLDER;
		rmSync(own.folder, { recursive: true, force: true });
	});
	return own;
}

type Options = WorkflowRunOptions & { onError?: 'continueRegularOutput' };

export async function ledger(
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	items: INodeExecutionData[] = [{ json: {} }],
	options: Options = {},
): Promise<NodeRun> {
	return await runNode(new EdiLedger(), { resource, operation, ...parameters }, items, options);
}

/** The only item's fields; the error of a run that failed. */
export function only({ outputs, error }: NodeRun): IDataObject {
	if (error !== undefined) throw error;
	return outputs[0]?.[0]?.json ?? {};
}

export const ACME = 'Jansen BV to ACME: X12 810';

/** A company, a partner and an agreement that may send what is made. */
export async function setUp(
	parameters: IDataObject = {},
	settings: IDataObject = { stage: 'test' },
	options: Options = {},
): Promise<IDataObject> {
	const names = {
		companyName: 'Jansen BV',
		companyIdentification: 'JANSEN',
		partnerName: 'ACME',
		partnerIdentification: 'ACMEID',
	};
	// The documents of the tests are of 2017.
	const given = { ...names, settings: { sendFrom: '2017-01-01', ...settings }, ...parameters };
	return only(await ledger('agreement', 'setUp', given, undefined, options));
}

/** An item as the Exact Online node gives it. */
export function invoice(number: number, more: IDataObject = {}): INodeExecutionData {
	const row = entry({
		EntryID: `e${number}`,
		EntryNumber: 20170000 + number,
		YourRef: `INV-${number}`,
		...more,
	});
	const document = documentHead('purchaseEntry', row);
	return { json: { outcome: 'read', ...row, document } as unknown as IDataObject };
}

export const invoices = (...numbers: number[]): INodeExecutionData[] =>
	numbers.map((number) => invoice(number));

export interface Taken {
	readonly taken: INodeExecutionData[];
	/** The one item of the second output. */
	readonly left: IDataObject | undefined;
	readonly error: Error | undefined;
}

export async function take(
	items: INodeExecutionData[],
	parameters: IDataObject = {},
	options: Options = {},
): Promise<Taken> {
	const agreement = { mode: 'name', value: ACME };
	const run = await ledger('document', 'take', { agreement, ...parameters }, items, options);
	const [taken = [], left = []] = run.outputs;
	return { taken, left: left[0]?.json, error: run.error };
}

export async function encodeTaken(
	items: INodeExecutionData[],
	options: Options = {},
	parameters: IDataObject = {},
): Promise<{ encoded: INodeExecutionData[]; rejected: INodeExecutionData[]; error?: Error }> {
	const { outputs, error } = await runNode(new EdiEncode(), parameters, items, options);
	const [encoded = [], rejected = []] = outputs;
	return { encoded, rejected, ...(error === undefined ? {} : { error }) };
}

export const numbersOf = (items: readonly INodeExecutionData[]): string[] =>
	items.map(({ json }) => String((json.document as IDataObject).number)).sort();
