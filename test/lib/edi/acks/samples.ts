import { tokenizeX12 } from '../x12/tokenize';
import { DEFAULT_OPTIONS, respondToFile, writeAcknowledgment } from '../../../../lib/edi/acks';
import type { AcknowledgmentOptions, FileResponse, ReadingOptions } from '../../../../lib/edi/acks';

export const IDENTITY = { controlNumber: 123001, date: '20170307', time: '091500' };

/** ISA with its fixed widths; parts can be made wrong on purpose. */
export function isa(over: Partial<Record<number, string>> = {}): string {
	const elements = [
		'00',
		' '.repeat(10),
		'00',
		' '.repeat(10),
		'ZZ',
		'ACME'.padEnd(15),
		'ZZ',
		'MYCOMPANY'.padEnd(15),
		'170306',
		'0811',
		'U',
		'00401',
		'000000042',
		'0',
		'P',
		'>',
	];
	for (const [index, value] of Object.entries(over)) elements[Number(index) - 1] = value!;
	return `ISA*${elements.join('*')}`;
}

export const SET_810 = [
	'ST*810*0001',
	'BIG*20170306*INV-1**PO-7',
	'CUR*BY*EUR',
	'REF*GZ*4000',
	'N1*BY*My Company*92*1000',
	'N3*Dorpsstraat 1',
	'N4*Utrecht**3511AA*NL',
	'ITD*01*3*****30',
	'DTM*011*20170301',
	'IT1*1*2*EA*10.5**VP*A-1',
	'PID*F****Widget',
	'IT1*2*1*EA*5',
	'TDS*2600',
	'CTT*2',
	'SE*15*0001',
];

export interface X12File {
	readonly header: string;
	readonly group: string;
	readonly sets: readonly (readonly string[])[];
	readonly groupEnd: string;
	readonly end: string;
}

export const X12_FILE: X12File = {
	header: isa(),
	group: 'GS*IN*ACME*MYCOMPANY*20170306*0811*42*X*004010',
	sets: [SET_810],
	groupEnd: 'GE*1*42',
	end: 'IEA*1*000000042',
};

export function x12(over: Partial<X12File> = {}): Buffer {
	const file = { ...X12_FILE, ...over };
	const segments = [file.header, file.group, ...file.sets.flat(), file.groupEnd, file.end];
	return Buffer.from(
		segments
			.filter(Boolean)
			.map((segment) => `${segment}~`)
			.join(''),
		'latin1',
	);
}

/** The same file with segment changes: `{ 3: 'REF*…' }` replaces, `{ 3: '' }` leaves out. */
export function x12With(changes: Readonly<Record<number, string | readonly string[]>>): Buffer {
	const set = SET_810.flatMap((segment, index) => changes[index + 1] ?? [segment]).filter(Boolean);
	const count = set.length;
	return x12({
		sets: [set.map((segment) => (segment === 'SE*15*0001' ? `SE*${count}*0001` : segment))],
	});
}

export const MESSAGE_ORDERS = [
	'UNH+1+ORDERS:D:96A:UN',
	'BGM+220+PO-7+9',
	'DTM+137:20170306:102',
	'RFF+CT:77',
	'NAD+BY+8712345000004::9',
	'NAD+SU+8798765000006::9',
	'LIN+1++8711111000001:EN',
	'QTY+21:10:PCE',
	'PRI+AAA:12.5',
	'UNS+S',
	'CNT+2:1',
	'UNT+12+1',
];

export interface EdifactFile {
	readonly una: string;
	readonly header: string;
	readonly group: string;
	readonly messages: readonly (readonly string[])[];
	readonly groupEnd: string;
	readonly end: string;
}

export function edifact(over: Partial<EdifactFile> = {}): Buffer {
	const file: EdifactFile = {
		una: "UNA:+.? '",
		header: 'UNB+UNOC:3+ACME:14+MYCOMPANY:14+170306:0811+REF42',
		group: '',
		messages: [MESSAGE_ORDERS],
		groupEnd: '',
		end: 'UNZ+1+REF42',
		...over,
	};
	const segments = [file.header, file.group, ...file.messages.flat(), file.groupEnd, file.end];
	const body = segments.filter(Boolean).map((segment) => `${segment}'`);
	return Buffer.from(file.una + body.join(''), 'latin1');
}

export function edifactWith(changes: Readonly<Record<number, string | readonly string[]>>): Buffer {
	const message = MESSAGE_ORDERS.flatMap(
		(segment, index) => changes[index + 1] ?? [segment],
	).filter(Boolean);
	const count = message.length;
	return edifact({
		messages: [message.map((segment) => (segment === 'UNT+12+1' ? `UNT+${count}+1` : segment))],
	});
}

export function answer(
	bytes: Uint8Array,
	options: Partial<AcknowledgmentOptions> = {},
	reading: ReadingOptions = {},
): { response: FileResponse; files: Buffer[] } {
	const all = { ...DEFAULT_OPTIONS, ...options };
	const response = respondToFile(bytes, all, reading, 'in.edi');
	const files = response.interchanges
		.flatMap(({ plans }) => plans)
		.map((plan, index) =>
			Buffer.from(
				writeAcknowledgment(
					plan,
					{ ...IDENTITY, controlNumber: IDENTITY.controlNumber + index },
					all,
				),
			),
		);
	return { response, files };
}

/** The segments of the acknowledgment between its envelopes. */
export function answerLines(
	bytes: Uint8Array,
	options: Partial<AcknowledgmentOptions> = {},
	reading: ReadingOptions = {},
): string[] {
	const { files } = answer(bytes, options, reading);
	return files.flatMap((file) => {
		const text = file.toString('latin1');
		return text.startsWith('ISA')
			? tokenizeX12(file)
					.segments.map(({ tag, elements }) => [tag, ...elements].join('*'))
					.filter((line) => !/^(?:ISA|GS|ST|SE|GE|IEA)\*/.test(line))
			: text
					.slice(9)
					.split(/(?<!\?)'/)
					.filter((line) => /^UC/.test(line));
	});
}
