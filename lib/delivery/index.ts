export { checkFileName, checkFolder, formatFileName, MAX_NAME_BYTES } from './fileName';
export type { FileNameFields } from './fileName';
