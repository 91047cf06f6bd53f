import { characterRange, isUnicodeText, repertoireOf } from '../syntax';

const DIGITS = characterRange('0', '9');
const CAPITALS = characterRange('A', 'Z');
const SMALL = characterRange('a', 'z');

/** X12.6 basic character set. */
const BASIC_CHARACTERS = `${CAPITALS}${DIGITS} !"&'()*+,-./:;?=`;
/** X12.6 extended character set; national letters only by agreement, so not here. */
const EXTENDED_CHARACTERS = `${BASIC_CHARACTERS}${SMALL}%~@[]_{}\\|<>#$^\``;

export const BASIC = repertoireOf('basic', BASIC_CHARACTERS);
export const EXTENDED = repertoireOf('extended', EXTENDED_CHARACTERS);
export const UTF8 = repertoireOf('UTF-8', EXTENDED_CHARACTERS, isUnicodeText);
