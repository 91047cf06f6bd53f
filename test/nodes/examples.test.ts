import type { ICredentialType, IDataObject, INodeProperties, INodeType } from 'n8n-workflow';
import { ExactOnlineOAuth2Api } from '../../credentials/ExactOnlineOAuth2Api.credentials';
import { SftpVerifiedApi } from '../../credentials/SftpVerifiedApi.credentials';
import {
	checkFolder,
	checkSettings,
	DEFAULT_DEPOSIT,
	formatFileName,
	parseMode,
	parsePinnedHostKeys,
} from '../../lib/delivery';
import { edifactEncoder } from '../../lib/edi/edifact';
import { readControlNumbers } from '../../lib/edi/partner';
import { x12Encoder } from '../../lib/edi/x12';
import {
	anyPathOf,
	assertDivision,
	attachmentFileName,
	getMany,
	getOne,
	parseBaseUrl,
	RESOURCES,
	startState,
} from '../../lib/exact';
import type { Reader } from '../../lib/exact';
import { readEncoding, readGenerateSettings } from '../../nodes/AckGenerate/settings';
import { AckGenerate } from '../../nodes/AckGenerate/AckGenerate.node';
import { EdiEncode } from '../../nodes/EdiEncode/EdiEncode.node';
import { readChange, readDefaults, readProfile } from '../../nodes/EdiEncode/settings';
import { ExactOnline } from '../../nodes/ExactOnline/ExactOnline.node';
import { ExactOnlineTrigger } from '../../nodes/ExactOnlineTrigger/ExactOnlineTrigger.node';
import { FixedWidthEncode } from '../../nodes/FixedWidthEncode/FixedWidthEncode.node';
import { layoutOf } from '../../nodes/FixedWidthEncode/layoutParameters';
import { SftpDeposit } from '../../nodes/SftpDeposit/SftpDeposit.node';

const TYPES: Readonly<Record<string, INodeType | ICredentialType>> = {
	AckGenerate: new AckGenerate(),
	EdiEncode: new EdiEncode(),
	ExactOnline: new ExactOnline(),
	ExactOnlineTrigger: new ExactOnlineTrigger(),
	FixedWidthEncode: new FixedWidthEncode(),
	SftpDeposit: new SftpDeposit(),
	ExactOnlineOAuth2Api: new ExactOnlineOAuth2Api(),
	SftpVerifiedApi: new SftpVerifiedApi(),
};

interface Example {
	/** `EdiEncode codeMaps.units.to` */
	readonly at: string;
	readonly text: string;
	/** X12, EDIFACT … as the display options of the field around it say. */
	readonly standard: unknown;
}

function examplesIn(
	properties: readonly INodeProperties[],
	at: string,
	standard?: unknown,
): Example[] {
	return properties.flatMap((property): Example[] => {
		const own = `${at}${property.name}`;
		const shown = property.displayOptions?.show?.['standard']?.[0] ?? standard;
		const texts = [property.placeholder, ...(property.modes ?? []).map((mode) => mode.placeholder)];
		const examples = texts
			.filter((text) => text?.startsWith('e.g. '))
			.flatMap((text = '') => {
				const example = text.slice('e.g. '.length);
				const byStandard = [...example.matchAll(/(\S+) in (X12|EDIFACT)/g)];
				if (byStandard.length === 0) return [{ at: own, text: example, standard: shown }];
				return byStandard.map(([, one = '', name = '']) => ({
					at: own,
					text: one,
					standard: name.toLowerCase(),
				}));
			});
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return examplesIn(option.values, `${own}.${option.name}.`, shown);
			return 'type' in option ? examplesIn([option as INodeProperties], `${own}.`, shown) : [];
		});
		return [...examples, ...inner];
	});
}

const examples = Object.entries(TYPES).flatMap(([name, type]) =>
	examplesIn('description' in type ? type.description.properties : type.properties, `${name} `),
);

/** An expression as n8n would evaluate it over this item; anything else is the text itself. */
function valueOf(text: string): unknown {
	const expression = /^\{\{(.*)\}\}$/.exec(text)?.[1];
	if (expression === undefined) return text;
	const item = {
		controlNumber: '000000042',
		known: true,
		partnerProfile: { senderId: 'MYCOMPANY', receiverId: 'PARTNER' },
	};
	return new Function('$json', `return ${expression}`)(item) as unknown;
}

/** What a node reads when only these parameters are set. */
function contextWith(parameters: IDataObject): never {
	const context = {
		getNodeParameter: (name: string, _index: number, fallback?: unknown) =>
			parameters[name] ?? fallback,
		getInputData: () => [{ json: {} }],
		getTimezone: () => 'Europe/Amsterdam',
	};
	return context as never;
}

