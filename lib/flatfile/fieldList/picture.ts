import type { LayoutJson } from '../presets/fields';

/** A COBOL picture, such as `S9(7)V99 COMP-3`, as settings of a field. */
export interface Picture {
	readonly settings: LayoutJson;
	/** Characters, or bytes of a packed or binary number. */
	readonly width: number | undefined;
	readonly doubts: readonly string[];
}

const USAGES: readonly (readonly [RegExp, 'packed' | 'binary' | 'display'])[] = [
	[/\b(?:COMP(?:UTATIONAL)?-3|PACKED(?:-DECIMAL)?)\b/, 'packed'],
	[/\b(?:COMP(?:UTATIONAL)?(?:-[45])?|BINARY)\b(?!-)/, 'binary'],
	[/\bDISPLAY\b/, 'display'],
];

/** Undefined for what is no picture; a lone letter such as X or A is a type word. */
export function readPicture(text: string): Picture | undefined {
	let rest = ` ${text.toUpperCase()} `;
	let storage: 'packed' | 'binary' | 'display' = 'display';
	rest = rest.replace(/\bPIC(?:TURE)?\b\s*(?:IS\b)?/, ' ').replace(/\bUSAGE\b\s*(?:IS\b)?/, ' ');
	for (const [usage, means] of USAGES) {
		if (!usage.test(rest)) continue;
		storage = means;
		rest = rest.replace(usage, ' ');
		break;
	}
	const signClause =
		/(?:\bSIGN\b\s*(?:IS\b)?)?\s*\b(LEADING|TRAILING)\b\s*(SEPARATE)?(?:\s*CHARACTER)?/.exec(rest);
	if (signClause !== null) rest = rest.replace(signClause[0], ' ');
	const symbols = expand(rest.trim().replace(/\.$/, ''));
	if (symbols === undefined) return undefined;
	if (/^[XA]+$/.test(symbols)) {
		return symbols.length === 1 && !/[()]/.test(text) && !/PIC/i.test(text)
			? undefined
			: { settings: { type: 'text' }, width: symbols.length, doubts: [] };
	}
	const sign = signClause === null ? undefined : { where: signClause[1], apart: !!signClause[2] };
	return numberPicture(symbols, storage, sign) ?? editedPicture(symbols);
}

/** `S9(3)V99` as `S999V99`; undefined where something else stands in it. */
function expand(picture: string): string | undefined {
	if (!/^(?:[SXAV9Z.,+\-B0*]|CR|DB|\(\d+\))+$/.test(picture) || !/[XA9Z]/.test(picture)) {
		return undefined;
	}
	return picture.replaceAll(/(.)\((\d+)\)/g, (_, symbol: string, count: string) =>
		symbol.repeat(Math.min(Number(count), 32_767)),
	);
}

interface SignClause {
	readonly where: string | undefined;
	readonly apart: boolean;
}

function numberPicture(
	symbols: string,
	storage: 'packed' | 'binary' | 'display',
	clause: SignClause | undefined,
): Picture | undefined {
	const match = /^(S?)(9*)(V(9*))?$/.exec(symbols);
	if (match === null) return undefined;
	const decimals = match[4]?.length ?? 0;
	const digits = (match[2]?.length ?? 0) + decimals;
	const signed = match[1] === 'S';
	// A lone 9 is a type word.
	if (digits === 0 || symbols === '9') return undefined;
	const type =
		decimals === 0 ? { type: 'integer' } : { type: 'decimal', decimals, point: 'implied' };
	if (storage !== 'display') {
		const settings = { ...type, storage, digits, ...(signed ? {} : { sign: 'none' }) };
		return { settings, width: undefined, doubts: [] };
	}
	if (!signed) return { settings: { ...type, sign: 'none' }, width: digits, doubts: [] };
	if (clause?.apart === true) {
		const sign = clause.where === 'LEADING' ? 'leadingPlus' : 'trailingPlus';
		return { settings: { ...type, sign }, width: digits + 1, doubts: [] };
	}
	const leading = clause?.where === 'LEADING';
	return {
		settings: { ...type, sign: 'overpunch' },
		width: digits,
		doubts: leading
			? ['a sign in the first digit is not supported: it is written in the last one']
			: [],
	};
}

/** Digits for people: `Z(6)9.99-`. Spaces in front, the point as a character of its own. */
function editedPicture(symbols: string): Picture | undefined {
	const match = /^([+-]?)([Z9,*]*)(?:([.,])(9+))?([+-]?)$/.exec(symbols);
	const [, before, whole = '', , fraction = '', after] = match ?? [];
	if (match === null || !/[Z9]/.test(whole + fraction) || /^9$/.test(symbols)) return undefined;
	const decimals = fraction.length;
	const sign = after !== '' ? 'trailing' : before === '' ? 'none' : 'leading';
	const pad = /^[Z]/.test(whole) ? { pad: ' ' } : {};
	const type =
		decimals === 0 ? { type: 'integer' } : { type: 'decimal', decimals, point: 'explicit' };
	const doubts = [
		...(whole.includes(',') ? ['thousands separators are not written'] : []),
		...(whole.includes('*') ? ['asterisks in front of a number are not written'] : []),
	];
	return { settings: { ...type, sign, ...pad }, width: symbols.length, doubts };
}
