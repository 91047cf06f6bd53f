/**
 * 005010 as what differs from 004010; see `applyDifference` for the notation. Element widths and
 * structures as published in open grammars of both releases.
 */

/** Data elements whose type or length changed, or that are new. */
export const DATA_ELEMENTS_005010 = `
127 AN 1/50, 364 AN 1/256, 1035 AN 1/60, 1036 AN 1/35, 358 R 1/15, 447 AN 1/4, 207 AN 1/15
719 N0 1/10, 1000 AN 2/3, 1705 AN 1/35, 1686 N0 1/4, 1715 ID 1/3, 1104 ID 2/2
620 ID 1/3, 621 ID 1/3, 618 ID 1/3, 9998 AN 1/35, 9999 AN 1/35, I65 AN 1/1
797 ID 2/2, 799 AN 1/30, 802 AN 1/30, 800 AN 1/30, 789 AN 1/30, 801 ID 2/2, 803 AN 1/64
804 AN 1/4, 787 R 1/15, 788 R 1/5, 1570 ID 3/3, 539 AN 1/30
X1 N0 4/4, X2 ID 2/2, X3 AN 1/50, X4 R 1/8, X5 AN 1/30, X6 ID 1/1, X7 N2 1/15, X8 ID 1/2, X9 R 1/6
`;

/** Segments that changed or are new. */
export const SEGMENTS_005010 = `
ISA: I01! I02! I03! I04! I05! I06! I05! I07! I08! I09! I65! I11! I12! I13! I14! I15!
ST: 143! 329! 1705
AIN: 1186! 594! 782! 380 1073 127 522 1685 1687 355 380 1271 352 | P0910
AK1: 479! 28! 480
AK2: 143! 329! 1705
BIG: 373! 76! 373 324 328 327 640 353 306 76 337
DMG: 1250 1251 1068 1067 C056*10 1066 26 659 380 1270 1271 | P0102 P1011 C1105
CTB: 688! 352 673 380 522 610 1004 | R020406 P0304 P0506
CTX: C998!*10 721 719 447 C030 C999
EFI: 786! 933 797 799 802 799 800 799 789 801 803 804 787 788 799 1570
EMS: 352 1176 1149 584 128 127 127 98 66 67 X9 X2 66 67 98 | P0506
IK3: 721! 719! 447 620
IK4: C030! 725 621! 724
IK5: 717! 618 618 618 618 618
IN2: 1104! 93!
N4: 19 156 116 26 309 310 1715 | E0207 C0605 C0704
RPA: X8! 782 118 C001 954
VEH: 554 539 X1 X2 X3 X3 X3 X4 X3 X2 X5 X6 X7 X6 X7 66 98 93 98
`;

export const COMPOSITES_005010 = `
C030: 722! 1528 1686
C056: 1109 1270 1271
C998: 9998! 9999
C999: 725! 725
`;

/** The set that is new in our 005010 tables. */
export const SETS_005010 = {
	'999': `
		ST! AK1! AK2:>[IK3:>[CTX:10 IK4:>[CTX:10]] IK5!] AK9! SE!
	`,
} as const;

