/**
 * Longer code lists of 004010. In a line, the first character of a code, then every second one:
 * `G:27A` stands for G2, G7 and GA; `a-d` for a range; `=` before codes that stand for themselves.
 */
const TWO_CHARACTER_LISTS: Readonly<Record<string, string>> = {
	// Units of measure
	355: `0:1-9 1:0-9A-RX 2:0-9ABCF-NPQRU-Z 3:0-9BCE-I 4:013-8A-X 5:0-46-9ABCE-KPQ 6:0-9 7:0-46-9
		8:0-79CDPRSU 9:0-9 A:8A-Z B:0-9A-Z C:0-9A-Z D:23589A-UWXYZ E:1345789A-HJMPQVXYZ
		F:1-69A-HJ-MOPRSTZ G:23457A-Z H:124A-WYZ I:ABCEFHIK-NPTUVW J:2ABEGKMORU K:1-79A-MO-X
		L:2ABCE-TXY M:0-9A-Z N:1234679A-JLMNQ-Y O:ACNPTZ P:0-9A-Z Q:1-7A-EHKR-U R:1-9A-EGHK-PSTU
		S:1-9A-TV-Z T:0-9A-Z U:1235A-FHLMNP-Z V:12ACIPRS W:2ABDEGHIKMPRW X:1-9P Y:1234DLRT Z:1-68ABCPZ`,
	// Identification code qualifiers
	66: `=1,2,3,4,5,6,7,8,9,A,C,D,E,F,G,I,J,K,L,N,S 0:1 1:0-9 2:0-9 3:0-9 4:0-9 5:03-9 6:1-4 7:1-8
		8:12 9:0-9 A:1-6A-ELP B:CDEGPS C:125A-FILMPRST D:GLNPS E:CHIPQRS F:ABCDIJN G:AC H:CN I:I
		L:CDEIN M:3-6ABCDIKLNPR N:ADIO O:CP P:ABCIPR R:A-ET S:ABDFIJLPTVW T:ACZ U:CLMPRS W:R X:VX
		Z:CNYZ`,
	// Product and service ID qualifiers
	235: `A:1-9A-Z B:1-9A-Z C:1-9A-Z D:1-5DEFGIL-Z E:1-6A-NPQRSUXZ F:1-9A-GILMNPSTW G:ACDEIKNQRSU
		H:CDIN I:A-GMNP-TVWZ J:ABCDNPS K:ABDEFGI-NP L:1-5ABCDGPRSTU M:A-KM-X N:1-6CDEHMRUWZ
		O:A-ILNOPRT P:1-5789A-Z R:12A-PR-WYZ S:2-8A-Z T:23A-JMNPR-Z U:2356A-VX V:ABCEIMNOPSTUVX
		W:12567ACLRS X:ACPQZ Y:P Z:BRZ`,
	// Communication number qualifiers
	365: `A:ABCDPSU B:NT C:AP D:N E:DMX F:TUX H:FP I:T M:N N:P O:FT P:ACPS S:P T:ELMNX U:R V:M W:CFP`,
	// Contact functions
	366: `1:A-H 3:A A:1-5A-ILMNPR-V B:ABCDI-MPSU C:2A-PR-Z D:ACDEFIMNV E:12ABCDFGMNOPSVX F:ABCDFL-R
		G:ABCER H:MR I:COPS K:ABCPT L:D M:A-EGKLM N:ACPT O:ACDSW P:A-Z Q:ACIMPRY R:A-GPQSZ S:A-WY
		T:A-EHMNPRY U:GPQR V:MP W:HIR Z:Z`,
};

function expandRanges(text: string): string[] {
	return Array.from(
		text.replace(/(.)-(.)/g, (_match, from: string, to: string) => {
			let range = '';
			for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) {
				range += String.fromCharCode(code);
			}
			return range;
		}),
	);
}

function expand(notation: string): ReadonlySet<string> {
	const codes = new Set<string>();
	for (const part of notation.trim().split(/\s+/)) {
		if (part.startsWith('=')) for (const code of part.slice(1).split(',')) codes.add(code);
		else for (const second of expandRanges(part.slice(2))) codes.add(part.charAt(0) + second);
	}
	return codes;
}

/** By data element; 005010 has more codes in each, so there these elements stay open. */
export const CODE_LISTS_OF_004010: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries(TWO_CHARACTER_LISTS).map(([id, notation]) => [id, expand(notation)]),
);