const IDS = { senderId: 'MYCOMPANY', receiverId: 'PARTNER' };

/** Reads the partner settings as EDI Encode does, in the standards that the field is shown for. */
function ediProfile(parameters: (value: unknown) => IDataObject) {
	return (value: unknown, { standard }: Example): void => {
		const encoders = { x12: x12Encoder, edifact: edifactEncoder };
		const wanted = standard === undefined ? ['x12'] : [String(standard)];
		for (const name of wanted as (keyof typeof encoders)[]) {
			const all: IDataObject = { ...IDS, standard: name, ...parameters(value) };
			const { profile } = readProfile((key, fallback) => all[key] ?? fallback);
			encoders[name].normalizeProfile(profile);
		}
	};
}

const codeMap = (group: string, row: (value: unknown) => IDataObject) =>
	ediProfile((value) => ({ codeMaps: { [group]: [row(value)] } }));
const extraSegment = (row: (value: unknown) => IDataObject) =>
	ediProfile((value) => ({
		extraSegments: {
			segment: [{ level: 'header', template: 'REF*ZZ*{ownNumber}', ...row(value) }],
		},
	}));

function ackOption(name: string) {
	return (value: unknown): void => {
		readGenerateSettings(contextWith({ options: { [name]: value } as IDataObject }), 0, false);
	};
}

/** The filter as Exact is asked for it. */
async function exactFilter(filters: object): Promise<void> {
	const asked: string[] = [];
	const rows = [{ ID: '00000000-0000-4000-8000-000000000001', EntryID: 'x' }];
	const reader = {
		encoding: 'amsterdam',
		page: () => Promise.resolve({ rows }),
		pages: async function* (_target: unknown, { filter }: { filter?: string }) {
			asked.push(filter ?? '');
			yield await Promise.resolve({ rows });
		},
	} as unknown as Reader;
	await getMany(reader, RESOURCES.purchaseEntry, { filters, includes: [] });
	expect(asked.join()).not.toBe('');
}

function layoutField(field: (value: unknown) => IDataObject) {
	return (value: unknown): void => {
		const number = { name: 'number', type: 'text', width: 20, source: 'InvoiceNumber' };
		const amount = {
			record: 'subDetail',
			name: 'amount',
			type: 'decimal',
			width: 12,
			source: 'AmountFC',
		};
		const row = { name: 'field', type: 'text', width: 20, source: 'supplier.Name' };
		const fields = [number, { ...row, ...field(value) }, amount];
		const parameters: IDataObject = { layoutSource: 'editor', editorFields: { fields } };
		layoutOf((name, fallback) => parameters[name] ?? fallback);
	};
}

function layoutOption(name: string) {
	return (value: unknown): void => {
		const parameters: IDataObject = { layoutOptions: { [name]: value } as IDataObject };
		layoutOf((key, fallback) => parameters[key] ?? fallback);
	};
}

const fileName = (value: unknown): void => {
	formatFileName(String(value), {
		transactionSet: '810',
		partner: 'ACME',
		controlNumber: '000123001',
		date: '20260301',
		sequence: '17',
	});
};
const folder = (value: unknown): void => {
	checkFolder(String(value));
};
const numbers = (value: unknown): void => {
	readControlNumbers(value, 'ACME');
};
const edifactOption = (name: string) =>
	ediProfile((value) => ({ envelopeOptions: { [name]: value } as IDataObject }));
const deposit =
	(settings: (value: string) => object) =>
	(value: unknown): void => {
		checkSettings({ ...DEFAULT_DEPOSIT, folder: '/inbound', ...settings(String(value)) });
	};
/** Names and values that a person chooses; anything goes. */
const free = (value: unknown): void => {
	expect(String(value)).toMatch(/\S/);
};

type Parser = (value: unknown, example: Example) => unknown;

