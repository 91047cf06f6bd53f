import { readFileSync } from 'node:fs';
import path from 'node:path';

import { isLoop } from '../../../../lib/edi/syntax';
import type { StructureNode } from '../../../../lib/edi/syntax';
import {
	releaseOfVersion,
	X12_RELEASES,
	x12Schema,
	x12Segment,
	x12SegmentTags,
	x12SetIds,
} from '../../../../lib/edi/x12/schema';
import { describeWithShared, sharedDir } from '../../../support/shared';

function present(nodes: readonly StructureNode[], depth = 0): string[] {
	return nodes.flatMap((node) => {
		const usage = `${node.mandatory ? 'M' : 'O'}/${node.max === Infinity ? '>1' : node.max}`;
		const indent = '  '.repeat(depth);
		if (!isLoop(node)) return [`${indent}${node.segment} ${usage}`];
		return [`${indent}LOOP ${node.loop} ${usage}`, ...present(node.children, depth + 1)];
	});
}

function names(nodes: readonly StructureNode[]): string[] {
	return nodes.flatMap((node) => (isLoop(node) ? names(node.children) : [node.segment]));
}

const GROCERY = 'CRD G26 G36 G39 G40 G43 G54 G55 G93 LFG PKL';
const PLACE_ONLY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'004010': {
		'832': GROCERY,
		'846': 'CS DD',
		'856': 'ETD GF LEP LFH LH1 LH2 LH3 LH4 LHE LHR LHT TSD',
	},
	'005010': {
		'832': GROCERY,
		'846': 'CS DD',
		'856': 'AT9 ETD GF LEP LFH LH1 LH2 LH3 LH4 LHE LHR LHT TSD',
	},
};

describe.each(X12_RELEASES)('%s', (release) => {
	test('has the sets we write, acknowledge and check', () => {
		const both = '810 820 824 832 846 850 855 856 860 861 997'.split(' ');
		expect([...x12SetIds(release)].sort()).toEqual(
			release === '004010' ? both : [...both, '999'],
		);
	});

	test.each(x12SetIds(release).map((id) => [id]))('%s names only segments it describes', (id) => {
		const schema = x12Schema(id, release);
		const unknown = names(schema?.structure ?? []).filter(
			(tag) => !(tag in (schema?.segments ?? {})),
		);
		// Of these only the place is known; see `sets004010.ts`.
		expect([...new Set(unknown)].sort().join(' ')).toBe(PLACE_ONLY[release]?.[id] ?? '');
		expect(schema?.structure[0]).toMatchObject({ segment: 'ST', mandatory: true });
		expect(schema?.structure.at(-1)).toMatchObject({ segment: 'SE', mandatory: true });
	});

	test('syntax notes point at elements that exist', () => {
		for (const tag of x12SegmentTags(release)) {
			const spec = x12Segment(tag, release);
			for (const { positions } of spec?.syntaxNotes ?? []) {
				for (const position of positions) {
					expect([tag, position, spec?.elements[position - 1] !== undefined]).toEqual([
						tag,
						position,
						true,
					]);
				}
			}
		}
	});
});

describe('005010 as differences', () => {
	const structure = (id: string) => present(x12Schema(id, '005010')?.structure ?? []);

	test('810: header CRC, unlimited TXI, dates under allowances', () => {
		const lines = structure('810');
		expect(lines[lines.indexOf('PAM O/>1') + 1]).toBe('CRC O/1');
		expect(lines.filter((line) => line.trim() === 'LOOP TXI O/>1')).toHaveLength(2);
		expect(lines.filter((line) => line.trim() === 'TXI O/>1').length).toBeGreaterThanOrEqual(3);
		expect(lines.some((line) => line.includes('TXI O/10'))).toBe(false);
	});

	test('820: general ledger loops under ENT and RMR', () => {
		const lines = structure('820');
		expect(lines[lines.indexOf('  ENT M/1') + 1]).toBe('  LOOP FA1 O/>1');
		expect(lines.filter((line) => line.includes('RPA O/1'))).toHaveLength(3);
	});

	test('850: MTX in the place of MSG, lead time as a loop', () => {
		const lines = structure('850');
		expect(lines.some((line) => line.includes('MSG'))).toBe(false);
		expect(lines).toContain('LOOP LDT O/>1');
		expect(lines.filter((line) => line.trim() === 'IN2 O/>1')).toHaveLength(3);
	});

	test('widths', () => {
		const max = (tag: string, at: number) => [
			x12Segment(tag, '004010')?.elements[at - 1]?.max,
			x12Segment(tag, '005010')?.elements[at - 1]?.max,
		];
		expect(max('REF', 2)).toEqual([30, 50]);
		expect(max('PER', 4)).toEqual([80, 256]);
		expect(max('IT1', 2)).toEqual([10, 15]);
		expect(max('NM1', 3)).toEqual([35, 60]);
		expect(max('LS', 1)).toEqual([6, 4]);
		expect(x12Segment('ST', '005010')?.elements).toHaveLength(3);
		expect(x12Segment('N4', '005010')?.elements).toHaveLength(7);
	});
});

