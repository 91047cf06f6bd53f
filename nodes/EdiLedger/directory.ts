import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CoreError } from '../../lib/errors';
import { getAgreements, getCompanies, getPartners } from '../../lib/ledger';
import type { Ledger, Settings } from '../../lib/ledger';
import { locatorValue } from '../shared';

export type DirectoryKind = 'company' | 'partner' | 'agreement';

interface DirectoryRow {
	readonly name: string;
	readonly retired: boolean;
}

/** The three lists of the directory; what is alike is written once. */
export const DIRECTORY: Readonly<
	Record<
		DirectoryKind,
		{
			readonly one: string;
			readonly many: string;
			readonly list: (ledger: Ledger) => Promise<readonly DirectoryRow[]>;
		}
	>
> = {
	company: {
		one: 'a company',
		many: 'companies',
		list: async (ledger) => await getCompanies(ledger, { retired: true }),
	},
	partner: {
		one: 'a partner',
		many: 'partners',
		list: async (ledger) => await getPartners(ledger, { retired: true }),
	},
	agreement: {
		one: 'an agreement',
		many: 'agreements',
		list: async (ledger) => await getAgreements(ledger, { retired: true }),
	},
};

/** The name in a resource locator; an empty one would silently be nobody. */
export function chosenName(
	context: IExecuteFunctions,
	kind: DirectoryKind,
	itemIndex: number,
): string {
	const name = locatorValue(context.getNodeParameter(kind, itemIndex) as string);
	if (name !== '') return name;
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		`No ${kind} is chosen${itemIndex > 0 ? ` for item ${itemIndex}` : ''}`,
		{ path: kind, hint: `Choose ${DIRECTORY[kind].one} from the list, or give its name.` },
	);
}

export function directoryItem(row: object, outcome: string): INodeExecutionData {
	return { json: { outcome, ...row } as IDataObject };
}

/** The settings of a company or partner; saving an agreement of one that is not there says so. */
export async function partyOf(
	ledger: Ledger,
	kind: 'company' | 'partner',
	name: string,
): Promise<Settings | undefined> {
	const rows =
		kind === 'company'
			? await getCompanies(ledger, { retired: true })
			: await getPartners(ledger, { retired: true });
	return rows.find((row) => row.name === name)?.settings;
}

/** An acknowledgment names its sender by qualifier and ID alone: two partners cannot share them. */
export async function refuseIdOfAnother(
	ledger: Ledger,
	name: string,
	{ receiverQualifier, receiverId }: Settings,
): Promise<void> {
	if (receiverId === undefined || receiverId === '') return;
	const other = (await getPartners(ledger)).find(
		(partner) =>
			partner.name !== name &&
			partner.settings['receiverQualifier'] === receiverQualifier &&
			partner.settings['receiverId'] === receiverId,
	);
	if (other === undefined) return;
	throw new CoreError(
		'LEDGER_SETTING_INVALID',
		`'${name}' cannot have the ID ${String(receiverQualifier)} ${String(receiverId)}: the partner '${other.name}' has it`,
		{
			path: 'identification',
			hint: 'Ask which ID each of the two has, or retire the one that is not used any more.',
		},
	);
}
