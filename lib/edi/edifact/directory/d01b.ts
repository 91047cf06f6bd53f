import { codesAddedByD01B } from './codesD01B';
import { tablesD96A } from './d96a';
import type { DirectoryTables } from './notation';

/** What D.01B has otherwise than D.96A; the rest is the same. */
const changedElements: Readonly<Record<string, string>> = {
	'an..3': '3005 3009 4051 4065 4219 4447 4513 7085 7171 7173 7273 7495 7505 7507 8335 8341 9649',
	'an..6': '1060 1082',
	'an..7': '7419',
	'an..9': '1056',
	'an..17': '1131 1171 3251 4441 4475',
	'an..18': '6314',
	'an..26': '8332',
	'an..35': '1170 3285 3301 4404 4474 6060 7164 7166 7364 7418 7504 7506 8334 9308',
	'an..70': '1154 1366 3228',
	'an..256': '3224 7008 9012',
	'an..512': '4440',
	'n..35': '5004',
};

const droppedElements = '9010 9011';

const changedComposites: Readonly<Record<string, string>> = {
	C012: '7365 1131 3055 7364',
	C106: '1004 1056 1060',
	C218: '7419 1131 3055 7418',
	C219: '8335 8334',
	C233: '7273! 1131 3055 7273 1131 3055',
	C272: '7081 1131 3055',
	C503: '1004 1373 1366 3453 1056 1060',
	C506: '1153! 1154 1156 4000 1060',
	C536: '4065! 1131 3055',
	C537: '4219! 1131 3055',
	C555: '4405! 1131 3055 4404',
	C595: '1171! 1131 3055 1170',
	C596: '4475! 1131 3055 4474',
	C703: '7085! 1131 3055',
	C819: '3229 1131 3055 3228',
	C823: '7505 1131 3055 7504',
	C824: '7507 1131 3055 7506',
};

const changedSegments: Readonly<Record<string, string>> = {
	BGM: 'C002 C106 1225 4343',
	CCI: '7059 C502 C240 4051',
	COD: 'C823 C824',
	FTX: '4451! 4453 C107 C108 3453 4447',
	GEI: '9649! C012 7187',
	HYN: '7173! 7171 1229 C212 7166',
	IMD: '7077 C272 C273 7383',
	MTD: '7495! 4513 3005 3009',
	NAD: '3035! C082 C058 C080 C059 3164 C819 3251 3207',
	PCD: 'C501! 4405',
	RCS: '7293! C550 1229 3207',
	RJL: 'C595 C596',
	RTE: 'C128! 4405',
	SEL: '9308 C215 4517 C208',
	TAX: '5283! C241 C533 5286 C243 5305 3446 1227',
	TMD: 'C219 8332 8341',
	TSR: 'C536 C233 C537 C703',
};

/** 5305 has no AE and no K in D.01B either: they came later. */
function codes(): Readonly<Record<string, string>> {
	const merged: Record<string, string> = { ...tablesD96A.codes };
	for (const [id, added] of Object.entries(codesAddedByD01B)) {
		merged[id] = `${merged[id] ?? ''} ${added}`.trim();
	}
	return merged;
}

function elements(): Readonly<Record<string, string>> {
	const changed = new Set(
		[droppedElements, ...Object.values(changedElements)].flatMap((ids) => ids.split(' ')),
	);
	const merged: Record<string, string> = {};
	for (const [format, ids] of Object.entries(tablesD96A.elements)) {
		merged[format] = ids
			.split(' ')
			.filter((id) => !changed.has(id))
			.join(' ');
	}
	for (const [format, ids] of Object.entries(changedElements)) {
		merged[format] = `${merged[format] ?? ''} ${ids}`.trim();
	}
	return merged;
}

/** UN/EDIFACT directory D.01B, as differences to D.96A. */
export const tablesD01B: DirectoryTables = {
	elements: elements(),
	composites: { ...tablesD96A.composites, ...changedComposites },
	segments: { ...tablesD96A.segments, ...changedSegments },
	codes: codes(),
};
