import type { Execution } from '../n8n/index.ts';
import { acknowledgment, partnerOrder, partnerOrderMessage } from './partner.ts';
import type { DepositedFile } from './report.ts';

export type FormValues = Readonly<Record<string, string>>;

/** How the demo uses a template. A template that is not named here is imported, but not run. */
export interface Plan {
	/** File name without `.json` begins with this. */
	readonly number: string;
	/** Values of the `Configure me` node; every field has to exist. */
	readonly configure?: Readonly<Record<string, unknown>>;
	/** More of them for the company that comes with the demo, which is small. */
	readonly configureDemoCompany?: Readonly<Record<string, unknown>>;
	/** Fields of the form on demand, by label; undefined: no run of its own. */
	readonly form?: FormValues | ((deposited: readonly DepositedFile[]) => FormValues | undefined);
	/** What the partner does on its server before the template runs: path and content, null removes. */
	readonly place?: (
		deposited: readonly DepositedFile[],
		read: (path: string) => string,
	) => Readonly<Record<string, string | null>>;
	/** Executions may end this way without failing the demo. */
	readonly mayEndWith?: readonly Execution['status'][];
}

const EVERYTHING = { 'From date': '2000-01-01', 'To date': '2099-12-31' } as const;

/** In this order: what others call comes first, what looks at the ledger last. */
export const PLANS: readonly Plan[] = [
	{ number: 'S1' },
	{ number: '12' },
	{ number: '01', form: EVERYTHING },
	{ number: '02', form: EVERYTHING },
	{ number: '03', form: EVERYTHING },
	// Another partner: the ledger keeps a document from being sent twice to the same one.
	{ number: '04', form: EVERYTHING, configure: { 'config.partner': 'PARTNER-EDIFACT' } },
	{ number: '05', form: EVERYTHING },
	// All ledger lines, where there are few: each gets a row in the ledger of what was sent.
	{ number: '06', form: {}, configureDemoCompany: { 'config.ledgerLineDays': 9000 } },
	{
		number: '07',
		form: {},
		place: () => ({
			'outbound/850_PARTNER_501.edi': partnerOrder(),
			'outbound/ORDERS_PARTNER_601.edi': partnerOrderMessage(),
		}),
	},
	{
		number: '08',
		form: {},
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
		form: {},
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
		form: ([file]) =>
			file && {
				'File name, control number or document number': file.path.split('/').at(-1) ?? '',
				'Also when it was delivered': 'Yes',
			},
	},
	// Far enough back for any ledger; everything was sent, so nothing may be sent.
	{ number: '11', form: {}, configure: { 'config.sweepDays': 9000 } },
];
