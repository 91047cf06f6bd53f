import type { Execution, FormFields } from '../n8n/index.ts';
import { acknowledgment, partnerOrder, partnerOrderMessage } from './partner.ts';
import type { DepositedFile } from './report.ts';

/** How the demo uses a template. A template that is not named here is imported, but not run. */
export interface Plan {
	/** File name without `.json` begins with this. */
	readonly number: string;
	/** Which agreement is chosen in *Take new or changed*: what the partner gets. */
	readonly agreement?: string;
	/** Fills in its form, page by page; several times where there are several. */
	readonly forms?:
		| readonly (readonly FormFields[])[]
		| ((deposited: readonly DepositedFile[]) => readonly (readonly FormFields[])[]);
	/** Without a form: the trigger it is run from by hand. */
	readonly trigger?: string;
	/** What the partner does on its server before the template runs: path and content, null removes. */
	readonly place?: (
		deposited: readonly DepositedFile[],
		read: (path: string) => string,
	) => Readonly<Record<string, string | null>>;
	/** Executions may end this way without failing the demo. */
	readonly mayEndWith?: readonly Execution['status'][];
}

export const COMPANY = 'Zandbak';
export const PARTNER = 'PARTNER';

const FLAT = `${COMPANY} to ${PARTNER}: fixed-width`;

/** An agreement for each of what the partner gets; the exports find theirs by what it is. */
const SET_UP: FormFields[] = [
	{
		'Your company': COMPANY,
		'Your ID': 'MYCOMPANY',
		Partner: PARTNER,
		'Partner ID': 'PARTNER',
		'What it gets': [
			'Purchase invoices as X12 810',
			'Payments as X12 820',
			'Purchase orders as X12 850',
			'Purchase invoices as EDIFACT INVOIC',
			'Fixed-width file',
		],
		'Folder on its server': '/inbound',
		'Send documents from': '2000-01-01',
		Stage: 'Test',
	},
	{ 'Save it?': 'Yes' },
];

const EVERYTHING: readonly FormFields[] = [
	{ 'From date': '2000-01-01', 'To date': '2099-12-31', 'Only these numbers': '' },
	{ 'Send them?': 'Yes' },
];
const LOOK_FIRST: readonly FormFields[] = [
	...EVERYTHING.slice(0, 1),
	{ 'Send them?': 'No, only show me' },
];

/** In this order: the directory first, what looks at the ledger last. */
export const PLANS: readonly Plan[] = [
	{ number: '12' },
	{ number: '00-set-up', forms: [SET_UP] },
	{ number: '01', forms: [LOOK_FIRST, EVERYTHING] },
	{ number: '02', forms: [EVERYTHING] },
	{ number: '03', forms: [EVERYTHING] },
	{ number: '04', forms: [EVERYTHING] },
	{ number: '05', agreement: FLAT, forms: [EVERYTHING] },
	{ number: '06', agreement: FLAT, forms: [EVERYTHING] },
	{
		number: '07',
		trigger: 'Every 15 minutes',
		place: () => ({
			'outbound/850_PARTNER_501.edi': partnerOrder(),
			'outbound/ORDERS_PARTNER_601.edi': partnerOrderMessage(),
		}),
	},
	{
		number: '08',
		trigger: 'Every 15 minutes',
		place: (deposited, read): Record<string, string> => {
			const invoices = deposited.find((file) => file.path.includes('810_'));
			if (invoices === undefined) return {};
			return {
				'outbound/997_PARTNER_9001.edi': acknowledgment(read(invoices.path), { refuseLast: true }),
			};
		},
	},
	{
		// The receiver takes the purchase orders: from inbound to processed.
		number: '09',
		trigger: 'Every hour',
		place: (deposited, read) => {
			const orders = deposited.find((file) => file.path.includes('850_'));
			return orders
				? {
						[orders.path.replace('/inbound/', '/processed/')]: read(orders.path),
						[orders.path]: null,
					}
				: {};
		},
	},
	{
		// The first file once more: the same bytes are there already.
		number: '10',
		forms: ([file]): readonly (readonly FormFields[])[] =>
			file === undefined
				? []
				: [
						[
							{ Partner: '', File: file.path.split('/').at(-1) ?? '' },
							{ 'Send again?': 'Yes', Reason: 'The partner asked for it' },
						],
					],
	},
];
