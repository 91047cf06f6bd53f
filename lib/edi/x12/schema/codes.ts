/**
 * Code lists by data element. Only complete lists are here: a code that is missing from one of them
 * is an error when reading as well as when writing. Elements without a list take any code of the
 * right length.
 */
export const CODE_LISTS: Readonly<Record<string, string>> = {
	// Envelope (X12.5)
	I01: '00 01 02 03 04 05 06',
	I03: '00 01',
	I05: '01 02 03 04 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 AM NR SA SN ZZ',
	I13: '0 1',
	I14: 'I P T',
	I17: 'A E R',
	455: 'T X',
	// Who pays, when and how
	478: 'C D',
	481: '1 2 3',
	// Allowance, charge, product and service descriptions
	248: 'A C N P Q R S',
	349: 'F S X',
	// Hierarchies: DE736
	736: '0 1',
	// Acknowledgments: DE715, DE717
	715: 'A E M P R W X',
	717: 'A E M R W X',
};

/** Codes whose lists changed between the releases are left out above and named here. */
export const CODE_LISTS_BY_RELEASE: Readonly<
	Record<'004010' | '005010', Readonly<Record<string, string>>>
> = {
	'004010': {
		I10: 'U',
		720: '1 2 3 4 5 6 7 8',
		723: '1 2 3 4 5 6 7 8 9 10',
	},
	'005010': {
		720: '1 2 3 4 5 6 7 8',
		723: '1 2 3 4 5 6 7 8 9 10 12 13',
		620: '1 2 3 4 5 6 7 8 I4 I6 I7 I8 I9',
		621: '1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10 I11 I12 I13',
	},
};
