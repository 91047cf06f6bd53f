import type { DirectoryTables } from './notation';
import { readSegments, readStructure } from './notation';

/** Service segments of ISO 9735:1988 (syntax 3, with the CONTRL of its annex). */
const tables3: DirectoryTables = {
	elements: {
		a1: '0029 0073 0081',
		a4: '0001',
		'an..2': '0025 0051',
		'an..3': '0013 0052 0054 0083 0085',
		'an..4': '0007',
		'an..6': '0038 0057 0065',
		'an..14': '0008 0014 0020 0022 0026 0048 0058 0062',
		'an..35': '0004 0010 0032 0040 0044 0068',
		n1: '0002 0031 0035',
		'n..2': '0070',
		'n..3': '0098 0104',
		n4: '0019',
		'n..6': '0036 0060 0074 0096',
		n6: '0017',
	},
	composites: {
		S001: '0001! 0002!',
		S002: '0004! 0007 0008',
		S003: '0010! 0007 0014',
		S004: '0017! 0019!',
		S005: '0022! 0025',
		S006: '0040! 0007',
		S007: '0044! 0007',
		S008: '0052! 0054! 0057',
		S009: '0065! 0052! 0054! 0051! 0057',
		S010: '0070! 0073',
		S011: '0098! 0104',
	},
	segments: {
		UNB: 'S001! S002! S003! S004! 0020! S005 0026 0029 0031 0032 0035',
		UNG: '0038! S006! S007! S004! 0048! 0051! S008! 0058',
		UNH: '0062! S009! 0068 S010',
		UNS: '0081!',
		UNT: '0074! 0062!',
		UNE: '0060! 0048!',
		UNZ: '0036! 0020!',
		UCI: '0020! S002! S003! 0083! 0085 0013 S011',
		UCF: '0048! S006! S007! 0083! 0085 0013 S011',
		UCM: '0062! S009! 0083! 0085 0013 S011',
		UCS: '0096! 0085',
		UCD: '0085! S011!',
	},
	codes: {
		'0013': 'UNA UNB UNE UNG UNH UNS UNT UNZ',
		'0031': '1',
		'0035': '1',
		'0081': 'D S',
		'0083': '1-8',
	},
};

/** What ISO 9735:1998 (syntax 4) has otherwise. */
const tables4: DirectoryTables = {
	elements: {
		a1: '0029 0073 0081',
		a4: '0001',
		an1: '0002',
		'an..2': '0025 0076',
		'an..3': '0051 0052 0054 0083 0085 0116 0118 0122 0124 0128 0130 0133 0135',
		'an..4': '0007',
		'an..6': '0038 0057 0065 0080 0110 0113',
		'an..14': '0020 0022 0026 0048 0058 0062 0115 0121 0127 0534',
		'an..35': '0004 0008 0010 0014 0032 0040 0042 0044 0046 0068',
		n1: '0031 0035',
		'n..2': '0070',
		'n..3': '0098 0104',
		n4: '0019',
		'n..6': '0036 0060 0096 0136 0138',
		n8: '0017',
		'n..10': '0074',
	},
	composites: {
		...tables3.composites,
		S001: '0001! 0002! 0080 0133 0076',
		S002: '0004! 0007 0008 0042',
		S003: '0010! 0007 0014 0046',
		S009: '0065! 0052! 0054! 0051! 0057 0110 0113',
		S011: '0098! 0104 0136',
		S016: '0115! 0116 0118 0051',
		S017: '0121! 0122 0124 0051',
		S018: '0127! 0128 0130 0051',
	},
	segments: {
		...tables3.segments,
		UNG: '0038 S006 S007 S004 0048! 0051 S008 0058',
		UNH: '0062! S009! 0068 S010 S016 S017 S018',
		UCI: '0020! S002! S003! 0083! 0085 0135 S011 0534 0138',
		UCF: '0048! S006 S007 0083! 0085 0135 S011',
		UCM: '0062! S009 0083! 0085 0135 S011',
	},
	codes: {
		'0031': '1 2',
		'0035': '1-4',
		'0081': 'D S',
		'0083': '4 7 8',
		'0135':
			'UCD UCF UCI UCM UCS UGH UGT UIB UIH UIR UIT UIZ UNA UNB UNE UNG UNH UNO UNP UNS UNT UNZ ' +
			'USA USB USC USD USE USF USH USL USR UST USU USX USY',
	},
};

export const serviceTables: Readonly<Record<3 | 4, DirectoryTables>> = { 3: tables3, 4: tables4 };

export const serviceSegments = { 3: readSegments(tables3), 4: readSegments(tables4) };

/** Whether UCI, UCF and UCM can name the segment (0013, from syntax 4 on 0135). */
export function isServiceTag(tag: string, syntax: 3 | 4): boolean {
	const { elements } = serviceSegments[syntax]['UCI']!;
	return elements[5]?.codes?.has(tag) ?? false;
}

/** SG1 without and SG3 with functional groups; never both (ISO 9735-4). */
export const contrlStructure = readStructure(`
	UNH! UCI!
	SG1x999999(UCM! SG2x999(UCS! UCD99))
	SG3x999999(UCF! SG4x999999(UCM! SG5x999(UCS! UCD99)))
	UNT!
`);