const PARSERS: Readonly<Record<string, Parser>> = {
	'AckGenerate partner': free,
	'AckGenerate controlNumber': numbers,
	'AckGenerate options.acceptedReceivers': ackOption('acceptedReceivers'),
	'AckGenerate options.acceptedSenders': ackOption('acceptedSenders'),
	'AckGenerate options.characterSet': (value) => readEncoding({ characterSet: String(value) }),
	'AckGenerate options.contrlIdentifier': ackOption('contrlIdentifier'),
	'EdiEncode partner': ediProfile((value) => ({ partner: value as string })),
	'EdiEncode senderQualifier': ediProfile((value) => ({ senderQualifier: value as string })),
	'EdiEncode senderId': ediProfile((value) => ({ senderId: value as string })),
	'EdiEncode receiverQualifier': ediProfile((value) => ({ receiverQualifier: value as string })),
	'EdiEncode receiverId': ediProfile((value) => ({ receiverId: value as string })),
	'EdiEncode controlNumber': numbers,
	'EdiEncode options.fileNamePattern': fileName,
	'EdiEncode options.documentChange': (value) =>
		readChange(contextWith({ 'options.documentChange': value as string }), 0),
	'EdiEncode envelopeOptions.groupVersion': edifactOption('groupVersion'),
	'EdiEncode envelopeOptions.interchangeVersion': edifactOption('interchangeVersion'),
	'EdiEncode envelopeOptions.recipientReferenceQualifier': edifactOption(
		'recipientReferenceQualifier',
	),
	'EdiEncode envelopeOptions.applicationReference': edifactOption('applicationReference'),
	'EdiEncode envelopeOptions.associationCode': edifactOption('associationCode'),
	'EdiEncode documentOptions.additionalCodes': ediProfile((value) => ({
		documentOptions: { additionalCodes: value as string },
	})),
	'EdiEncode codeMaps.identifiers.from': codeMap('identifiers', (value) => ({
		from: value as string,
		to: 'INV-1',
	})),
	'EdiEncode codeMaps.identifiers.to': codeMap('identifiers', (value) => ({
		from: 'INV*1',
		to: value as string,
	})),
	'EdiEncode codeMaps.parties.from': codeMap('parties', (value) => ({
		from: value as string,
		qualifier: '92',
		id: 'V',
	})),
	'EdiEncode codeMaps.parties.qualifier': codeMap('parties', (value) => ({
		from: '1',
		qualifier: value as string,
		id: 'V',
	})),
	'EdiEncode codeMaps.parties.id': codeMap('parties', (value) => ({
		from: '1',
		qualifier: '92',
		id: value as string,
	})),
	'EdiEncode codeMaps.paymentTerms.from': codeMap('paymentTerms', (value) => ({
		from: value as string,
		to: '01',
	})),
	'EdiEncode codeMaps.paymentTerms.to': codeMap('paymentTerms', (value) => ({
		from: '30',
		to: value as string,
	})),
	'EdiEncode codeMaps.units.from': codeMap('units', (value) => ({
		from: value as string,
		to: 'EA',
	})),
	'EdiEncode codeMaps.units.to': codeMap('units', (value) => ({ from: 'pc', to: value as string })),
	'EdiEncode codeMaps.vatCodes.from': codeMap('vatCodes', (value) => ({
		from: value as string,
		to: 'VA',
	})),
	'EdiEncode codeMaps.vatCodes.to': codeMap('vatCodes', (value) => ({
		from: '4',
		to: value as string,
	})),
	'EdiEncode defaults.default.field': (value) =>
		readDefaults({ default: [{ field: value as string, value: 'EA' }] }),
	'EdiEncode defaults.default.value': (value) =>
		readDefaults({ default: [{ field: 'lines.unit', value: value as string }] }),
	'EdiEncode extraSegments.segment.appliesTo': extraSegment((value) => ({
		appliesTo: value as string,
	})),
	'EdiEncode extraSegments.segment.condition': extraSegment((value) => ({
		appliesTo: '810',
		condition: value as string,
	})),
	'EdiEncode extraSegments.segment.template': extraSegment((value) => ({
		template: value as string,
	})),
	'EdiEncode extraSegments.segment.within': extraSegment((value) => ({
		appliesTo: '810',
		within: value as string,
	})),
	'EdiEncode guideline': ediProfile((value) => ({ guideline: value as string })),
	'EdiEncode partnerProfile': ediProfile((value) => ({ partnerProfile: value as IDataObject })),
	'EdiEncode options.binaryPropertyName': free,
	'ExactOnline documentId': async (value) => {
		const reader = {
			encoding: 'amsterdam',
			page: () => Promise.resolve({ rows: [{ ID: value }] }),
		} as unknown as Reader;
		await getOne(reader, RESOURCES.document, String(value), { includes: [] });
	},
	'ExactOnline fileName': (value) => {
		const name = attachmentFileName(String(value), 'scan.pdf', { number: '7', ordinal: 2 });
		expect(name).toBe('7-2.pdf');
	},
	'ExactOnline path': (value) => anyPathOf(String(value)),
	'ExactOnline division': (value) => assertDivision(String(value), 'division'),
	'ExactOnline id': async (value) => {
		const reader = {
			encoding: 'amsterdam',
			page: () => Promise.resolve({ rows: [{ EntryID: value }] }),
		} as unknown as Reader;
		await getOne(reader, RESOURCES.purchaseEntry, String(value), { includes: [] });
	},
	'ExactOnline filters.documentNumbers': async (value) =>
		await exactFilter({ documentNumbers: String(value).split(',') }),
	'ExactOnline filters.journal': async (value) => await exactFilter({ journal: value }),
	'ExactOnline filters.status': async (value) =>
		await exactFilter({ status: String(value).split(',') }),
	'ExactOnline filters.supplier': async (value) => await exactFilter({ supplier: value }),
	'ExactOnline options.filter': async (value) => await exactFilter({ raw: value }),
	'ExactOnlineTrigger division': (value) => assertDivision(String(value), 'division'),
	'ExactOnlineTrigger startCursor': async (value) => {
		const reader = { division: 123456, encoding: 'amsterdam' } as unknown as Reader;
		await startState(reader, {
			resource: RESOURCES.purchaseEntry,
			method: undefined,
			start: { kind: 'cursor', cursor: String(value) },
			overlapMs: 0,
			withDeletions: false,
		});
	},
	'ExactOnlineTrigger divisionNumbers': (value) =>
		String(value)
			.split(',')
			.map((division) => assertDivision(division, 'divisionNumbers')),
	// Any text: part of a name, with * for anything.
	'ExactOnlineTrigger divisionPattern': free,
	'FixedWidthEncode layoutName': free,
	'FixedWidthEncode editorFields.fields.name': layoutField((value) => ({ name: value as string })),
	'FixedWidthEncode editorFields.fields.source': layoutField((value) => ({
		source: value as string,
	})),
	'FixedWidthEncode editorFields.fields.of': layoutField((value) => ({
		record: 'trailer',
		type: 'count',
		source: '',
		of: value as string,
	})),
	'FixedWidthEncode editorFields.fields.sumOf': layoutField((value) => ({
		record: 'trailer',
		type: 'sum',
		source: '',
		sumOf: value as string,
	})),
	'FixedWidthEncode editorFields.fields.more.codes': layoutField((value) => ({
		more: { codes: value as string },
	})),
	'FixedWidthEncode editorFields.fields.more.column': layoutField((value) => ({
		more: { column: value as string },
	})),
	'FixedWidthEncode editorFields.fields.more.default': layoutField((value) => ({
		more: { default: value as string },
	})),
	'FixedWidthEncode editorFields.fields.more.timeZone': layoutField((value) => ({
		type: 'date',
		format: 'yyyyMMdd',
		more: { timeZone: value as string },
	})),
	'FixedWidthEncode editorFields.fields.more.zero': layoutField((value) => ({
		type: 'sign',
		more: { zero: value as string },
	})),
	'FixedWidthEncode layoutOptions.groupBy': layoutOption('groupBy'),
	'FixedWidthEncode layoutOptions.timeZone': layoutOption('timeZone'),
	'FixedWidthEncode fileNamePattern': fileName,
	'FixedWidthEncode partner': free,
	'SftpDeposit folder': folder,
	'SftpDeposit toFolder': folder,
	'SftpDeposit path': (value) => folder(String(value)),
	'SftpDeposit pattern': free,
	'SftpDeposit options.archiveFolder': deposit((archiveFolder) => ({ archiveFolder })),
	'SftpDeposit options.filePermissions': (value) => parseMode(String(value)),
	'SftpDeposit options.markerSuffix': deposit((suffix) => ({
		marker: { content: 'empty', suffix },
	})),
	'SftpDeposit options.stagingFolder': deposit((stagingFolder) => ({
		temporary: { ...DEFAULT_DEPOSIT.temporary, style: 'stagingFolder', stagingFolder },
	})),
	'ExactOnlineOAuth2Api baseUrl': (value) => parseBaseUrl(String(value)),
	'SftpVerifiedApi host': free,
	'SftpVerifiedApi hostKeys': (value) => parsePinnedHostKeys(String(value)),
};

test('every example of a field has a parser here, and every parser an example', () => {
	expect([...new Set(examples.map(({ at }) => at))].sort()).toEqual(Object.keys(PARSERS).sort());
});

test.each(examples.map((example) => [example.at, example.text, example] as const))(
	'%s takes its example: %s',
	async (at, text, example) => {
		await PARSERS[at]?.(valueOf(text), example);
	},
);
