import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describeWithShared, sharedDir } from '../../../support/shared';
import { validateFile } from './reading';

/**
 * Files that are not valid by the standard, with what is wrong, as code, segment position, segment
 * and element. Every other 810, 820 and 850 of the corpus is valid.
 */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
	// Its owner accepts a quantity and price without a unit; IT1 has the note P020304.
	'kputnam_stupidedi__IN810-pass__1.edi': [
		'conditionalElementMissing 7 IT103',
		'conditionalElementMissing 9 IT103',
	],
	// NM1 behind RMR without an ENT of its own: the insurance guide's order, not the set's.
	'cosyte_x12__golden__820.edi': ['segmentOutOfSequence 14 NM1'],
	'cosyte_x12__premium__820-edge.edi': [
		'conditionalElementMissing 14 DTM02',
		'elementMissing 15 ADX01',
		'elementMissing 15 ADX02',
	],
	'cosyte_x12__premium__820-loop.edi': [
		'segmentMissing 4 ENT',
		'segmentOutOfSequence 6 N1',
		'segmentOverMaximum 9 N4',
		'segmentOutOfSequence 12 N1',
	],
	'indice-co_EDI.Net__Samples__x12.810.mandatory-conditions.edi': [
		'segmentNotInSet 2 BAL',
		'segmentNotInSet 3 BAL',
		'segmentNotInSet 4 BAL',
		'segmentNotInSet 5 BAL',
		'segmentMissing 6 BEG',
		'segmentMissing 6 PO1',
	],
	'indice-co_EDI.Net__Samples__x12.850a.edi': ['tooLong 22 N402'],
	'indice-co_EDI.Net__Samples__x12.Issue101.edi': [
		'segmentUnknown 2 TFS',
		'segmentUnknown 3 FGS',
		'segmentMissing 4 BEG',
		'segmentMissing 5 PO1',
	],
	'indice-co_EDI.Net__Samples__x12.Issue172.edi': [
		...[2, 4, 6, 8].flatMap((at) => [`segmentUnknown ${at} AA`, `segmentUnknown ${at + 1} BB`]),
		'segmentMissing 10 BEG',
		'segmentMissing 10 PO1',
	],
	'indice-co_EDI.Net__Samples__x12.Issue91.edi': [
		...[2, 3, 4, 5, 6].map((at) => `segmentUnknown ${at} XYZ`),
		'segmentMissing 7 BEG',
		'segmentMissing 7 PO1',
	],
	'olmelabs_EdiEngine__TestData__850.SyntaxNotes.ERR.edi': [
		'conditionalElementMissing 13 PO107',
		'conditionalElementMissing 30 PO406',
	],
};

describeWithShared('810, 820 and 850 of other systems', () => {
	const folder = path.join(sharedDir, 'corpus', 'x12');
	const files = readdirSync(folder)
		.map((name) => ({ name, sets: validateFile(readFileSync(path.join(folder, name))) }))
		.filter(({ sets }) => sets.some(({ set }) => ['810', '820', '850'].includes(set)));

	test('there are files of every kind', () => {
		const kinds = new Set(
			files.flatMap(({ sets }) => sets.map(({ set, version }) => set + version.slice(0, 6))),
		);
		for (const kind of ['810004010', '820004010', '820005010', '850004010'])
			expect(kinds).toContain(kind);
		expect(files.length).toBeGreaterThanOrEqual(30);
		for (const name of Object.keys(BROKEN)) expect(files.map((file) => file.name)).toContain(name);
	});

	test.each(files)('$name', ({ name, sets }) => {
		const found = sets.flatMap(({ findings }) =>
			findings.map(({ code, segmentPosition, segment, element }) => {
				const at = element === undefined ? '' : String(element).padStart(2, '0');
				return `${code} ${segmentPosition} ${segment}${at}`;
			}),
		);
		expect(found).toEqual(BROKEN[name] ?? []);
	});
});
