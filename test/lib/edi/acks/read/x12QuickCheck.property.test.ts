import fc from 'fast-check';

import { OpenMessage } from '../../../../../lib/edi/acks/read/openMessage';
import { readX12Segment } from '../../../../../lib/edi/acks/read/x12Body';
import { isCertainlyValid } from '../../../../../lib/edi/acks/read/x12QuickCheck';
import type { ElementSpec, MessageSchema } from '../../../../../lib/edi/syntax';
import { x12Schema } from '../../../../../lib/edi/x12';
import type { X12Release, X12Segment } from '../../../../../lib/edi/x12';

const RELEASES: readonly X12Release[] = ['004010', '005010'];

function delimitersOf(release: X12Release) {
	const repetition = release === '005010' ? '^' : undefined;
	return { element: '*', component: '>', repetition, segment: '~' };
}

/** What the careful check finds in a segment that stands alone, its place left out of account. */
function findings(schema: MessageSchema, release: X12Release, segment: X12Segment) {
	const structure = [{ segment: segment.tag, mandatory: false, max: Infinity }];
	const set = new OpenMessage(
		{
			id: schema.id,
			controlNumber: '0001',
			version: release,
			offset: 0,
			isAcknowledgment: false,
			validated: true,
			segmentCount: 0,
			envelope: [],
			findings: [],
			findingsOmitted: 0,
		},
		{ ...schema, structure },
		1_000,
	);
	readX12Segment(set, { ...segment, plain: false }, delimitersOf(release), false);
	set.finish(undefined, { left: 1_000, records: 0, explained: 0 });
	return set.reading.findings.map(({ code }) => code);
}

/** Values that fit an element, and values that miss it by little. */
function valueOf({ type, min, max, codes }: ElementSpec): fc.Arbitrary<string> {
	const fitting =
		codes === undefined
			? fc.string({
					minLength: min,
					maxLength: Math.min(max, min + 4),
					unit: fc.constantFrom(...(type === 'AN' || type === 'ID' ? 'A1 .' : '0127')),
				})
			: fc.constantFrom(...codes);
	const near = fc.constantFrom(
		'',
		'1',
		'-1',
		'1.5',
		'-.5',
		'1.',
		'-',
		'1.5.5',
		'A>1',
		'A^B',
		'1E2',
	);
	const times = fc.constantFrom('20170228', '20170229', '20171301', '20000229', '0811', '2460');
	return fc.oneof({ weight: 6, arbitrary: fitting }, near, times, fc.constant('X'.repeat(max + 1)));
}

test('what it is certain of, the careful check has nothing against', () => {
	let certain = 0;
	for (const release of RELEASES) {
		const schema = x12Schema('850', release)!;
		const specs = Object.values(schema.segments).filter(({ elements }) =>
			elements.every(({ max }) => max < 1_000),
		);
		const segment = fc.constantFrom(...specs).chain((spec) =>
			fc.tuple(
				fc.constant(spec),
				fc
					.tuple(...spec.elements.map((element) => fc.option(valueOf(element), { nil: '' })))
					.chain((all) => fc.nat(all.length).map((length) => all.slice(0, length))),
			),
		);
		fc.assert(
			fc.property(segment, ([spec, elements]) => {
				if (!isCertainlyValid(spec, elements, delimitersOf(release))) return;
				certain += 1;
				const { tag } = spec;
				const found = findings(schema, release, {
					tag,
					elements,
					offset: 0,
					length: 0,
					plain: true,
				});
				expect([tag, elements, found]).toEqual([tag, elements, []]);
			}),
			{ numRuns: 2_000 },
		);
	}
	expect(certain).toBeGreaterThan(100);
});