test('code lists', () => {
	const codes = (tag: string, at: number) => x12Segment(tag, '004010')?.elements[at - 1]?.codes;
	const units = codes('IT1', 3);
	for (const unit of ['EA', 'HR', 'KG', 'BX', 'PL', 'MR', 'LT', 'DZ', 'P1', '1N', 'ZZ']) {
		expect(units).toContain(unit);
	}
	expect(units).not.toContain('QQ');
	expect(codes('N1', 3)).toContain('UL');
	expect(codes('N1', 3)).toContain('9');
	expect(codes('N1', 3)).not.toContain('U');
	expect(codes('IT1', 6)).toContain('EN');
	expect(codes('PER', 3)).toContain('EM');
	for (const qualifier of ['GZ', 'CA', 'VV', 'VX', '4N', 'IV', 'CL', 'CM', 'ZZ', 'AAA', 'FTN']) {
		expect(codes('REF', 1)).toContain(qualifier);
	}
	for (const wrong of ['ZQQ', 'G2Z', 'gz', 'OO', 'YU'])
		expect(codes('REF', 1)).not.toContain(wrong);
	expect(codes('N1', 1)).toContain('SE');
	expect(codes('N1', 1)).not.toContain('NO');
	expect(codes('DTM', 1)).toContain('002');
	expect(codes('DTM', 1)).not.toContain('117');
	expect(codes('BIG', 8)).toContain('05');
	expect(codes('BEG', 1)).not.toContain('09');
	expect(codes('BIG', 7)).toContain('CR');
	expect(codes('BIG', 7)).not.toContain('RR');
	expect(codes('BPR', 4)).toContain('NON');
	expect(codes('TXI', 1)).toContain('VA');
	// The lists of 005010 are longer than the ones we have.
	expect(x12Segment('N1', '005010')?.elements[2]?.codes).toBeUndefined();
	expect(x12Segment('ISA', '004010')?.elements[10]?.codes).toEqual(new Set(['U']));
});

test('a version names its release', () => {
	expect(releaseOfVersion('00401')).toBe('004010');
	expect(releaseOfVersion('004010VICS')).toBe('004010');
	expect(releaseOfVersion('00501')).toBe('005010');
	expect(releaseOfVersion('005010X220A1')).toBe('005010');
	expect(releaseOfVersion('003050')).toBeUndefined();
});

describeWithShared('004010 against the collected facts', () => {
	const facts = () => readFileSync(path.join(sharedDir, 'facts', 'x12-004010-sets.txt'), 'utf8');

	test.each([['810'], ['820'], ['850'], ['997']])('structure of %s', (id) => {
		const section = new RegExp(`===== ${id} 004010[^\\n]*\\n([\\s\\S]*?)\\n\\n?=====`).exec(
			facts(),
		)?.[1];
		const lines = present(x12Schema(id, '004010')?.structure.slice(1, -1) ?? []);
		expect(lines.join('\n')).toBe(section?.trim());
	});

	test('segments and composites', () => {
		// The facts have the entity and the reference qualifier as text; X12.3 has them as codes.
		const [, body = ''] = facts()
			.replaceAll(/=(98|128):AN /g, '=$1:ID ')
			.split('===== segments');
		let compared = 0;
		for (const line of body.split('===== composites')[0]?.split('\n') ?? []) {
			const match = /^([A-Z0-9]{2,3}): (.*?)(?: {2}SYN (.*))?$/.exec(line);
			if (match === null) continue;
			const [, tag = '', elements, notes = ''] = match;
			const spec = x12Segment(tag, '004010');
			const ours = spec?.elements.map((element, index) => {
				const position = String(index + 1).padStart(2, '0');
				const type = element.components ? '' : `:${element.type} ${element.min}/${element.max}`;
				return `${position}=${element.id}${type}${element.mandatory ? '!' : ''}`;
			});
			const ourNotes = (spec?.syntaxNotes ?? []).map(
				({ kind, positions }) =>
					kind + positions.map((position) => String(position).padStart(2, '0')).join(''),
			);
			expect([tag, ours?.join(' '), ourNotes.join(',')]).toEqual([tag, elements, notes]);
			compared += 1;
		}
		expect(compared).toBe(101);
	});
});
