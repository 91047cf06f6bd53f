export { nameCharacter } from '../../syntax';

export type IsWritable = (codePoint: number) => boolean;