export const DIFFERENCES_005010: Readonly<Record<string, readonly string[]>> = {
	'810': [
		'PAM + CRC',
		'IT1/TXI = TXI:>',
		'IT1/SAC = SAC:>[TXI:>[DTM]]',
		'IT1/SLN/SAC = SAC:>',
		'IT1/SLN/TXI = TXI:>',
		'TXI = TXI:>',
		'SAC = SAC:>[DTM:> TXI:>[DTM]]',
	],
	'820': [
		'ENT/ENT + FA1:>[FA2!:>]',
		'ENT/ADX/IT1/IT1 + RPA QTY',
		'ENT/ADX/IT1/SAC = SAC:>[TXI:> DTM:10]',
		'ENT/ADX/IT1 + FA1:>[FA2!:>]',
		'ENT/RMR/DTM + VEH',
		'ENT/RMR/IT1/IT1 + RPA QTY',
		'ENT/RMR/ADX/IT1/IT1 + RPA QTY',
		'ENT/RMR/ADX/IT1/SAC = SAC:>[TXI:> DTM:10]',
		'ENT/RMR/ADX + FA1:>[FA2!:>]',
		'TXP/TXI + REF:> DTM:>',
		'N9/N9 + REF:>',
	],
	'824': ['OTI/TED/TED + CTX:10'],
	'832': [
		'G93 -',
		'AAA + MTX:> PWK:25',
		'N1/DTM + MTX:> SPI',
		'N9 = N9:>[DTM:> MTX:> PWK:> EFI:>] G93:>[SAC N1 G26]',
		'LIN/TXI + MTX:>',
		'LIN/CTP = CTP:>[DTM:10 G36 LDT CUR:5 PO4 CTB:5 REF:> G43:9999 SAC:> G26:99 TXI:> ITD G40:>[SAC G93:>] LS:2[LM:>[LQ!:>] N1:>[N2:2 N3:2 N4:2] LE!]]',
		'LIN/N1/DTM + MTX:>',
		'LIN/N1/PKG + PAL:> SPI',
		'LIN/PKL/PKG + G53 DTM:>',
		'LIN/LM = LM:>[LQ!:>[REF:> EFI DTM:> PID:>[MEA:> MTX]]]',
		'LIN/SLN/LM + N1:>[N2:2 N3:2 N4:> REF:12 PER:> DTM:10]',
		'LIN/N9 = N9:>[DTM:> MTX:> PWK:> EFI:>]',
	],
	'846': [],
	'850': [
		'LDT -',
		'TD5 = TD5:>',
		'TXI + LDT:>[QTY:> MTX:> REF:>]',
		'N9 = N9:1000[DTM:> MTX:> PWK:> EFI:>]',
		'N1/N2 + IN2:>',
		'SPI/MSG = MTX:>',
		'SPI/N1/MSG = MTX:>',
		'SPI/CB1/MSG = MTX:>',
		'PO1/MSG = MTX:>',
		'PO1/LDT/MSG = MTX:>',
		'PO1/N9 = N9:1000[DTM:> MEA:40 MTX:> PWK:> EFI:>]',
		'PO1/N1/N2 + IN2:>',
		'PO1/N1/LDT/MSG = MTX:>',
		'PO1/SLN/MSG = MTX:>',
		'PO1/SLN/PO3 + MEA:>',
		'PO1/SLN/N9/MSG = MTX:>',
		'PO1/SLN/N1/N2 + IN2:>',
		'PO1/AMT/REF = REF:>',
	],
	'855': [
		'N9 = N9:1000[DTM:> MTX:> PWK:> EFI:>]',
		'N1/N2 + IN2:>',
		'N1/MSG = MTX:>',
		'PO1/N9 = N9:1000[DTM:> MTX:> PWK:> EFI:>]',
		'PO1/N1/N2 + IN2:>',
		'PO1/SLN/MSG = MTX:>',
		'PO1/SLN/PO3 + MEA:>',
		'PO1/SLN/N9/MSG = MTX:>',
		'PO1/SLN/N1/N2 + IN2:>',
	],
	'856': ['HL/TD3 = TD3:12[AT9]', 'HL/LH1/LH4 = LH4:4'],
	'860': [
		'LDT -',
		'PCT + LDT:>[QTY:> MTX:> REF:>]',
		'N9 = N9:1000[DTM:> MTX:> PWK:> EFI:>]',
		'N1/N2 + IN2:>',
		'SPI/MSG = MTX:>',
		'SPI/N1/MSG = MTX:>',
		'SPI/CB1/MSG = MTX:>',
		'POC/MSG = MTX:>',
		'POC/SCH/TD4 + REF:>',
		'POC/N9 = N9:1000[DTM:> MTX:> PWK:> EFI:>]',
		'POC/LS/LDT/MSG = MTX:>',
		'POC/N1/N2 + IN2:>',
		'POC/N1/LDT/MSG = MTX:>',
		'POC/SLN/MSG = MTX:>',
		'POC/SLN/PO3 + MEA:>',
		'POC/SLN/N9/MSG = MTX:>',
		'POC/SLN/N1/N2 + IN2:>',
		'POC/AMT/REF = REF:>',
	],
	'861': ['LM + FA1:>[FA2!:>]', 'RCD/N1 + FA1:>[FA2!:>]'],
	'997': [],
};
