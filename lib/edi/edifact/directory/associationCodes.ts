/**
 * Codes that an association adds to the lists of a directory. A message says whose it is in UNH 0057,
 * such as `EAN008` for EANCOM 1997.
 */
export interface AdditionalCodes {
	/** UNH 0057. */
	readonly messages: RegExp;
	/** By data element. */
	readonly codes: Readonly<Record<string, string>>;
	/** Codes of any list that the association numbers itself. */
	readonly pattern?: RegExp;
}

const ASSOCIATIONS: readonly AdditionalCodes[] = [
	// EANCOM 1997 and 2002: codes of its own, most of them numbers with an E behind; the others were
	// asked for and came into later directories (D.01B has API, CPE and SRV).
	{
		messages: /^EAN0\d\d[A-Z]?$/,
		codes: { 1153: 'API', 3035: 'CPE', 7143: 'SRV' },
		pattern: /^\d{1,3}E$/,
	},
];

interface CodesOfMessage {
	readonly additionalCodes?: ReadonlySet<string>;
	readonly additionalPattern?: RegExp;
}

const NONE: CodesOfMessage = {};
const known = new Map<AdditionalCodes, CodesOfMessage>();

/** As `validateSegment` takes them. */
export function additionalCodesOf(association: string): CodesOfMessage {
	const found = ASSOCIATIONS.find(({ messages }) => messages.test(association));
	if (found === undefined) return NONE;
	let codes = known.get(found);
	if (codes === undefined) {
		const listed = Object.entries(found.codes).flatMap(([element, list]) =>
			list.split(' ').map((code) => `${element}:${code}`),
		);
		codes = {
			additionalCodes: new Set(listed),
			...(found.pattern === undefined ? {} : { additionalPattern: found.pattern }),
		};
		known.set(found, codes);
	}
	return codes;
}
