import { bytesOf, isAlphanumeric, NON_ASCII, printable } from '../syntax';

/** The characters that structure an interchange. */
export interface ServiceString {
	readonly component: string;
	readonly element: string;
	/** Syntax 1 to 3 only: from syntax 4 on both marks are allowed whatever UNA says. */
	readonly decimalMark: string;
	/** `undefined` where UNA gives a space. */
	readonly release: string | undefined;
	/** Syntax 4 only. */
	readonly repetition: string | undefined;
	readonly segment: string;
}

/** ISO 9735 level A, without UNA. */
export const DEFAULT_SERVICE_STRING: ServiceString = {
	component: ':',
	element: '+',
	decimalMark: '.',
	release: '?',
	repetition: undefined,
	segment: "'",
};

/** ISO 9735 level B (UNOB of syntax 1): information separators instead of printable characters. */
const LEVEL_B: ServiceString = {
	component: '\u001f',
	element: '\u001d',
	decimalMark: ',',
	release: undefined,
	repetition: undefined,
	segment: '\u001c',
};

export interface InterchangeStart {
	readonly service: ServiceString;
	/** The same as they stand in the file, with one character for each byte. */
	readonly marks: ServiceString;
	/** Syntax version of UNB (0002); 0 where it cannot be read. */
	readonly syntaxVersion: number;
	/** Where the first segment (UNB, or UNH where UNB is missing) begins. */
	readonly first: number;
	readonly hasUnb: boolean;
	readonly hasUna: boolean;
	readonly problem: ServiceProblem | undefined;
}

/** What is wrong with the service characters; the interchange is read as well as they allow. */
export interface ServiceProblem {
	readonly kind: /** UNA is not `UNA` and six characters, but leaves no doubt. */
	| 'layout'
		/** Between UNA and UNB stands what is read as neither. */
		| 'excess'
		/** There is no UNA, and UNB uses other characters than those of the standard. */
		| 'separators'
		/** A character that cannot serve, or two meanings of one. */
		| 'characters'
		/** Neither comma nor point, where UNA has a say in it. */
		| 'decimalMark';
	readonly message: string;
}

/** UNA, line breaks and the first composite of UNB fit in well. */
export const HEADER_LOOKAHEAD = 128;

/** A message without its interchange header, as test files and logs have it. */
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const HEADLESS = /^(?:UNG|UNH|BGM)[+\u001d]/;

/** Whether an interchange may begin at `at`; `undefined` while more bytes are needed to tell. */
export function beginsInterchange(text: string, at: number, final: boolean): boolean | undefined {
	if (text.length - at < 4) {
		const rest = text.slice(at);
		const may = ['UNA', 'UNB', 'UNG', 'UNH', 'BGM'].some((tag) => tag.startsWith(rest.slice(0, 3)));
		return may && !final ? undefined : false;
	}
	if (text.startsWith('UNA', at)) return !isAlphanumeric(text.charCodeAt(at + 3));
	if (text.startsWith('UNB', at)) return !isAlphanumeric(text.charCodeAt(at + 3));
	return HEADLESS.test(text.slice(at, at + 4));
}

/** Whether UNA or UNB stands there, and not the message of an interchange without them. */
export function hasHeader(text: string, at: number): boolean {
	return text.startsWith('UNA', at) || text.startsWith('UNB', at);
}

/** Reads UNA and the syntax version of UNB. `undefined`: more bytes are needed. */
export function readInterchangeStart(
	text: string,
	at: number,
	final: boolean,
	mayBeUtf8 = true,
): InterchangeStart | undefined {
	if (!final && text.length - at < HEADER_LOOKAHEAD) return undefined;
	const window = text.slice(at, at + HEADER_LOOKAHEAD);
	const characters = mayBeUtf8 ? asCharacters(window) : undefined;
	const { first, ...start } = readWindow(characters ?? window);
	if (characters === undefined) return { ...start, first: at + first, marks: start.service };
	return {
		...start,
		first: at + Buffer.byteLength(characters.slice(0, first), 'utf8'),
		marks: marksOf(start.service),
	};
}

const WHOLE_UNA = /^UNA.{6}\s*UN[BGH]/s;

/** Where service characters are beyond ASCII and each has two or more bytes, as in UTF-8. */
function asCharacters(window: string): string | undefined {
	const isUna = window.startsWith('UNA');
	if (!NON_ASCII.test(isUna ? window.slice(3, 15) : window.slice(3, 4))) return undefined;
	if (isUna && WHOLE_UNA.test(window)) return undefined;
	try {
		const decoder = new TextDecoder('utf-8', { fatal: true });
		// The last character of the window may be cut in the middle.
		const characters = decoder.decode(bytesOf(window), { stream: true });
		return !isUna || WHOLE_UNA.test(characters) ? characters : undefined;
	} catch {
		return undefined;
	}
}

