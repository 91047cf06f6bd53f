import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { type FlatFileFormat, type LayoutJson, parseLayout, presetLayout } from '../../lib/flatfile';
import { agreementsOf, type AgreedItem } from '../shared/ledger';
import { readSettings, type RunSettings } from './settings';

/** What an item that *Take New or Changed* handed out is written by. */
export interface AgreedRun {
	readonly settings: RunSettings;
	readonly item: AgreedItem;
}

const resourceOf = ({ document }: IDataObject): string => {
	const { resource } = (document ?? {}) as IDataObject;
	return typeof resource === 'string' ? resource : '';
};

/** The layout of the agreement; without one the preset of what the item is, so that lists share a node. */
function settingsOf(context: IExecuteFunctions, item: AgreedItem, resource: string): RunSettings {
	const format: FlatFileFormat = item.sentAs === 'csv' ? 'csv' : 'fixed-width';
	const layout = (item.layout as LayoutJson | undefined) ?? presetLayout(resource);
	const { fileNamePattern } = item;
	return readSettings(context, { format, layout: parseLayout(layout, format), fileNamePattern });
}

/** Reads each agreement and layout once; undefined for items that came without a ledger. */
export async function agreedLayouts(
	context: IExecuteFunctions,
): Promise<(json: IDataObject) => AgreedRun | undefined> {
	const agreements = await agreementsOf(context);
	const known = new Map<string, RunSettings>();
	return (json) => {
		const item = agreements?.of(json);
		if (item === undefined) return undefined;
		const resource = resourceOf(json);
		const key = `${item.file.agreementVersion}:${resource}`;
		const settings = known.get(key) ?? settingsOf(context, item, resource);
		known.set(key, settings);
		return { settings, item };
	};
}
