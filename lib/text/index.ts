export { fitCharacters, type CharacterPolicy, type FittedText } from './fitCharacters';
export { transliterate, type IsAllowed } from './transliterate';
export { ownValue } from './ownValue';
export { isAbsent, isRecord } from './values';
export { sha256 } from './sha256';
export { wrapText, wrapWords } from './wrapText';