function marksOf(service: ServiceString): ServiceString {
	const bytes = (char: string): string => Buffer.from(char, 'utf8').toString('latin1');
	return {
		component: bytes(service.component),
		element: bytes(service.element),
		decimalMark: bytes(service.decimalMark),
		release: service.release === undefined ? undefined : bytes(service.release),
		repetition: service.repetition === undefined ? undefined : bytes(service.repetition),
		segment: bytes(service.segment),
	};
}

function readWindow(window: string): Omit<InterchangeStart, 'marks'> {
	if (!window.startsWith('UNA')) return withoutUna(window);
	const next = /[\s\u00a0]*(?=(?:UNB|UNG|UNH|BGM)[^A-Za-z0-9])/.exec(window.slice(7));
	const characters = window.slice(3, next === null ? 9 : 7 + next.index);
	const padded = readUna(next === null ? characters : characters + next[0]);
	const first = next === null ? 9 : 7 + next.index + next[0].length;
	const version = syntaxVersion(window.slice(first), padded.service);
	const hasUnb = window.startsWith('UNB', first);
	const service = forVersion(padded.service, version, padded.repetition);
	return {
		service,
		syntaxVersion: version,
		first,
		hasUnb,
		hasUna: true,
		problem: complain(service, version) ?? padded.problem,
	};
}

function withoutUna(window: string): Omit<InterchangeStart, 'marks'> {
	const hasUnb = window.startsWith('UNB');
	const separator = window[3] ?? '+';
	let service = DEFAULT_SERVICE_STRING;
	let problem: ServiceProblem | undefined;
	if (separator === LEVEL_B.element) service = LEVEL_B;
	else if (separator !== '+') {
		service = {
			...DEFAULT_SERVICE_STRING,
			element: separator,
			component: /^[A-Z]{4}([^A-Za-z0-9])/.exec(window.slice(4))?.[1] ?? ':',
		};
		const message = `there is no UNA, but UNB uses ${printable(separator)} as data element separator`;
		problem = { kind: 'separators', message };
	}
	const version = syntaxVersion(window, service);
	return {
		service: forVersion(service, version, service === LEVEL_B ? undefined : '*'),
		syntaxVersion: version,
		first: 0,
		hasUnb,
		hasUna: false,
		problem,
	};
}

function readUna(characters: string): {
	service: ServiceString;
	repetition: string | undefined;
	problem: ServiceProblem | undefined;
} {
	// A line feed may be the terminator itself; what comes after six characters is layout.
	const [component = ':', element = '+', decimalMark = '.', release = '?', reserved = ' '] =
		characters;
	let segment = characters[5];
	let repetition: string | undefined = reserved === ' ' ? undefined : reserved;
	let problem: ServiceProblem | undefined;
	if (segment === undefined || (characters.trimEnd().length === 5 && /[\r\n]/.test(segment))) {
		// `UNA:+.?'`: the space was lost on the way.
		segment = reserved === ' ' ? "'" : reserved;
		repetition = undefined;
		problem = { kind: 'layout', message: 'UNA has five characters instead of six' };
	} else if (characters.slice(6).trim() !== '') {
		problem = { kind: 'excess', message: 'UNA has more than six characters' };
	}
	const service: ServiceString = {
		component,
		element,
		decimalMark,
		release: release === ' ' ? undefined : release,
		repetition,
		segment,
	};
	return { service, repetition, problem };
}

function complain(
	{ component, element, decimalMark, release, segment, repetition }: ServiceString,
	version: number,
): ServiceProblem | undefined {
	const named = [component, element, segment, release, repetition].filter(
		(char) => char !== undefined,
	);
	const odd = named.find((char) => isAlphanumeric(char.charCodeAt(0)) || char === ' ');
	const about = (message: string): ServiceProblem => ({ kind: 'characters', message });
	if (odd !== undefined) return about(`UNA names ${JSON.stringify(odd)} as a service character`);
	const twice = named.find((char, index) => named.indexOf(char) !== index);
	if (twice !== undefined) return about(`UNA gives ${printable(twice)} two meanings`);
	if (version >= 4 || decimalMark === ',' || decimalMark === '.') return undefined;
	const message = `UNA names ${printable(decimalMark)} as decimal mark; only a comma or a point can be`;
	return { kind: 'decimalMark', message };
}

function syntaxVersion(unb: string, { element, component }: ServiceString): number {
	if (!unb.startsWith(`UNB${element}`)) return 0;
	const version = unb.slice(4).split(element)[0]!.split(component)[1] ?? '';
	return /^\d/.test(version) ? Number(version[0]) : 0;
}

function forVersion(
	service: ServiceString,
	version: number,
	repetition: string | undefined,
): ServiceString {
	return { ...service, repetition: version >= 4 ? repetition : undefined };
}
