/** Short words of our own for the codes of acknowledgments, for reports and ledgers. */

export const AK304_WORDS: Readonly<Record<string, string>> = {
	'1': 'segment ID not recognized',
	'2': 'segment not expected here',
	'3': 'mandatory segment missing',
	'4': 'loop repeated too often',
	'5': 'segment repeated too often',
	'6': 'segment not in this transaction set',
	'7': 'segment not in its place',
	'8': 'segment has errors in its elements',
	I4: 'segment not allowed by the implementation guide',
	I6: 'segment required by the implementation guide missing',
	I7: 'loop repeated too seldom',
	I8: 'segment repeated too seldom',
	I9: 'segment not allowed in this situation',
	'511': 'trailing separators',
};

export const AK403_WORDS: Readonly<Record<string, string>> = {
	'1': 'mandatory element missing',
	'2': 'element required in this combination missing',
	'3': 'too many elements',
	'4': 'element too short',
	'5': 'element too long',
	'6': 'invalid character in element',
	'7': 'code not allowed',
	'8': 'invalid date',
	'9': 'invalid time',
	'10': 'element excluded by another one',
	'12': 'too many repetitions',
	'13': 'too many components',
	I6: 'code not allowed by the implementation guide',
	I9: 'element required by the implementation guide missing',
	I10: 'element not allowed by the implementation guide',
	I11: 'element not allowed in this situation',
	I12: 'value does not match the pattern of the implementation guide',
	I13: 'element required in this situation missing',
};

export const AK502_WORDS: Readonly<Record<string, string>> = {
	'1': 'transaction set not supported',
	'2': 'SE missing',
	'3': 'control numbers of ST and SE differ',
	'4': 'segment count wrong',
	'5': 'segments in error',
	'6': 'set identifier missing or invalid',
	'7': 'set control number missing or invalid',
	'18': 'set not allowed in this group',
	'19': 'implementation reference invalid',
	'23': 'set control number used twice',
	I5: 'segments in error against the implementation guide',
	I6: 'implementation guide not supported',
};

export const AK905_WORDS: Readonly<Record<string, string>> = {
	'1': 'functional group not supported',
	'2': 'version of the group not supported',
	'3': 'GE missing',
	'4': 'control numbers of GS and GE differ',
	'5': 'set count wrong',
	'6': 'group control number invalid',
	'19': 'group control number used twice',
};

export const TA1_WORDS: Readonly<Record<string, string>> = {
	'000': 'no error',
	'001': 'control numbers of ISA and IEA differ',
	'002': 'standard of ISA11 not supported',
	'003': 'control version not supported',
	'004': 'segment terminator invalid',
	'005': 'sender qualifier invalid',
	'006': 'sender ID invalid or unknown',
	'007': 'receiver qualifier invalid',
	'008': 'receiver ID invalid',
	'009': 'receiver unknown',
	'010': 'authorization qualifier invalid',
	'011': 'authorization information invalid',
	'012': 'security qualifier invalid',
	'013': 'security information invalid',
	'014': 'interchange date invalid',
	'015': 'interchange time invalid',
	'016': 'standards identifier invalid',
	'017': 'version identifier invalid',
	'018': 'interchange control number invalid',
	'019': 'acknowledgment request invalid',
	'020': 'usage indicator invalid or not accepted',
	'021': 'group count wrong',
	'022': 'control structure invalid',
	'023': 'the file ended too early',
	'024': 'interchange content invalid',
	'025': 'interchange control number used twice',
	'026': 'element separator invalid',
	'027': 'component separator invalid',
	'028': 'date of the deferred delivery invalid',
	'029': 'time of the deferred delivery invalid',
	'030': 'time code of the deferred delivery invalid',
	'031': 'grade of service invalid',
};

/** DE647, the few that are not a matter of one trade; most answers have words beside the code. */
export const APPLICATION_ERROR_WORDS: Readonly<Record<string, string>> = {
	'006': 'duplicate',
	'007': 'data missing',
	'010': 'total out of balance',
	'024': 'another reason',
	'848': 'incorrect data',
};

export const UN0085_WORDS: Readonly<Record<string, string>> = {
	'2': 'syntax version not supported',
	'7': 'not the actual recipient',
	'12': 'invalid value',
	'13': 'missing',
	'14': 'value not supported here',
	'15': 'not supported here',
	'16': 'too many parts',
	'17': 'no agreement',
	'18': 'unspecified error',
	'19': 'invalid decimal notation',
	'20': 'character invalid as service character',
	'21': 'invalid character',
	'22': 'invalid service characters',
	'23': 'unknown sender',
	'24': 'too old',
	'25': 'test indicator not supported',
	'26': 'duplicate',
	'27': 'security not supported',
	'28': 'references do not match',
	'29': 'count does not match what was received',
	'30': 'groups and messages mixed',
	'31': 'more than one message type in a group',
	'32': 'nothing inside',
	'33': 'segment outside of a message or group',
	'34': 'nesting indicator not allowed',
	'35': 'repeated too often',
	'36': 'segment group repeated too often',
	'37': 'wrong type of characters',
	'38': 'digit missing before the decimal mark',
	'39': 'too long',
	'40': 'too short',
	'43': 'unknown recipient',
	'45': 'separator at the end',
	'46': 'character set not supported',
	'47': 'envelope function not supported',
	'48': 'dependency not fulfilled',
};

export function wordsOf(table: Readonly<Record<string, string>>, code: string): string {
	return (Object.hasOwn(table, code) ? table[code] : undefined) ?? `code ${code}`;
}

/** Data elements of acknowledgments, of both standards, by the list their codes are in. */
const LISTS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
	['720', AK304_WORDS],
	['620', AK304_WORDS],
	['723', AK403_WORDS],
	['621', AK403_WORDS],
	['718', AK502_WORDS],
	['618', AK502_WORDS],
	['716', AK905_WORDS],
	['I18', TA1_WORDS],
	['647', APPLICATION_ERROR_WORDS],
	['0085', UN0085_WORDS],
]);

/** Of a code in an acknowledgment, by its data element. */
export function acknowledgmentCodeWords(element: string, code: string): string | undefined {
	const list = LISTS.get(element);
	return list !== undefined && Object.hasOwn(list, code) ? list[code] : undefined;
}
