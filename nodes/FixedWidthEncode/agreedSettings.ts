import { CoreError } from '../../lib/errors';
import {  parseLayout, presetLayout, PRESET_NAMES } from '../../lib/flatfile';
import type {FlatFileFormat} from '../../lib/flatfile';
import type { AgreedItem, LedgerNumbers } from '../shared/ledger';
import { layoutJsonOf,  withOptions } from './layoutParameters';
import type {ReadParameter} from './layoutParameters';
import type { RunSettings } from './settings';

function formatOf({ sentAs, file }: AgreedItem): FlatFileFormat {
	if (sentAs === 'csv' || sentAs === 'fixed-width') return sentAs;
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		`The agreement '${file.agreement}' is about a file of the kind '${sentAs}', which Fixed-Width Encode does not make`,
		{
			path: 'ledger.agreement',
			hint: "Connect 'EDI Encode' here, or choose an agreement for a fixed-width or CSV file in 'Take New or Changed'.",
		},
	);
}

/** The agreement's own layout; else the preset for what the items are; else the layout of the node. */
function layoutJson({ layout }: AgreedItem, resource: string, read: ReadParameter) {
	if (layout !== undefined) return withOptions(layout, read);
	const ownLayout = read('layoutSource', 'preset') !== 'preset';
	if (ownLayout || !(PRESET_NAMES as readonly string[]).includes(resource)) {
		return layoutJsonOf(read);
	}
	return withOptions(presetLayout(resource), read);
}

/**
 * The settings of a run for the items of one agreement. Its files are counted: a flat file has no
 * control number of its own, and its name needs one.
 */
export async function agreedSettings(
	base: RunSettings,
	{ agreed, resource }: { readonly agreed: AgreedItem; readonly resource: string },
	read: ReadParameter,
	reserve: LedgerNumbers,
	versions: readonly string[],
): Promise<RunSettings> {
	const format = formatOf(agreed);
	const layout = parseLayout(layoutJson(agreed, resource || agreed.documentType, read), format);
	const { usage, agreement } = agreed.file;
	const parties = { sender: agreed.company, receiver: agreement };
	const { interchange, giveBack } =
		usage === 'draft'
			? { interchange: 1, giveBack: async () => {} }
			: await reserve({ ...parties, usage, groups: 0, documents: versions });
	return {
		...base,
		format,
		layout,
		filePer: 'partner',
		skipUnchanged: false,
		fileNamePattern: agreed.fileNamePattern ?? base.fileNamePattern,
		sequence: String(interchange),
		agreedFile: { agreed, ...parties, controlNumber: String(interchange), giveBack },
	};
}
