export * from './isaHeader';
export * from './profile';
export * from './schema';
export * from './tokenizer';
export { elementName, isPlainlyValid, validateSegment, type SegmentContext } from './validateSegment';
